// @ts-check
/** A small language client for measurements: starts a server over stdio and measures its answers. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = require("vscode-jsonrpc/node");

/**
 * @typedef {object} Client
 * @property {any} connection
 * @property {(uri: string) => Promise<void>} nextDiagnostics resolves when the server pushes diagnostics of a document
 * @property {number | undefined} pid
 * @property {() => void} kill
 */

/**
 * Starts a server and waits for its answer to `initialize`.
 * @param {string[]} command
 * @param {{ capabilities?: object, configuration?: unknown, initializationOptions?: unknown }} [options]
 * @returns {Promise<Client>}
 */
export async function startServer([program = "", ...words], options = {}) {
  const child = spawn(program, words, { stdio: ["pipe", "pipe", "ignore"] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  /** @type {Map<string, () => void>} */
  const waiting = new Map();
  connection.onNotification("textDocument/publishDiagnostics", (/** @type {{ uri: string }} */ { uri }) => {
    waiting.get(uri)?.();
    waiting.delete(uri);
  });
  connection.onRequest("workspace/configuration", (/** @type {{ items: unknown[] }} */ { items }) =>
    items.map(() => options.configuration ?? null),
  );
  connection.onRequest("client/registerCapability", () => null);
  // A server that is killed sometimes leaves an incomplete message; that is not an error.
  child.stdin.on("error", () => {});
  connection.onError(() => {});
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: options.capabilities ?? {},
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    pid: child.pid,
    nextDiagnostics: (uri) => new Promise((resolve) => waiting.set(uri, resolve)),
    kill() {
      connection.dispose();
      child.kill("SIGKILL");
    },
  };
}

/** @param {number[]} values @param {number} share 0.5 for the median */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Time of an action in milliseconds. @param {() => Promise<unknown>} action */
export async function milliseconds(action) {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
