/** Lines of a YAML file that hold nothing but a template: they may add words, or decide which lines stay. */
import { type Span, spanFrom } from "../../launch/launch";
import type { YamlDocument } from "./stream";

/**
 * What such a line does: `open` begins a block that may be left out or repeated, `else` its other branch, `end` ends it;
 * `value` may become any text; `nothing` leaves no trace.
 */
export type TemplateRole = "open" | "else" | "end" | "value" | "nothing";

export interface TemplateLine extends Span {
  readonly role: TemplateRole;
}

const LINE = /^[ \t]*(\{\{[^\n]*?\}\}|\{%[^\n]*?%\})[ \t]*\r?$/gm;

/** The template lines of a document, in order; offsets count in the file. */
export function templateLines({ written, text, start }: YamlDocument): TemplateLine[] {
  if (written === text) return [];
  const found: TemplateLine[] = [];
  for (const match of written.matchAll(LINE)) {
    const template = match[1] ?? "";
    const at = match.index + match[0].indexOf(template);
    // What `maskTemplates` took for a whole line became a comment.
    if (text[at] === "#")
      found.push(
        Object.assign(spanFrom(start + at, start + at + template.length), { role: roleOf(template) }),
      );
  }
  return found;
}

function roleOf(template: string): TemplateRole {
  const body = template.slice(2, -2).replace(/^[-+]?\s*/, "");
  if (/^(?:if|with|range|define|block|for|macro|unless)\b/.test(body)) return "open";
  if (/^(?:else|elif|elseif)\b/.test(body)) return "else";
  if (/^end\w*\b/.test(body)) return "end";
  return template.startsWith("{%") || /^(?:\/\*|#|\$\w+\s*:?=)/.test(body) ? "nothing" : "value";
}

/** Where the second and further branches of the blocks stand: their words are there instead of others, not beside them. */
export function otherBranches(lines: readonly TemplateLine[]): Span[] {
  const found: Span[] = [];
  const open: (number | undefined)[] = [];
  for (const { role, start, end } of lines) {
    if (role === "open") open.push(undefined);
    else if (role === "else" && open.length > 0) open[open.length - 1] ??= end;
    else if (role === "end") {
      const from = open.pop();
      if (from !== undefined) found.push(spanFrom(from, start));
    }
  }
  return found;
}
