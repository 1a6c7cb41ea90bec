/** The language server in a web worker. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { version } from "../version";
import { DROPS_CANCELLED, openGate } from "./message-gate";
import { serve } from "./server";

/** The parts of the worker's global scope that the server uses. */
interface WorkerScope {
  postMessage(message: unknown): void;
  importScripts(address: string): void;
  readonly location: { readonly href: string };
  /** Node's names for loading another bundle and for its exports. */
  require?: (name: string) => unknown;
  module?: { exports: unknown };
}

declare const self: WorkerScope;

/** Handles the messages of the worker until it ends. */
export function serveWorker(): void {
  const port = self as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];
  const writer = new BrowserMessageWriter(port);
  const { reader } = openGate(new BrowserMessageReader(port), writer);
  serve(createConnection(reader, writer, DROPS_CANCELLED), {
    version,
    loadService: async (scripts) => {
      self.require = requireFrom(scripts ?? self.location.href);
      return (await import("../service")).service;
    },
  });
}

/** A `require` for bundles in the folder of an address; each is run once, and its exports are cached. */
function requireFrom(address: string): (name: string) => unknown {
  const loaded = new Map<string, unknown>();
  return (name) => {
    if (!loaded.has(name)) {
      const module = { exports: {} as unknown };
      self.module = module;
      self.importScripts(new URL(name, address).href);
      loaded.set(name, module.exports);
    }
    return loaded.get(name);
  };
}
