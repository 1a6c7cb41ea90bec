/** The status item that shows the judging release: its requests, its texts, and when it disappears. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { showRelease } from "../../client/src/release-status";
import { RELEASE, RELEASE_CHANGED } from "../../server/src/lsp/protocol";
import { type FakeClient, fakeClient } from "../support/language-client";
import { barItems, events, LanguageStatusSeverity, statusItems, window } from "../support/vscode";

const document = { uri: "file:///lightllm.yaml", version: 1, languageId: "lightllm-yaml" };
const answer = {
  label: "LightLLM v1.1.0 (inferred)",
  detail: "It is the newest release that knows all flags and values of this launch.",
  short: "knows all flags",
  release: "v1.1.0",
  reason: "inferred",
  warning: false,
  launch: { start: { line: 2, character: 0 }, end: { line: 4, character: 0 } },
  choices: [],
};

let fake: FakeClient;
let shown: { dispose(): unknown };
beforeEach(() => {
  vi.useFakeTimers();
  fake = fakeClient();
  window.activeTextEditor = editorAt(3);
  shown = showRelease(fake.client);
});
afterEach(() => {
  shown.dispose();
  document.version = 1;
  vi.useRealTimers();
});

function editorAt(line: number) {
  return { document, selection: { active: { line, character: 0 } } };
}

/** The texts of the items after all pending requests. */
async function texts() {
  await vi.runAllTimersAsync();
  return [...statusItems].map(({ text, detail, severity }) => ({ text, detail, severity }));
}

function moveTo(line: number): void {
  const textEditor = editorAt(line);
  window.activeTextEditor = textEditor;
  events.selection.fire({ textEditor, selections: [textEditor.selection] });
}

test("it says which release judges, and goes when the file has no launch any more", async () => {
  fake.answers[RELEASE] = answer;
  expect(await texts()).toEqual([]);
  events.activeEditor.fire(undefined);
  expect(await texts()).toEqual([
    { text: answer.label, detail: answer.short, severity: LanguageStatusSeverity.Information },
  ]);
  expect(fake.requests).toEqual([
    {
      method: RELEASE,
      params: { textDocument: { uri: document.uri }, position: { line: 3, character: 0 } },
    },
  ]);
  fake.answers[RELEASE] = null;
  events.text.fire({ document });
  expect(await texts()).toEqual([]);
});

test("its name is in the status bar, in every language of a file, and leads to the choice", async () => {
  const names = () => [...barItems].map(({ text, tooltip, command }) => ({ text, tooltip, command }));
  fake.answers[RELEASE] = answer;
  events.activeEditor.fire(undefined);
  await texts();
  expect(names()).toEqual([
    {
      text: "LightLLM v1.1.0",
      tooltip: expect.stringContaining(answer.detail),
      command: "lightllm.selectRelease",
    },
  ]);
  fake.answers[RELEASE] = { ...answer, warning: true };
  events.text.fire({ document });
  await texts();
  expect(names()).toMatchObject([{ text: "$(warning) LightLLM v1.1.0" }]);
  fake.answers[RELEASE] = null;
  events.text.fire({ document });
  await texts();
  expect(names()).toEqual([]);
});

test("many changes at once are one question, and a warning is one", async () => {
  fake.answers[RELEASE] = { ...answer, warning: true };
  for (let n = 0; n < 20; n++) events.text.fire({ document });
  fake.tell(RELEASE_CHANGED);
  fake.run(true);
  expect(await texts()).toMatchObject([{ severity: LanguageStatusSeverity.Warning }]);
  expect(fake.requests).toHaveLength(1);
});

test("moving about inside a launch asks nothing, moving to another or changing the text does", async () => {
  fake.answers[RELEASE] = answer;
  events.activeEditor.fire(undefined);
  await texts();
  moveTo(4);
  await texts();
  expect(fake.requests).toHaveLength(1);
  moveTo(9);
  await texts();
  expect(fake.requests).toHaveLength(2);
  document.version = 2;
  moveTo(3);
  await texts();
  expect(fake.requests).toHaveLength(3);
});

test("it shows new answers of the server, also after a restart", async () => {
  fake.answers[RELEASE] = answer;
  fake.run(true);
  expect(await texts()).toHaveLength(1);
  fake.answers[RELEASE] = { ...answer, label: "LightLLM v1.2.0 (workspace)" };
  fake.tell(RELEASE_CHANGED);
  expect(await texts()).toMatchObject([{ text: "LightLLM v1.2.0 (workspace)" }]);
  fake.run(false);
  expect(await texts()).toEqual([]);
  fake.run(true);
  expect(await texts()).toHaveLength(1);
});

test("nothing is requested after it is disposed", async () => {
  fake.answers[RELEASE] = answer;
  events.text.fire({ document });
  shown.dispose();
  events.text.fire({ document });
  expect(await texts()).toEqual([]);
  expect(fake.requests).toEqual([]);
});
