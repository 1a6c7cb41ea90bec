/** Analyses open documents once for each version. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Beside, LanguageService, LaunchDocument, Notation, Settings } from "../service";
import { takeSteps, turn } from "./turns";

export interface DocumentStore {
  /**
   * The analysis of a document's current version; undefined for a document that is not ours. Other messages are answered
   * while it is made. After an edit in the meantime it begins again with the new text.
   *
   * @param isStopped ends it; it is undefined then.
   */
  get(document: TextDocument, isStopped: () => boolean): Promise<LaunchDocument | undefined>;
  /** The same at once, with no other launches than those at an offset: enough for completion. */
  at(document: TextDocument, offset: number): LaunchDocument | undefined;
  forget(uri: string): void;
  /** After the settings changed, or what lies around the documents. */
  forgetAll(): void;
}

interface Entry {
  analysed?: LaunchDocument;
  /** The version that was analysed. */
  version?: number;
  readonly notation: Notation | undefined;
  readonly cache: unknown;
}

export function openStore(
  service: LanguageService,
  settings: (uri: string) => Settings,
  beside: (uri: string) => Pick<Beside, "surroundings" | "source"> = () => ({}),
): DocumentStore {
  const entries = new Map<string, Entry>();

  /** What is kept of a document, for the notation that it is in now. */
  function entryOf(document: TextDocument): Entry {
    const { uri, languageId } = document;
    const notation = service.notationOf(languageId, uri, document.getText());
    const before = entries.get(uri);
    if (before && before.notation === notation) return before;
    const entry = { notation, cache: notation?.newCache() };
    entries.set(uri, entry);
    return entry;
  }

  function inputOf(document: TextDocument, notation: Notation, cache: unknown) {
    const { uri } = document;
    const around = { cache, ...beside(uri) };
    return [document, notation, settings(uri), service.shippedCatalogue(), around] as const;
  }

  return {
    async get(document, isStopped) {
      while (!isStopped()) {
        const { version } = document;
        const entry = entryOf(document);
        if (entry.version === version) return entry.analysed;
        if (!entry.notation) return undefined;
        await turn();
        const isOutdated = () => document.version !== version || entries.get(document.uri) !== entry;
        const input = inputOf(document, entry.notation, entry.cache);
        const analysed = await takeSteps(
          () => service.analyseInSteps(...input),
          () => isStopped() || isOutdated(),
        );
        if (analysed) {
          Object.assign(entry, { analysed, version });
          return analysed;
        }
      }
      return undefined;
    },
    at(document, offset) {
      const { analysed, version, notation, cache } = entryOf(document);
      if (version === document.version) return analysed;
      return notation && service.analyseAt(offset, ...inputOf(document, notation, cache));
    },
    forget: (uri) => void entries.delete(uri),
    forgetAll() {
      for (const [uri, { notation, cache }] of entries) entries.set(uri, { notation, cache });
    },
  };
}
