/** The view of the effective configuration: follows the cursor and the edits while it is visible. */
import {
  commands,
  Disposable,
  type ExtensionContext,
  env,
  type Position,
  type Range,
  TextEditorRevealType,
  type Uri,
  window,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { EFFECTIVE, type EffectiveAnswer } from "../../../server/src/lsp/protocol";
import { followLaunch } from "../follow-launch";
import { say } from "../messages";
import { SHOWN_SCHEME, shownTexts } from "../shown-texts";
import { compareEffective } from "./compare";
import { EffectiveTree, GO_TO } from "./effective-tree";
import { askFilter } from "./filter";
import { markdownTable, type Selection, type ShownLaunch, selectedGroups } from "./shown-rows";

const VIEW = "lightllm.effective";
/** Where the choice between all values and only differing ones is kept. */
const DIFFERING = "lightllm.effective.differing";

/** Shows the view until it is disposed. */
export function effectiveView(client: BaseLanguageClient, { workspaceState }: ExtensionContext): Disposable {
  const tree = new EffectiveTree();
  const view = window.createTreeView(VIEW, { treeDataProvider: tree, showCollapseAll: true });
  let shown: { readonly effective: ShownLaunch; readonly uri: Uri } | undefined;
  let selection: Selection = { differing: workspaceState.get(DIFFERING, false), filter: "" };

  function draw(): void {
    // First the message, which takes space: a row that is revealed stays in sight.
    view.message = messageOf();
    tree.show(shown?.effective, shown?.uri, selection);
    void commands.executeCommand("setContext", "lightllm.effective.differing", selection.differing);
    void commands.executeCommand("setContext", "lightllm.effective.filtered", selection.filter !== "");
  }

  /** Empty if there is nothing to say. */
  function messageOf(): string {
    if (!shown) return "";
    const { label, release } = shown.effective;
    const about = say("client.effective-about", { label, release });
    const isEmpty = selectedGroups(shown.effective, selection).length === 0;
    const { filter, differing } = selection;
    if (filter !== "")
      return say(isEmpty ? "client.effective-no-match" : "client.effective-filtered", { about, filter });
    return isEmpty && differing ? say("client.effective-no-difference", { about }) : about;
  }

  function select(change: Partial<Selection>): void {
    selection = { ...selection, ...change };
    draw();
  }

  const mark = ({ line }: Position) => {
    const node = view.visible ? tree.at(line) : undefined;
    // A newer configuration may replace the row before the editor shows it.
    if (node) view.reveal(node, { select: true, focus: false }).then(undefined, () => {});
  };
  const follower = followLaunch<ShownLaunch>(client, {
    ask: (place) => client.sendRequest<EffectiveAnswer>(EFFECTIVE, place),
    isWanted: () => view.visible,
    show(effective, { uri }) {
      shown = { effective, uri };
      draw();
      const editor = window.activeTextEditor;
      if (editor?.document.uri.toString() === uri.toString()) mark(editor.selection.active);
    },
    hide() {
      // A comparison that was opened from the view does not empty it.
      if (window.activeTextEditor?.document.uri.scheme === SHOWN_SCHEME) return;
      shown = undefined;
      draw();
    },
    moved: mark,
  });

  async function setDiffering(differing: boolean): Promise<void> {
    select({ differing });
    await workspaceState.update(DIFFERING, differing);
  }

  async function copy(): Promise<void> {
    if (!shown) return;
    const titles = [
      say("client.effective-flag"),
      say("client.effective-value-title"),
      say("client.effective-origin"),
    ];
    await env.clipboard.writeText(markdownTable(selectedGroups(shown.effective, selection), titles));
    window.setStatusBarMessage(`$(check) ${say("client.effective-copied")}`, 6000);
  }

  return Disposable.from(
    view,
    follower,
    shownTexts(),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) follower.soon();
    }),
    commands.registerCommand("lightllm.showEffective", () => commands.executeCommand(`${VIEW}.focus`)),
    commands.registerCommand("lightllm.showDifferingValues", () => setDiffering(true)),
    commands.registerCommand("lightllm.showAllValues", () => setDiffering(false)),
    commands.registerCommand("lightllm.filterValues", () =>
      askFilter(selection.filter, (filter) => select({ filter })),
    ),
    commands.registerCommand("lightllm.clearFilter", () => select({ filter: "" })),
    commands.registerCommand("lightllm.copyEffective", copy),
    commands.registerCommand("lightllm.compareEffective", () => compareEffective(client)),
    commands.registerCommand(GO_TO, goTo),
  );
}

/** Shows a place of the text, in the editor that shows it already. */
async function goTo(uri: Uri, range: Range): Promise<void> {
  const open = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const editor = await window.showTextDocument(uri, {
    selection: range,
    ...(open?.viewColumn && { viewColumn: open.viewColumn }),
  });
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}
