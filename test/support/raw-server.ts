/** The real server for tests that write its input byte by byte. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { StreamMessageReader } from "vscode-languageserver-protocol/node";
import { program } from "./paths";

export interface Answer {
  readonly id?: string | number | null;
  readonly method?: string;
  readonly params?: { readonly uri?: string; readonly message?: string; readonly diagnostics?: unknown[] };
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface RawServer {
  readonly process: ChildProcess;
  /** Writes everything at once: bytes as they are, objects as messages. */
  send(...parts: readonly (string | Uint8Array | object)[]): void;
  /** The first message of the server that fits, also if it came before. */
  answer(fits: (answer: Answer) => boolean): Promise<Answer>;
  /** All messages until now, since the last `forget`. */
  readonly answers: readonly Answer[];
  forget(): void;
  /** Resolves with its exit status, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Starts a server; `options` are those of Node. */
export function startRawServer(options: readonly string[] = []): RawServer {
  const child = spawn(process.execPath, [...options, program, "lsp", "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  // A server that has ended reads nothing more.
  child.stdin.on("error", () => {});
  const answers: Answer[] = [];
  const waiting = new Set<() => void>();
  new StreamMessageReader(child.stdout).listen((message) => {
    answers.push(message as Answer);
    for (const look of waiting) look();
  });
  return {
    process: child,
    send: (...parts) => void child.stdin.write(Buffer.concat(parts.map(bytesOf))),
    answer(fits) {
      return new Promise((resolve) => {
        const look = () => {
          const found = answers.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
    answers,
    forget: () => void answers.splice(0),
    // The streams are read to their ends before `close`.
    ended: once(child, "close").then(([code, signal]) => signal ?? code),
  };
}

/** A message with its header. */
export function framed(body: string): string {
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function bytesOf(part: string | Uint8Array | object): Uint8Array {
  if (typeof part === "string") return Buffer.from(part);
  if (part instanceof Uint8Array) return part;
  return Buffer.from(framed(JSON.stringify({ jsonrpc: "2.0", ...part })));
}

export const INITIALIZE = {
  id: "first",
  method: "initialize",
  params: { processId: null, rootUri: null, capabilities: {} },
};
export const INITIALIZED = { method: "initialized", params: {} };

/** An opened document with a launch. */
export const OPEN = {
  method: "textDocument/didOpen",
  params: {
    textDocument: {
      uri: "file:///a.lightllm.yaml",
      languageId: "lightllm-yaml",
      version: 1,
      text: "tp: 8\n",
    },
  },
};

/** A hover over its only flag. */
export function hover(id: string | number, params: unknown = HOVERED) {
  return { id, method: "textDocument/hover", params };
}
const HOVERED = { textDocument: { uri: "file:///a.lightllm.yaml" }, position: { line: 0, character: 1 } };
