/** Launches are judged by the LightLLM in the workspace, if that is trusted. */
import assert from "node:assert/strict";
import { workspace } from "vscode";
import { closeAll, codesOf, edit, hoverAt, inWorkspace, rangeOf } from "./support/documents";
import { eventually } from "./support/eventually";

const CHECKOUT = "checkout";
const FLAGS = ["model_dir", "host", "tokenizer_mode", "load_way", "data_type", "max_total_token_num"];

describe("a LightLLM in the workspace", () => {
  before(function () {
    if (!workspace.isTrusted) this.skip();
  });
  afterEach(async () => {
    await workspace.fs.delete(inWorkspace(CHECKOUT), { recursive: true });
    await closeAll();
  });

  it("judges, and judges again when it is changed", async () => {
    await writeParser([...FLAGS, "flag_of_ours"]);
    const { document } = await edit("model_dir: /m\nflag_of_ours: a\n");
    await eventually(async () => {
      const hover = await hoverAt(document, rangeOf(document, "model_dir").start);
      assert.match(hover, /Judged by LightLLM .*, this workspace's own/);
    });
    await eventually(() => assert.deepEqual(codesOf(document), []));
    await writeParser(FLAGS);
    await eventually(async () => {
      // If the editor misses a change of a newly watched folder, a request shows it.
      await hoverAt(document, rangeOf(document, "model_dir").start);
      assert.deepEqual(codesOf(document), ["argparse-unknown-flag"]);
    });
  });
});

describe("a LightLLM in a workspace that is not trusted", () => {
  before(function () {
    if (workspace.isTrusted) this.skip();
  });
  afterEach(async () => {
    await workspace.fs.delete(inWorkspace(CHECKOUT), { recursive: true });
    await closeAll();
  });

  it("is not read", async () => {
    await writeParser([...FLAGS, "flag_of_ours"]);
    const { document } = await edit("model_dir: /m\nflag_of_ours: a\n");
    await eventually(() => assert.deepEqual(codesOf(document), ["argparse-unknown-flag"]));
    const hover = await hoverAt(document, rangeOf(document, "model_dir").start);
    assert.doesNotMatch(hover, /this workspace's own/);
  });
});

/** Writes a LightLLM that has these flags and no others. */
async function writeParser(flags: readonly string[]): Promise<void> {
  const lines = flags.map(
    (flag) => `    parser.add_argument("--${flag}", type=str, default=None, help="help")`,
  );
  const text = [
    "import argparse",
    "",
    "",
    "def make_argument_parser() -> argparse.ArgumentParser:",
    "    parser = argparse.ArgumentParser()",
    ...lines,
    "    return parser",
    "",
  ].join("\n");
  const uri = inWorkspace(`${CHECKOUT}/lightllm/server/api_cli.py`);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}
