/** Migrating a launch to another release: what is offered, applied and reported. */
import { beforeEach, expect, test } from "vitest";
import { migrateLaunch } from "../../client/src/migrate-launch";
import { shownTexts } from "../../client/src/shown-texts";
import { MIGRATE, RELEASE } from "../../server/src/lsp/protocol";
import { type FakeClient, fakeClient } from "../support/language-client";
import { commands, EventEmitter, type Uri, window, workspace } from "../support/vscode";

const EDIT = { size: 1 };
let fake: FakeClient;
let offered: string[];
beforeEach(() => {
  fake = fakeClient();
  window.showInformationMessage.mockReset();
  commands.executeCommand.mockReset();
  workspace.applyEdit.mockReset();
  workspace.applyEdit.mockResolvedValue(true);
  window.createQuickPick.mockImplementation(() => firstPicked());
  const document = { uri: "file:///run.sh" };
  window.activeTextEditor = { document, selection: { active: { line: 1, character: 2 } } };
  const choices = ["v1.2.0", "v1.1.0", "v1.0.1"].map((release) => ({ release, description: "" }));
  fake.answers[RELEASE] = { release: "v1.1.0", label: "LightLLM v1.1.0 (image)", choices };
});

/** A list whose first entry is picked as soon as it is shown. */
function firstPicked() {
  const accepted = new EventEmitter<void>();
  const hidden = new EventEmitter<void>();
  const list = {
    items: [] as { label: string }[],
    selectedItems: [] as unknown[],
    onDidAccept: accepted.event,
    onDidHide: hidden.event,
    hide: () => hidden.fire(),
    dispose() {},
    show() {
      offered = list.items.map(({ label }) => label);
      list.selectedItems = [list.items[0]];
      accepted.fire();
    },
  };
  return list;
}

test("every release but the one that judges is offered, and the edit is a refactoring to look at first", async () => {
  fake.answers[MIGRATE] = { edit: EDIT, done: [], notes: [] };
  await migrateLaunch(fake.client);
  expect(offered).toEqual(["v1.2.0", "v1.0.1"]);
  expect(fake.requests.at(-1)).toEqual({
    method: MIGRATE,
    params: { textDocument: { uri: "file:///run.sh" }, position: { line: 1, character: 2 }, to: "v1.2.0" },
  });
  expect(workspace.applyEdit).toHaveBeenCalledExactlyOnceWith(EDIT, { isRefactoring: true });
  expect(window.showInformationMessage).not.toHaveBeenCalled();
});

test("what changes and why, and what needs a decision, is a page beside the text before it is applied", async () => {
  fake.answers[MIGRATE] = { edit: EDIT, done: ["`--c` is now `--d`."], notes: ["`--a` is gone."] };
  const texts = shownTexts();
  await migrateLaunch(fake.client);
  const [command, page] = commands.executeCommand.mock.lastCall ?? [];
  expect([command, (page as Uri).path]).toEqual([
    "markdown.showPreviewToSide",
    "/Migration to LightLLM v1.2.0.md",
  ]);
  expect(commands.executeCommand.mock.invocationCallOrder[0]).toBeLessThan(
    workspace.applyEdit.mock.invocationCallOrder[0] ?? 0,
  );
  expect(window.showTextDocument).toHaveBeenLastCalledWith({ uri: "file:///run.sh" }, {});
  const provider = workspace.registerTextDocumentContentProvider.mock.lastCall?.[1];
  expect(provider?.provideTextDocumentContent(page as Uri)).toBe(
    [
      "# Migration to LightLLM v1.2.0",
      "",
      "## What changes, and why",
      "",
      "- `--c` is now `--d`.",
      "",
      "## To decide and to check",
      "",
      "- `--a` is gone.",
      "",
    ].join("\n"),
  );
  expect(window.showInformationMessage).not.toHaveBeenCalled();
  texts.dispose();
});

test("an edit that was cancelled gives no message", async () => {
  fake.answers[MIGRATE] = { edit: EDIT, done: [], notes: ["--a is gone."] };
  workspace.applyEdit.mockResolvedValue(false);
  await migrateLaunch(fake.client);
  expect(window.showInformationMessage).not.toHaveBeenCalled();
});

test("a launch that needs no change, and a file without one, are reported in a sentence", async () => {
  fake.answers[MIGRATE] = { edit: null, done: [], notes: [] };
  await migrateLaunch(fake.client);
  expect(window.showInformationMessage).toHaveBeenLastCalledWith(
    "This launch needs no change for LightLLM v1.2.0.",
  );
  fake.answers[RELEASE] = null;
  await migrateLaunch(fake.client);
  expect(window.showInformationMessage).toHaveBeenLastCalledWith(
    "Open a file with a LightLLM launch to migrate it.",
  );
  expect(workspace.applyEdit).not.toHaveBeenCalled();
});
