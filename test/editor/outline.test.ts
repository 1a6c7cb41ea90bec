/** The outline and the breadcrumbs. */
import assert from "node:assert/strict";
import { commands, type DocumentSymbol } from "vscode";
import { closeAll, edit } from "./support/documents";
import { eventually } from "./support/eventually";

describe("document symbols", () => {
  afterEach(closeAll);

  it("show launches, their groups and their flags", async () => {
    const { document } = await edit(
      "run_mode: prefill\nmodel_dir: /models/R1\ntp: 8\n---\nrun_mode: decode\n",
    );
    await eventually(async () => {
      const symbols = await commands.executeCommand<DocumentSymbol[] | undefined>(
        "vscode.executeDocumentSymbolProvider",
        document.uri,
      );
      const outline = (symbols ?? []).map(({ name, children }) => [
        name,
        children.map((group) => group.children.map((flag) => flag.name)),
      ]);
      assert.deepEqual(outline, [
        ["launch 1: prefill · R1", [["run_mode"], ["model_dir"], ["tp"]]],
        ["launch 2: decode", [["run_mode"]]],
      ]);
    });
  });
});
