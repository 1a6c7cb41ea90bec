/**
 * Templates (`{{ … }}` of Helm, Go and Jinja, `{% … %}` of Jinja) inside another language: masked by text of the same
 * length, so that the language around them can be read and every offset holds.
 */
import { type Span, spanFrom, type WordPart } from "../launch/launch";

export interface Masked {
  readonly text: string;
  /** Where expressions stood; what is written there is not known. */
  readonly unknown: readonly Span[];
}

const TEMPLATE = /\{\{[^\n]*?\}\}|\{%[^\n]*?%\}/g;

/** Masks expressions as words of `x`; a line that holds nothing else becomes a comment. */
export function maskTemplates(text: string): Masked {
  if (!text.includes("{{") && !text.includes("{%")) return { text, unknown: [] };
  const unknown: Span[] = [];
  const masked = text.replace(TEMPLATE, (template: string, at: number) => {
    const alone = isBlank(text, at, -1) && isBlank(text, at + template.length, 1);
    if (alone) return `#${" ".repeat(template.length - 1)}`;
    unknown.push(spanFrom(at, at + template.length));
    return "x".repeat(template.length);
  });
  return { text: masked, unknown };
}

/** Whether nothing but white space stands between a place and the end of its line in a direction. */
function isBlank(text: string, from: number, step: 1 | -1): boolean {
  for (let at = step === 1 ? from : from - 1; at >= 0 && at < text.length; at += step) {
    const char = text[at];
    if (char === "\n") return true;
    if (char !== " " && char !== "\t" && char !== "\r") return false;
  }
  return true;
}

/** A scalar as it is written, with templates as its parts; nothing where there is none in it. */
export function templatesIn(source: string): WordPart[] | undefined {
  const text = source.replace(/^(["'])(.*)\1$/s, "$2");
  const parts: WordPart[] = [];
  let at = 0;
  const copy = (end: number) => {
    if (end > at) parts.push({ kind: "text", text: text.slice(at, end) });
  };
  for (const match of text.matchAll(TEMPLATE)) {
    copy(match.index);
    parts.push({ kind: "open", source: match[0] });
    at = match.index + match[0].length;
  }
  if (parts.length === 0) return undefined;
  copy(text.length);
  return parts;
}
