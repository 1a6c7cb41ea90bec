/** Connects the language service to a connection: lifecycle, documents, and one line for each request. */
import {
  type CodeActionContext,
  CodeActionTriggerKind,
  type Connection,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { useLanguage } from "../messages";
import type { LanguageService, LaunchDocument } from "../service";
import { serveBeginnings } from "./begin-requests";
import { BegunLaunches, type Launches } from "./begun-launches";
import { cancelled } from "./cancelled";
import { type Prepared, serveCompletion } from "./completion-requests";
import { configurationDocuments } from "./configuration-documents";
import { type DocumentStore, openStore } from "./document-store";
import { offerFormatting, serveFormatting } from "./formatting";
import type { ServerHost } from "./host";
import { conversionMeans, refreshHintsAndLenses, serveLaunchCommands } from "./launch-requests";
import { MOVING, serveMoving } from "./moving-requests";
import { CODE_ACTION_KINDS } from "./protocol";
import { openPublisher } from "./publish";
import { openRelated, type RelatedDocuments } from "./related-documents";
import { type About, serveReleases, tellRelease, Watching } from "./releases";
import type { DocumentSettings } from "./settings";
import { Workspace } from "./workspace";
import { serveWorkspaceLaunches } from "./workspace-launches";

/** Handles a connection until it ends. */
export function serve(connection: Connection, host: ServerHost): void {
  const documents = new TextDocuments(TextDocument);
  let service: Promise<LanguageService> | undefined;
  let loadedService: LanguageService | undefined;
  let store: Promise<DocumentStore> | undefined;
  let related: RelatedDocuments | undefined;

  let locale = "en";

  const load = () => {
    service ??= host.loadService(workspace.client.scripts).then((loaded) => {
      useLanguage(locale);
      loadedService = loaded;
      return loaded;
    });
    return service;
  };
  const workspace = new Workspace(connection, {
    files: host.files,
    readSource: async (text) => {
      const { readSource, shippedCatalogue } = await load();
      return readSource(text, shippedCatalogue());
    },
    readConfiguration: (text, path) => loadedService?.configuration.read(text, path),
    openUris: () => documents.all().map(({ uri }) => uri),
    openText: (uri) => documents.get(uri)?.getText(),
    changed: judgeAgain,
  });
  const watching = new Watching(connection, workspace, host.files);
  const openedStore = () => {
    store ??= load().then((loaded) => {
      const opened = openStore(
        loaded,
        (uri) => workspace.settings(uri),
        (uri) => workspace.beside(uri),
      );
      related = openRelated({
        service: loaded,
        workspace,
        files: host.files,
        open: () => documents.all().map((one) => ({ uri: one.uri, analysed: opened.current(one) })),
        changed: (uris) => {
          diagnoseAgain(uris.map((uri) => ({ uri })));
          refreshHintsAndLenses(connection, workspace);
        },
      });
      return opened;
    });
    return store;
  };
  const deploymentsOf = (analysed: LaunchDocument) => ({
    deployments: related?.deploymentsWith(analysed),
    isOpen: (uri: string) => documents.get(uri) !== undefined,
  });
  const diagnosticOptions = () => ({
    rulePages: workspace.client.codeDescription ? (workspace.client.rulePages ?? host.rulePages) : undefined,
  });

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    workspace.initialize(params);
    locale = params.locale ?? locale;
    const { pullsDiagnostics, workspaceFolders, launchCommands } = workspace.client;
    return {
      serverInfo: { name: "lightllm-config", version: host.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        completionProvider: { resolveProvider: true, triggerCharacters: [" ", ":", "-", "=", "[", ",", "/"] },
        hoverProvider: true,
        ...MOVING,
        documentSymbolProvider: true,
        foldingRangeProvider: true,
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS] },
        ...(launchCommands && { codeLensProvider: {} }),
        ...(pullsDiagnostics && {
          diagnosticProvider: {
            identifier: "lightllm",
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }),
        ...(workspaceFolders && {
          workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        }),
      },
    };
  });

  connection.onInitialized(async () => {
    void load();
    watching.update();
    offerFormatting(connection, workspace);
    await workspace.initialized();
  });

  /** Judges open documents again, after something outside their text has changed. */
  async function judgeAgain(): Promise<void> {
    (await openedStore()).forgetAll();
    related?.forgetAll();
    listed.forgetAll();
    watching.update();
    diagnoseAgain(documents.all());
    refreshHintsAndLenses(connection, workspace);
    tellRelease(connection, workspace);
  }

  /** Judges the open documents again about which another file says something else now. */
  async function judgeDependents(): Promise<void> {
    const outdated = (await store)?.forgetOutdated() ?? [];
    if (outdated.length > 0) diagnoseAgain(outdated.map((uri) => ({ uri })));
  }

  /** Waits for the settings of a document, and returns it with its surroundings; undefined if it is closed. */
  async function prepared(uri: string): Promise<Prepared | undefined> {
    const loaded = await load();
    await workspace.ready(uri, () => documents.get(uri) !== undefined);
    const store = await openedStore();
    tellSettings(workspace.settings(uri), loaded);
    const document = documents.get(uri);
    // Re-checks stale files: not every client reports changed files, or all of them.
    if (document) workspace.beside(uri);
    return document && { loaded, store, document };
  }

  const toldProblems = new Set<string>();
  /** Says once what the settings name that does not exist. */
  function tellSettings(settings: DocumentSettings, { configuration }: LanguageService): void {
    const { setting: release, model, gpu, ruleSetting: rules } = settings;
    for (const { setting, message } of configuration.settingProblems({ release, model, gpu, rules })) {
      const line = `lightllm.${setting}: ${message.replaceAll("`", "'")}`;
      if (toldProblems.has(line)) continue;
      toldProblems.add(line);
      // Not as a request: not every client answers those.
      connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: line });
    }
  }

  const configured = configurationDocuments(documents, load);

  const about: About = async ({ uri }, nothing, answer, token) => {
    const ready = await prepared(uri);
    if (!ready) return nothing;
    const { loaded, store, document } = ready;
    const isCancelled = () => token?.isCancellationRequested ?? false;
    const read = await store.get(document, () => isCancelled() || documents.get(uri) !== document);
    if (isCancelled()) throw cancelled();
    if (!read) return nothing;
    const analysed = related?.judgedIn(read) ?? read;
    // Only for a client that can be asked to fetch later what a begun launch lacks.
    const begunAt = canDiagnoseAgain() ? begun.placeIn(uri, launchesOf(analysed, loaded)) : undefined;
    return answer(loaded.withBegun(analysed, begunAt), loaded);
  };

  const begun = new BegunLaunches();
  const diagnosticsOf = (analysed: LaunchDocument, loaded: LanguageService) =>
    workspace.excludes(analysed.document.uri)
      ? []
      : loaded.diagnose(analysed, { ...diagnosticOptions(), ...deploymentsOf(analysed) });
  const publisher = openPublisher(
    connection,
    documents,
    async (uri, token) =>
      (await configured.diagnose(uri)) ??
      about<ReturnType<LanguageService["diagnose"]> | undefined>({ uri }, undefined, diagnosticsOf, token),
  );
  const canDiagnoseAgain = () => !workspace.client.pullsDiagnostics || workspace.client.refreshesDiagnostics;
  function diagnoseAgain(changed: readonly { readonly uri: string }[]): void {
    if (!workspace.client.pullsDiagnostics) for (const { uri } of changed) publisher.soon(uri);
    else if (workspace.client.refreshesDiagnostics) connection.languages.diagnostics.refresh();
  }
  /** Shows what a launch lacks, after it is no longer only begun. */
  function showAgain(document: TextDocument): void {
    diagnoseAgain([document]);
    refreshHintsAndLenses(connection, workspace);
  }
  documents.onDidChangeContent(({ document }) => {
    begun.changed(document);
    if (!workspace.client.pullsDiagnostics) publisher.soon(document.uri);
    void judgeDependents();
  });
  documents.onDidSave(({ document }) => {
    if (begun.saved(document)) showAgain(document);
  });
  documents.onDidClose(async ({ document }) => {
    begun.closed(document.uri);
    workspace.forget(document.uri);
    (await openedStore()).forget(document.uri);
    publisher.takeBack(document.uri);
    if (related?.closed(document.uri)) diagnoseAgain(documents.all());
    await judgeDependents();
  });

  serveReleases(connection, workspace, about, (analysed, offset, loaded) => {
    const { document } = analysed;
    if (begun.movedTo(document.uri, offset, launchesOf(analysed, loaded))) showAgain(document);
  });
  serveBeginnings(connection, workspace, load);
  serveFormatting(connection, about);
  serveMoving(connection, workspace, about, {
    deploymentsOf,
    load,
    async documents() {
      const store = await openedStore();
      const open = await Promise.all(documents.all().map((document) => store.get(document, () => false)));
      return open.filter((analysed) => analysed !== undefined);
    },
  });
  const listed = serveWorkspaceLaunches(connection, workspace, load, diagnosticOptions);
  serveLaunchCommands(connection, workspace, about, deploymentsOf);
  connection.onDidChangeWatchedFiles(() => {
    workspace.filesChanged();
    related?.filesChanged();
    return judgeDependents();
  });
  serveCompletion(connection, workspace, configured, { load, prepared });
  connection.onHover(
    async ({ textDocument, position }, token) =>
      (await configured.hover(textDocument.uri, position)) ??
      about(
        textDocument,
        null,
        (analysed, { hover, offsetOf }) =>
          hover(analysed, offsetOf(analysed.document, position), deploymentsOf(analysed)) ?? null,
        token,
      ),
  );
  connection.onDocumentSymbol(({ textDocument }, token) =>
    about<ReturnType<LanguageService["documentSymbols"]> | ReturnType<LanguageService["flatSymbols"]>>(
      textDocument,
      [],
      (analysed, { documentSymbols, flatSymbols }) => {
        const symbols = documentSymbols(analysed);
        return workspace.client.nestedSymbols ? symbols : flatSymbols(symbols, textDocument.uri);
      },
      token,
    ),
  );
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    about<ReturnType<LanguageService["inlayHints"]>>(
      textDocument,
      [],
      (analysed, { inlayHints }) =>
        inlayHints(analysed, range, workspace.settings(textDocument.uri).inlayHints),
      token,
    ),
  );
  connection.onFoldingRanges(({ textDocument }, token) =>
    about<ReturnType<LanguageService["foldingRanges"]>>(
      textDocument,
      [],
      (analysed, { foldingRanges }) => foldingRanges(analysed),
      token,
    ),
  );
  connection.onCodeAction(
    async ({ textDocument, range, context }, token) =>
      (workspace.client.codeActionLiterals ? await configured.actions(textDocument.uri, range) : undefined) ??
      about(
        textDocument,
        workspace.client.codeActionLiterals ? [] : null,
        (analysed, { codeActions }) =>
          workspace.client.codeActionLiterals
            ? codeActions(
                analysed,
                { range, diagnostics: context.diagnostics, only: context.only, asked: isAsked(context) },
                {
                  ...diagnosticOptions(),
                  ...deploymentsOf(analysed),
                  conversions: conversionMeans(workspace),
                },
              )
            : null,
        token,
      ),
  );
  connection.languages.diagnostics.on(async ({ textDocument }, token) => ({
    kind: DocumentDiagnosticReportKind.Full,
    items:
      (await configured.diagnose(textDocument.uri)) ??
      (await about<ReturnType<LanguageService["diagnose"]>>(textDocument, [], diagnosticsOf, token)),
  }));

  documents.listen(connection);
  connection.listen();
}

function launchesOf(analysed: LaunchDocument, { nearestLaunch }: LanguageService): Launches {
  return {
    count: analysed.launches.length,
    nearest: (offset) => nearestLaunch(analysed, offset),
  };
}

/** Whether the user requested code actions; assumed if the client does not say. */
function isAsked({ triggerKind }: CodeActionContext): boolean {
  return triggerKind !== CodeActionTriggerKind.Automatic;
}
