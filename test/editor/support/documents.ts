/** Opens texts in the editor, each in its own file, and sends the editor's requests. */
import assert from "node:assert/strict";
import {
  type CodeAction,
  type CodeActionKind,
  type CompletionList,
  commands,
  type Diagnostic,
  type Hover,
  languages,
  MarkdownString,
  type Position,
  type Range,
  Selection,
  type TextDocument,
  type TextEditor,
  Uri,
  window,
  workspace,
} from "vscode";

let files = 0;

/** The path of a file in the test workspace. */
export function inWorkspace(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder, "The tests need a workspace folder.");
  return Uri.joinPath(folder.uri, path);
}

/** Opens a file of the test workspace. */
export async function openFile(path: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(inWorkspace(path));
  await window.showTextDocument(document, { preview: false });
  return document;
}

/** Writes a document (a config unless named otherwise) and opens it; `|` marks the cursor. */
export async function edit(marked: string, ending = ".lightllm.yaml"): Promise<TextEditor> {
  const offset = marked.indexOf("|");
  const text = offset < 0 ? marked : marked.slice(0, offset) + marked.slice(offset + 1);
  files += 1;
  const uri = inWorkspace(`test-${files}${ending}`);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const editor = await window.showTextDocument(uri, { preview: false });
  const cursor = editor.document.positionAt(Math.max(offset, 0));
  editor.selection = new Selection(cursor, cursor);
  return editor;
}

/** Closes all editors and discards their changes, so that the editor does not ask about them. */
export async function closeAll(): Promise<void> {
  while (window.activeTextEditor) {
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
}

/** The place of a part of the text in a document. */
export function rangeOf(document: TextDocument, text: string): Range {
  const start = document.getText().indexOf(text);
  assert.ok(start >= 0, `"${text}" is not in ${document.getText()}`);
  return new Selection(document.positionAt(start), document.positionAt(start + text.length));
}

export function completionsAt(
  { uri }: TextDocument,
  position: Position,
  resolved = 0,
): Thenable<CompletionList> {
  return commands.executeCommand("vscode.executeCompletionItemProvider", uri, position, undefined, resolved);
}

/** The hover at a place as Markdown; empty if there is none. */
export async function hoverAt({ uri }: TextDocument, position: Position): Promise<string> {
  const hovers = await commands.executeCommand<Hover[]>("vscode.executeHoverProvider", uri, position);
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents.map((content) => (content instanceof MarkdownString ? content.value : "")).join("\n");
}

/** The code actions for a place, as the light bulb shows them. */
export async function actionsAt(
  { uri }: TextDocument,
  range: Range,
  kind?: CodeActionKind,
): Promise<CodeAction[]> {
  return commands.executeCommand("vscode.executeCodeActionProvider", uri, range, kind?.value);
}

/** The diagnostics of the extension for a document. */
export function diagnosticsOf({ uri }: TextDocument): Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ source }) => source === "lightllm");
}

/** The codes of the findings in a document, in text order. */
export function codesOf(document: TextDocument): string[] {
  const sorted = diagnosticsOf(document).sort((a, b) => a.range.start.compareTo(b.range.start));
  return sorted.map(({ code }) => String(typeof code === "object" ? code.value : code));
}
