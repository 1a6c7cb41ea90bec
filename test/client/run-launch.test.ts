/** Running a launch: what is sent to the terminal, and what prevents a launch from running. */
import { beforeEach, expect, test, vi } from "vitest";
import { runLaunch } from "../../client/src/run-launch";
import { CONVERT } from "../../server/src/lsp/protocol";
import { type FakeClient, fakeClient } from "../support/language-client";
import { commands, env, events, Uri, window, workspace } from "../support/vscode";

const PLACE = { textDocument: { uri: "file:///project/run.sh" }, position: { line: 3, character: 0 } };
const COMMAND = "python -m lightllm.server.api_server --tp 8";
const ANSWER = {
  text: `${COMMAND}\n`,
  languageId: "shellscript",
  name: "prefill · R1",
  refused: [] as string[],
  open: [] as string[],
  leftOut: [] as string[],
  isComplete: true,
  runsHere: true,
};

let fake: FakeClient;
/** The text sent to the terminal, and whether with Enter. */
let sent: [string, boolean | undefined][];
beforeEach(() => {
  fake = fakeClient();
  fake.answers[CONVERT] = ANSWER;
  sent = [];
  workspace.isTrusted = true;
  workspace.workspaceFolders = undefined;
  env.shell = "/bin/bash";
  for (const one of [window.showInformationMessage, window.showWarningMessage, commands.executeCommand])
    one.mockReset();
  window.createTerminal.mockReset();
  window.createTerminal.mockImplementation(() => ({
    show() {},
    sendText: (text, execute) => void sent.push([text, execute]),
  }));
});

test("the command reaches a terminal of its own, in the folder of the file", async () => {
  await runLaunch(fake.client, PLACE);
  expect(fake.requests).toEqual([{ method: CONVERT, params: { ...PLACE, to: "command", runs: true } }]);
  expect(window.createTerminal).toHaveBeenCalledExactlyOnceWith({
    name: "LightLLM: prefill · R1",
    cwd: Uri.parse("file:///project"),
  });
  expect(sent).toEqual([[COMMAND, true]]);
  expect(window.showWarningMessage).not.toHaveBeenCalled();
});

test("the command waits for the shell, as long as that may say that it is ready", async () => {
  vi.useFakeTimers();
  window.onDidChangeTerminalShellIntegration = events.shell.event;
  try {
    const running = runLaunch(fake.client, PLACE);
    await vi.advanceTimersByTimeAsync(100);
    events.shell.fire({ terminal: "another" });
    await vi.advanceTimersByTimeAsync(100);
    expect(sent).toEqual([]);
    events.shell.fire({ terminal: window.createTerminal.mock.results[0]?.value });
    await vi.advanceTimersByTimeAsync(500);
    await running;
    expect(sent).toEqual([[COMMAND, true]]);
    const untold = runLaunch(fake.client, PLACE);
    await vi.advanceTimersByTimeAsync(10_000);
    await untold;
    expect(sent).toHaveLength(2);
  } finally {
    window.onDidChangeTerminalShellIntegration = undefined;
    vi.useRealTimers();
  }
});

test("without a place it is the launch at the cursor", async () => {
  const document = { uri: Uri.parse("untitled:Untitled-1") };
  window.activeTextEditor = { document, selection: { active: { line: 7, character: 1 } } };
  workspace.workspaceFolders = [{ uri: Uri.parse("file:///home") }];
  await runLaunch(fake.client);
  expect(fake.requests[0]?.params).toMatchObject({ position: { line: 7, character: 1 } });
  expect(window.createTerminal.mock.lastCall?.[0]).toMatchObject({ cwd: Uri.parse("file:///home") });
});

test("what is left to the shell waits for the user's Enter", async () => {
  fake.answers[CONVERT] = { ...ANSWER, open: ["HOST", "$(hostname)"], isComplete: false };
  await runLaunch(fake.client, PLACE);
  expect(sent).toEqual([[COMMAND, false]]);
  expect(window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(
    "The command waits in the terminal for Enter: HOST, $(hostname) are left to the shell to fill in.",
  );
});

test("a launch that LightLLM would refuse is inserted when the user says so, knowing why, and waits for Enter", async () => {
  fake.answers[CONVERT] = {
    ...ANSWER,
    isComplete: false,
    refused: ["No flag '--prot'.", "tp is 3.", "A.", "B.", "C."],
  };
  await runLaunch(fake.client, PLACE);
  expect(sent).toEqual([]);
  expect(window.showWarningMessage).toHaveBeenCalledExactlyOnceWith(
    "LightLLM would refuse to start this launch.",
    { modal: true, detail: "No flag '--prot'.\n\ntp is 3.\n\nA.\n\nAnd 2 more." },
    "Show Problems",
    "Insert into Terminal",
  );
  window.showWarningMessage.mockResolvedValue("Show Problems");
  await runLaunch(fake.client, PLACE);
  expect(commands.executeCommand).toHaveBeenCalledExactlyOnceWith("lightllm.showProblems", PLACE);
  expect(sent).toEqual([]);
  window.showWarningMessage.mockResolvedValue("Insert into Terminal");
  await runLaunch(fake.client, PLACE);
  expect(sent).toEqual([[COMMAND, false]]);
  expect(window.showInformationMessage).toHaveBeenCalledExactlyOnceWith(
    "The command waits in the terminal for Enter: LightLLM would refuse it.",
  );
});

test.each([
  ["\u0003", false],
  ["\t", false],
  ["\r", false],
  ["\u001b", false],
  ["\n", false],
  ["\u009b", false],
  ["é", true],
])("what a terminal takes for keys does not reach it: %j", async (character, runs) => {
  const text = `${COMMAND} --host 'a${character}b'`;
  fake.answers[CONVERT] = { ...ANSWER, text: `${text}\n` };
  await runLaunch(fake.client, PLACE);
  expect(sent).toEqual(runs ? [[text, true]] : []);
  expect(window.showWarningMessage).toHaveBeenCalledTimes(runs ? 0 : 1);
});

test("nothing runs, and nothing is asked of the server, in a workspace that is not trusted", async () => {
  workspace.isTrusted = false;
  await runLaunch(fake.client, PLACE);
  expect([sent, fake.requests]).toEqual([[], []]);
  expect(window.showWarningMessage.mock.lastCall?.[0]).toBe("Launches run in trusted workspaces only.");
});

test.each([
  ["runs elsewhere", () => ({ ...ANSWER, runsHere: false }), /container or on another machine/],
  ["finds no terminal", () => ANSWER, /no terminals/],
])("a launch that %s can be copied instead", async (_, answer, why) => {
  fake.answers[CONVERT] = answer();
  window.createTerminal.mockImplementation(() => {
    throw new Error("not supported");
  });
  window.showInformationMessage.mockResolvedValue("Copy Command");
  await runLaunch(fake.client, PLACE);
  expect(sent).toEqual([]);
  expect(window.showInformationMessage.mock.lastCall?.[0]).toMatch(why);
  expect(commands.executeCommand).toHaveBeenCalledExactlyOnceWith("lightllm.copyCommand", PLACE);
});

test.each([
  ["/usr/bin/zsh", undefined],
  ["", undefined],
  ["/usr/bin/fish", "bash"],
  ["C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe", "bash"],
])("the command is given to a shell that reads it: %j", async (shell, shellPath) => {
  env.shell = shell;
  await runLaunch(fake.client, PLACE);
  expect(window.createTerminal.mock.lastCall?.[0].shellPath).toBe(shellPath);
});

test("a file without a launch, and a server that does not run, are reported in a sentence", async () => {
  fake.answers[CONVERT] = null;
  await runLaunch(fake.client, PLACE);
  fake.run(false);
  await runLaunch(fake.client, PLACE);
  expect(window.showInformationMessage.mock.calls).toEqual(
    Array(2).fill(["Open a file with a LightLLM launch to run it."]),
  );
  expect(sent).toEqual([]);
});
