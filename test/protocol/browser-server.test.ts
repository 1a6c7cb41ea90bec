/** The server in a bare global scope: that of a web worker, without Node. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import { root } from "../support/paths";

/** Address of the bundles in the worker. */
const SCRIPTS = "https://example.org/dist/";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly params?: unknown;
}

/** Runs the server like a worker; `send` posts a message to it, `received` waits for a matching one. */
function startWorker() {
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  const scope: { onmessage?: (event: { data: unknown }) => void } & Record<string, unknown> = {
    addEventListener: () => {},
    postMessage(message: Message) {
      messages.push(message);
      for (const look of waiting) look();
    },
  };
  Object.assign(scope, {
    self: scope,
    console,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    queueMicrotask,
  });
  Object.assign(scope, { TextEncoder, TextDecoder, URL, performance });
  // Like a worker in the editor, which is created from a blob.
  const location = { href: "blob:vscode-file://vscode-app/2f0a" };
  const importScripts = (address: string) => {
    expect(address).toMatch(/^https:\/\/example\.org\/dist\/\w+\.js$/);
    runInContext(readFileSync(join(root, "dist", address.slice(SCRIPTS.length)), "utf8"), context);
  };
  Object.assign(scope, { location, importScripts });
  const context = createContext(scope);
  importScripts(`${SCRIPTS}server.js`);
  return {
    send: (message: object) =>
      setImmediate(() => scope.onmessage?.({ data: { jsonrpc: "2.0", ...message } })),
    received: (fits: (message: Message) => boolean) =>
      new Promise<Message>((resolve) => {
        const look = () => {
          const found = messages.find(fits);
          if (found) waiting.delete(look);
          if (found) resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

test("the server runs in a web worker", async () => {
  const worker = startWorker();
  const initializationOptions = { scripts: `${SCRIPTS}server.js` };
  worker.send({
    id: 1,
    method: "initialize",
    params: { processId: null, rootUri: null, capabilities: {}, initializationOptions },
  });
  expect((await worker.received(({ id }) => id === 1)).result).toMatchObject({
    serverInfo: { name: "lightllm-config" },
  });
  worker.send({ method: "initialized", params: {} });
  const uri = "vscode-vfs://github/someone/repo/serve.lightllm.yaml";
  const textDocument = { uri, languageId: "lightllm-yaml", version: 1, text: "tp: eight\nmodel_dir: /m\n" };
  worker.send({ method: "textDocument/didOpen", params: { textDocument } });
  const published = await worker.received(({ method }) => method === "textDocument/publishDiagnostics");
  expect(published.params).toMatchObject({ uri, diagnostics: [{ code: "argparse-type-int-float" }] });
  worker.send({
    id: 2,
    method: "textDocument/hover",
    params: { textDocument: { uri }, position: { line: 0, character: 1 } },
  });
  expect(JSON.stringify((await worker.received(({ id }) => id === 2)).result)).toContain("**tp**");
  // A part of its own, which is loaded when somebody asks for it.
  const model = "Qwen/Qwen3-8B";
  const params = { purpose: "one-node", model, gpu: "H200x1", release: "v1.2.0", format: "shell" };
  worker.send({ id: 3, method: "lightllm/begin", params });
  expect((await worker.received(({ id }) => id === 3)).result).toMatchObject({
    kind: "files",
    files: [{ name: "qwen3-8b.sh", text: expect.stringContaining("--model_dir /models/Qwen3-8B") }],
  });
});
