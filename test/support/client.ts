/** A language client over stdio for tests: the real process, and only the capabilities a test gives it. */
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
} from "vscode-languageserver-protocol/node";
import { program } from "./paths";

export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly process: ChildProcess;
  /** Method names of the capabilities the server registered later. */
  readonly registered: string[];
  /** How often the server asked to have diagnostics pulled again. */
  readonly refreshes: () => number;
  open(uri: string, text: string, languageId?: string): void;
  change(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): void;
  close(uri: string): void;
  /** The diagnostics that the server pushes for a version of a document, the first that suits. */
  published(
    uri: string,
    version?: number,
    suits?: (codes: readonly unknown[]) => boolean,
  ): Promise<PublishDiagnosticsParams>;
  /** Ends the server politely; its exit code. */
  stop(): Promise<number | null>;
}

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** What `workspace/configuration` answers for `lightllm`; an error is thrown to the server. */
  readonly configuration?: () => unknown;
  readonly command?: readonly string[];
}

export async function startClient(options: ClientOptions = {}): Promise<TestClient> {
  const [command, ...words] = options.command ?? [process.execPath, program, "lsp", "--stdio"];
  const child = spawn(command as string, words, { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const registered: string[] = [];
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
  });
  connection.onRequest(DiagnosticRefreshRequest.type, () => {
    refreshes++;
  });
  connection.listen();
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: options.capabilities ?? {},
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification(InitializedNotification.type, {});

  return {
    connection,
    initialized,
    process: child,
    registered,
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
    async stop() {
      await connection.sendRequest(ShutdownRequest.type);
      const exited = once(child, "exit");
      await connection.sendNotification(ExitNotification.type);
      const [code] = (await exited) as [number | null];
      connection.dispose();
      return code;
    },
  };
}
