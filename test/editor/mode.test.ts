/** Checks that this run is the requested one; otherwise it would test something else than its name says. */
import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import { workspace } from "vscode";
import { extensionUnderTest } from "./support/extension";

describe("this run", () => {
  const { LIGHTLLM_CONFIG_TEST_TRUST: trust, LIGHTLLM_CONFIG_TEST_FOLDER: folder } = process.env;

  it("has the trust that was asked for", function () {
    if (!trust) this.skip();
    assert.equal(String(workspace.isTrusted), trust);
  });

  it("tests the extension that was asked for", function () {
    if (!folder) this.skip();
    const { extensionPath } = extensionUnderTest();
    if (folder === "installed") assert.match(extensionPath, /[/\\]extensions[/\\][^/\\]+$/);
    else assert.equal(realpathSync(extensionPath), realpathSync(folder));
  });
});
