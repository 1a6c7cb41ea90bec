/** `LightLLM: Convert to …`: shows launches in another notation, in an editor to the side. Writes no file. */

import { ViewColumn, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  CONVERT,
  type ConvertAnswer,
  type ConvertParams,
  DOCUMENTATION_LANGUAGES,
  type PlaceParams,
} from "../../server/src/lsp/protocol";
import { launchPlace } from "./launch-at-cursor";
import { say } from "./messages";

/**
 * Converts the launch at a place; without a place, all launches of the active editor into one file. In documentation,
 * it converts only the launch at the cursor.
 */
export async function convertLaunches(
  client: BaseLanguageClient,
  to: ConvertParams["to"],
  given?: PlaceParams,
): Promise<void> {
  const place = launchPlace(client, given);
  const isOne = given !== undefined || isDocumentation();
  const answer =
    place &&
    (await client.sendRequest<ConvertAnswer>(CONVERT, {
      textDocument: place.textDocument,
      ...(isOne && { position: place.position }),
      to,
    } satisfies ConvertParams));
  if (!answer) {
    void window.showInformationMessage(say("client.open-to-convert"));
    return;
  }
  const { text: content, languageId: language, refused, leftOut } = answer;
  // An untitled document, so that the editor asks for a name and before it overwrites a file.
  const document = await workspace.openTextDocument({ content, language });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: false });
  if (leftOut.length > 0)
    void window.showWarningMessage(say("client.not-carried-over", { names: leftOut.join(", ") }));
  const [reason, ...others] = refused;
  if (reason === undefined) return;
  const count = others.length;
  void window.showWarningMessage(
    count === 0
      ? say("client.converted-refused", { reason })
      : say("client.converted-refused-more", { reason, count }),
  );
}

/** Whether the launches of the active editor are independent examples. */
function isDocumentation(): boolean {
  return DOCUMENTATION_LANGUAGES.includes(window.activeTextEditor?.document.languageId ?? "");
}
