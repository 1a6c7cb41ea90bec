/** The launches of the workspace: their view, and with the setting their problems. */
import assert from "node:assert/strict";
import { ConfigurationTarget, commands, languages, Uri, workspace } from "vscode";
import { closeAll, openFile } from "./support/documents";
import { eventually } from "./support/eventually";

describe("the launches of the workspace", () => {
  afterEach(async () => {
    await workspace
      .getConfiguration("lightllm")
      .update("checkWorkspace", undefined, ConfigurationTarget.Global);
    await closeAll();
  });

  it("are shown with a command, and looked at again with another", async () => {
    await openFile("deployment.lightllm.yaml");
    await commands.executeCommand("lightllm.showDeployments");
    await commands.executeCommand("lightllm.refreshDeployments");
  });

  it("have their problems listed if the setting says so, also those of files that are not open", async () => {
    const [folder] = workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = Uri.joinPath(folder.uri, "unopened.sh");
    const text = "python -m lightllm.server.api_server --model_dir /m --prot 1\n";
    await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    try {
      assert.deepEqual(languages.getDiagnostics(uri), []);
      await workspace.getConfiguration("lightllm").update("checkWorkspace", true, ConfigurationTarget.Global);
      await eventually(() =>
        assert.deepEqual(
          languages.getDiagnostics(uri).map(({ source, code }) => [source, codeOf(code)]),
          [["lightllm", "argparse-unknown-flag"]],
        ),
      );
      await workspace.fs.writeFile(uri, new TextEncoder().encode(text.replace("prot", "port")));
      await eventually(() => assert.deepEqual(languages.getDiagnostics(uri), []));
    } finally {
      await workspace.fs.delete(uri);
    }
  });
});

function codeOf(code: unknown): unknown {
  return typeof code === "object" && code !== null && "value" in code ? code.value : code;
}
