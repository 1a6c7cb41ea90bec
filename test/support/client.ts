/** A language client for tests: over stdio with the real process, with only the capabilities of the test. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  type ClientCapabilities,
  ConfigurationRequest,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  type FileSystemWatcher,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
  UnregistrationRequest,
} from "vscode-languageserver-protocol/node";
import { program } from "./paths";

/** A client connected to a server. */
export interface ConnectedClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Method names of dynamically registered capabilities. */
  readonly registered: string[];
  /** The file patterns that the server currently watches. */
  readonly watched: () => unknown[];
  /** How often the server requested a refresh of diagnostics. */
  readonly refreshes: () => number;
  open(uri: string, text: string, languageId?: string): void;
  change(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): void;
  close(uri: string): void;
  /** The diagnostics that the server pushes for a version of a document, the first that match. */
  published(
    uri: string,
    version?: number,
    suits?: (codes: readonly unknown[]) => boolean,
  ): Promise<PublishDiagnosticsParams>;
}

/** A client that started a server. */
export interface TestClient extends ConnectedClient {
  readonly process: ChildProcess;
  /** Shuts the server down; returns its exit code. */
  stop(): Promise<number | null>;
}

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** URIs of the open folders. */
  readonly folders?: readonly string[];
  /** The answer of `workspace/configuration` for `lightllm`; an error is sent to the server. */
  readonly configuration?: () => unknown;
  readonly command?: readonly string[];
  /** Called before the first message is sent. */
  readonly listen?: (connection: ProtocolConnection) => void;
}

/** Starts the real process and connects to it. */
export async function startClient(options: ClientOptions = {}): Promise<TestClient> {
  const [command, ...words] = options.command ?? [process.execPath, program, "lsp", "--stdio"];
  const child = spawn(command as string, words, { stdio: ["pipe", "pipe", "inherit"] });
  const client = await connectClient(child.stdout, child.stdin, options);
  return {
    ...client,
    process: child,
    async stop() {
      await client.connection.sendRequest(ShutdownRequest.type);
      const exited = once(child, "exit");
      await client.connection.sendNotification(ExitNotification.type);
      const [code] = (await exited) as [number | null];
      client.connection.dispose();
      return code;
    },
  };
}

/** Connects to a server that reads from one stream and writes to the other. */
export async function connectClient(
  fromServer: NodeJS.ReadableStream,
  toServer: NodeJS.WritableStream,
  options: ClientOptions,
): Promise<ConnectedClient> {
  const connection = createProtocolConnection(
    new StreamMessageReader(fromServer),
    new StreamMessageWriter(toServer),
  );
  const registered: string[] = [];
  const watched = new Map<string, unknown[]>();
  const pushed: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  let refreshes = 0;
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    pushed.push(params);
    for (const look of waiting) look();
  });
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(() => (options.configuration?.() ?? null) as never),
  );
  connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
    registered.push(...registrations.map(({ method }) => method));
    for (const { id, registerOptions } of registrations) {
      const patterns = registerOptions?.watchers?.map((one: FileSystemWatcher) => one.globPattern);
      if (patterns) watched.set(id, patterns);
    }
  });
  connection.onRequest(UnregistrationRequest.type, ({ unregisterations }) => {
    for (const { id } of unregisterations) watched.delete(id);
  });
  connection.onRequest(DiagnosticRefreshRequest.type, () => {
    refreshes++;
  });
  options.listen?.(connection);
  connection.listen();
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: options.folders?.map((uri) => ({ uri, name: "" })) ?? null,
    capabilities: options.capabilities ?? {},
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification(InitializedNotification.type, {});

  return {
    connection,
    initialized,
    registered,
    watched: () => [...watched.values()].flat(),
    refreshes: () => refreshes,
    open(uri, text, languageId = "lightllm-yaml") {
      void connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      });
    },
    change(uri, version, contentChanges) {
      void connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges,
      });
    },
    close(uri) {
      void connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    },
    published(uri, version, suits = () => true) {
      return new Promise((resolve) => {
        const look = () => {
          const found = pushed.findLast(
            (one) => one.uri === uri && (version === undefined || one.version === version),
          );
          if (!found || !suits(found.diagnostics.map(({ code }) => code))) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
  };
}
