/** What is only known when a launch runs, in the one way that a config writes it: a variable, or what a shell works out. */
import type { Launch, NotationId, VariableForm, VariablePlace } from "../launch/launch";
import { isVariableName, type VariableName } from "../launch/variable-name";
import { inLines } from "../launch/visible-text";
import { isOneExpansion } from "../notations/shell/expansion";
import type { PortablePart } from "./portable";

/** Who puts in what is open: a shell, Python, or what makes a container, which knows variables only. */
export type OpenReader = "shell" | "python" | "container";

/**
 * Who reads the words of a launch, or the value of a variable in its environment.
 *
 * @param place where a variable is written: what is set outside of a shell command is put in by no shell.
 */
export function readerOf({ notation, form }: Launch, place?: VariablePlace | "nowhere"): OpenReader {
  if (notation === "python" && form.kind === "list") return "python";
  const isShell = form.kind === "shell" && form.splitOnly !== true;
  if (CONTAINER_FILES.includes(notation)) {
    if (place === undefined) return isShell ? "shell" : "container";
    return place !== "nowhere" && IN_SHELL.includes(place.form.kind) && isShell ? "shell" : "container";
  }
  return "shell";
}

const CONTAINER_FILES: readonly NotationId[] = ["dockerfile", "compose", "kubernetes"];
const IN_SHELL: readonly VariableForm["kind"][] = ["prefix", "declaration", "word"];

/** Where an unknown part is written. */
export interface OpenContext {
  readonly notation: NotationId;
  readonly reader: OpenReader;
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
/** `${NAME:-default}` and its like, with nothing in it that a shell would work out further. */
const WITH_DEFAULT = /^\$\{[A-Za-z_]\w*(?:=|:?[-?+]|:=)[\w@%+:,./= -]*\}$/;

/** Braces around no name that a shell has: it refuses them. */
const NAMES_NOTHING = /^\$\{(?![!#]?(?:\w|[@*#?$!-](?:\W|$)))/;

const OF_SCRIPT = "from the words the script is given";

/** Reads what stands in a launch for something that is put in when it runs. */
export function openPart(source: string, context: OpenContext): OpenPart {
  const { notation, reader } = context;
  if (/^\{\{|^\{%|^</.test(source)) return invented(source, context);
  if (reader === "python") {
    // In an f-string the braces around an expression are its own.
    const expression = source.replace(/^\{(.*)\}$/s, "$1");
    const variable = OF_PYTHON.exec(expression)?.[1];
    return variable === undefined ? invented(expression, context) : ofEnvironment(variable, context);
  }
  const kubernetes =
    notation === "kubernetes" && reader === "container" ? OF_KUBERNETES.exec(source)?.[1] : undefined;
  const [, bare, braced] = VARIABLE.exec(source) ?? [];
  const name = kubernetes ?? bare ?? braced;
  if (name !== undefined) return ofScript(ofEnvironment(name, context), name, context);
  // To a container file `$(…)` is a text like any other: it must not become a command.
  if (reader === "container")
    return WITH_DEFAULT.test(source) ? ofShell(source, context) : invented(source, context);
  const all = /^\$(?:([@*])|\{([@*])\})$/.exec(source);
  if (all) return ofShell(`$${all[1] ?? all[2]}`, context, OF_SCRIPT);
  const [, single, several] = PARAMETER.exec(source) ?? [];
  const parameter = single ?? several;
  if (parameter !== undefined) return ofShell(`\${${parameter}}`, context, OF_SCRIPT);
  if (/^`.*`$/s.test(source)) return ofShell(`$(${source.slice(1, -1)})`, context);
  if (!/^\$(?:\{.*\}|\(.*\))$/s.test(source)) return invented(source, context);
  const variable = /^\$\{[!#]?([A-Za-z_]\w*)/.exec(source)?.[1];
  const open = ofShell(source, context);
  return variable === undefined ? open : ofScript(open, variable, context);
}

function ofEnvironment(name: string, context: OpenContext): OpenPart {
  // Kubernetes knows names that a shell does not.
  if (!isVariableName(name)) return invented(name, context);
  return { part: { kind: "variable", name }, note: "from the environment" };
}

/** The script knows the value, and what takes its place will not. */
function ofScript(open: OpenPart, name: string, { reader, notation, setsItself }: OpenContext): OpenPart {
  const isInScript = reader === "shell" && notation !== "yaml";
  return isInScript && setsItself?.(name) ? { ...open, note: "set by the script: give it a value" } : open;
}

/** What a shell fills in. What does not end where it seems to, or holds keys of a terminal, is named instead. */
function ofShell(source: string, context: OpenContext, note = "a shell fills this in"): OpenPart {
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

/** What has no better name. */
const VALUE = "VALUE" as VariableName;

function freeName(wanted: string, source: string, names: ReadonlyMap<string, string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}_${number}`;
    const taken = names.get(name);
    if (taken === undefined || taken === source) return name;
  }
}
