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
import { shellReady } from "./shell-ready";

const INSERT = "Insert into Terminal";
const SHOW_PROBLEMS = "Show Problems";
const COPY = "Copy Command";
const MANAGE_TRUST = "Manage Workspace Trust";

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
    void window.showInformationMessage("Open a file with a LightLLM launch to run it.");
    return;
  }
  const { name, refused, runsHere, isComplete } = answer;
  const text = answer.text.trimEnd();
  if (!runsHere)
    return offerCopy(place, "This launch runs in a container or on another machine, not in a terminal here.");
  if (KEYS.test(text)) {
    void window.showWarningMessage(
      "What a shell is to work out in this launch holds line ends or control characters, which a terminal would take for keys. It was not run.",
    );
    return;
  }
  if (refused.length > 0 && !(await insertsAnyway(place, refused))) return;
  const terminal = openTerminal(name, place, text);
  if (!terminal) return offerCopy(place, "This editor has no terminals.");
  terminal.show();
  await shellReady(terminal);
  if (terminal.exitStatus) return;
  terminal.sendText(text, isComplete);
  if (!isComplete)
    void window.showInformationMessage(`The command waits in the terminal for Enter: ${whyWaits(answer)}.`);
}

/** Why a command is not run by itself. */
function whyWaits({ open, leftOut, refused }: NonNullable<ConvertAnswer>): string {
  const are = (names: readonly string[]) => `${names.join(", ")} ${names.length === 1 ? "is" : "are"}`;
  const reasons = [
    ...(open.length > 0 ? [`${are(open)} left to the shell to fill in`] : []),
    ...(leftOut.length > 0 ? [`${are(leftOut)} left out, for want of a name that a shell can set`] : []),
    ...(refused.length > 0 ? ["LightLLM would refuse it"] : []),
  ];
  return reasons.join("; ") || "it has errors, or its findings are switched off";
}

async function tellTrust(): Promise<void> {
  const message = "Launches run in trusted workspaces only.";
  if ((await window.showWarningMessage(message, MANAGE_TRUST)) === MANAGE_TRUST)
    await commands.executeCommand("workbench.trust.manage");
}

async function offerCopy(place: PlaceParams, why: string): Promise<void> {
  if ((await window.showInformationMessage(why, COPY)) === COPY)
    await commands.executeCommand(LAUNCH_COMMANDS.copy, place);
}

/** Enter alone does not insert it: that is the button for the problems. */
async function insertsAnyway(place: PlaceParams, refused: readonly string[]): Promise<boolean> {
  const message = "LightLLM would refuse to start this launch.";
  const more = refused.length - MOST_REASONS;
  const reasons = [...refused.slice(0, MOST_REASONS), ...(more > 0 ? [`And ${more} more.`] : [])];
  const options = { modal: true, detail: reasons.join("\n\n") };
  const choice = await window.showWarningMessage(message, options, SHOW_PROBLEMS, INSERT);
  if (choice === SHOW_PROBLEMS) await commands.executeCommand(LAUNCH_COMMANDS.problems, place);
  return choice === INSERT;
}

/** A new terminal in the folder of the launch's file; nothing where the editor has none, as in a browser. */
function openTerminal(name: string, { textDocument }: PlaceParams, text: string): Terminal | undefined {
  const shells = text.includes("$'") ? KNOWS_ESCAPES : POSIX_SHELL;
  const cwd = folderOf(Uri.parse(textDocument.uri));
  try {
    return window.createTerminal({
      name: name ? `LightLLM: ${name}` : "LightLLM",
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
