/** References in texts without a shell: `$NAME`, `${NAME}`, `$(…)`, which are substituted when the launch runs. */
import type { Span, WordPart } from "../launch/launch";
import type { Origin } from "../launch/origin";

/** Beginning of a reference. */
const BEGINNING = /\$(?:\{|\(|[A-Za-z_])/;
const CLOSING: Readonly<Record<string, string>> = { "{": "}", "(": ")" };

/** Offset of the first reference in a text; `undefined` if there is none. */
export function referenceAt(text: string): number | undefined {
  const at = text.search(BEGINNING);
  return at < 0 ? undefined : at;
}

/** A notation's syntax of references. */
export interface ReferenceStyle {
  /** Where a doubled dollar is a literal one; nowhere if absent. */
  readonly doubledDollars?: "before-references" | "everywhere";
  /** `$(NAME)` is a variable, as in Kubernetes; `$(…)` is a command; plain text if absent. */
  readonly parentheses?: "variable" | "command";
  /** The place where the file sets a variable. */
  assigned?(name: string): Span | undefined;
}

/** The parts of a text. */
export function referencesIn(text: string, style: ReferenceStyle = {}): WordPart[] {
  const parts: WordPart[] = [];
  let known = "";
  for (let at = 0; at < text.length; ) {
    if (isDoubledDollar(text, at, style)) {
      known += "$";
      at += 2;
      continue;
    }
    const length = BEGINNING.test(text.slice(at, at + 2)) ? lengthOf(text, at, style) : 0;
    if (length === 0) {
      known += text[at++];
      continue;
    }
    if (known !== "") parts.push({ kind: "text", text: known });
    known = "";
    parts.push({ kind: "open", ...originOf(text.slice(at, at + length), style) });
    at += length;
  }
  if (known !== "" || parts.length === 0) parts.push({ kind: "text", text: known });
  return parts;
}

/**
 * The parts of a word whose text is known up to an offset: what is before it has its references substituted, what is after it
 * is as written.
 */
export function partsFrom(text: string, unknownFrom: number, style?: ReferenceStyle): WordPart[] {
  const references = referencesIn(text.slice(unknownFrom), style);
  return unknownFrom > 0 ? [{ kind: "text", text: text.slice(0, unknownFrom) }, ...references] : references;
}

function isDoubledDollar(text: string, at: number, { doubledDollars }: ReferenceStyle): boolean {
  if (!doubledDollars || !text.startsWith("$$", at)) return false;
  return doubledDollars === "everywhere" || BEGINNING.test(text.slice(at + 1, at + 3));
}

const VARIABLE = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/;
/** A parameter of a script. */
const PARAMETER = /^\$\{([@*#?$!-]|\d+)\}$/;
const IN_PARENTHESES = /^\$\(([A-Za-z_][\w.-]*)\)$/;
/** `${NAME:-default}` and similar forms, with a literal default. */
const PLAIN = /^\$\{([A-Za-z_]\w*)(:?[-=?+])([\w@%+:,./= -]*)\}$/;
/** The same in the double quotes of a shell, where only a backslash, double quotes, and what is substituted are special. */
const PLAIN_IN_QUOTES =
  /^\$\{([A-Za-z_]\w*)(:?[-=])((?:[^\\"$`{}\r\n]|\\[^\r\n]|"(?:[^\\"$`{}\r\n]|\\[^\r\n])*")*)\}$/;
const ABOUT_VARIABLE = /^\$\{[!#]?([A-Za-z_]\w*)/;

/** The origin of a reference. */
function originOf(source: string, { parentheses, assigned }: ReferenceStyle): Origin {
  const variable = (name: string) => {
    const place = assigned?.(name);
    return { name, ...(place && { assigned: place }) };
  };
  const [, bare, braced] = VARIABLE.exec(source) ?? [];
  const inParentheses = parentheses === "variable" ? IN_PARENTHESES.exec(source)?.[1] : undefined;
  const name = bare ?? braced ?? inParentheses;
  if (name !== undefined) return { from: "variable", source, ...variable(name) };
  const parameter = parentheses === "command" ? PARAMETER.exec(source)?.[1] : undefined;
  if (parameter !== undefined) return { from: "parameter", name: parameter, source };
  const inQuotes = parentheses === "command" ? PLAIN_IN_QUOTES.exec(source) : undefined;
  const [, owner, operator = "", text = ""] = inQuotes ?? PLAIN.exec(source) ?? [];
  if (owner !== undefined && /[-=]$/.test(operator)) {
    const otherwise = inQuotes ? withoutQuotes(text) : text;
    return { from: "default", source, ...variable(owner), otherwise, whenEmpty: operator.length > 1 };
  }
  const isOfShell = owner !== undefined || parentheses === "command";
  const of = owner ?? ABOUT_VARIABLE.exec(source)?.[1];
  const language = isOfShell ? "shell" : "template";
  return { from: "expression", language, source, ...(of !== undefined && { of: variable(of) }) };
}

/** Text inside the double quotes of a shell: quotes are removed, a backslash escapes only what would be special. */
function withoutQuotes(text: string): string {
  return text.replace(/"|\\(.)/g, (written, char?: string) =>
    char === undefined ? "" : '"\\$`}'.includes(char) ? char : written,
  );
}

/** Escapes text so that it has no references: doubles the dollar before each. */
export function escapeReferences(text: string): string {
  return text.replace(/\$(?=[{(A-Za-z_])/g, "$$$$");
}

/** The length of a reference at a place; an unclosed one extends to the end. */
function lengthOf(text: string, start: number, { parentheses }: ReferenceStyle): number {
  const opening = text[start + 1] ?? "";
  const closing = CLOSING[opening];
  if (closing === undefined) return 1 + (/^\w+/.exec(text.slice(start + 1))?.[0].length ?? 0);
  const end =
    parentheses === "command"
      ? endInShell(text, start + 2, closing)
      : endOfNested(text, start + 1, opening, closing);
  return (end ?? text.length) - start;
}

/** The end of brackets that may contain the same brackets. */
function endOfNested(text: string, start: number, opening: string, closing: string): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === opening) depth++;
    else if (text[at] === closing && --depth === 0) return at + 1;
  }
  return undefined;
}

/** What matters for the end of an expansion in the double quotes of a shell, where a brace alone opens nothing. */
const SIGNS = /\\.|\$[{(]|["`'()}]/gs;

/** The end of an expansion in the double quotes of a shell. */
function endInShell(text: string, start: number, closing: string): number | undefined {
  const open = [closing];
  const signs = new RegExp(SIGNS);
  signs.lastIndex = start;
  for (let found = signs.exec(text); found; found = signs.exec(text)) {
    const [sign] = found;
    const innermost = open.at(-1);
    if (sign === innermost) {
      open.pop();
      if (open.length === 0) return signs.lastIndex;
    } else if (sign === "'" && innermost === ")") {
      const end = text.indexOf("'", signs.lastIndex);
      if (end < 0) return undefined;
      signs.lastIndex = end + 1;
    } else if (sign === '"' || sign === "`") open.push(sign);
    else if (sign.startsWith("$") || (sign === "(" && innermost === ")"))
      open.push(CLOSING[sign.slice(-1)] ?? "");
  }
  return undefined;
}

/** `$@`, `${@:2}`, `${A[@]}`, `${!A[@]}`, `${!PREFIX@}`, and one of them as the replacement: `${1+"$@"}`. */
const OF_A_LIST = /\$@|\$\{!?@|\[@\]|^\$\{!\w+@\}$/;

/**
 * Whether an expansion may become several words even in double quotes. A number of words (`${#A[@]}`) is one word, and `$*` and
 * `${A[*]}` join theirs.
 */
export function makesWordsInQuotes(source: string): boolean {
  return /^\$(?!\{#|\()/.test(source) && OF_A_LIST.test(source);
}
