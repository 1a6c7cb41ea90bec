/** Shows the release that judges the launch at the cursor in the language status. */

import {
  Disposable,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  languages,
  Range,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { RELEASE_CHANGED } from "../../server/src/lsp/protocol";
import { DOCUMENTS } from "./documents";
import { type LaunchAtCursor, launchAtCursor } from "./launch-at-cursor";
import { say } from "./messages";

/** Delay after typing and cursor moves before a request. In milliseconds. */
const GATHER = 100;

/** The last answer; valid while the cursor stays in that launch and the text is unchanged. */
interface Shown {
  readonly document: TextDocument;
  readonly version: number;
  readonly launch: Range;
}

/** Shows the release until it is disposed. The item is visible only while the active file has a launch. */
export function showRelease(client: BaseLanguageClient): Disposable {
  let item: LanguageStatusItem | undefined;
  let shown: Shown | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let again = false;
  let disposed = false;

  const soon = () => {
    shown = undefined;
    if (!disposed) timer ??= setTimeout(refresh, GATHER);
  };

  async function refresh(): Promise<void> {
    timer = undefined;
    again = asking;
    if (asking) return;
    asking = true;
    const version = window.activeTextEditor?.document.version ?? 0;
    const launch = await launchAtCursor(client).catch(() => undefined);
    asking = false;
    if (disposed) return;
    if (again) return soon();
    if (launch) show(launch, version);
    else hide();
  }

  function show({ document, answer }: LaunchAtCursor, version: number): void {
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
    const { start, end } = answer.launch;
    shown = { document, version, launch: new Range(start.line, start.character, end.line, end.character) };
  }

  function hide(): void {
    item?.dispose();
    item = undefined;
  }

  const told = client.onNotification(RELEASE_CHANGED, soon);
  return Disposable.from(
    told,
    client.onDidChangeState(soon),
    window.onDidChangeActiveTextEditor(soon),
    window.onDidChangeTextEditorSelection(({ textEditor, selections: [selection] }) => {
      if (textEditor !== window.activeTextEditor || !selection) return;
      const same =
        shown?.document === textEditor.document &&
        shown.version === textEditor.document.version &&
        shown.launch.contains(selection.active);
      if (!same) soon();
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document) soon();
    }),
    new Disposable(() => {
      disposed = true;
      clearTimeout(timer);
      hide();
    }),
  );
}
