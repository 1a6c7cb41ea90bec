/** Which files wake the extension, and which start its language server. */
import assert from "node:assert/strict";
import { languages, window, workspace } from "vscode";
import { closeAll, codesOf, hoverAt, openFile, rangeOf } from "./support/documents";
import { eventually } from "./support/eventually";
import { extensionUnderTest, LANGUAGE } from "./support/extension";
import { needsProcessList, serverPids, theServer } from "./support/server-process";

describe("activation", () => {
  after(closeAll);

  it("leaves an ordinary YAML file alone and starts no server for it", async function () {
    const document = await openFile("plain.yaml");
    assert.equal(document.languageId, "yaml");
    await eventually(() => assert.ok(extensionUnderTest().isActive));
    assert.equal(await hoverAt(document, rangeOf(document, "model_dir").start), "");
    needsProcessList(this);
    assert.deepEqual(serverPids(), []);
  });

  it("starts the server for a project's configuration, which does not name LightLLM in its text", async () => {
    const document = await openFile("configured/.lightllm-config.yaml");
    await eventually(() => assert.notDeepEqual(languages.getDiagnostics(document.uri), []));
  });

  it("opens a .lightllm.yaml file in the language of launch configs", async function () {
    const document = await openFile("deployment.lightllm.yaml");
    assert.equal(document.languageId, LANGUAGE);
    await eventually(async () =>
      assert.match(await hoverAt(document, rangeOf(document, "model_dir").start), /model_dir/),
    );
    assert.ok(extensionUnderTest().isActive);
    needsProcessList(this);
    await theServer();
  });

  it("knows lightllm.yml by its name", async () => {
    assert.equal((await openFile("lightllm.yml")).languageId, LANGUAGE);
  });

  it("takes over a YAML file whose first line claims it", async () => {
    const uri = (await openFile("claimed.yaml")).uri;
    const document = await eventually(() => {
      const found = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
      assert.equal(found?.languageId, LANGUAGE);
      return found;
    });
    await eventually(() => assert.deepEqual(codesOf(document), ["argparse-unknown-flag"]));
  });

  it("judges a config that was never saved", async () => {
    const document = await workspace.openTextDocument({ language: LANGUAGE, content: "modle_dir: /m\n" });
    await window.showTextDocument(document);
    await eventually(() => assert.deepEqual(codesOf(document), ["argparse-unknown-flag"]));
  });

  it("finds nothing in the ordinary file even now that the server runs", async () => {
    const document = await openFile("plain.yaml");
    assert.deepEqual(languages.getDiagnostics(document.uri), []);
    assert.equal(await hoverAt(document, rangeOf(document, "model_dir").start), "");
  });
});
