/** Analyses open documents, once for each version. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type {
  Beside,
  EvaluatedDocument,
  LanguageService,
  LaunchDocument,
  Notation,
  Settings,
} from "../service";
import { takeSteps, turn } from "./turns";

export interface DocumentStore {
  /**
   * The analysis of a document's current version; undefined if no notation reads the document. The server answers other
   * messages meanwhile. If the document is edited meanwhile, it starts again with the new text.
   *
   * @param isStopped ends it; the result is then undefined.
   */
  get(document: TextDocument, isStopped: () => boolean): Promise<LaunchDocument | undefined>;
  /** Synchronously, only the releases and values of the launches at an offset: enough for completion. */
  at(document: TextDocument, offset: number): EvaluatedDocument | undefined;
  /** The analysis of a document's current version if there is one already. */
  current(document: TextDocument): LaunchDocument | undefined;
  forget(uri: string): void;
  /** Forgets the analyses that other files have changed. @returns the documents. */
  forgetOutdated(): readonly string[];
  /** Call this after the settings or the surroundings of the documents have changed. */
  forgetAll(): void;
}

interface Entry {
  analysed?: LaunchDocument;
  /** The analysed version. */
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

  /** The cached state of a document, for its current notation. */
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
      return notation && service.evaluateAt(offset, ...inputOf(document, notation, cache));
    },
    current({ uri, version }) {
      const entry = entries.get(uri);
      return entry?.version === version ? entry.analysed : undefined;
    },
    forget: (uri) => void entries.delete(uri),
    forgetOutdated() {
      const outdated = [...entries].filter(([, { analysed }]) => analysed && !service.isUpToDate(analysed));
      for (const [uri, { notation, cache }] of outdated) entries.set(uri, { notation, cache });
      return outdated.map(([uri]) => uri);
    },
    forgetAll() {
      for (const [uri, { notation, cache }] of entries) entries.set(uri, { notation, cache });
    },
  };
}
