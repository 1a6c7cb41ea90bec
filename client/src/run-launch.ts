/** `LightLLM: Run Launch in Terminal`: the only thing that is ever run, and only when the user says so. */
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

const RUN_ANYWAY = "Run Anyway";
const SHOW_PROBLEMS = "Show Problems";
const COPY = "Copy Command";
const MANAGE_TRUST = "Manage Workspace Trust";

/** What a terminal takes for keys, even in quotes: Ctrl+C, Tab, Enter. A line end in quotes goes on with the word. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const KEYS = /[\x00-\x09\x0b-\x1f\x7f]/;

/** How many of the reasons why LightLLM would refuse a launch are told. */
const MOST_REASONS = 3;

/** Shells that read the command as it is written. */
const POSIX_SHELL = /(?:^|[\\/])(?:ba|z|k|da|a)?sh(?:\.exe)?$/i;

/**
 * Runs a launch in a terminal of its own: one that is open already may be busy with it. A command that leaves something to
 * the shell waits there for the user's Enter.
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
  const { text, name, refused, open, runsHere } = answer;
  if (!runsHere)
    return offerCopy(place, "This launch runs in a container or on another machine, not in a terminal here.");
  if (KEYS.test(text)) {
    void window.showWarningMessage(
      "A value of this launch holds control characters, which a terminal would take for keys. It was not run.",
    );
    return;
  }
  if (refused.length > 0 && !(await runsAnyway(place, refused))) return;
  const terminal = openTerminal(name, place);
  if (!terminal) return offerCopy(place, "This editor has no terminals.");
  terminal.show();
  await shellReady(terminal);
  if (terminal.exitStatus) return;
  terminal.sendText(text.trimEnd(), open.length === 0);
  if (open.length === 0) return;
  const are = open.length === 1 ? "is" : "are";
  void window.showInformationMessage(
    `The command waits in the terminal for Enter: ${open.join(", ")} ${are} left to the shell to fill in.`,
  );
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

/** Enter alone does not run it: that is the button for the problems. */
async function runsAnyway(place: PlaceParams, refused: readonly string[]): Promise<boolean> {
  const message = "LightLLM would refuse to start this launch.";
  const more = refused.length - MOST_REASONS;
  const reasons = [...refused.slice(0, MOST_REASONS), ...(more > 0 ? [`And ${more} more.`] : [])];
  const options = { modal: true, detail: reasons.join("\n\n") };
  const choice = await window.showWarningMessage(message, options, SHOW_PROBLEMS, RUN_ANYWAY);
  if (choice === SHOW_PROBLEMS) await commands.executeCommand(LAUNCH_COMMANDS.problems, place);
  return choice === RUN_ANYWAY;
}

/** A new terminal in the folder of the launch's file; nothing where the editor has none, as in a browser. */
function openTerminal(name: string, { textDocument }: PlaceParams): Terminal | undefined {
  const cwd = folderOf(Uri.parse(textDocument.uri));
  try {
    return window.createTerminal({
      name: name ? `LightLLM: ${name}` : "LightLLM",
      ...(cwd && { cwd }),
      ...(env.shell && !POSIX_SHELL.test(env.shell) && { shellPath: "bash" }),
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
