/** Completion: the items of a place, and what the chosen one says in full. */
import type { Connection } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { LanguageService } from "../service";
import { cancelled } from "./cancelled";
import type { ConfigurationDocuments } from "./configuration-documents";
import type { DocumentStore } from "./document-store";
import { pathItems } from "./moving-requests";
import type { Workspace } from "./workspace";

/** An open document whose settings are known, and what reads it. */
export interface Prepared {
  readonly loaded: LanguageService;
  readonly store: DocumentStore;
  readonly document: TextDocument;
}

/** What answers are made with: the language service, and a document whose settings it waits for; undefined if it is closed. */
interface Means {
  load(): Promise<LanguageService>;
  prepared(uri: string): Promise<Prepared | undefined>;
}

export function serveCompletion(
  connection: Connection,
  workspace: Workspace,
  configured: ConfigurationDocuments,
  { load, prepared }: Means,
): void {
  // Completes the typed text before the whole text is judged again.
  connection.onCompletion(async ({ textDocument, position, context }, token) => {
    const items = await configured.complete(textDocument.uri, position);
    if (items) return items;
    const ready = await prepared(textDocument.uri);
    if (token.isCancellationRequested) throw cancelled();
    if (!ready) return null;
    const { store, document, loaded } = ready;
    const offset = loaded.offsetOf(document, position);
    const analysed = store.at(document, offset);
    if (!analysed) return null;
    const { suggestCommand, suggestArguments, labelDetails } = workspace.client;
    const trigger = context?.triggerCharacter;
    const typed = loaded.complete(analysed, offset, {
      suggestCommand,
      suggestArguments,
      labelDetails,
      trigger,
    });
    const paths = await pathItems(workspace, document.uri, loaded.typedPath(analysed, offset), trigger);
    // The next character may complete the word; then no list may be open, because Enter would accept an item.
    return { isIncomplete: true, items: [...typed, ...paths] };
  });
  connection.onCompletionResolve(async (item) => {
    const { resolveCompletion, shippedCatalogue } = await load();
    const sources = workspace.sources?.releases();
    return resolveCompletion(item, shippedCatalogue(), workspace.settings().language, sources);
  });
}
