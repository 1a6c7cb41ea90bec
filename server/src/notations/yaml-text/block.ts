/** YAML block scalars: `|` keeps lines, `>` folds them; indentation is removed, and the end is chomped. */

import type { Span } from "../../launch/launch";
import { linesOf } from "../../launch/lines";
import type { DecodedText } from "./decode";
import { TextBuilder } from "./text-builder";

interface Line {
  readonly start: number;
  /** Offset of its first character that is not a space. */
  readonly text: number;
  readonly end: number;
}

/** A block scalar from its `|` or `>`. `value` is the parser's result, which determines the indentation. */
export function decodeBlock(source: string, { start, end }: Span, value: string): DecodedText {
  const headerEnd = source.indexOf("\n", start);
  if (headerEnd < 0 || headerEnd >= end) return { text: "", offsets: [end] };
  const header = /^[|>]([-+\d]*)/.exec(source.slice(start, headerEnd));
  const marks = header?.[1] ?? "";
  const lines = indentedLines(source, headerEnd + 1, end);
  const read = (indent: number) =>
    readLines(source, lines, { indent, folded: source[start] === ">", marks, end });
  const found = lines.find((line) => line.text < line.end);
  const usual = found ? found.text - found.start : 0;
  const digit = /\d/.exec(marks);
  if (!digit) return read(usual);
  // With a number, the indentation is relative to the parent, which only the parser knows.
  for (let indent = Number(digit[0]); indent <= usual; indent++) {
    const attempt = read(indent);
    if (attempt.text === value) return attempt;
  }
  return read(usual);
}

function indentedLines(source: string, from: number, to: number): Line[] {
  return linesOf(source, from, to).map(({ start, end, text }) => ({
    start,
    text: start + (/^ */.exec(text)?.[0].length ?? 0),
    end,
  }));
}

interface Style {
  readonly indent: number;
  readonly folded: boolean;
  /** The header's `-` or `+` and number. */
  readonly marks: string;
  readonly end: number;
}

/** The lines joined as the style requires, with blank lines exactly like in the parser. */
function readLines(
  source: string,
  lines: readonly Line[],
  { indent, folded, marks, end }: Style,
): DecodedText {
  const places = new TextBuilder();
  const first = lines.findIndex(hasText);
  const last = lines.findLastIndex((line) => hasText(line) || line.end - line.start > indent);
  const lastEnd = lines[last]?.end;
  if (first < 0 || lastEnd === undefined) return places.done(end);
  const copy = (line: Line) => places.copy(source, Math.min(line.start + indent, line.end), line.end);

  for (const line of lines.slice(0, first)) {
    copy(line);
    places.add("\n", line.end);
  }
  let separator = "";
  let before = lines[first]?.start ?? end;
  let deeper = false;
  for (const line of lines.slice(first, last + 1)) {
    const isDeeper = line.text - line.start > indent || source[line.text] === "\t";
    if (folded && !isDeeper && !hasText(line)) {
      if (separator === "\n") places.add("\n", line.end);
      separator = "\n";
    } else {
      if (folded && isDeeper && separator) separator = separator === "\n" && !deeper ? "\n\n" : "\n";
      places.add(separator, before);
      copy(line);
      separator = folded && !isDeeper ? " " : "\n";
      deeper = isDeeper;
    }
    before = line.end;
  }
  if (marks.includes("-")) return places.done(lastEnd);
  places.add("\n", lastEnd);
  if (!marks.includes("+")) return places.done(Math.min(lastEnd + 1, end));
  for (const line of lines.slice(last + 1)) {
    copy(line);
    if (line.end < end) places.add("\n", line.end);
  }
  return places.done(end);
}

function hasText({ text, end }: Line): boolean {
  return text < end;
}
