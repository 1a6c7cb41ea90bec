/** References in texts that no shell reads: `$NAME`, `${NAME}`, `$(…)`, which are put in when the launch runs. */
import type { Span, WordPart } from "../launch/launch";
import type { Origin } from "../launch/origin";

/** What begins a reference; two dollars before it are one that is meant. */
const BEGINNING = /\$(?:\{|\(|[A-Za-z_])/;
const CLOSING: Readonly<Record<string, string>> = { "{": "}", "(": ")" };

/** Where in a text the first reference stands; `undefined` where there is none. */
export function referenceAt(text: string): number | undefined {
  const at = text.search(BEGINNING);
  return at < 0 ? undefined : at;
}

/** What a notation makes of references. */
export interface ReferenceStyle {
  /** Two dollars before a reference are one dollar of the text. */
  readonly doubledDollars?: boolean;
  /** `$(NAME)` is a variable, as in Kubernetes; `$(…)` is a command; it is a text like any other when absent. */
  readonly parentheses?: "variable" | "command";
  /** Where the file sets a variable. */
  assigned?(name: string): Span | undefined;
}

/** A text as its parts. */
export function referencesIn(text: string, style: ReferenceStyle = {}): WordPart[] {
  const parts: WordPart[] = [];
  let known = "";
  for (let at = 0; at < text.length; ) {
    const isDoubled = text[at] === "$" && text[at + 1] === "$" && BEGINNING.test(text.slice(at + 1, at + 3));
    if (style.doubledDollars && isDoubled) {
      known += "$";
      at += 2;
      continue;
    }
    const length = BEGINNING.test(text.slice(at, at + 2)) ? referenceLength(text, at) : 0;
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

const VARIABLE = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/;
/** What a script is called with. */
const PARAMETER = /^\$\{([@*#?$!-]|\d+)\}$/;
const IN_PARENTHESES = /^\$\(([A-Za-z_][\w.-]*)\)$/;
/** `${NAME:-default}` and its like, with nothing in it that would be worked out further. */
const PLAIN = /^\$\{([A-Za-z_]\w*)(:?[-=?+])([\w@%+:,./= -]*)\}$/;
const ABOUT_VARIABLE = /^\$\{[!#]?([A-Za-z_]\w*)/;

/** What a reference stands for. */
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
  const [, owner, operator = "", otherwise = ""] = PLAIN.exec(source) ?? [];
  if (owner !== undefined && /[-=]$/.test(operator))
    return { from: "default", source, ...variable(owner), otherwise, whenEmpty: operator.length > 1 };
  const isOfShell = owner !== undefined || parentheses === "command";
  const of = owner ?? ABOUT_VARIABLE.exec(source)?.[1];
  const language = isOfShell ? "shell" : "template";
  return { from: "expression", language, source, ...(of !== undefined && { of: variable(of) }) };
}

/** Text in which no reference is read: a dollar in front of one is doubled. */
export function escapeReferences(text: string): string {
  return text.replace(/\$(?=[{(A-Za-z_])/g, "$$$$");
}

/** How long the reference is that begins at a place; one that is not closed goes to the end. */
function referenceLength(text: string, start: number): number {
  const opening = text[start + 1] ?? "";
  const closing = CLOSING[opening];
  if (closing === undefined) return 1 + (/^\w+/.exec(text.slice(start + 1))?.[0].length ?? 0);
  let depth = 0;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === opening) depth++;
    else if (text[at] === closing && --depth === 0) return at + 1 - start;
  }
  return text.length - start;
}
