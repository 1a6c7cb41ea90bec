/** Code lenses above launches, when pressed: what they copy, show and run. */
import assert from "node:assert/strict";
import { chmod } from "node:fs/promises";
import { ConfigurationTarget, commands, env, Position, type Uri, window, workspace } from "vscode";
import { closeAll, edit, inWorkspace, rangeOf } from "./support/documents";
import { eventually } from "./support/eventually";
import { lensesOf, press } from "./support/lenses";

const RUN = "python -m lightllm.server.api_server";
const TWO = "model_dir: /models/R1\ntp: 8\n---\nmodel_dir: /m\nprot: 1\n";

describe("code lenses", () => {
  afterEach(async () => {
    await set("codeLens", undefined);
    await closeAll();
  });

  it("are above each launch, with running in a trusted workspace only", async () => {
    const { document } = await edit(TWO);
    const [run, insert] = workspace.isTrusted ? [["Run in Terminal"], ["Insert into Terminal"]] : [[], []];
    const expected = [
      ...[...run, "Copy Command", "no problems"].map((title) => `0: ${title}`),
      ...[...insert, "Copy Command", "1 error"].map((title) => `3: ${title}`),
    ];
    await eventually(async () => assert.deepEqual(await lensesOf(document), expected));
  });

  it("follow what is written", async () => {
    const editor = await edit("model_dir: /m\nprot: 1\n");
    await eventually(async () => assert.ok((await lensesOf(editor.document)).includes("0: 1 error")));
    await editor.edit((change) => change.replace(rangeOf(editor.document, "prot"), "port"));
    await eventually(async () => assert.ok((await lensesOf(editor.document)).includes("0: no problems")));
  });

  it("go when they are switched off, and come back", async () => {
    const { document } = await edit(TWO);
    await eventually(async () => assert.notDeepEqual(await lensesOf(document), []));
    await set("codeLens", false);
    await eventually(async () => assert.deepEqual(await lensesOf(document), []));
    await set("codeLens", undefined);
    await eventually(async () => assert.notDeepEqual(await lensesOf(document), []));
  });

  it("copy the command of their launch", async () => {
    const { document } = await edit(TWO);
    await env.clipboard.writeText("something else");
    await press(document, "Copy Command", 3);
    await eventually(async () =>
      assert.equal(await env.clipboard.readText(), `${RUN} --model_dir /m --prot 1`),
    );
    await press(document, "Copy Command", 0);
    await eventually(async () =>
      assert.equal(await env.clipboard.readText(), `${RUN} --model_dir /models/R1 --tp 8`),
    );
  });

  it("have commands of the same names, for the launch at the cursor", async () => {
    await edit(`#!/bin/bash\n${RUN} --model_dir /a\n\n${RUN} --model_dir |/b\n`, ".sh");
    await eventually(async () => {
      await commands.executeCommand("lightllm.copyCommand");
      assert.equal(await env.clipboard.readText(), `${RUN} --model_dir /b`);
    });
  });

  it("lead to the first problem of their launch", async () => {
    const { document } = await edit(TWO);
    await press(document, "1 error");
    await eventually(() => {
      const editor = window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), document.uri.toString());
      assert.deepEqual(editor?.selection.start, new Position(4, 0));
    });
  });
});

describe("running a launch", () => {
  let ran: Uri;
  before(async function () {
    if (process.platform === "win32") this.skip();
    // Replaces the interpreter: records its arguments.
    const python = inWorkspace("interpreter/bin/python");
    ran = inWorkspace("interpreter/ran");
    const script = `#!/bin/sh\n{ pwd; echo "LOADWORKER=$LOADWORKER"; printf '%s\\n' "$@"; } > "${ran.fsPath}.part"\nmv "${ran.fsPath}.part" "${ran.fsPath}"\n`;
    await workspace.fs.writeFile(python, new TextEncoder().encode(script));
    await chmod(python.fsPath, 0o755);
    await set("pythonPath", "${workspaceFolder}/interpreter");
  });
  beforeEach(async () => {
    await workspace.fs.delete(ran).then(undefined, () => undefined);
  });
  afterEach(async () => {
    for (const terminal of window.terminals) terminal.dispose();
    await closeAll();
  });
  after(() => set("pythonPath", undefined));

  it("starts the interpreter of the settings in the folder of the file, with the launch's words", async function () {
    if (!workspace.isTrusted) this.skip();
    const { document } = await edit("model_dir: /models/my model\ntp: 8\nenv:\n  LOADWORKER: 18\n");
    await press(document, "Run in Terminal");
    await eventually(async () => {
      const [folder, ...words] = (await readRan()).split("\n");
      assert.equal(folder, inWorkspace("").fsPath.replace(/\/$/, ""));
      assert.deepEqual(words, [
        "LOADWORKER=18",
        "-m",
        "lightllm.server.api_server",
        "--model_dir",
        "/models/my model",
        "--tp",
        "8",
        "",
      ]);
    });
    assert.deepEqual(
      window.terminals.map(({ name }) => name),
      ["LightLLM: my model"],
    );
  });

  it("lets the user press Enter for a command with unknown parts", async function () {
    if (!workspace.isTrusted) this.skip();
    const { document } = await edit("model_dir: ${NOT_SET_ANYWHERE}\n");
    await press(document, "Insert into Terminal");
    const terminal = await eventually(() => {
      const [found] = window.terminals;
      assert.ok(found);
      return found;
    });
    // If the command had been run, this would run it a second time, after the text of the first run.
    terminal.sendText(" --tp 2", true);
    await eventually(async () => assert.match(await readRan(), /\n--model_dir\n\n--tp\n2\n$/));
  });

  it("opens no terminal in Restricted Mode, whoever asks for it", async function () {
    if (workspace.isTrusted) this.skip();
    const { document } = await edit("model_dir: /m\n");
    await eventually(async () => assert.notDeepEqual(await lensesOf(document), []));
    void commands.executeCommand("lightllm.runInTerminal");
    // Answered after the command above.
    await commands.executeCommand("lightllm.copyCommand");
    assert.deepEqual(window.terminals, []);
  });

  async function readRan(): Promise<string> {
    return new TextDecoder().decode(await workspace.fs.readFile(ran));
  }
});

function set(name: string, value: unknown): Thenable<void> {
  return workspace.getConfiguration("lightllm").update(name, value, ConfigurationTarget.Workspace);
}
