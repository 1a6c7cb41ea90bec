/** After "fix all": says in one line what it changed and what is left, and takes exactly that back on request. */
import { commands, Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type FixedAll,
  PROBLEM_COUNT,
  type ProblemCountAnswer,
  type ProblemCountParams,
} from "../../server/src/lsp/protocol";
import { say } from "./messages";

/** How long the status bar says what was fixed on saving. */
const STATUS_MS = 8_000;

/** Says what "fix all" has just done. */
export async function tellFixed(
  client: BaseLanguageClient,
  { uri, fixed, undo, unasked }: FixedAll,
): Promise<void> {
  const document = workspace.textDocuments.find((one) => one.uri.toString() === Uri.parse(uri).toString());
  const version = document?.version;
  const isThere = document && undo.every((edit) => textAt(document, edit) === withoutReturns(edit.there));
  const params: ProblemCountParams = { textDocument: { uri } };
  const left = await client.sendRequest<ProblemCountAnswer>(PROBLEM_COUNT, params);
  const message = left ? say("client.fixed", { fixed, left: left.label }) : fixed;
  if (unasked) {
    window.setStatusBarMessage(message, STATUS_MS);
    return;
  }
  const [toUndo, toProblems] = [say("client.undo"), say("client.show-problems")];
  const choices = [...(isThere ? [toUndo] : []), ...(left && left.count > 0 ? [toProblems] : [])];
  const picked = await window.showInformationMessage(message, ...choices);
  if (picked === toProblems) await commands.executeCommand("workbench.actions.view.problems");
  if (picked !== toUndo || !document) return;
  const same = !document.isClosed && document.version === version;
  if (!same || !(await workspace.applyEdit(editOf(document, undo))))
    void window.showWarningMessage(say("client.undo-changed"));
}

function editOf(document: TextDocument, undo: FixedAll["undo"]): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { range, newText } of undo) edit.replace(document.uri, rangeFrom(range), newText);
  return edit;
}

function textAt(document: TextDocument, { range }: FixedAll["undo"][number]): string {
  return withoutReturns(document.getText(rangeFrom(range)));
}

function rangeFrom({ start, end }: FixedAll["undo"][number]["range"]): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

/** The editor writes the line ends of the document, whatever an edit has. */
function withoutReturns(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
