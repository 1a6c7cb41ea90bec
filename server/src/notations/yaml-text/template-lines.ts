/** Lines of a YAML file with only a template: they may add words, or control which lines are kept. */
import { type Span, spanFrom } from "../../launch/launch";
import type { YamlDocument } from "./stream";

/**
 * The effect of such a line: `open` begins a block that may be omitted or repeated, `else` its other branch, `end` ends
 * it; `value` may become any text; `nothing` has no effect.
 */
export type TemplateRole = "open" | "else" | "end" | "value" | "nothing";

export interface TemplateLine extends Span {
  readonly role: TemplateRole;
}

const LINE = /^[ \t]*(\{\{[^\n]*?\}\}|\{%[^\n]*?%\})[ \t]*\r?$/gm;

/** The template lines of a document, in order; offsets refer to the file. */
export function templateLines({ written, text, start }: YamlDocument): TemplateLine[] {
  if (written === text) return [];
  const found: TemplateLine[] = [];
  for (const match of written.matchAll(LINE)) {
    const template = match[1] ?? "";
    const at = match.index + match[0].indexOf(template);
    // `maskTemplates` turned whole lines into comments.
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

/** The second and later branches of blocks: their words replace others, and are not added to them. */
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
