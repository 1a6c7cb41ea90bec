/** What is only known when a launch runs, in the one way that a config writes it: a variable, or what a shell works out. */

import type { Origin } from "../launch/origin";
import { isVariableName, type VariableName } from "../launch/variable-name";
import { inLines } from "../launch/visible-text";
import { say } from "../messages";
import { isOneExpansion } from "../notations/shell/expansion";
import type { PortablePart } from "./portable";

/** What an unknown part is for. */
export interface OpenContext {
  /** The flag or variable it is for, to name it by where nothing better is at hand. */
  readonly owner: string;
  /** The names given so far, each with what it stands for. */
  readonly names: Map<string, string>;
}

/** A part with what a reader should know of it. */
export interface OpenPart {
  readonly part: PortablePart;
  readonly note: string;
  /** The variable's name, where the original has no such variable. */
  readonly renamed?: string;
}

/** Braces around no name that a shell has: it refuses them. */
const NAMES_NOTHING = /^\$\{(?![!#]?(?:\w|[@*#?$!-](?:\W|$)))/;

/** Reads what stands in a launch for something that is put in when it runs. */
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

/** A command in backquotes, in the form that can stand in another. */
function inParentheses(source: string): string {
  return source.length > 1 && source.startsWith("`") && source.endsWith("`")
    ? `$(${source.slice(1, -1)})`
    : source;
}

function ofEnvironment(name: string, context: OpenContext): OpenPart {
  // Kubernetes knows names that a shell does not.
  if (!isVariableName(name)) return invented(name, context);
  return { part: { kind: "variable", name }, note: say("conversion.of-environment") };
}

/** The script knows the value, and what takes its place will not. */
function ofScript(open: OpenPart, byScript: boolean | undefined): OpenPart {
  return byScript ? { ...open, note: say("conversion.set-by-script") } : open;
}

/** What a shell fills in. What does not end where it seems to, or holds keys of a terminal, is named instead. */
function ofShell(source: string, context: OpenContext, note = say("conversion.of-shell")): OpenPart {
  const isWhole = inLines(source) === source && isOneExpansion(source) && !NAMES_NOTHING.test(source);
  return isWhole ? { part: { kind: "shell", source }, note } : invented(source, context);
}

/** As many characters of an expression as a note tells. */
const LONGEST_NOTE = 120;

/** A variable for what no shell knows: a template, an expression of Python, a place to fill in. */
export function invented(source: string, { owner, names }: OpenContext): OpenPart {
  const found = freeName(nameFor(source) ?? upper(owner), source, names);
  const name = isVariableName(found) ? found : VALUE;
  names.set(name, source);
  const text = source.trim().replace(/\s+/g, " ").slice(0, LONGEST_NOTE);
  const note = text === "" ? say("conversion.more-words") : say("conversion.stands-for", { text });
  return { part: { kind: "variable", name }, note, renamed: name };
}

/** The last name in what is written: `port` of `{{ .Values.server.port | quote }}`, of `str(args.port)`. */
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

/** What has no better name. */
const VALUE = "VALUE" as VariableName;

function freeName(wanted: string, source: string, names: ReadonlyMap<string, string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}_${number}`;
    const taken = names.get(name);
    if (taken === undefined || taken === source) return name;
  }
}
