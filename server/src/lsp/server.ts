/** Wires the language service to a connection: lifecycle, documents, settings, and one line for each request. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type * as Service from "../features";
import type { ModelFolders } from "../files/model-folders";
import { type ClientFeatures, readClientFeatures } from "./client-features";
import { type DocumentStore, openStore } from "./document-store";
import { TRUST_GRANTED } from "./protocol";
import { readSettings } from "./settings";

/** What differs between the places a server runs in. */
export interface ServerHost {
  readonly version: string;
  /** Where the pages of the rules are when the client does not say, as a URL ending in `/`. */
  readonly rulePages?: string | undefined;
  /** The language service; loaded when the client has had its answer to `initialize`. */
  loadService(): Promise<typeof Service>;
  /** The folders of models, where the server can look at files; `changed` is called when one turns out otherwise. */
  modelFolders?(changed: () => void): ModelFolders;
  /** The folder of a document on this machine. */
  folderOf?(uri: string): string | undefined;
}

/** Serves a connection until it ends. */
export function serve(connection: Connection, host: ServerHost): void {
  const documents = new TextDocuments(TextDocument);
  let client: ClientFeatures = readClientFeatures(undefined);
  let service: Promise<typeof Service> | undefined;
  let store: Promise<DocumentStore> | undefined;
  let settings = readSettings(undefined);
  let trusted = true;
  /** Settings of single documents, where folders of a workspace differ. */
  const folderSettings = new Map<string, Service.Settings>();
  /** Done when the client has told its settings; what is asked before waits for them. */
  let settled: Promise<void> | undefined;

  const load = () => {
    service ??= host.loadService();
    return service;
  };
  const openedStore = () => {
    store ??= load().then((loaded) =>
      openStore(loaded, (uri) => folderSettings.get(uri) ?? settings, surroundingsOf),
    );
    return store;
  };
  const folders = host.modelFolders?.(() => void judgeAgain());
  /** What lies around a document; an untrusted workspace keeps its surroundings to itself. */
  const surroundingsOf = (uri: string) =>
    trusted ? folders?.around({ folder: host.folderOf?.(uri), runsHere: false }) : undefined;
  const diagnosticOptions = () => ({
    rulePages: client.codeDescription ? (client.rulePages ?? host.rulePages) : undefined,
  });

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    client = readClientFeatures(params);
    settings = readSettings(params.initializationOptions?.settings);
    trusted = client.trusted;
    return {
      serverInfo: { name: "lightllm-config", version: host.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        completionProvider: { resolveProvider: true, triggerCharacters: [" ", ":", "-", "=", "[", ","] },
        hoverProvider: true,
        documentSymbolProvider: true,
        foldingRangeProvider: true,
        codeActionProvider: { codeActionKinds: ["quickfix", "source.fixAll.lightllm"] },
        ...(client.pullsDiagnostics && {
          diagnosticProvider: {
            identifier: "lightllm",
            interFileDependencies: false,
            workspaceDiagnostics: false,
          },
        }),
      },
    };
  });

  connection.onInitialized(async () => {
    void load();
    if (client.dynamicConfiguration) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: "lightllm" });
    }
    settled = refreshSettings();
    await settled;
  });

  async function refreshSettings(pushed?: unknown): Promise<void> {
    let answer = pushed;
    if (client.configuration) {
      answer = await connection.workspace.getConfiguration("lightllm").catch(() => undefined);
    }
    if (answer !== undefined && answer !== null) settings = readSettings(answer);
    folderSettings.clear();
    await Promise.all(documents.all().map(({ uri }) => readFolderSettings(uri)));
    await judgeAgain();
  }

  /** Judges what is open anew, after something beside the texts has changed. */
  async function judgeAgain(): Promise<void> {
    (await openedStore()).forgetAll();
    if (client.pullsDiagnostics) {
      if (client.refreshesDiagnostics) connection.languages.diagnostics.refresh();
    } else for (const document of documents.all()) publishSoon(document);
  }

  /** What is set for the folder a document lies in; asked once, when the document opens or the settings change. */
  async function readFolderSettings(uri: string): Promise<void> {
    if (!client.configuration || folderSettings.has(uri)) return;
    const answer = await connection.workspace
      .getConfiguration({ scopeUri: uri, section: "lightllm" })
      .catch(() => undefined);
    if (answer !== undefined && answer !== null) folderSettings.set(uri, readSettings(answer));
  }

  connection.onNotification(TRUST_GRANTED, () => {
    trusted = true;
    return judgeAgain();
  });
  connection.onDidChangeConfiguration(({ settings: pushed }) => refreshSettings(pushed?.lightllm));

  const pending = new Set<string>();
  const published = new Set<string>();
  /** Judges a document when the messages that are already here are read, so that fast typing is judged once. */
  function publishSoon({ uri }: TextDocument): void {
    if (pending.has(uri)) return;
    pending.add(uri);
    setTimeout(() => {
      pending.delete(uri);
      void publish(uri);
    });
  }

  /** Pushes the diagnostics of a document of ours, and takes them back from one that no longer is. */
  async function publish(uri: string): Promise<void> {
    const loaded = await load();
    await settled;
    await readFolderSettings(uri);
    const document = documents.get(uri);
    if (!document) return;
    const analysed = (await openedStore()).get(document);
    if (!analysed && !published.delete(uri)) return;
    if (analysed) published.add(uri);
    const diagnostics = analysed ? loaded.diagnose(analysed, diagnosticOptions()) : [];
    void connection.sendDiagnostics({ uri, version: document.version, diagnostics });
  }

  documents.onDidChangeContent(({ document }) => {
    if (!client.pullsDiagnostics) publishSoon(document);
  });
  documents.onDidClose(async ({ document }) => {
    folderSettings.delete(document.uri);
    (await openedStore()).forget(document.uri);
    if (published.delete(document.uri))
      void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  /** Answers a request about a document of ours; any other document gets `nothing`. */
  async function about<Answer>(
    { uri }: { readonly uri: string },
    nothing: Answer,
    answer: (analysed: Service.LaunchDocument, loaded: typeof Service) => Answer,
  ): Promise<Answer> {
    const loaded = await load();
    await settled;
    if (documents.get(uri)) await readFolderSettings(uri);
    const document = documents.get(uri);
    const analysed = document && (await openedStore()).get(document);
    return analysed ? answer(analysed, loaded) : nothing;
  }

  connection.onCompletion(({ textDocument, position }) =>
    about(textDocument, null, (analysed, { complete, offsetOf }) =>
      complete(analysed, offsetOf(analysed.document, position), { suggestCommand: client.suggestCommand }),
    ),
  );
  connection.onCompletionResolve(async (item) => {
    const { resolveCompletion, shippedCatalogue } = await load();
    return resolveCompletion(item, shippedCatalogue(), settings.language);
  });
  connection.onHover(({ textDocument, position }) =>
    about(
      textDocument,
      null,
      (analysed, { hover, offsetOf }) => hover(analysed, offsetOf(analysed.document, position)) ?? null,
    ),
  );
  connection.onDocumentSymbol(({ textDocument }) =>
    about<ReturnType<typeof Service.documentSymbols> | ReturnType<typeof Service.flatSymbols>>(
      textDocument,
      [],
      (analysed, { documentSymbols, flatSymbols }) => {
        const symbols = documentSymbols(analysed);
        return client.nestedSymbols ? symbols : flatSymbols(symbols, textDocument.uri);
      },
    ),
  );
  connection.onFoldingRanges(({ textDocument }) =>
    about<ReturnType<typeof Service.foldingRanges>>(textDocument, [], (analysed, { foldingRanges }) =>
      foldingRanges(analysed),
    ),
  );
  connection.onCodeAction(({ textDocument, range, context }) =>
    about(textDocument, client.codeActionLiterals ? [] : null, (analysed, { codeActions }) =>
      client.codeActionLiterals
        ? codeActions(
            analysed,
            { range, diagnostics: context.diagnostics, only: context.only },
            diagnosticOptions(),
          )
        : null,
    ),
  );
  connection.languages.diagnostics.on(({ textDocument }) =>
    about(textDocument, { kind: DocumentDiagnosticReportKind.Full, items: [] }, (analysed, { diagnose }) => ({
      kind: DocumentDiagnosticReportKind.Full,
      items: diagnose(analysed, diagnosticOptions()),
    })),
  );

  documents.listen(connection);
  connection.listen();
}
