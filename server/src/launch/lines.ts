/** Lines of a text by offset. */
import { type Span, spanFrom } from "./launch";

/** A line without its line break. */
export interface Line extends Span {
  readonly text: string;
}

/** Start of the line that contains an offset. */
export function lineStartAt(text: string, offset: number): number {
  // `lastIndexOf` treats a negative start as 0 and could find a newline after the offset.
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** The line that contains an offset. */
export function lineAt(text: string, offset: number): Line {
  const start = lineStartAt(text, offset);
  const newline = text.indexOf("\n", offset);
  const end = newline < 0 ? text.length : newline;
  return Object.assign(spanFrom(start, end), { text: text.slice(start, end) });
}

/** The line above the line of an offset; `undefined` for the first line. */
export function lineBefore(text: string, offset: number): Line | undefined {
  const start = lineStartAt(text, offset);
  return start === 0 ? undefined : lineAt(text, start - 1);
}

/** Replaces a byte order mark by a line break, so that offsets stay the same. */
export function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? `\n${text.slice(1)}` : text;
}
