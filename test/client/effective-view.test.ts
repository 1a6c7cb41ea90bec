/** The view of the effective configuration: when it asks, what it shows, and what its commands do. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { effectiveView } from "../../client/src/effective/effective-view";
import { EFFECTIVE, RELEASE, RELEASE_CHANGED } from "../../server/src/lsp/protocol";
import { type FakeClient, fakeClient } from "../support/language-client";
import { commands, env, events, type FakeTreeView, Uri, window, workspace } from "../support/vscode";

const uri = Uri.parse("file:///a.lightllm.yaml");
const document = { uri, version: 1, languageId: "lightllm-yaml", isClosed: false };
const range = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 2 } });
const row = (name: string, value: string, short: string, differs: boolean, line?: number) => ({
  name,
  value,
  why: short === "" ? "written here" : short,
  short,
  kind: differs ? "written" : "default",
  differs,
  ...(line !== undefined && { range: range(line) }),
});
const ANSWER = {
  label: "R1",
  release: "v1.2.0",
  launch: { start: { line: 2, character: 0 }, end: { line: 8, character: 0 } },
  groups: [
    { title: "Basic", rows: [row("host", "127.0.0.1", "", false)] },
    { title: "Parallelism", rows: [row("tp", "8", "", true, 3), row("a|b", "", "= tp", true)] },
  ],
  launches: [{ label: "R1", position: { line: 2, character: 0 } }],
};

/** What a box calls when something is typed, accepted, or when it closes. */
const NOTHING = { typed(_text: string) {}, accepted() {}, hidden() {} };

let fake: FakeClient;
let shown: { dispose(): unknown };
let view: FakeTreeView;
const kept = new Map<string, unknown>();
beforeEach(() => {
  vi.useFakeTimers();
  for (const mock of [commands.registerCommand, commands.executeCommand, env.clipboard.writeText])
    mock.mockClear();
  fake = fakeClient();
  fake.answers[EFFECTIVE] = ANSWER;
  workspace.textDocuments = [document];
  window.activeTextEditor = editorAt(3);
  open();
});
afterEach(() => {
  shown.dispose();
  kept.clear();
  vi.useRealTimers();
});

function open(): void {
  const workspaceState = {
    get: (key: string, usual: unknown) => kept.get(key) ?? usual,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  shown = effectiveView(fake.client, { workspaceState } as never);
  view = window.createTreeView.mock.results.at(-1)?.value as FakeTreeView;
}

function editorAt(line: number) {
  return { document, selection: { active: { line, character: 0 } } };
}

function run(command: string): unknown {
  const all = new Map<string, unknown>(commands.registerCommand.mock.calls);
  return (all.get(command) as () => unknown)();
}

async function lines(): Promise<string[]> {
  await vi.runAllTimersAsync();
  return view.lines();
}

async function shows(): Promise<string[]> {
  events.activeEditor.fire(undefined);
  return lines();
}

const ALL = [
  "Basic 1 value",
  "  host 127.0.0.1",
  "Parallelism 2 values",
  "  tp 8",
  "  a|b empty text · = tp",
];

test("it shows the groups and their values, and marks the value at the cursor", async () => {
  expect(await shows()).toEqual(ALL);
  expect(view.message).toBe("R1 · LightLLM v1.2.0");
  expect(view.reveal.mock.calls.at(-1)).toMatchObject([
    { row: { name: "tp" } },
    { select: true, focus: false },
  ]);
});

test("it asks nothing while it is not seen, and asks when it is", async () => {
  view.visible = false;
  expect(await shows()).toEqual([]);
  events.text.fire({ document });
  fake.tell(RELEASE_CHANGED);
  await lines();
  expect(fake.requests).toEqual([]);
  view.see(true);
  expect(await lines()).toEqual(ALL);
  expect(fake.requests).toEqual([
    {
      method: EFFECTIVE,
      params: { textDocument: { uri: String(uri) }, position: { line: 3, character: 0 } },
    },
  ]);
});

test("it asks again after an edit, and not while the cursor stays in the launch", async () => {
  await shows();
  const textEditor = editorAt(5);
  events.selection.fire({
    textEditor: Object.assign(window.activeTextEditor as object, textEditor),
    selections: [textEditor.selection.active].map((active) => ({ active })),
  });
  await lines();
  expect(fake.requests).toHaveLength(1);
  events.text.fire({ document });
  await lines();
  expect(fake.requests).toHaveLength(2);
});

test("it is empty where there is no launch, but not because of a comparison that it opened", async () => {
  await shows();
  window.activeTextEditor = {
    document: { uri: Uri.from({ scheme: "lightllm-text", path: "/R1" }) },
    selection: { active: { line: 0, character: 0 } },
  };
  fake.answers[EFFECTIVE] = null;
  expect(await shows()).toEqual(ALL);
  window.activeTextEditor = editorAt(3);
  expect(await shows()).toEqual([]);
  expect(view.message).toBe("");
});

test("only what differs is shown on request, also the next time", async () => {
  await shows();
  await run("lightllm.showDifferingValues");
  expect(await lines()).toEqual(ALL.slice(2));
  shown.dispose();
  open();
  expect(await shows()).toEqual(ALL.slice(2));
  await run("lightllm.showAllValues");
  expect(await lines()).toEqual(ALL);
});

test("a filter applies while it is typed, to names, values and origins; Escape takes it back", async () => {
  await shows();
  const box = { value: "", show() {}, hide: () => box.hidden(), dispose() {}, ...NOTHING };
  Object.assign(box, {
    onDidChangeValue: (listener: () => void) => Object.assign(box, { typed: listener }),
    onDidAccept: (listener: () => void) => Object.assign(box, { accepted: listener }),
    onDidHide: (listener: () => void) => Object.assign(box, { hidden: listener }),
  });
  window.createInputBox.mockReturnValue(box);
  run("lightllm.filterValues");
  box.typed("127");
  expect(view.lines()).toEqual(ALL.slice(0, 2));
  expect(view.message).toContain("127");
  box.typed("nothing has this");
  expect(view.lines()).toEqual([]);
  box.hidden();
  expect(view.lines()).toEqual(ALL);
  run("lightllm.filterValues");
  box.typed("TP");
  box.accepted();
  expect(view.lines()).toEqual(ALL.slice(2));
  run("lightllm.clearFilter");
  expect(view.lines()).toEqual(ALL);
});

test("the table in Markdown has what is shown, with its origins", async () => {
  await shows();
  await run("lightllm.showDifferingValues");
  await run("lightllm.copyEffective");
  expect(env.clipboard.writeText).toHaveBeenCalledExactlyOnceWith(
    "| Flag | Value | Where it comes from |\n| --- | --- | --- |\n| tp | 8 | written here |\n| a\\|b |  | = tp |\n",
  );
});

test("a launch is compared with a release, a fix, or another launch, in the editor's comparison", async () => {
  const edit = { entries: () => [[uri, [{ range: range(3), newText: "tp: 4" }]]] };
  const foreign = { title: "other", edit, diagnostics: [{ source: "yaml", message: "m" }] };
  const fix = { title: "Set it to 4", edit, diagnostics: [{ source: "lightllm", message: "too many" }] };
  commands.executeCommand.mockResolvedValueOnce([fix, foreign, fix]);
  fake.answers[RELEASE] = {
    choices: [
      { release: "v1.2.0", description: "" },
      { release: "v1.1.0", description: "2025" },
    ],
  };
  const other = { label: "R2", position: { line: 12, character: 0 } };
  fake.answers[EFFECTIVE] = (params: { edits?: unknown }) =>
    params.edits
      ? { ...ANSWER, groups: [{ title: "Parallelism", rows: [row("tp", "4", "", true)] }] }
      : { ...ANSWER, launches: [...ANSWER.launches, other] };
  const picked: unknown[][] = [];
  window.createQuickPick.mockImplementation(() => ({
    items: [] as { label: string }[],
    selectedItems: [] as unknown[],
    onDidAccept(listener: () => void) {
      this.accept = listener;
    },
    onDidHide() {},
    hide() {},
    show() {
      picked.push(this.items.map(({ label }: { label: string }) => label));
      this.selectedItems = this.items.filter(({ label }: { label: string }) => label === "Set it to 4");
      this.accept();
    },
    accept() {},
  }));
  await run("lightllm.compareEffective");
  expect(picked).toEqual([
    ["With another release", "v1.1.0", "After a fix", "Set it to 4", "With another launch", "R2"],
  ]);
  const [command, left, right, title] = commands.executeCommand.mock.calls.at(-1) ?? [];
  expect([command, title]).toEqual(["vscode.diff", "R1 ↔ Set it to 4 (effective configuration)"]);
  const provider = workspace.registerTextDocumentContentProvider.mock.calls.at(-1)?.[1];
  expect(provider?.provideTextDocumentContent(left as Uri)).toBe(
    "# Basic\nhost: 127.0.0.1\n\n# Parallelism\ntp: 8\na|b: \n",
  );
  expect(provider?.provideTextDocumentContent(right as Uri)).toBe("# Parallelism\ntp: 4\n");
});
