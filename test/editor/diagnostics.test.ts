/** Findings in the Problems view. */
import assert from "node:assert/strict";
import { commands, DiagnosticSeverity, Range, TabInputCustom, Uri, window, workspace } from "vscode";
import { closeAll, codesOf, diagnosticsOf, edit } from "./support/documents";
import { eventually } from "./support/eventually";

describe("diagnostics", () => {
  afterEach(closeAll);

  it("name rule, source, place and weight of a finding", async () => {
    const { document } = await edit("tp: 2\nmodle_dir: /m\n");
    await eventually(() => assert.deepEqual(codesOf(document), ["argparse-unknown-flag"]));
    const [finding] = diagnosticsOf(document);
    assert.ok(finding);
    assert.equal(finding.severity, DiagnosticSeverity.Error);
    assert.deepEqual(finding.range, new Range(1, 0, 1, "modle_dir".length));
    assert.match(finding.message, /Did you mean 'model_dir'\?/);
  });

  it("come and go as the file changes", async () => {
    const editor = await edit("tp: two\nmodel_dir: /m\n");
    await eventually(() => assert.deepEqual(codesOf(editor.document), ["argparse-type-int-float"]));
    await editor.edit((change) => change.replace(new Range(0, 4, 0, 7), "2"));
    await eventually(() => assert.deepEqual(codesOf(editor.document), []));
    await editor.edit((change) => change.insert(editor.document.positionAt(6), "tp: 4\n"));
    await eventually(() => assert.deepEqual(codesOf(editor.document), ["yaml-duplicate-key"]));
  });

  it("keep to the file they are about", async () => {
    const { document: wrong } = await edit("modle_dir: /m\n");
    const { document: right } = await edit("model_dir: /m\n");
    await eventually(() => assert.deepEqual(codesOf(wrong), ["argparse-unknown-flag"]));
    assert.deepEqual(codesOf(right), []);
  });

  it("are silent where a comment asks for it", async () => {
    const { document } = await edit(
      "# lightllm: disable-next-line=argparse-unknown-flag\nmodle_dir: /m\nfoo: x\n",
    );
    await eventually(() => assert.equal(diagnosticsOf(document).length, 1));
    assert.equal(diagnosticsOf(document)[0]?.range.start.line, 2);
  });

  it("link to the page of their rule, which opens", async () => {
    const { document } = await edit("modle_dir: /m\n");
    await eventually(() => assert.equal(diagnosticsOf(document).length, 1));
    const code = diagnosticsOf(document)[0]?.code;
    assert.ok(typeof code === "object");
    assert.equal(code.target.toString(), `lightllm-rule:/${code.value}.md`);
    const page = new TextDecoder().decode(await workspace.fs.readFile(code.target));
    assert.match(page, /^# /m);
    await commands.executeCommand("vscode.open", code.target);
    await eventually(() => assert.equal(shownAs(code.target), "vscode.markdown.preview.editor"));
    // The overview, to which each page links.
    assert.match(page, /\]\(README\.md\)/);
    await workspace.fs.stat(Uri.joinPath(code.target, "../README.md"));
  });
});

/** The kind of the active editor, if it shows that page rendered. */
function shownAs(page: Uri): string | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputCustom && input.uri.toString() === page.toString()
    ? input.viewType
    : undefined;
}
