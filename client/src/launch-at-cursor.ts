/** The launch that the user is at: the one around the cursor, or the nearest in the file. */
import { languages, type Position, type TextDocument, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type PlaceParams, RELEASE, type ReleaseAnswer } from "../../server/src/lsp/protocol";
import { DOCUMENTS } from "./languages";

export interface LaunchAtCursor {
  readonly document: TextDocument;
  readonly position: Position;
  /** Which release judges it, and what else there is. */
  readonly answer: ReleaseAnswer;
}

/** Where a command is to act that was called for a launch, or else by the cursor; nothing where no server or editor is. */
export function launchPlace(client: BaseLanguageClient, given?: PlaceParams): PlaceParams | undefined {
  if (!client.isRunning()) return undefined;
  if (given) return given;
  const editor = window.activeTextEditor;
  if (!editor || languages.match(DOCUMENTS, editor.document) === 0) return undefined;
  return placeOf(editor.document, editor.selection.active);
}

/** Asks the server; nothing where no server runs, no editor is active, or its file holds no launch. */
export async function launchAtCursor(client: BaseLanguageClient): Promise<LaunchAtCursor | undefined> {
  const editor = window.activeTextEditor;
  if (!editor || !client.isRunning() || languages.match(DOCUMENTS, editor.document) === 0) return undefined;
  const { document, selection } = editor;
  const position = selection.active;
  const answer = await client.sendRequest<ReleaseAnswer | null>(RELEASE, placeOf(document, position));
  return answer ? { document, position, answer } : undefined;
}

/** A place as the server is told of it. */
export function placeOf({ uri }: TextDocument, { line, character }: Position): PlaceParams {
  return { textDocument: { uri: uri.toString() }, position: { line, character } };
}
