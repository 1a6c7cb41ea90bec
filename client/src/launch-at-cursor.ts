/** The launch at the cursor, or the nearest one in the file. */
import { languages, type Position, type TextDocument, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type PlaceParams, RELEASE, type ReleaseAnswer } from "../../server/src/lsp/protocol";
import { DOCUMENTS } from "./documents";

export interface LaunchAtCursor {
  readonly document: TextDocument;
  readonly position: Position;
  /** The release that judges it, and the other releases. */
  readonly answer: ReleaseAnswer;
}

/** The place for a command: the given launch, or the cursor; undefined without a server or an editor. */
export function launchPlace(client: BaseLanguageClient, given?: PlaceParams): PlaceParams | undefined {
  if (!client.isRunning()) return undefined;
  if (given) return given;
  const editor = window.activeTextEditor;
  if (!editor || languages.match(DOCUMENTS, editor.document) === 0) return undefined;
  return placeParams(editor.document, editor.selection.active);
}

/**
 * Requests the release from the server; undefined if no server runs, no editor is active, or its file has no launch.
 */
export async function launchAtCursor(client: BaseLanguageClient): Promise<LaunchAtCursor | undefined> {
  const editor = window.activeTextEditor;
  if (!editor || !client.isRunning() || languages.match(DOCUMENTS, editor.document) === 0) return undefined;
  const { document, selection } = editor;
  const position = selection.active;
  const answer = await client.sendRequest<ReleaseAnswer | null>(RELEASE, placeParams(document, position));
  return answer ? { document, position, answer } : undefined;
}

/** Converts a position to request parameters. */
export function placeParams({ uri }: TextDocument, { line, character }: Position): PlaceParams {
  return { textDocument: { uri: uri.toString() }, position: { line, character } };
}
