/**
 * Templates (`{{ … }}` of Helm, Go and Jinja, `{% … %}` of Jinja) inside another language: masked by text of the same
 * length, so that the enclosing language can be parsed and every offset stays the same.
 */
import { type Span, spanFrom, type WordPart } from "../launch/launch";

export interface Masked {
  readonly text: string;
  /** Places of expressions, whose text is unknown. */
  readonly unknown: readonly Span[];
}

const OPENING = /\{[{%]/g;
const CLOSING: Readonly<Record<string, string>> = { "{{": "}}", "{%": "%}" };

/** The templates of a text, each on one line, in order. An opening without a closing on its line is ignored. */
function templateSpans(text: string): Span[] {
  const found: Span[] = [];
  const opening = new RegExp(OPENING);
  /** The next closing of each kind, so that each is searched only once. */
  const closings = new Map<string, number>();
  let newline = -1;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const { index } = match;
    const closing = CLOSING[match[0]] ?? "";
    if (newline < index) newline = endOr(text.length, text.indexOf("\n", index));
    let end = closings.get(closing) ?? -1;
    if (end < index + 2) end = endOr(text.length, text.indexOf(closing, index + 2));
    closings.set(closing, end);
    if (end + 2 > newline) {
      opening.lastIndex = index + 1;
      continue;
    }
    found.push(spanFrom(index, end + 2));
    opening.lastIndex = end + 2;
  }
  return found;
}

function endOr(otherwise: number, at: number): number {
  return at < 0 ? otherwise : at;
}

/** Masks expressions as words of `x`; a line with nothing else becomes a comment. */
export function maskTemplates(text: string): Masked {
  if (!text.includes("{{") && !text.includes("{%")) return { text, unknown: [] };
  const unknown: Span[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of templateSpans(text)) {
    const alone = isBlank(text, start, -1) && isBlank(text, end, 1);
    parts.push(text.slice(at, start), alone ? `#${" ".repeat(end - start - 1)}` : "x".repeat(end - start));
    if (!alone) unknown.push(spanFrom(start, end));
    at = end;
  }
  parts.push(text.slice(at));
  return { text: parts.join(""), unknown };
}

/** Whether only white space is between a place and the end of its line in a direction. */
function isBlank(text: string, from: number, step: 1 | -1): boolean {
  for (let at = step === 1 ? from : from - 1; at >= 0 && at < text.length; at += step) {
    const char = text[at];
    if (char === "\n") return true;
    if (char !== " " && char !== "\t" && char !== "\r") return false;
  }
  return true;
}

/** A scalar as written, with templates as its parts; undefined if it has none. */
export function templatesIn(source: string): WordPart[] | undefined {
  const text = source.replace(/^(["'])(.*)\1$/s, "$2");
  const parts: WordPart[] = [];
  let at = 0;
  const copy = (end: number) => {
    if (end > at) parts.push({ kind: "text", text: text.slice(at, end) });
  };
  for (const { start, end } of templateSpans(text)) {
    copy(start);
    parts.push({ kind: "open", from: "expression", language: "template", source: text.slice(start, end) });
    at = end;
  }
  if (parts.length === 0) return undefined;
  copy(text.length);
  return parts;
}
