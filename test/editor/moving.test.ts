/** Moving through a launch: from the use of a name to its definition, and a rename. */
import assert from "node:assert/strict";
import { commands, type Location, Position, type WorkspaceEdit } from "vscode";
import { closeAll, edit } from "./support/documents";
import { eventually } from "./support/eventually";

describe("a variable of a script", () => {
  afterEach(closeAll);

  it("has a definition, and a new name everywhere", async () => {
    const text = 'GPUS=8\npython -m lightllm.server.api_server --model_dir /m --tp "$GPUS"\n';
    const { document } = await edit(text, ".sh");
    const use = document.positionAt(text.indexOf("$GPUS") + 2);
    await eventually(async () => {
      const found = await commands.executeCommand<Location[]>(
        "vscode.executeDefinitionProvider",
        document.uri,
        use,
      );
      assert.deepEqual(
        found.map(({ range }) => range.start),
        [new Position(0, 0)],
      );
    });
    const renamed = await commands.executeCommand<WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      document.uri,
      use,
      "TP",
    );
    assert.deepEqual(
      renamed.get(document.uri).map(({ newText, range }) => [newText, range.start.line]),
      [
        ["TP", 0],
        ["TP", 1],
      ],
    );
  });
});
