/** The settings of the extension. */
import assert from "node:assert/strict";
import { ConfigurationTarget, workspace } from "vscode";
import { closeAll, codesOf, edit, hoverAt, rangeOf } from "./support/documents";
import { eventually } from "./support/eventually";

describe("the setting lightllm.release", () => {
  afterEach(async () => {
    await choose(undefined, ConfigurationTarget.Workspace);
    await choose(undefined, ConfigurationTarget.Global);
    await closeAll();
  });

  for (const target of [ConfigurationTarget.Workspace, ConfigurationTarget.Global]) {
    it(`of the ${target === ConfigurationTarget.Global ? "user" : "workspace"} changes the verdict at once`, async () => {
      // The flag came with v1.2.0.
      const { document } = await edit("llm_kv_type: int8kv\nmodel_dir: /m\ntpp: 2\n");
      await eventually(() => assert.deepEqual(codesOf(document), ["argparse-unknown-flag"]));
      await choose("v1.1.0", target);
      await eventually(() =>
        assert.deepEqual(codesOf(document), ["flag-of-another-release", "argparse-unknown-flag"]),
      );
      await choose(undefined, target);
      await eventually(() => assert.deepEqual(codesOf(document), ["argparse-unknown-flag"]));
    });
  }

  it("shows in the hover, and yields to the comment in a file", async () => {
    await choose("v1.1.0", ConfigurationTarget.Workspace);
    const { document: unsaid } = await edit("tp: 2\n");
    await eventually(async () =>
      assert.match(await hoverAt(unsaid, rangeOf(unsaid, "tp").start), /Judged by LightLLM v1\.1\.0/),
    );
    const { document: said } = await edit("# lightllm: release=v1.2.0\ntp: 2\n");
    assert.match(await hoverAt(said, rangeOf(said, "tp").start), /Judged by LightLLM v1\.2\.0/);
  });
});

function choose(release: string | undefined, target: ConfigurationTarget): Thenable<void> {
  return workspace.getConfiguration("lightllm").update("release", release, target);
}
