/** Lines of a text by offset. The CR of a CR LF belongs to the line break, even if the text ends between the two. */
import { type Span, spanFrom } from "./launch";

/** A line without its line break. */
export interface Line extends Span {
  readonly text: string;
  /** Start of the next line; for the last line, the end of the text. */
  readonly next: number;
}

/** Start of the line that contains an offset. */
export function lineStartAt(text: string, offset: number): number {
  // `lastIndexOf` treats a negative start as 0 and could find a newline after the offset.
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** End of the line that contains an offset, without its line break; never before the offset. */
export function lineEndAt(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  const end = newline < 0 ? text.length : newline;
  return end > offset && text[end - 1] === "\r" ? end - 1 : end;
}

/** Start of the line after an offset's line; for the last line, the end of the text. */
export function nextLineAt(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
}

/** The signs of a kind directly before an offset, so that a pattern for them does not read the whole text. */
export function signsBefore(text: string, offset: number, kind: RegExp): string {
  let from = offset;
  while (from > 0 && kind.test(text[from - 1] ?? "")) from--;
  return text.slice(from, offset);
}

/** The line that contains an offset. */
export function lineAt(text: string, offset: number): Line {
  const start = lineStartAt(text, offset);
  const end = lineEndAt(text, start);
  return Object.assign(spanFrom(start, end), { text: text.slice(start, end), next: nextLineAt(text, end) });
}

/** The line above the line of an offset; `undefined` for the first line. */
export function lineBefore(text: string, offset: number): Line | undefined {
  const start = lineStartAt(text, offset);
  return start === 0 ? undefined : lineAt(text, start - 1);
}

/** The lines of a text, or of its part between two offsets; a final line break adds no empty line. */
export function linesOf(text: string, from = 0, to = text.length): Line[] {
  const lines: Line[] = [];
  for (let start = from; start < to; ) {
    const next = Math.min(nextLineAt(text, start), to);
    const end = Math.min(lineEndAt(text, start), to);
    lines.push(Object.assign(spanFrom(start, end), { text: text.slice(start, end), next }));
    start = next;
  }
  return lines;
}

/** The whole lines of a span with their line breaks; a comment at the end of the last line belongs to it. */
export function wholeLines(text: string, { start, end }: Span): Span {
  const from = lineStartAt(text, start);
  const next = nextLineAt(text, end);
  if (text[next - 1] === "\n" && next > end) return spanFrom(from, next);
  // The last line of a file without a final newline: the one before it ends the file then.
  return spanFrom(from - (text[from - 2] === "\r" ? 2 : 1), text.length);
}

/** The line break that a text uses. */
export function lineBreakOf(text: string): "\r\n" | "\n" {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** Replaces a byte order mark by a line break, so that offsets stay the same. */
export function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? `\n${text.slice(1)}` : text;
}

/** Whether the last character is a backslash that no other one escapes; takes no longer for a long text. */
export function endsInOpenBackslash(text: string): boolean {
  let at = text.length;
  while (text[at - 1] === "\\") at--;
  return (text.length - at) % 2 === 1;
}
