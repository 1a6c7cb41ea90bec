/** The lines above each launch: its commands, and its number of problems. */

import type { CodeLens, Command } from "vscode-languageserver-types";
import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { countProblems, shownProblems } from "../analysis/launch-problems";
import { isComplete } from "../conversion/conversion";
import { runsHere } from "../launch/invocation";
import { headOf, startOf } from "../launch/launch";
import { say } from "../messages";
import { LAUNCH_COMMANDS, type LaunchPlace } from "./command-ids";
import { betweenAt, type DeploymentOptions } from "./deployment/between";

export interface CodeLensOptions extends DeploymentOptions {
  /** Whether the editor may run a launch: it has a terminal, and the workspace is trusted. */
  readonly runs: boolean;
}

/** The lenses of a document, from top to bottom. */
export function codeLenses(launchDocument: LaunchDocument, options: CodeLensOptions): CodeLens[] {
  const started = launchDocument.launches.filter(({ launch }) => !launch.isMention);
  return started.flatMap((judged) => {
    const start = launchDocument.document.positionAt(startOf(judged.launch));
    return commandsOf(launchDocument, judged, options).map((command) => ({
      range: { start, end: start },
      command,
    }));
  });
}

function commandsOf(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  options: CodeLensOptions,
): Command[] {
  const { runs } = options;
  const { document } = launchDocument;
  const place: LaunchPlace = {
    textDocument: { uri: document.uri },
    position: document.positionAt(headOf(judged.launch).start),
  };
  const problems = shownProblems(launchDocument, judged, betweenAt(launchDocument, judged, options));
  const title = countProblems(launchDocument, problems);
  const leads = (title: string, command: string): Command => ({ title, command, arguments: [place] });
  // A command with unknown parts or errors is inserted, and the user presses Enter.
  const run = () => say(isComplete(launchDocument, judged) ? "lenses.run" : "lenses.insert");
  return [
    ...(runs && runsHere(judged.launch.invocation) ? [leads(run(), LAUNCH_COMMANDS.run)] : []),
    leads(say("lenses.copy"), LAUNCH_COMMANDS.copy),
    // A lens without a command is plain text.
    problems.length > 0 ? leads(title, LAUNCH_COMMANDS.problems) : { title, command: "" },
  ];
}
