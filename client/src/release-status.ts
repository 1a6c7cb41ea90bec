/** Shows the release that judges the launch at the cursor: its name in the status bar, the reason in the language status. */

import {
  Disposable,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  languages,
  StatusBarAlignment,
  type StatusBarItem,
  window,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { RELEASE, type ReleaseAnswer } from "../../server/src/lsp/protocol";
import { DOCUMENTS } from "./documents";
import { followLaunch } from "./follow-launch";
import { say } from "./messages";

/** Between the entries of the editor for line ends (100.2) and for the language of the file (100.1). */
const PRIORITY = 100.15;

/** Shows the release until it is disposed. The items are visible only while the active file has a launch. */
export function showRelease(client: BaseLanguageClient): Disposable {
  const items = new Set<{ dispose(): void }>();
  let status: LanguageStatusItem | undefined;
  let bar: StatusBarItem | undefined;

  function kept<Item extends { dispose(): void }>(item: Item): Item {
    items.add(item);
    return item;
  }

  function show(answer: ReleaseAnswer): void {
    status ??= kept(languages.createLanguageStatusItem("lightllm.release", DOCUMENTS));
    bar ??= kept(window.createStatusBarItem("lightllm.release", StatusBarAlignment.Right, PRIORITY));
    showReason(status, answer);
    showName(bar, answer);
  }

  function hide(): void {
    for (const item of items) item.dispose();
    items.clear();
    status = undefined;
    bar = undefined;
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

function showName(item: StatusBarItem, { release, label, detail, warning }: ReleaseAnswer): void {
  item.name = say("client.release-title");
  const name = say("client.release-name", { release });
  item.text = warning ? `$(warning) ${name}` : name;
  item.tooltip = say("client.release-tooltip", { detail });
  item.command = "lightllm.selectRelease";
  item.accessibilityInformation = { label: say("client.release-read-out", { label, detail }) };
  item.show();
}

function showReason(item: LanguageStatusItem, answer: ReleaseAnswer): void {
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
