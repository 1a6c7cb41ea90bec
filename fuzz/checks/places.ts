/** Checks of ranges. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { CodeAction, Position, Range, TextEdit } from "vscode-languageserver-types";
import { isInsideCharacter } from "./case";

/**
 * What is wrong with a range; `undefined` if it is in the document, starts and ends between characters, and does not
 * end before it starts.
 */
export function faultOfRange(document: TextDocument, range: Range): string | undefined {
  const { start, end } = range;
  for (const [name, position] of [
    ["start", start],
    ["end", end],
  ] as const) {
    const fault = faultOfPosition(document, position);
    if (fault) return `the ${name} of ${inWords(range)} ${fault}`;
  }
  const reversed = start.line > end.line || (start.line === end.line && start.character > end.character);
  return reversed ? `${inWords(range)} ends before it starts` : undefined;
}

function faultOfPosition(document: TextDocument, position: Position): string | undefined {
  const { line, character } = position;
  if (!Number.isInteger(line) || !Number.isInteger(character) || line < 0 || character < 0)
    return "is not a position";
  if (line >= document.lineCount) return "is after the last line";
  const offset = document.offsetAt(position);
  const back = document.positionAt(offset);
  // A position after the end of its line is converted to the end of the line.
  if (back.line !== line || back.character !== character) return "is after the end of its line";
  return isInsideCharacter(document.getText(), offset) ? "is inside a character" : undefined;
}

/** What is wrong with edits that are applied together: an invalid range, or two that overlap. */
export function faultOfEdits(document: TextDocument, edits: readonly TextEdit[]): string | undefined {
  for (const { range } of edits) {
    const fault = faultOfRange(document, range);
    if (fault) return fault;
  }
  const spans = edits
    .map(({ range }) => ({ start: document.offsetAt(range.start), end: document.offsetAt(range.end) }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  for (const [at, { start }] of spans.entries()) {
    const before = spans[at - 1];
    if (before && before.end > start) return `edits overlap at offset ${start}`;
  }
  return undefined;
}

/** The edits of an action in a document, in either form. */
export function editsOf({ edit }: Pick<CodeAction, "edit">, uri: string): TextEdit[] {
  const changes = edit?.changes?.[uri] ?? [];
  const others = (edit?.documentChanges ?? []).flatMap((change) =>
    "textDocument" in change && change.textDocument.uri === uri ? change.edits : [],
  );
  return [...changes, ...others].flatMap((one) => ("newText" in one ? [one] : []));
}

/** The text after edits; the edits must be valid. */
export function applied(document: TextDocument, edits: readonly TextEdit[]): string {
  const backwards = edits
    .map(({ range, newText }, at) => ({
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
      newText,
      at,
    }))
    .sort((a, b) => b.start - a.start || b.at - a.at);
  return backwards.reduce(
    (text, { start, end, newText }) => text.slice(0, start) + newText + text.slice(end),
    document.getText(),
  );
}

/** What is wrong with the line ends of a changed text: it keeps those of a text in which all are `\r\n`. */
export function faultOfLineEnds(before: string, after: string): string | undefined {
  const other = /(?<!\r)\n|\r(?!\n)/;
  return before.includes("\r\n") && !other.test(before) && other.test(after)
    ? "a line ends differently from all lines before"
    : undefined;
}

function inWords({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}
