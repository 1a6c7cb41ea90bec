/** Launches converted to another notation, as a user does it. */
import assert from "node:assert/strict";
import {
  CodeActionKind,
  commands,
  type TextDocument,
  type TextEditor,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { actionsAt, closeAll, codesOf, edit, rangeOf } from "./support/documents";
import { eventually } from "./support/eventually";

const RUN = "python -m lightllm.server.api_server";
const CONFIG = "# lightllm: release=v1.2.0\nmodel_dir: /m\ntp: 8\nenv:\n  LOADWORKER: 18\n";

describe("LightLLM: Convert to …", () => {
  afterEach(closeAll);

  it("Shell Script opens a script beside the config", async () => {
    const { document } = await edit(CONFIG);
    const { document: script, viewColumn } = await converted("lightllm.convertToShell", document);
    assert.equal(viewColumn, ViewColumn.Two);
    assert.equal(script.languageId, "shellscript");
    assert.match(
      script.getText(),
      /^#!.*\n(?:.*\n)*?.*?export LOADWORKER=18\n(?:.*\n)*?.*?--model_dir \/m \\\n {2}--tp 8\n/,
    );
    assert.equal(document.getText(), CONFIG);
  });

  it("YAML Config opens a config that is judged at once", async () => {
    const { document } = await edit(`#!/bin/bash\n${RUN} \\\n  --model_dir /m --prot 80\n`, ".sh");
    const { document: config } = await converted("lightllm.convertToYaml", document);
    assert.equal(config.languageId, "lightllm-yaml");
    assert.match(config.getText(), /^model_dir: \/m\nprot: 80$/m);
    await eventually(() => assert.deepEqual(codesOf(config), ["argparse-unknown-flag"]));
  });

  for (const [command, text] of [
    ["lightllm.convertToCompose", /^services:\n(?:.*\n)*?.*?lightllm\.server\.api_server/m],
    ["lightllm.convertToKubernetes", /^kind: \w+\n(?:.*\n)*?.*?lightllm\.server\.api_server/m],
  ] as const) {
    it(`${command.slice("lightllm.convertTo".length)} opens YAML whose launch is read again`, async () => {
      const { document } = await edit(CONFIG);
      const { document: manifest } = await converted(command, document);
      assert.match(manifest.languageId, /^(yaml|dockercompose)$/);
      assert.match(manifest.getText(), text);
      await commands.executeCommand("lightllm.convertToYaml");
      const config = await eventually(() => activeOther(document, manifest));
      assert.match(config.document.getText(), /^model_dir: \/m\ntp: 8$/m);
      assert.match(config.document.getText(), /LOADWORKER: "?18/);
    });
  }

  it("converts all launches of a config, and nothing is saved", async () => {
    const { document } = await edit("x-name: small\nmodel_dir: /a\n---\nx-name: large\nmodel_dir: /b\n");
    const { document: manifest } = await converted("lightllm.convertToCompose", document);
    assert.match(manifest.getText(), /^ {2}small:\n(?:.*\n)*?.*?^ {2}large:\n/m);
    assert.ok(manifest.isUntitled);
  });

  it("is among the refactorings of a launch, of the one at the cursor", async () => {
    const { document } = await edit("model_dir: /a\n---\nmodel_dir: /b\n");
    const action = await eventually(async () => {
      const actions = await actionsAt(document, rangeOf(document, "/b"), CodeActionKind.Refactor);
      const found = actions.find(({ title }) => title === "Convert this launch to…");
      assert.ok(found?.command, `Offered: ${actions.map(({ title }) => title).join(" / ")}`);
      return found.command;
    });
    const open = [...workspace.textDocuments];
    const asked = commands.executeCommand(action.command, ...(action.arguments ?? []));
    // The first format is a shell script.
    const { document: script } = await eventually(async () => {
      await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return activeOther(...open);
    });
    await asked;
    assert.match(script.getText(), /--model_dir \/b\n/);
    assert.doesNotMatch(script.getText(), /\/a/);
  });
});

/** The editor that a command opens for the document that is active; called once, so that no second one comes later. */
async function converted(command: string, document: TextDocument): Promise<TextEditor> {
  // A server that is still starting has no answer yet.
  await eventually(async () => {
    const symbols = await commands.executeCommand<unknown[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    assert.ok(symbols && symbols.length > 0);
  });
  const open = [...workspace.textDocuments];
  await commands.executeCommand(command);
  return eventually(() => activeOther(...open));
}

/** The active editor; it fails while that shows one of these documents, such as the result of an earlier conversion. */
function activeOther(...not: TextDocument[]): TextEditor {
  const editor = window.activeTextEditor;
  assert.ok(editor && !not.includes(editor.document), "No other editor has opened.");
  return editor;
}
