/** Reads and presses the code lenses above launches. */
import assert from "node:assert/strict";
import { type CodeLens, commands, type TextDocument } from "vscode";
import { eventually } from "./eventually";

/** The lenses of a document from top to bottom, as `line: title`. */
export async function lensesOf(document: TextDocument): Promise<string[]> {
  return (await askLenses(document)).map(({ range, command }) => `${range.start.line}: ${command?.title}`);
}

/** Presses the first lens with a title, as soon as there is one. */
export async function press(document: TextDocument, title: string, line?: number): Promise<void> {
  const { command } = await eventually(async () => {
    const lenses = await askLenses(document);
    const found = lenses.find(
      (lens) => lens.command?.title === title && (line === undefined || lens.range.start.line === line),
    );
    assert.ok(found, `"${title}" is not among: ${lenses.map((lens) => lens.command?.title).join(" / ")}`);
    return found;
  });
  assert.ok(command);
  await commands.executeCommand(command.command, ...(command.arguments ?? []));
}

async function askLenses({ uri }: TextDocument): Promise<CodeLens[]> {
  const lenses = await commands.executeCommand<CodeLens[] | undefined>(
    "vscode.executeCodeLensProvider",
    uri,
    100,
  );
  return (lenses ?? []).sort((a, b) => a.range.start.line - b.range.start.line);
}
