/**
 * The commands for launches, the same in Node and in a browser. Each uses the given launch, else the one at the cursor.
 */
import { commands, type Disposable, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  CONVERSIONS,
  CONVERT_COMMAND,
  FIXED_ALL_COMMAND,
  type FixedAll,
  LAUNCH_COMMANDS,
  type PlaceParams,
} from "../../server/src/lsp/protocol";
import { convertLaunches, convertToPicked } from "./convert-launch";
import { copyCommand } from "./copy-command";
import { tellFixed } from "./fixed-all";
import { runLaunch } from "./run-launch";
import { showProblems } from "./show-problems";

export function launchCommands(client: BaseLanguageClient): Disposable[] {
  const register = (command: string, run: (place?: PlaceParams) => Promise<void>) =>
    commands.registerCommand(command, async (place?: PlaceParams) => {
      // A launch of the view may be in a file that is not open; the server knows only open ones.
      if (place) await workspace.openTextDocument(Uri.parse(place.textDocument.uri));
      await run(place);
    });
  return [
    register(LAUNCH_COMMANDS.run, (place) => runLaunch(client, place)),
    register(LAUNCH_COMMANDS.copy, (place) => copyCommand(client, place)),
    register(LAUNCH_COMMANDS.problems, (place) => showProblems(client, place)),
    commands.registerCommand(FIXED_ALL_COMMAND, (fixed: FixedAll) => tellFixed(client, fixed)),
    register(CONVERT_COMMAND, (place) => convertToPicked(client, place)),
    ...CONVERSIONS.map(({ command, format }) =>
      register(command, (place) => convertLaunches(client, format, place)),
    ),
  ];
}
