/** The language server in a web worker. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { version } from "../version";
import { serve } from "./server";

declare const self: DedicatedWorkerGlobalScopeLike;

/** As much of the worker's global scope as a connection needs. */
interface DedicatedWorkerGlobalScopeLike {
  postMessage(message: unknown): void;
}

const worker = self as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];

serve(createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker)), {
  version,
  loadService: async () => (await import("../service")).service,
});
