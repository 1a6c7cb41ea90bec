/** Shell text in a YAML template. */
import type { Span } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import { HOLE, type PutIn } from "../embedded";
import type { DecodedText } from "../yaml-text/decode";
import type { YamlDocument } from "../yaml-text/stream";
import { otherBranches, type TemplateLine } from "../yaml-text/template-lines";

/** Shell text, and the values that a template engine substitutes. */
export interface TemplatedText {
  readonly decoded: DecodedText;
  readonly holes?: PutIn;
}

/**
 * Decoded text with a hole for every template. Lines that only control the template are removed, with the other
 * branches of their conditions, so that they leave no line that would end a command.
 */
export function shellText(
  decoded: DecodedText,
  document: YamlDocument,
  lines: readonly TemplateLine[],
): TemplatedText {
  const [first = 0] = decoded.offsets;
  const last = decoded.offsets.at(-1) ?? first;
  const near = ({ start, end }: Span) => start < last && end > first;
  const own = lines.filter(near);
  const unknown = [...document.unknown.filter(near), ...own.filter(({ role }) => role === "value")];
  if (unknown.length === 0 && own.length === 0) return { decoded };
  const gone = [...own.filter(({ role }) => role !== "value"), ...otherBranches(own)];

  let text = "";
  let offsets: number[] = [];
  const holes = new Map<number, Origin>();
  for (const [at, char] of decoded.text.split("").entries()) {
    const offset = decoded.offsets[at] ?? last;
    if (gone.some((span) => within(span, offset))) {
      text = text.replace(/[ \t]+$/, "");
      offsets = offsets.slice(0, text.length);
      continue;
    }
    // The line break after a removed line would leave an empty line, and end a command.
    const leftOver = char === "\n" && (text === "" || text.endsWith("\n"));
    if (leftOver && gone.some(({ end }) => isLineEnd(document, end, offset))) continue;
    const template = unknown.find((span) => within(span, offset));
    if (!template) text += char;
    else if (holes.has(template.start)) continue;
    else {
      text += HOLE;
      const source = document.written.slice(template.start - document.start, template.end - document.start);
      holes.set(template.start, { from: "expression", language: "template", source, span: template });
    }
    offsets.push(template?.start ?? offset);
  }
  return { decoded: { text, offsets: [...offsets, last] }, holes };
}

function within({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset < end;
}

/** Whether only white space is between the end of a template and an offset. */
function isLineEnd({ written, start }: YamlDocument, end: number, offset: number): boolean {
  return end <= offset && /^[ \t\r]*$/.test(written.slice(end - start, offset - start));
}
