/** Beginning: a new configuration, the example, and the walkthrough that leads to both. */
import assert from "node:assert/strict";
import { commands, window, workspace } from "vscode";
import { closeAll, codesOf, hoverAt, rangeOf } from "./support/documents";
import { eventually } from "./support/eventually";

const ANSWERS = {
  purpose: "one-node",
  model: "Qwen/Qwen3-8B",
  gpu: "H100x8",
  release: "v1.2.0",
  format: "yaml",
} as const;

describe("a beginning", () => {
  afterEach(closeAll);

  it("is written by New Configuration… without a problem, and never over a file", async () => {
    await commands.executeCommand("lightllm.newConfiguration", ANSWERS);
    const editor = window.activeTextEditor;
    assert.ok(editor && !editor.document.isUntitled);
    const { document } = editor;
    try {
      const text = document.getText();
      assert.match(text, /^model_dir: /m);
      await eventually(async () =>
        assert.match(await hoverAt(document, rangeOf(document, "model_dir").start), /model_dir/),
      );
      assert.deepEqual(codesOf(document), []);
      await editor.edit((change) => change.insert(document.positionAt(0), "# mine\n"));
      await document.save();
      await commands.executeCommand("lightllm.newConfiguration", ANSWERS);
      assert.equal(document.getText(), `# mine\n${text}`);
    } finally {
      await closeAll();
      await workspace.fs.delete(document.uri);
    }
  });

  it("is led to by the walkthrough, whose first step opens the example", async () => {
    await commands.executeCommand(
      "workbench.action.openWalkthrough",
      "lightllm-config.lightllm-config#start",
      false,
    );
    await eventually(() => {
      const labels = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      assert.ok(
        labels.some((label) => /Welcome|Get Started|Walkthrough/.test(label)),
        labels.join(", "),
      );
    });
    await commands.executeCommand("lightllm.openExample");
    const document = window.activeTextEditor?.document;
    assert.equal(document?.languageId, "lightllm-yaml");
    assert.match(document?.getText() ?? "", /^tp: 8$/m);
  });
});
