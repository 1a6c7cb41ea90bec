/** `LightLLM: Copy Command`: the command that starts a launch, on one line, in the clipboard. */
import { env, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  CONVERT,
  type ConvertAnswer,
  type ConvertParams,
  type PlaceParams,
} from "../../server/src/lsp/protocol";
import { launchPlace } from "./launch-at-cursor";

/** How long the status bar says so, in milliseconds. */
const SHOWN = 6000;

/** Copies the command of a launch; nothing of this machine is in it that the launch does not say. */
export async function copyCommand(client: BaseLanguageClient, given?: PlaceParams): Promise<void> {
  const place = launchPlace(client, given);
  const params: ConvertParams | undefined = place && { ...place, to: "command" };
  const answer = params && (await client.sendRequest<ConvertAnswer>(CONVERT, params));
  if (!answer) {
    void window.showInformationMessage("Open a file with a LightLLM launch to copy its command.");
    return;
  }
  const { text, open, leftOut, refused } = answer;
  await env.clipboard.writeText(text.trimEnd());
  const needs = open.length > 0 ? ` It needs ${open.join(", ")}.` : "";
  const without = leftOut.length > 0 ? ` It is without ${leftOut.join(", ")}.` : "";
  const icon = refused.length + leftOut.length > 0 ? "$(warning)" : "$(check)";
  const doubt = refused.length > 0 ? " LightLLM would refuse it." : "";
  window.setStatusBarMessage(`${icon} Command copied.${needs}${without}${doubt}`, SHOWN);
}
