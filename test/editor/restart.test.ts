/** Stopping and restarting the language server, on command and after a crash. */
import assert from "node:assert/strict";
import { commands, type TextDocument } from "vscode";
import { closeAll, codesOf, edit, hoverAt, rangeOf } from "./support/documents";
import { eventually } from "./support/eventually";
import { needsProcessList, theServer } from "./support/server-process";

describe("the language server", () => {
  afterEach(closeAll);

  it("answers again after LightLLM: Restart Language Server, about a file that was open before", async () => {
    const document = await openConfig();
    await answersAbout(document);
    await commands.executeCommand("lightllm.restartServer");
    await answersAbout(document);
  });

  it("is another process after the command", async function () {
    needsProcessList(this);
    await answersAbout(await openConfig());
    const before = await theServer();
    await commands.executeCommand("lightllm.restartServer");
    await eventually(async () => assert.notEqual(await theServer(), before));
  });

  it("comes back by itself when it is killed, with the files that were open", async function () {
    needsProcessList(this);
    const document = await openConfig();
    await answersAbout(document);
    const before = await theServer();
    process.kill(before, "SIGKILL");
    await eventually(async () => assert.notEqual(await theServer(), before));
    await answersAbout(document);
    await answersAbout(await openConfig());
  });
});

async function openConfig(): Promise<TextDocument> {
  return (await edit("tp: 2\nmodle_dir: /m\n")).document;
}

async function answersAbout(document: TextDocument): Promise<void> {
  await eventually(() => assert.deepEqual(codesOf(document), ["argparse-unknown-flag"]));
  await eventually(async () =>
    assert.match(await hoverAt(document, rangeOf(document, "tp").start), /\*\*tp\*\*/),
  );
}
