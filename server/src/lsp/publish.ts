/** Diagnostics that are pushed to clients which do not ask for them. */
import type { Connection, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Diagnostic } from "vscode-languageserver-types";

export interface Publisher {
  /** Judges a document when the messages that are already here are read, so that fast typing is judged once. */
  soon(uri: string): void;
  /** Takes back what was pushed for a document that is closed. */
  takeBack(uri: string): void;
}

/** @param judge the diagnostics of a document; nothing for one that is not ours. */
export function openPublisher(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  judge: (uri: string) => Promise<Diagnostic[] | undefined>,
): Publisher {
  const pending = new Set<string>();
  const published = new Set<string>();

  /** Pushes the diagnostics of a document of ours, and takes them back from one that no longer is. */
  async function publish(uri: string): Promise<void> {
    const diagnostics = await judge(uri);
    const document = documents.get(uri);
    if (!document || (!diagnostics && !published.delete(uri))) return;
    if (diagnostics) published.add(uri);
    void connection.sendDiagnostics({ uri, version: document.version, diagnostics: diagnostics ?? [] });
  }

  return {
    soon(uri) {
      if (pending.has(uri)) return;
      pending.add(uri);
      setTimeout(() => {
        pending.delete(uri);
        publish(uri).catch((error: unknown) => {
          // One document that cannot be judged must not take the others with it.
          connection.console.error(
            `${uri} cannot be judged: ${error instanceof Error ? error.stack : error}`,
          );
        });
      });
    },
    takeBack(uri) {
      if (published.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  };
}
