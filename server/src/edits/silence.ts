/** The edit that silences a finding with a comment. */
import type { Position } from "vscode-languageserver-types";
import type { LaunchDocument } from "../analysis/document";
import { directiveText } from "../launch/directive-comment";
import { commentAbove } from "./comment-line";

/** The edit that silences a rule for a line: a new comment above it, or another code in the existing comment. */
export function silenceEdit(
  { document, directives }: LaunchDocument,
  line: number,
  code: string,
): { readonly position: Position; readonly newText: string } {
  const above = directives.find(
    ({ kind, span }) => kind === "disable-next-line" && document.positionAt(span.start).line === line - 1,
  );
  if (above) return { position: document.positionAt(above.span.end), newText: `,${code}` };
  return commentAbove(document, line, directiveText("disable-next-line", code));
}
