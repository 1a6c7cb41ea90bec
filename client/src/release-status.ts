/** Shows the release that judges the launch at the cursor in the language status. */

import { Disposable, type LanguageStatusItem, LanguageStatusSeverity, languages } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { RELEASE, type ReleaseAnswer } from "../../server/src/lsp/protocol";
import { DOCUMENTS } from "./documents";
import { followLaunch } from "./follow-launch";
import { say } from "./messages";

/** Shows the release until it is disposed. The item is visible only while the active file has a launch. */
export function showRelease(client: BaseLanguageClient): Disposable {
  let item: LanguageStatusItem | undefined;

  function show(answer: ReleaseAnswer): void {
    item ??= languages.createLanguageStatusItem("lightllm.release", DOCUMENTS);
    item.name = say("client.release-title");
    item.text = answer.label;
    // The full detail is an entry of the command's list, and its accessibility label.
    item.detail = answer.short;
    item.severity = answer.warning ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
    item.command = {
      command: "lightllm.selectRelease",
      title: say("client.release-select"),
      tooltip: say("client.release-select-tooltip"),
    };
    const { label, detail } = answer;
    item.accessibilityInformation = { label: say("client.release-read-out", { label, detail }) };
  }

  function hide(): void {
    item?.dispose();
    item = undefined;
  }

  return Disposable.from(
    followLaunch<ReleaseAnswer>(client, {
      ask: (place) => client.sendRequest<ReleaseAnswer | null>(RELEASE, place),
      show,
      hide,
    }),
    new Disposable(hide),
  );
}
