/** Analyses open documents once for each version. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Beside, LanguageService, LaunchDocument, Notation, Settings } from "../service";

export interface DocumentStore {
  /** The analysis of a document's current version; nothing for a document that is not ours. */
  get(document: TextDocument): LaunchDocument | undefined;
  forget(uri: string): void;
  /** After the settings changed, or what lies around the documents. */
  forgetAll(): void;
}

interface Entry {
  analysed: LaunchDocument | undefined;
  version: number;
  notation: Notation | undefined;
  cache: unknown;
}

export function openStore(
  service: LanguageService,
  settings: (uri: string) => Settings,
  beside: (uri: string) => Pick<Beside, "surroundings" | "source"> = () => ({}),
): DocumentStore {
  const entries = new Map<string, Entry>();
  return {
    get(document) {
      const before = entries.get(document.uri);
      if (before?.version === document.version) return before.analysed;
      const notation = service.notationOf(document.languageId, document.uri, document.getText());
      const cache = before?.notation === notation ? before?.cache : notation?.newCache();
      const analysed =
        notation &&
        service.analyse(document, notation, settings(document.uri), service.shippedCatalogue(), {
          cache,
          ...beside(document.uri),
        });
      entries.set(document.uri, { analysed, version: document.version, notation, cache });
      return analysed;
    },
    forget: (uri) => void entries.delete(uri),
    forgetAll() {
      for (const entry of entries.values()) entry.version = Number.NaN;
    },
  };
}
