/** `LightLLM: Show Problems of Launch`: moves the cursor to the worst problem, and opens the Problems view. */

import { commands, Range, Uri, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type PlaceParams, PROBLEMS, type ProblemsAnswer } from "../../server/src/lsp/protocol";
import { launchPlace } from "./launch-at-cursor";
import { say } from "./messages";

/** Goes to the first problem of a launch, errors before warnings. */
export async function showProblems(client: BaseLanguageClient, given?: PlaceParams): Promise<void> {
  const place = launchPlace(client, given);
  const problems = place && (await client.sendRequest<ProblemsAnswer>(PROBLEMS, place));
  const [first] = problems ?? [];
  if (!place || !first) {
    void window.showInformationMessage(say(problems ? "client.no-problems" : "client.open-to-see-problems"));
    return;
  }
  await commands.executeCommand("workbench.actions.view.problems");
  const { start, end } = first;
  const selection = new Range(start.line, start.character, end.line, end.character);
  const uri = Uri.parse(place.textDocument.uri);
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const options = { selection, ...(shown?.viewColumn && { viewColumn: shown.viewColumn }) };
  await window.showTextDocument(uri, options);
}
