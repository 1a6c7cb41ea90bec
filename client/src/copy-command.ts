/** `LightLLM: Copy Command`: copies the command of a launch, on one line. */

import { env, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  CONVERT,
  type ConvertAnswer,
  type ConvertParams,
  type PlaceParams,
} from "../../server/src/lsp/protocol";
import { launchPlace } from "./launch-at-cursor";
import { say } from "./messages";

/** Duration of the message in the status bar, in milliseconds. */
const SHOWN = 6000;

/** Copies the command of a launch, without any value from this machine. */
export async function copyCommand(client: BaseLanguageClient, given?: PlaceParams): Promise<void> {
  const place = launchPlace(client, given);
  const params: ConvertParams | undefined = place && { ...place, to: "command" };
  const answer = params && (await client.sendRequest<ConvertAnswer>(CONVERT, params));
  if (!answer) {
    void window.showInformationMessage(say("client.open-to-copy"));
    return;
  }
  const { text, open, leftOut, refused } = answer;
  await env.clipboard.writeText(text.trimEnd());
  const sentences = [
    say("client.copied"),
    ...(open.length > 0 ? [say("client.copied-needs", { names: open.join(", ") })] : []),
    ...(leftOut.length > 0 ? [say("client.copied-without", { names: leftOut.join(", ") })] : []),
    ...(refused.length > 0 ? [say("client.copied-refused")] : []),
  ];
  const icon = refused.length + leftOut.length > 0 ? "$(warning)" : "$(check)";
  window.setStatusBarMessage(`${icon} ${sentences.join(" ")}`, SHOWN);
}
