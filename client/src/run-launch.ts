/**
 * `LightLLM: Run Launch in Terminal`: the only command that runs something; without confirmation only if the command is
 * complete and has no errors.
 */

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

/** Characters that a terminal treats as keys, even in quotes: Ctrl+C, Tab, Enter. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const KEYS = /[\x00-\x1f\x7f-\x9f]/;

/** Maximum number of reasons to show why LightLLM would refuse a launch. */
const MOST_REASONS = 3;

/** Shells that read the command as written. */
const POSIX_SHELL = /(?:^|[\\/])(?:ba|z|k|da|a)?sh(?:\.exe)?$/i;
/** Shells among them that support `$'…'`. */
const KNOWS_ESCAPES = /(?:^|[\\/])(?:ba|z|k)sh(?:\.exe)?$/i;

/**
 * Runs a launch in a new terminal, because an open one may be busy. If the command is incomplete, refused or has an
 * error, it is inserted and waits for the user's Enter.
 */
export async function runLaunch(client: BaseLanguageClient, given?: PlaceParams): Promise<void> {
  if (!workspace.isTrusted) return notifyTrust();
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

/** Why a command is not run at once. */
function whyWaits({ open, leftOut, refused }: NonNullable<ConvertAnswer>): string {
  const list = (names: readonly string[]) => ({ names: names.join(", "), count: names.length });
  const reasons = [
    ...(open.length > 0 ? [say("client.waits-open", list(open))] : []),
    ...(leftOut.length > 0 ? [say("client.waits-left-out", list(leftOut))] : []),
    ...(refused.length > 0 ? [say("client.waits-refused")] : []),
  ];
  return reasons.join("; ") || say("client.waits-errors");
}

async function notifyTrust(): Promise<void> {
  const manage = say("client.manage-trust");
  if ((await window.showWarningMessage(say("client.trusted-only"), manage)) === manage)
    await commands.executeCommand("workbench.trust.manage");
}

async function offerCopy(place: PlaceParams, why: string): Promise<void> {
  const copy = say("client.copy");
  if ((await window.showInformationMessage(why, copy)) === copy)
    await commands.executeCommand(LAUNCH_COMMANDS.copy, place);
}

/** Enter alone does not insert the command: the default button shows the problems. */
async function insertsAnyway(place: PlaceParams, refused: readonly string[]): Promise<boolean> {
  const count = refused.length - MOST_REASONS;
  const more = count > 0 ? [say("client.refused-more", { count })] : [];
  const options = { modal: true, detail: [...refused.slice(0, MOST_REASONS), ...more].join("\n\n") };
  const [problems, insert] = [say("client.show-problems"), say("client.insert")];
  const choice = await window.showWarningMessage(say("client.refused"), options, problems, insert);
  if (choice === problems) await commands.executeCommand(LAUNCH_COMMANDS.problems, place);
  return choice === insert;
}

/** A new terminal in the folder of the launch's file; undefined in an editor without terminals, such as a browser. */
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
