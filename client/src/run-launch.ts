/** `LightLLM: Run Launch in Terminal`: the only thing that is ever run, and by itself only where nothing is open or wrong. */

import { commands, env, type Terminal, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  CONVERT,
  type ConvertAnswer,
  type ConvertParams,
  LAUNCH_COMMANDS,
  type PlaceParams,
} from "../../server/src/lsp/protocol";
import { launchPlace } from "./launch-at-cursor";
import { say } from "./messages";
import { shellReady } from "./shell-ready";

/** What a terminal takes for keys, even in quotes: Ctrl+C, Tab, Enter. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const KEYS = /[\x00-\x1f\x7f-\x9f]/;

/** How many of the reasons why LightLLM would refuse a launch are told. */
const MOST_REASONS = 3;

/** Shells that read the command as it is written. */
const POSIX_SHELL = /(?:^|[\\/])(?:ba|z|k|da|a)?sh(?:\.exe)?$/i;
/** Those of them that know `$'…'`. */
const KNOWS_ESCAPES = /(?:^|[\\/])(?:ba|z|k)sh(?:\.exe)?$/i;

/**
 * Runs a launch in a terminal of its own: one that is open already may be busy with it. Where anything in it is open, left
 * out, refused or an error, the command waits there for the user's Enter.
 */
export async function runLaunch(client: BaseLanguageClient, given?: PlaceParams): Promise<void> {
  if (!workspace.isTrusted) return tellTrust();
  const place = launchPlace(client, given);
  const params: ConvertParams | undefined = place && { ...place, to: "command", runs: true };
  const answer = params && (await client.sendRequest<ConvertAnswer>(CONVERT, params));
  if (!place || !answer) {
    void window.showInformationMessage(say("client.open-to-run"));
    return;
  }
  const { name, refused, runsHere, isComplete } = answer;
  const text = answer.text.trimEnd();
  if (!runsHere) return offerCopy(place, say("client.runs-elsewhere"));
  if (KEYS.test(text)) {
    void window.showWarningMessage(say("client.holds-keys"));
    return;
  }
  if (refused.length > 0 && !(await insertsAnyway(place, refused))) return;
  const terminal = openTerminal(name, place, text);
  if (!terminal) return offerCopy(place, say("client.no-terminals"));
  terminal.show();
  await shellReady(terminal);
  if (terminal.exitStatus) return;
  terminal.sendText(text, isComplete);
  if (!isComplete) void window.showInformationMessage(say("client.waits", { reasons: whyWaits(answer) }));
}

/** Why a command is not run by itself. */
function whyWaits({ open, leftOut, refused }: NonNullable<ConvertAnswer>): string {
  const list = (names: readonly string[]) => ({ names: names.join(", "), count: names.length });
  const reasons = [
    ...(open.length > 0 ? [say("client.waits-open", list(open))] : []),
    ...(leftOut.length > 0 ? [say("client.waits-left-out", list(leftOut))] : []),
    ...(refused.length > 0 ? [say("client.waits-refused")] : []),
  ];
  return reasons.join("; ") || say("client.waits-errors");
}

async function tellTrust(): Promise<void> {
  const manage = say("client.manage-trust");
  if ((await window.showWarningMessage(say("client.trusted-only"), manage)) === manage)
    await commands.executeCommand("workbench.trust.manage");
}

async function offerCopy(place: PlaceParams, why: string): Promise<void> {
  const copy = say("client.copy");
  if ((await window.showInformationMessage(why, copy)) === copy)
    await commands.executeCommand(LAUNCH_COMMANDS.copy, place);
}

/** Enter alone does not insert it: that is the button for the problems. */
async function insertsAnyway(place: PlaceParams, refused: readonly string[]): Promise<boolean> {
  const count = refused.length - MOST_REASONS;
  const more = count > 0 ? [say("client.refused-more", { count })] : [];
  const options = { modal: true, detail: [...refused.slice(0, MOST_REASONS), ...more].join("\n\n") };
  const [problems, insert] = [say("client.show-problems"), say("client.insert")];
  const choice = await window.showWarningMessage(say("client.refused"), options, problems, insert);
  if (choice === problems) await commands.executeCommand(LAUNCH_COMMANDS.problems, place);
  return choice === insert;
}

/** A new terminal in the folder of the launch's file; nothing where the editor has none, as in a browser. */
function openTerminal(name: string, { textDocument }: PlaceParams, text: string): Terminal | undefined {
  const shells = text.includes("$'") ? KNOWS_ESCAPES : POSIX_SHELL;
  const cwd = folderOf(Uri.parse(textDocument.uri));
  try {
    return window.createTerminal({
      name: name ? say("client.terminal-named", { name }) : say("client.terminal"),
      ...(cwd && { cwd }),
      ...(env.shell && !shells.test(env.shell) && { shellPath: "bash" }),
    });
  } catch {
    return undefined;
  }
}

function folderOf(uri: Uri): Uri | undefined {
  if (uri.scheme === "file") return Uri.joinPath(uri, "..");
  const [folder] = workspace.workspaceFolders ?? [];
  return folder?.uri.scheme === "file" ? folder.uri : undefined;
}
