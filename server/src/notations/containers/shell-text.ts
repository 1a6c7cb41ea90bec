/** Shell text in a YAML template: what the template engine will write is made something the shell cannot know either. */
import type { Span } from "../../launch/launch";
import type { DecodedText } from "../yaml-text/decode";
import type { YamlDocument } from "../yaml-text/documents";
import { otherBranches, type TemplateLine } from "../yaml-text/template-lines";

/**
 * Decoded text with every template in it read as `$(…)`, whose value is unknown. Lines that only steer the template
 * go, with the other branches of its conditions: they leave no line behind that could end a command.
 */
export function shellText(
  decoded: DecodedText,
  document: YamlDocument,
  lines: readonly TemplateLine[],
): DecodedText {
  const [first = 0] = decoded.offsets;
  const last = decoded.offsets.at(-1) ?? first;
  const near = ({ start, end }: Span) => start < last && end > first;
  const own = lines.filter(near);
  const unknown = [...document.unknown.filter(near), ...own.filter(({ role }) => role === "value")];
  if (unknown.length === 0 && own.length === 0) return decoded;
  const gone = [...own.filter(({ role }) => role !== "value"), ...otherBranches(own)];

  let text = "";
  let offsets: number[] = [];
  for (const [at, char] of decoded.text.split("").entries()) {
    const offset = decoded.offsets[at] ?? last;
    if (gone.some((span) => within(span, offset))) {
      text = text.replace(/[ \t]+$/, "");
      offsets = offsets.slice(0, text.length);
      continue;
    }
    // The line break behind a line that went would leave an empty one, and end a command.
    const leftOver = char === "\n" && (text === "" || text.endsWith("\n"));
    if (leftOver && gone.some(({ end }) => isLineEnd(document, end, offset))) continue;
    const template = unknown.find((span) => within(span, offset));
    text += template ? substitution(template, offset) : char;
    offsets.push(offset);
  }
  return { text, offsets: [...offsets, last] };
}

function within({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset < end;
}

/** Whether nothing but white space stands between the end of a template and an offset. */
function isLineEnd({ written, start }: YamlDocument, end: number, offset: number): boolean {
  return end <= offset && /^[ \t\r]*$/.test(written.slice(end - start, offset - start));
}

/** A character of `$(xxx)` as long as the template. */
function substitution({ start, end }: Span, offset: number): string {
  const at = offset - start;
  if (at === 0) return "$";
  if (at === 1) return "(";
  return offset === end - 1 ? ")" : "x";
}
