/**
 * Converting and copying launches, and going to their problems: what is shown, and what is requested from the server.
 */
import { beforeEach, expect, test } from "vitest";
import { convertLaunches } from "../../client/src/convert-launch";
import { copyCommand } from "../../client/src/copy-command";
import { tellFixed } from "../../client/src/fixed-all";
import { showProblems } from "../../client/src/show-problems";
import { CONVERT, PROBLEM_COUNT, PROBLEMS } from "../../server/src/lsp/protocol";
import { type FakeClient, fakeClient } from "../support/language-client";
import { commands, env, Range, Uri, ViewColumn, window, workspace } from "../support/vscode";

const PLACE = { textDocument: { uri: "file:///project/run.sh" }, position: { line: 3, character: 0 } };
const ANSWER = {
  text: "tp: 8\n",
  languageId: "lightllm-yaml",
  name: "",
  refused: [] as string[],
  open: [] as string[],
  leftOut: [] as string[],
};

let fake: FakeClient;
beforeEach(() => {
  fake = fakeClient();
  fake.answers[CONVERT] = ANSWER;
  const { showInformationMessage, showWarningMessage, setStatusBarMessage, showTextDocument } = window;
  for (const one of [showInformationMessage, showWarningMessage, setStatusBarMessage, showTextDocument])
    one.mockReset();
  commands.executeCommand.mockReset();
  env.clipboard.writeText.mockReset();
  workspace.openTextDocument.mockClear();
  window.visibleTextEditors = [];
  activate("lightllm-yaml");
});

function activate(languageId: string): void {
  const document = { uri: "file:///project/a.lightllm.yaml", languageId };
  window.activeTextEditor = { document, selection: { active: { line: 1, character: 2 } } };
}

test("a conversion opens beside, under a free name, in its language, and is saved nowhere", async () => {
  const taken = ["/project/run.lightllm.yaml", "/project/run-2.lightllm.yaml"];
  workspace.fs.stat.mockImplementation(async (uri) => {
    if (!taken.includes((uri as Uri).path)) throw new Error("There is no such file.");
    return {};
  });
  await convertLaunches(fake.client, "yaml", PLACE);
  expect(fake.requests).toEqual([{ method: CONVERT, params: { ...PLACE, to: "yaml" } }]);
  const uri = Uri.from({ scheme: "untitled", path: "/project/run-3.lightllm.yaml" });
  expect(workspace.openTextDocument).toHaveBeenCalledExactlyOnceWith(uri);
  expect(workspace.applyEdit.mock.lastCall?.[0]).toMatchObject({ inserted: [[uri, "tp: 8\n"]] });
  expect(window.showTextDocument).toHaveBeenCalledExactlyOnceWith(
    { ...uri, languageId: "lightllm-yaml" },
    { viewColumn: ViewColumn.Beside, preview: false },
  );
  expect(window.showWarningMessage).not.toHaveBeenCalled();
});

test("a conversion of a text that was never saved has no name", async () => {
  await convertLaunches(fake.client, "yaml", { ...PLACE, textDocument: { uri: "untitled:Untitled-1" } });
  const document = { content: "tp: 8\n", language: "lightllm-yaml" };
  expect(workspace.openTextDocument).toHaveBeenCalledExactlyOnceWith(document);
});

test.each([
  ["lightllm-yaml", undefined],
  ["shellscript", undefined],
  ["markdown", { line: 1, character: 2 }],
  ["restructuredtext", { line: 1, character: 2 }],
])(
  "the command converts all launches of a file, and of documentation the one at the cursor: %s",
  async (id, position) => {
    activate(id);
    await convertLaunches(fake.client, "shell");
    const textDocument = { uri: "file:///project/a.lightllm.yaml" };
    expect(fake.requests[0]?.params).toEqual({ textDocument, ...(position && { position }), to: "shell" });
  },
);

test("why LightLLM would refuse it, and what is left out, is in the text", async () => {
  const untitled = { ...PLACE, textDocument: { uri: "untitled:Untitled-1" } };
  fake.answers[CONVERT] = {
    ...ANSWER,
    text: "#!/bin/bash\ntp=8\n",
    refused: ["No flag '--prot'.", "tp is 3."],
    leftOut: ["A-B", "{{ .x }}"],
  };
  await convertLaunches(fake.client, "shell", untitled);
  expect(workspace.openTextDocument.mock.lastCall?.[0]).toMatchObject({
    content: `#!/bin/bash
# LightLLM would refuse to start this:
# - No flag '--prot'.
# - tp is 3.
# Left out, because a shell cannot set these names: A-B, {{ .x }}.
tp=8
`,
  });
  expect(window.showWarningMessage).not.toHaveBeenCalled();
});

test("a command is copied without its line end, and the status bar says so and what it needs", async () => {
  fake.answers[CONVERT] = { ...ANSWER, text: "python -m x --tp 8\n", open: ["HOST"] };
  await copyCommand(fake.client, PLACE);
  expect(fake.requests[0]?.params).toEqual({ ...PLACE, to: "command" });
  expect(env.clipboard.writeText).toHaveBeenCalledExactlyOnceWith("python -m x --tp 8");
  expect(window.setStatusBarMessage.mock.lastCall?.[0]).toBe("$(check) Command copied. It needs HOST.");
  fake.answers[CONVERT] = { ...ANSWER, refused: ["No."] };
  await copyCommand(fake.client, PLACE);
  expect(window.setStatusBarMessage.mock.lastCall?.[0]).toBe(
    "$(warning) Command copied. LightLLM would refuse it.",
  );
  fake.answers[CONVERT] = { ...ANSWER, leftOut: ["A-B"] };
  await copyCommand(fake.client, PLACE);
  expect(window.setStatusBarMessage.mock.lastCall?.[0]).toBe("$(warning) Command copied. It is without A-B.");
  expect(window.showInformationMessage).not.toHaveBeenCalled();
});

test("problems are gone to where the file is shown, with all of them in view", async () => {
  const document = { uri: Uri.parse("file:///project/run.sh") };
  window.visibleTextEditors = [{ document, viewColumn: 2 }];
  const range = { start: { line: 4, character: 2 }, end: { line: 4, character: 8 } };
  fake.answers[PROBLEMS] = [range];
  await showProblems(fake.client, PLACE);
  expect(commands.executeCommand).toHaveBeenCalledExactlyOnceWith("workbench.actions.view.problems");
  expect(window.showTextDocument).toHaveBeenCalledExactlyOnceWith(document.uri, {
    selection: new Range(4, 2, 4, 8),
    viewColumn: 2,
  });
});

test.each<[unknown, string]>([
  [[], "This launch has no problems."],
  [null, "Open a file with a LightLLM launch to see its problems."],
])("without problems, or a launch, a sentence says so: %j", async (problems, message) => {
  fake.answers[PROBLEMS] = problems;
  await showProblems(fake.client, PLACE);
  expect(window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(message);
  expect(window.showTextDocument).not.toHaveBeenCalled();
});

test("a file without a launch is reported in a sentence, and nothing is opened or copied", async () => {
  fake.answers[CONVERT] = null;
  await convertLaunches(fake.client, "yaml");
  await copyCommand(fake.client);
  expect(window.showInformationMessage.mock.calls).toEqual([
    ["Open a file with a LightLLM launch to convert it."],
    ["Open a file with a LightLLM launch to copy its command."],
  ]);
  expect(workspace.openTextDocument).not.toHaveBeenCalled();
  expect(env.clipboard.writeText).not.toHaveBeenCalled();
});

/** After "fix all" of a document whose text is then `now`. */
async function fixed(now: string, picked: string | undefined, typed = false) {
  const uri = Uri.parse("file:///project/a.lightllm.yaml");
  const document = { uri, version: 4, isClosed: false, getText: () => now };
  workspace.textDocuments = [document];
  workspace.applyEdit.mockClear();
  fake.answers[PROBLEM_COUNT] = { count: 2, label: "1 error, 1 warning" };
  window.showInformationMessage.mockImplementation(async () => {
    if (typed) document.version++;
    return picked;
  });
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 9 } };
  const undo = [{ range, newText: "modle_dir", there: "model_dir" }];
  await tellFixed(fake.client, { uri: uri.toString(), fixed: "Fixed line 1.", undo, unasked: false });
  return workspace.applyEdit.mock.lastCall?.[0];
}

test("fix all says what it changed and what is left, and takes exactly that back", async () => {
  const edit = await fixed("model_dir", "Undo");
  expect(window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(
    "Fixed line 1. Left: 1 error, 1 warning.",
    "Undo",
    "Show Problems",
  );
  expect(edit).toMatchObject({ replaced: [[{ path: "/project/a.lightllm.yaml" }, {}, "modle_dir"]] });
  expect(window.showWarningMessage).not.toHaveBeenCalled();
});

test.each<[string, string, string | undefined, boolean]>([
  ["nobody asks", "model_dir", undefined, false],
  ["the text has changed since", "model_dir", "Undo", true],
])("fix all takes nothing back when %s", async (_, now, picked, typed) => {
  expect(await fixed(now, picked, typed)).toBeUndefined();
  expect(window.showWarningMessage.mock.calls.length).toBe(typed ? 1 : 0);
});

test("fix all offers no undo where the text is not what it wrote", async () => {
  await fixed("typed over", undefined);
  expect(window.showInformationMessage.mock.lastCall?.slice(1)).toEqual(["Show Problems"]);
});

test("fixes on saving are said in the status bar, without a question", async () => {
  fake.answers[PROBLEM_COUNT] = { count: 0, label: "no problems" };
  await tellFixed(fake.client, { uri: "file:///a.sh", fixed: "Fixed line 1.", undo: [], unasked: true });
  expect(window.setStatusBarMessage.mock.lastCall?.[0]).toBe("Fixed line 1. Left: no problems.");
  expect(window.showInformationMessage).not.toHaveBeenCalled();
});
