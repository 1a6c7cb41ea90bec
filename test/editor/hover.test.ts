/** Hover documentation. */
import assert from "node:assert/strict";
import { closeAll, edit, hoverAt, rangeOf } from "./support/documents";
import { eventually } from "./support/eventually";

describe("hover", () => {
  afterEach(closeAll);

  it("documents a flag for the release that judges", async () => {
    const { document } = await edit("# lightllm: release=v1.1.0\nbatch_max_tokens: 4096\n");
    await eventually(async () => {
      const text = await hoverAt(document, rangeOf(document, "batch_max").start);
      assert.match(text, /\*\*batch_max_tokens\*\* — integer/);
      assert.match(text, /Default in v1\.1\.0/);
      assert.match(text, /Judged by LightLLM v1\.1\.0/);
    });
  });

  it("explains a value", async () => {
    const { document } = await edit("run_mode: prefill\n");
    const text = await hoverAt(document, rangeOf(document, "prefill").start);
    assert.match(text, /\*\*run_mode: prefill\*\*/);
  });

  it("lists the releases on the comment that chooses one", async () => {
    const { document } = await edit("# lightllm: release=v1.1.0\ntp: 2\n");
    assert.match(await hoverAt(document, rangeOf(document, "v1.1.0").start), /`v1\.2\.0`/);
  });

  it("says nothing on an ordinary comment", async () => {
    const { document } = await edit("# tp of two\ntp: 2\n");
    assert.notEqual(await hoverAt(document, rangeOf(document, "tp: 2").start), "");
    assert.equal(await hoverAt(document, rangeOf(document, "two").start), "");
  });
});
