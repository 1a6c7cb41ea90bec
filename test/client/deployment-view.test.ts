/** The view of the workspace's launches: when files are read, what is sent and what is shown. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { deploymentView } from "../../client/src/deployments/deployment-view";
import { DEPLOYMENTS } from "../../server/src/lsp/protocol";
import { type FakeClient, fakeClient } from "../support/language-client";
import { diagnosticEntries, FakeTreeView, Uri, window, workspace } from "../support/vscode";

const launch = (name: string, errors = 0) => ({
  textDocument: { uri: `file:///w/${name}.sh` },
  position: { line: 3, character: 0 },
  label: name,
  description: "8 GPUs",
  release: "v1.2.0",
  errors,
  warnings: 0,
});
const ITEM = { message: "no", range: {} };
const ANSWER = {
  deployments: [{ name: "chat", reason: "in one file", launches: [launch("a"), launch("b", 2)] }],
  alone: [launch("c")],
  diagnostics: [
    { uri: "file:///w/a.sh", items: [ITEM] },
    { uri: "file:///w/b.sh", items: [ITEM] },
    { uri: "file:///w/c.sh", items: [] },
  ],
};
const TEXTS: Record<string, string> = {
  "file:///w/a.sh": "lightllm a",
  "file:///w/b.sh": "lightllm b",
  "file:///w/d.sh": "something else",
};

let fake: FakeClient;
let shown: { dispose(): unknown };
let view: FakeTreeView;
let settings: Record<string, unknown>;
beforeEach(() => {
  vi.useFakeTimers();
  fake = fakeClient();
  fake.answers[DEPLOYMENTS] = ANSWER;
  settings = { "files.exclude": { "**/.git": true, "**/kept": false } };
  workspace.getConfiguration.mockImplementation(() => ({
    get: (name: string, usual?: unknown) => settings[name] ?? usual,
  }));
  workspace.findFiles.mockImplementation(async () => Object.keys(TEXTS).map((uri) => Uri.parse(uri)));
  workspace.fs.stat.mockImplementation(async () => ({ type: 1, size: 10 }));
  workspace.fs.readFile.mockImplementation(async (uri: unknown) =>
    new TextEncoder().encode(TEXTS[String(uri)]),
  );
  workspace.textDocuments = [{ uri: Uri.parse("file:///w/a.sh"), getText: () => "lightllm typed" }];
});
afterEach(() => {
  shown.dispose();
  vi.useRealTimers();
});

function open(visible: boolean): void {
  window.createTreeView.mockImplementationOnce((_id, { treeDataProvider }) => {
    view = Object.assign(new FakeTreeView(treeDataProvider), { visible });
    return view;
  });
  shown = deploymentView(fake.client, async () => {});
}

async function lines(): Promise<string[]> {
  await vi.runAllTimersAsync();
  return view.lines();
}

test("no file is looked at while the view is hidden", async () => {
  open(false);
  expect(await lines()).toEqual([]);
  expect(workspace.findFiles).not.toHaveBeenCalled();
  view.see(true);
  expect(await lines()).toEqual([
    "chat 2 launches",
    "  a 8 GPUs",
    "  b 8 GPUs",
    "In no deployment 1 launch",
    "  c 8 GPUs",
  ]);
});

test("what the settings exclude is not looked at; only texts that may hold a launch are sent", async () => {
  open(true);
  await lines();
  expect(workspace.findFiles.mock.calls[0]?.[1]).toBe("{**/.git,**/node_modules/**}");
  expect(fake.requests.map(({ params }) => params)).toEqual([
    {
      files: [
        { uri: "file:///w/a.sh", text: "lightllm typed" },
        { uri: "file:///w/b.sh", text: "lightllm b" },
      ],
      diagnostics: true,
    },
  ]);
});

test("the problems of files that are not open are listed if the setting says so; else it is named", async () => {
  open(true);
  await lines();
  expect(view.message).toContain("lightllm.checkWorkspace");
  expect([...diagnosticEntries.keys()]).toEqual([]);
  shown.dispose();
  settings.checkWorkspace = true;
  open(false);
  await lines();
  expect(view.message).toBe("");
  expect([...diagnosticEntries.keys()]).toEqual(["file:///w/b.sh"]);
});
