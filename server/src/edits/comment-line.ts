/** Writes a comment on its own line. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Position } from "vscode-languageserver-types";
import { lineBreakOf } from "../launch/lines";

/** The edit that inserts a comment above a line, with the same indentation. */
export function commentAbove(
  document: TextDocument,
  line: number,
  comment: string,
): { readonly position: Position; readonly newText: string } {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  const indent = /^\uFEFF?[ \t]*/.exec(text)?.[0].replace("\uFEFF", "") ?? "";
  // A byte order mark stays first.
  const character = text.startsWith("\uFEFF") ? 1 : 0;
  return {
    position: { line, character },
    newText: `${indent}# ${comment}${lineBreakOf(document.getText())}`,
  };
}
