/** Format Document, for the language of configs only: other languages have formatters of their own. */
import { type Connection, DocumentFormattingRequest, type TextEdit } from "vscode-languageserver";
import type { About } from "./releases";
import type { Workspace } from "./workspace";

const SELECTOR = [{ language: "lightllm-yaml" }];

/** Handles the request. */
export function serveFormatting(connection: Connection, about: About): void {
  connection.onDocumentFormatting(({ textDocument }, token) =>
    about<TextEdit[]>(textDocument, [], (analysed, { formatEdits }) => formatEdits(analysed), token),
  );
}

/** Offers it to a client that can register it for one language. */
export function offerFormatting(connection: Connection, { client }: Workspace): void {
  if (client.registersFormatting)
    void connection.client.register(DocumentFormattingRequest.type, { documentSelector: SELECTOR });
}
