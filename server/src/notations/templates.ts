/**
 * Templates (`{{ … }}` of Helm, Go and Jinja, `{% … %}` of Jinja) inside another language: masked by text of the same
 * length, so that the language around them can be read and every offset holds.
 */
import type { Span } from "../launch/launch";

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
    unknown.push({ start: at, end: at + template.length });
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
