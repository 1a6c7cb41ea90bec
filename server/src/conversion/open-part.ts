/** Unknown parts of a launch in the form that a config uses: a variable, or an expression of a shell. */

import type { Origin } from "../launch/origin";
import { isVariableName, type VariableName } from "../launch/variable-name";
import { inLines } from "../launch/visible-text";
import { say } from "../messages";
import { isOneExpansion } from "../notations/shell/expansion";
import type { PortablePart } from "./portable";
import { isOfShells } from "./write/shell-words";

/** Context of an unknown part. */
export interface OpenContext {
  /** The flag or variable that contains it; used as its name if there is no better one. */
  readonly owner: string;
  /** The names used so far, each with its meaning. */
  readonly names: Map<string, string>;
}

/** A part with a note for the reader. */
export interface OpenPart {
  readonly part: PortablePart;
  readonly note: string;
  /** The variable's new name, if the original has no such variable. */
  readonly renamed?: string;
}

/** Braces around something that is not a name; a shell rejects it. */
const NAMES_NOTHING = /^\$\{(?![!#]?(?:\w|[@*#?$!-](?:\W|$)))/;

/** Converts a value that is substituted when the launch runs. */
export function openPart(origin: Origin, context: OpenContext): OpenPart {
  const { source } = origin;
  switch (origin.from) {
    case "variable":
      return ofScript(ofEnvironment(origin.name, context), origin.byScript);
    case "default":
      return ofScript(ofShell(source, context), origin.byScript);
    case "parameter": {
      const { name } = origin;
      const source = name === "@" || name === "*" ? `$${name}` : `\${${name}}`;
      return ofShell(source, context, say("conversion.of-script"));
    }
    case "expression":
      if (origin.language !== "shell") return invented(source, context);
      return ofScript(ofShell(inParentheses(source), context), origin.of?.byScript);
  }
}

/** A command in backquotes, in a form that can be nested. */
function inParentheses(source: string): string {
  return source.length > 1 && source.startsWith("`") && source.endsWith("`")
    ? `$(${source.slice(1, -1).replace(/\\([$`\\])/g, "$1")})`
    : source;
}

function ofEnvironment(name: string, context: OpenContext): OpenPart {
  // Kubernetes allows names that a shell does not.
  if (!isVariableName(name)) return invented(name, context);
  return { part: { kind: "variable", name }, note: say("conversion.of-environment") };
}

/** Adds a note that a script sets the value, which the converted launch does not have. */
function ofScript(open: OpenPart, byScript: boolean | undefined): OpenPart {
  return byScript ? { ...open, note: say("conversion.set-by-script") } : open;
}

/** An expression of a shell. If its end is uncertain or it has control characters, it becomes a variable instead. */
function ofShell(source: string, context: OpenContext, note = say("conversion.of-shell")): OpenPart {
  const isWhole = inLines(source) === source && isOneExpansion(source) && !NAMES_NOTHING.test(source);
  return isWhole ? { part: { kind: "shell", source }, note } : invented(source, context);
}

/** Maximum number of characters of an expression in a note. */
const LONGEST_NOTE = 120;

/** A variable for an expression that is not of a shell: a template, a Python expression, a placeholder. */
export function invented(source: string, { owner, names }: OpenContext): OpenPart {
  const wanted = [nameFor(source), upper(owner)].find((name) => name !== undefined && !isTaken(name));
  const found = freeName(wanted ?? VALUE, source, names);
  const name = isVariableName(found) ? found : VALUE;
  names.set(name, source);
  const text = source.trim().replace(/\s+/g, " ").slice(0, LONGEST_NOTE);
  const note = text === "" ? say("conversion.more-words") : say("conversion.stands-for", { text });
  return { part: { kind: "variable", name }, note, renamed: name };
}

/** Variables that a login or a system sets; a shell would substitute its own value without a word. */
const USUAL = new Set(
  "PATH HOME USER LOGNAME SHELL TERM LANG LANGUAGE PWD OLDPWD TMP TEMP TMPDIR HOSTNAME EDITOR DISPLAY PYTHONPATH PYTHONHOME LD_LIBRARY_PATH LD_PRELOAD VIRTUAL_ENV".split(
    " ",
  ),
);

/** Whether a variable usually has a value already: `_` is the last word of the shell's command before. */
function isTaken(name: string): boolean {
  return /^_*$/.test(name) || USUAL.has(name) || isOfShells({ name: name as VariableName });
}

/** The last name in an expression: `port` of `{{ .Values.server.port | quote }}`, of `str(args.port)`. */
function nameFor(source: string): string | undefined {
  const inside = source.replace(/^(?:\{\{-?|\{%-?|<)|(?:-?\}\}|-?%\}|>)$/g, "").split("|")[0] ?? "";
  const path = /^\s*(?:\w+\s+)?[.$]*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*$/.exec(inside)?.[1];
  if (path !== undefined) return upper(path.split(".").at(-1) ?? path);
  const words = source.startsWith("<") ? /^[\w -]+$/.exec(inside)?.[0] : undefined;
  return words === undefined ? undefined : upper(words);
}

function upper(name: string): string {
  const plain = name
    .replace(/^-+/, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/\W+/g, "_")
    .toUpperCase();
  return /^[A-Z_]/.test(plain) ? plain : `VALUE_${plain}`;
}

/** Name if there is no better one. */
const VALUE = "VALUE" as VariableName;

function freeName(wanted: string, source: string, names: ReadonlyMap<string, string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}_${number}`;
    const taken = names.get(name);
    if (taken === undefined || taken === source) return name;
  }
}
