/** Pushes diagnostics to clients that do not request them. */

import type { Connection, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Diagnostic } from "vscode-languageserver-types";
import { say } from "../messages";

export interface Publisher {
  /** Judges a document after all waiting messages are read, so that fast typing is judged once. */
  soon(uri: string): void;
  /** Removes the diagnostics of a closed document. */
  takeBack(uri: string): void;
}

/** Whether the result is no longer needed. */
interface Token {
  readonly isCancellationRequested: boolean;
}

/**
 * @param judge the diagnostics of a document; undefined if no notation reads it. It may reject after it is cancelled.
 */
export function openPublisher(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  judge: (uri: string, token: Token) => Promise<Diagnostic[] | undefined>,
): Publisher {
  const pending = new Set<string>();
  /** The latest judging of each document; earlier ones are cancelled. */
  const judging = new Map<string, { isCancellationRequested: boolean }>();
  const published = new Set<string>();

  /** Pushes the diagnostics of a document; removes them if no notation reads it any more. */
  async function publish(uri: string): Promise<void> {
    const token = { isCancellationRequested: false };
    const before = judging.get(uri);
    if (before) before.isCancellationRequested = true;
    judging.set(uri, token);
    const diagnostics = await judge(uri, token).catch((error: unknown) => {
      if (!token.isCancellationRequested) throw error;
    });
    if (judging.get(uri) !== token) return;
    judging.delete(uri);
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
          // If one document cannot be judged, the others still are.
          connection.console.error(say("check.document-failed", { uri, error: stackOf(error) }));
        });
      });
    },
    takeBack(uri) {
      if (published.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
    },
  };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
