/** In another language, the client shows no English text; a pseudo-language replaces a real one. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { useMessages } from "../../client/src/messages";
import { runLaunch } from "../../client/src/run-launch";
import { CONVERT } from "../../server/src/lsp/protocol";
import { type FakeClient, fakeClient } from "../support/language-client";
import { pseudoMessages } from "../support/pseudo-locale";
import { commands, env, window, workspace } from "../support/vscode";

const PLACE = { textDocument: { uri: "file:///project/run.sh" }, position: { line: 3, character: 0 } };
const ANSWER = {
  text: "python -m lightllm.server.api_server --tp 8\n",
  languageId: "shellscript",
  name: "R1",
  refused: [] as string[],
  open: [] as string[],
  leftOut: [] as string[],
  isComplete: true,
  runsHere: true,
};

beforeAll(async () => useMessages((await pseudoMessages()).client ?? {}, "qps"));
afterAll(() => useMessages({}, "en"));

let fake: FakeClient;
beforeEach(() => {
  fake = fakeClient();
  workspace.isTrusted = true;
  env.shell = "/bin/bash";
  for (const one of [window.showInformationMessage, window.showWarningMessage, commands.executeCommand])
    one.mockReset();
  window.createTerminal.mockReset();
  window.createTerminal.mockImplementation(() => ({ show() {}, sendText() {} }));
});

/** All texts that the client has shown: messages, details, buttons. */
function shown(): string[] {
  const calls = [window.showInformationMessage, window.showWarningMessage].flatMap(({ mock }) => mock.calls);
  return calls
    .flat()
    .flatMap((part) => (typeof part === "string" ? [part] : [(part as { detail?: string }).detail ?? ""]))
    .filter((text) => text !== "");
}

test.each<[what: string, answer: typeof ANSWER | null, isTrusted: boolean]>([
  ["is refused", { ...ANSWER, refused: ["`--tp`"] }, true],
  ["has unknown words", { ...ANSWER, open: ["`$TP`"], isComplete: false }, true],
  ["leaves words out", { ...ANSWER, leftOut: ["`$@`"], isComplete: false }, true],
  ["runs elsewhere", { ...ANSWER, runsHere: false }, true],
  ["is not there", null, true],
  ["is in a workspace that is not trusted", ANSWER, false],
])("of a launch that %s nothing is said in English", async (_, answer, isTrusted) => {
  fake.answers[CONVERT] = answer;
  workspace.isTrusted = isTrusted;
  await runLaunch(fake.client, PLACE);
  const said = shown();
  expect(said).not.toEqual([]);
  expect(said.filter((text) => /[A-Za-z]{2,} [a-z]{2,}/.test(text.replace(/`[^`]*`/g, "")))).toEqual([]);
  expect(said.join("")).toContain("［");
});
