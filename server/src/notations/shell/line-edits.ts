/** Edits of whole lines in a shell text. */
import { spanFrom, type TextChange } from "../../launch/launch";
import { lineStartAt, nextLineAt } from "../../launch/lines";
import type { ShellFix } from "./trap";

/** The white space before a place on its line; all of the line before it for another text there. */
export function indentOf(text: string, at: number): string {
  const before = text.slice(lineStartAt(text, at), at);
  return /^[ \t]*/.exec(before)?.[0] ?? "";
}

/** The fix that moves comments above a command, without a backslash at their end; none if nothing fits there. */
export function commentMoves(
  text: string,
  commandStart: number,
  comments: readonly string[],
  edits: readonly TextChange[],
  title: string,
): ShellFix[] {
  if (!isFree(text, lineStartAt(text, commandStart))) return [];
  const lines = comments.map((comment) => `${comment.replace(/[\s\\]+$/, "")}\n`).join("");
  return [{ title, edits: [moved(text, commandStart, lines), ...edits] }];
}

/** Whether a comment can be inserted above a line: no quote is open there, and the line above is not continued. */
function isFree(text: string, lineStart: number): boolean {
  let quote = "";
  for (let at = 0; at < lineStart; at++) {
    const char = text[at];
    if (char === "\\" && quote !== "'") at++;
    else if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === "#" && /\s/.test(text[at - 1] ?? "\n")) at = nextLineAt(text, at) - 2;
    else if (char === '"' || char === "'") quote = char;
  }
  return quote === "" && !/\\\r?\n$/.test(text.slice(0, lineStart));
}

/** The edit that inserts whole lines above the first line of a command, with the same indentation. */
function moved(text: string, commandStart: number, lines: string): TextChange {
  const start = lineStartAt(text, commandStart);
  const indent = /^[ \t]*/.exec(text.slice(start, commandStart))?.[0] ?? "";
  return { span: spanFrom(start, start), newText: lines.replace(/^[ \t]*(?=\S)/gm, indent) };
}

/**
 * Removes whole lines, with the line end above them instead of their own: in a text inside YAML, the next line begins after
 * its indentation.
 */
export function linesOut(text: string, start: number, end: number): TextChange {
  const lineEnd = (at: number) => (text[at - 2] === "\r" ? at - 2 : at - 1);
  return { span: spanFrom(lineEnd(start), lineEnd(end)), newText: "" };
}

/** The comments of some lines, without the empty lines. */
export function commentsIn(lines: string): string[] {
  return lines.split("\n").filter((line) => line.trim() !== "");
}
