/** What is only known when a launch runs, in the one way that a config writes it: a variable, or what a shell works out. */
import type { LaunchForm, NotationId } from "../launch/launch";
import type { PortablePart } from "./portable";

/** Where an unknown part is written. */
export interface OpenContext {
  readonly notation: NotationId;
  readonly form: LaunchForm["kind"];
  /** The flag or variable it is for, to name it by where nothing better is at hand. */
  readonly owner: string;
  /** The names given so far, each with what it stands for. */
  readonly names: Map<string, string>;
  /** Whether the script around the launch gives a variable its value. */
  setsItself?(name: string): boolean;
}

/** A part with what a reader should know of it. */
export interface OpenPart {
  readonly part: PortablePart;
  readonly note: string;
  /** The variable's name, where the original has no such variable. */
  readonly renamed?: string;
}

const VARIABLE = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/;
const OF_KUBERNETES = /^\$\(([A-Za-z_][\w.-]*)\)$/;
const OF_PYTHON = /^os\.(?:environ\[|getenv\(|environ\.get\()\s*["']([A-Za-z_]\w*)["']/;
/** `$1`, `$#`: parameters of the script. */
const PARAMETER = /^\$(?:([\d#?$!-])|\{(\d+)\})$/;

const OF_SCRIPT = "from the words the script is given";

/** Reads what stands in a launch for something that is put in when it runs. */
export function openPart(source: string, context: OpenContext): OpenPart {
  const { notation, form } = context;
  if (/^\{\{|^\{%|^</.test(source)) return invented(source, context);
  if (notation === "python" && form === "list") {
    // In an f-string the braces around an expression are its own.
    const expression = source.replace(/^\{(.*)\}$/s, "$1");
    const variable = OF_PYTHON.exec(expression)?.[1];
    return variable === undefined ? invented(expression, context) : ofEnvironment(variable);
  }
  const kubernetes =
    notation === "kubernetes" && form === "list" ? OF_KUBERNETES.exec(source)?.[1] : undefined;
  const [, bare, braced] = VARIABLE.exec(source) ?? [];
  const name = kubernetes ?? bare ?? braced;
  if (name !== undefined)
    return form === "shell" ? ofScript(ofEnvironment(name), name, context) : ofEnvironment(name);
  if (source === "$@" || source === "$*") return ofShell(source, OF_SCRIPT);
  const [, single, several] = PARAMETER.exec(source) ?? [];
  const parameter = single ?? several;
  if (parameter !== undefined) return ofShell(`\${${parameter}}`, OF_SCRIPT);
  if (/^`.*`$/s.test(source)) return ofShell(`$(${source.slice(1, -1)})`);
  if (!/^\$(?:\{.*\}|\(.*\))$/s.test(source)) return invented(source, context);
  const variable = /^\$\{[!#]?([A-Za-z_]\w*)/.exec(source)?.[1];
  return variable === undefined ? ofShell(source) : ofScript(ofShell(source), variable, context);
}

function ofEnvironment(name: string): OpenPart {
  return { part: { kind: "variable", name }, note: "from the environment" };
}

/** The script knows the value, and what takes its place will not. */
function ofScript(open: OpenPart, name: string, { setsItself }: OpenContext): OpenPart {
  return setsItself?.(name) ? { ...open, note: "set by the script: give it a value" } : open;
}

function ofShell(source: string, note = "a shell fills this in"): OpenPart {
  return { part: { kind: "shell", source }, note };
}

/** As many characters of an expression as a note tells. */
const LONGEST_NOTE = 120;

/** A variable for what no shell knows: a template, an expression of Python, a place to fill in. */
function invented(source: string, { owner, names }: OpenContext): OpenPart {
  const name = freeName(nameFor(source) ?? upper(owner), source, names);
  names.set(name, source);
  const said = source.trim().replace(/\s+/g, " ").slice(0, LONGEST_NOTE);
  const note = said === "" ? "more words that the script adds" : `stands for ${said}`;
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

function freeName(wanted: string, source: string, names: ReadonlyMap<string, string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}_${number}`;
    const taken = names.get(name);
    if (taken === undefined || taken === source) return name;
  }
}
