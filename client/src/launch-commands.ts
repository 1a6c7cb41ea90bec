/**
 * The commands for launches, the same in Node and in a browser. Each uses the given launch, else the one at the cursor.
 */
import { commands, type Disposable } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { CONVERSIONS, LAUNCH_COMMANDS, type PlaceParams } from "../../server/src/lsp/protocol";
import { convertLaunches } from "./convert-launch";
import { copyCommand } from "./copy-command";
import { runLaunch } from "./run-launch";
import { showProblems } from "./show-problems";

export function launchCommands(client: BaseLanguageClient): Disposable[] {
  return [
    commands.registerCommand(LAUNCH_COMMANDS.run, (place?: PlaceParams) => runLaunch(client, place)),
    commands.registerCommand(LAUNCH_COMMANDS.copy, (place?: PlaceParams) => copyCommand(client, place)),
    commands.registerCommand(LAUNCH_COMMANDS.problems, (place?: PlaceParams) => showProblems(client, place)),
    ...CONVERSIONS.map(({ command, format }) =>
      commands.registerCommand(command, (place?: PlaceParams) => convertLaunches(client, format, place)),
    ),
  ];
}
