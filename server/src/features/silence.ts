/** Where a comment silences a finding, and how it is written there. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Position } from "vscode-languageserver-types";
import { launchAround } from "../notations";
import type { LaunchDocument } from "./document";

/**
 * The line that a `disable-next-line` comment must stand above to silence what begins at an offset: the line itself, or
 * the first line of a launch that goes on over several, since a comment inside it would end the command or break a list.
 */
export function silencedLine({ document, file }: LaunchDocument, offset: number): number {
  const line = document.positionAt(offset).line;
  const launch = launchAround(file, offset);
  if (!launch || launch.form.kind === "mapping" || isListOfLines(launch.form)) return line;
  return Math.min(line, document.positionAt(launch.span.start).line);
}

function isListOfLines(form: { readonly kind: string; readonly style?: string }): boolean {
  return form.kind === "list" && form.style === "yaml-block";
}

/** The edit that silences a rule for the line: a comment above it, or one more code in the comment that is there. */
export function silenceEdit(
  { document, directives }: LaunchDocument,
  line: number,
  code: string,
): { readonly position: Position; readonly newText: string } {
  const above = directives.find(
    ({ kind, span }) => kind === "disable-next-line" && document.positionAt(span.start).line === line - 1,
  );
  if (above) return { position: document.positionAt(above.span.end), newText: `,${code}` };
  return commentAbove(document, line, `lightllm: disable-next-line=${code}`);
}

/** The edit that writes a comment on a line of its own above another, as far to the right as that one. */
export function commentAbove(
  document: TextDocument,
  line: number,
  comment: string,
): { readonly position: Position; readonly newText: string } {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  const indent = /^\uFEFF?[ \t]*/.exec(text)?.[0].replace("\uFEFF", "") ?? "";
  const eol = document.getText().includes("\r\n") ? "\r\n" : "\n";
  // A byte order mark stays in front.
  const character = text.startsWith("\uFEFF") ? 1 : 0;
  return { position: { line, character }, newText: `${indent}# ${comment}${eol}` };
}
