/** Lines of a text by offset. */
import { type Span, spanFrom } from "./launch";

/** A line without its line break. */
export interface Line extends Span {
  readonly text: string;
}

/** Where the line of an offset begins. */
export function lineStartAt(text: string, offset: number): number {
  // `lastIndexOf` takes a negative start for 0, and would find a newline that stands behind the offset.
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** The line of an offset. */
export function lineAt(text: string, offset: number): Line {
  const start = lineStartAt(text, offset);
  const newline = text.indexOf("\n", offset);
  const end = newline < 0 ? text.length : newline;
  return Object.assign(spanFrom(start, end), { text: text.slice(start, end) });
}

/** The line above the one of an offset; nothing above the first. */
export function lineBefore(text: string, offset: number): Line | undefined {
  const start = lineStartAt(text, offset);
  return start === 0 ? undefined : lineAt(text, start - 1);
}

/** A text with a line break in the place of a byte order mark, which is none of the language's; offsets hold. */
export function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? `\n${text.slice(1)}` : text;
}
