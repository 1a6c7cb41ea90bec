/** `LightLLM: New Configuration…`: what is asked, what is written, and what is not. */
import { beforeEach, expect, test, vi } from "vitest";
import { newConfiguration } from "../../client/src/new-configuration";
import { BEGIN, BEGIN_CHOICES } from "../../server/src/lsp/protocol";
import { type FakeClient, fakeClient } from "../support/language-client";
import { Uri, type WorkspaceEdit, window, workspace } from "../support/vscode";

const CHOICES = {
  purposes: [
    { id: "one-node", label: "One node" },
    { id: "pd", label: "Prefill and decode" },
  ],
  models: ["Qwen/Qwen3-8B"],
  gpus: ["H200"],
  releases: ["v1.2.0", "v1.1.0"],
  formats: ["yaml", "shell"],
};
const FILES = [{ name: "a.lightllm.yaml", text: "tp: 8\n", executable: false }];
const ALL = { purpose: "pd", model: "/m", gpu: "H100x8", release: "v1.1.0", format: "yaml" } as const;

let fake: FakeClient;
beforeEach(() => {
  fake = fakeClient();
  fake.answers[BEGIN_CHOICES] = CHOICES;
  fake.answers[BEGIN] = { kind: "files", files: FILES };
  for (const one of [
    window.showWarningMessage,
    window.showTextDocument,
    workspace.applyEdit,
    workspace.openTextDocument,
  ])
    one.mockClear();
  workspace.fs.stat.mockReset();
  workspace.fs.stat.mockRejectedValue(new Error("not there"));
  workspace.workspaceFolders = [{ name: "project", uri: Uri.parse("file:///project") }];
});

/** Answers each list with the entry of a label, or with what is typed; undefined cancels it. */
function answer(labels: readonly (string | undefined)[]): string[][] {
  const shown: string[][] = [];
  const left = [...labels];
  window.createQuickPick.mockImplementation(() => {
    let [accept, hide, change] = [() => {}, () => {}, (_: string) => {}];
    const list = {
      items: [] as { label: string }[],
      selectedItems: [] as { label: string }[],
      onDidAccept(listener: () => void) {
        accept = listener;
      },
      onDidHide(listener: () => void) {
        hide = listener;
      },
      onDidChangeValue(listener: (value: string) => void) {
        change = listener;
      },
      hide: () => hide(),
      dispose() {},
      show() {
        shown.push(list.items.map(({ label }) => label));
        const label = left.shift();
        if (label === undefined) return hide();
        if (!list.items.some((item) => item.label === label)) change(label);
        list.selectedItems = list.items.filter((item) => item.label === label);
        accept();
      },
    };
    return list;
  });
  return shown;
}

test("asks five questions, and writes a new file into the workspace", async () => {
  const shown = answer(["Prefill and decode", "/data/model", "H200x4", "v1.1.0", "YAML config"]);
  await newConfiguration(fake.client);
  expect(fake.requests.at(-1)).toEqual({
    method: BEGIN,
    params: { purpose: "pd", model: "/data/model", gpu: "H200x4", release: "v1.1.0", format: "yaml" },
  });
  expect(shown[1]).toEqual(["$(folder) Choose a folder…", "Qwen/Qwen3-8B"]);
  expect(shown[2]).toEqual(["H200x8"]);
  const edit = workspace.applyEdit.mock.calls[0]?.[0] as WorkspaceEdit;
  expect(edit.created.map(({ uri, options }) => [uri.toString(), options.overwrite])).toEqual([
    ["file:///project/a.lightllm.yaml", false],
  ]);
  expect(new TextDecoder().decode(edit.created[0]?.options.contents)).toBe("tp: 8\n");
  expect(window.showTextDocument).toHaveBeenCalledOnce();
});

test.each([0, 1, 2, 3, 4])("writes nothing if question %i is cancelled", async (at) => {
  answer(
    ["One node", "Qwen/Qwen3-8B", "H200x8", "v1.2.0", "YAML config"].map((one, index) =>
      index === at ? undefined : one,
    ),
  );
  await newConfiguration(fake.client);
  expect(fake.requests.map(({ method }) => method)).toEqual([BEGIN_CHOICES]);
  expect(workspace.applyEdit).not.toHaveBeenCalled();
});

test("overwrites nothing", async () => {
  workspace.fs.stat.mockResolvedValue({});
  await newConfiguration(fake.client, ALL);
  expect(workspace.applyEdit).not.toHaveBeenCalled();
  expect(window.showWarningMessage).toHaveBeenCalledExactlyOnceWith(
    "'a.lightllm.yaml' exists already, and nothing is overwritten. No file was written.",
  );
});

test("says why there are no files", async () => {
  fake.answers[BEGIN] = { kind: "refused", why: "It cannot." };
  await newConfiguration(fake.client, ALL);
  expect(window.showWarningMessage).toHaveBeenCalledExactlyOnceWith("It cannot.");
  expect(workspace.applyEdit).not.toHaveBeenCalled();
});

test("shows the files without a workspace, saved nowhere", async () => {
  workspace.workspaceFolders = undefined;
  await newConfiguration(fake.client, ALL);
  expect(workspace.openTextDocument).toHaveBeenCalledExactlyOnceWith({ content: "tp: 8\n" });
  expect(vi.mocked(workspace.applyEdit)).not.toHaveBeenCalled();
});
