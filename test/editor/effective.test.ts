/** The view of the effective configuration, by its commands. */
import assert from "node:assert/strict";
import { commands, env, TabInputTextDiff, window, workspace } from "vscode";
import { closeAll, edit } from "./support/documents";
import { eventually } from "./support/eventually";

const CONFIG = "# lightllm: release=v1.2.0\nmodel_dir: /m\ntp: 8|\nmax_req_total_len: 8192\n";

describe("the effective configuration", () => {
  afterEach(closeAll);

  it("is in its view, and follows an edit", async () => {
    const editor = await edit(CONFIG);
    await commands.executeCommand("lightllm.showEffective");
    await table(/^\| tp \| 8 \| written here \|$/m);
    await table(/^\| graph_max_len_in_batch \| 8192 \| LightLLM sets it: max_req_total_len \|$/m);
    await editor.edit((change) => change.insert(editor.document.lineAt(2).range.end, "0"));
    await table(/^\| tp \| 80 \| written here \|$/m);
  });

  it("is compared with that of another release", async () => {
    await edit(CONFIG);
    const compared = Promise.resolve(commands.executeCommand("lightllm.compareEffective"));
    const input = await eventually(async () => {
      await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      const shown = window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(shown instanceof TabInputTextDiff);
      return shown;
    });
    await compared;
    const [left, right] = await Promise.all(
      [input.original, input.modified].map(async (uri) => (await workspace.openTextDocument(uri)).getText()),
    );
    assert.match(left ?? "", /^mem_fraction: 0\.8$/m);
    assert.match(right ?? "", /^mem_fraction: 0\.9$/m);
  });
});

/** Waits until the table that is copied has a line. */
async function table(line: RegExp): Promise<void> {
  await eventually(async () => {
    await commands.executeCommand("lightllm.copyEffective");
    assert.match(await env.clipboard.readText(), line);
  });
}
