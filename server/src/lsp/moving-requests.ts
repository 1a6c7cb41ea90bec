/** Requests that move through launches: names, peers, links, symbols, selections, colours, forms of values. */
import {
  type CompletionItem,
  type Connection,
  type DocumentLink,
  type Location,
  LSPErrorCodes,
  ResponseError,
  type SelectionRange,
  type SemanticTokens,
  type ServerCapabilities,
  type SignatureHelp,
  type SymbolInformation,
} from "vscode-languageserver";
import type { DeploymentOptions, LanguageService, LaunchDocument } from "../service";
import { TOKEN_TYPES } from "./protocol";
import type { About } from "./releases";
import type { Workspace } from "./workspace";

/** What the server says that it can do. */
export const MOVING: ServerCapabilities = {
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentLinkProvider: {},
  selectionRangeProvider: true,
  workspaceSymbolProvider: true,
  semanticTokensProvider: { legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] }, full: true },
  signatureHelpProvider: { triggerCharacters: [" ", "=", "p"], retriggerCharacters: [","] },
};

/** Limits for a folder that completes a path, and for the links of a document. */
const MOST_ENTRIES = 500;
const MOST_LINKS = 200;

export interface MovingOptions {
  deploymentsOf(analysed: LaunchDocument): DeploymentOptions;
  /** The documents in which symbols are looked for. */
  documents(): Promise<readonly LaunchDocument[]>;
  load(): Promise<LanguageService>;
}

/** Handles the requests. */
export function serveMoving(
  connection: Connection,
  workspace: Workspace,
  about: About,
  { deploymentsOf, documents, load }: MovingOptions,
): void {
  connection.onDefinition(({ textDocument, position }, token) =>
    about<Location[]>(
      textDocument,
      [],
      (analysed, { definition, offsetOf }) =>
        definition(analysed, offsetOf(analysed.document, position), deploymentsOf(analysed)),
      token,
    ),
  );
  connection.onReferences(({ textDocument, position, context }, token) =>
    about<Location[]>(
      textDocument,
      [],
      (analysed, { references, offsetOf }) =>
        references(
          analysed,
          offsetOf(analysed.document, position),
          context.includeDeclaration,
          deploymentsOf(analysed),
        ),
      token,
    ),
  );
  connection.onDocumentHighlight(({ textDocument, position }, token) =>
    about<ReturnType<LanguageService["highlights"]>>(
      textDocument,
      [],
      (analysed, { highlights, offsetOf }) => highlights(analysed, offsetOf(analysed.document, position)),
      token,
    ),
  );
  connection.onPrepareRename(({ textDocument, position }, token) =>
    about(
      textDocument,
      null,
      (analysed, { renamePlace, offsetOf }) => {
        const place = renamePlace(analysed, offsetOf(analysed.document, position));
        if (place?.kind === "refused") throw refusal(place.why);
        return place ? { range: place.range, placeholder: place.name } : null;
      },
      token,
    ),
  );
  connection.onRenameRequest(({ textDocument, position, newName }, token) =>
    about(
      textDocument,
      null,
      (analysed, { rename, offsetOf }) => {
        const renaming = rename(analysed, offsetOf(analysed.document, position), newName);
        if (renaming?.kind === "refused") throw refusal(renaming.why);
        return renaming?.edit ?? null;
      },
      token,
    ),
  );
  connection.onDocumentLinks(async ({ textDocument }, token) => {
    const links = await about<readonly { readonly path: string; readonly range: DocumentLink["range"] }[]>(
      textDocument,
      [],
      (analysed, { pathsIn, rangeOf }) =>
        pathsIn(analysed)
          .slice(0, MOST_LINKS)
          .map(({ path, span }) => ({ path, range: rangeOf(analysed.document, span) })),
      token,
    );
    const found = await Promise.all(
      links.map(async ({ path, range }) => {
        const target = await workspace.linkTarget(textDocument.uri, path);
        return target === undefined ? [] : [{ range, target }];
      }),
    );
    return found.flat();
  });
  connection.onSelectionRanges(({ textDocument, positions }, token) =>
    about<SelectionRange[] | null>(
      textDocument,
      null,
      (analysed, { selectionRanges, offsetOf }) =>
        selectionRanges(
          analysed,
          positions.map((position) => offsetOf(analysed.document, position)),
        ),
      token,
    ),
  );
  connection.onWorkspaceSymbol(async ({ query }): Promise<SymbolInformation[]> => {
    const { workspaceSymbols } = await load();
    return workspaceSymbols(await documents(), query);
  });
  connection.languages.semanticTokens.on(({ textDocument }, token) =>
    about<SemanticTokens>(
      textDocument,
      { data: [] },
      (analysed, { semanticTokens }) => semanticTokens(analysed),
      token,
    ),
  );
  connection.onSignatureHelp(({ textDocument, position }, token) =>
    about<SignatureHelp | null>(
      textDocument,
      null,
      (analysed, { signatureHelp, offsetOf }) =>
        signatureHelp(analysed, offsetOf(analysed.document, position)) ?? null,
      token,
    ),
  );
}

/** The editor shows the sentence. */
function refusal(why: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, why);
}

/** Completes the path at an offset with the entries of its folder; empty if no path is typed there. */
export async function pathItems(
  workspace: Workspace,
  uri: string,
  typed: ReturnType<LanguageService["typedPath"]>,
  trigger: string | undefined,
): Promise<CompletionItem[]> {
  if (!typed || (trigger !== undefined && trigger !== "/")) return [];
  const { suggestCommand, suggestArguments } = workspace.client;
  const entries = await workspace.entriesOf(uri, typed.folder);
  return entries
    .filter(({ name, mayBeFolder }) => {
      const isShown = name.startsWith(".") === typed.name.startsWith(".");
      return isShown && (mayBeFolder || !typed.wantsFolder);
    })
    .slice(0, MOST_ENTRIES)
    .map(({ name, mayBeFolder }) => typed.item(name, mayBeFolder, { suggestCommand, suggestArguments }));
}
