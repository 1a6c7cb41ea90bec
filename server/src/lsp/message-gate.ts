/**
 * The first to see each message of the client. What breaks the protocol gets its error here, so that the server only
 * handles messages in the right order and with the right parameters. This is the same over stdio, IPC and in a worker.
 */
import {
  type ConnectionOptions,
  ErrorCodes,
  LSPErrorCodes,
  type Message,
  type MessageReader,
  type MessageWriter,
  type RequestMessage,
  type ResponseMessage,
} from "vscode-languageserver";
import { say } from "../messages";
import { hasParams } from "./message-params";

/** A message that the reader could not read. The next one may follow. */
export class UnreadableMessage extends Error {}

export interface MessageGate {
  /** The messages that passed. */
  readonly reader: MessageReader;
  /** Resolves when the client has closed the connection and all errors are sent; the value is the exit status. */
  readonly ended: Promise<number>;
}

/** Checks the messages of a reader and sends errors to a writer. */
export function openGate(reader: MessageReader, writer: MessageWriter): MessageGate {
  const lifecycle = new Lifecycle();
  let sent: Promise<void> = Promise.resolve();
  const send = (message: object) => {
    sent = writer.write({ jsonrpc: "2.0", ...message } as Message).catch(() => undefined);
  };
  reader.onError((error) => {
    if (error instanceof UnreadableMessage) send(failure(null, ErrorCodes.ParseError, error.message));
  });
  const closed = new Promise<void>((resolve) => reader.onClose(resolve));
  return {
    reader: {
      onError: reader.onError,
      onClose: reader.onClose,
      onPartialMessage: reader.onPartialMessage,
      dispose: () => reader.dispose(),
      listen: (pass) =>
        reader.listen((message) => {
          const { reply, passed } = lifecycle.check(message);
          if (reply) send(reply);
          if (passed) pass(passed);
        }),
    },
    ended: closed.then(() => sent).then(() => (lifecycle.isShutDown ? 0 : 1)),
  };
}

/** Options for a connection: a request that is cancelled before its turn is never started. */
export const DROPS_CANCELLED: ConnectionOptions = {
  connectionStrategy: {
    cancelUndispatched: (request) =>
      failure((request as RequestMessage).id, LSPErrorCodes.RequestCancelled, say("protocol.cancelled")),
  },
};

/** What happens to a message: it is passed on, or it gets a reply, or it is dropped. */
interface Verdict {
  readonly passed?: Message;
  readonly reply?: object;
}

/** Any JSON that a client may send. */
interface Incoming {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** What the server has received so far: nothing, `initialize`, or `shutdown`. */
class Lifecycle {
  private state: "new" | "running" | "shut-down" = "new";

  get isShutDown(): boolean {
    return this.state === "shut-down";
  }

  check(received: unknown): Verdict {
    const message = (typeof received === "object" && received !== null ? received : {}) as Incoming;
    const { id, method, params } = message;
    if (typeof method !== "string") {
      const isResponse = id !== undefined && (message.result !== undefined || message.error !== undefined);
      return isResponse ? { passed: received as Message } : noMessage(id);
    }
    if (id === undefined) return this.checkNotification(method, params, received as Message);
    if (!isId(id)) return noMessage(id);
    const error = this.errorOf(method) ?? (hasParams(method, params) ? undefined : badParams(method));
    if (error) return { reply: failure(id, ...error) };
    if (method === "initialize") this.state = "running";
    if (method === "shutdown") this.state = "shut-down";
    return { passed: (method === "initialize" ? withCapabilities(message) : received) as Message };
  }

  /** A notification has no answer: it is dropped while the server is not running, and named in the log if it is wrong. */
  private checkNotification(method: string, params: unknown, passed: Message): Verdict {
    if (method === "exit") return { passed };
    if (this.state !== "running") return {};
    if (method === "$/cancelRequest") return isId((params as { id?: unknown } | null)?.id) ? { passed } : {};
    if (hasParams(method, params)) return { passed };
    const [, message] = badParams(method);
    return { reply: { method: "window/logMessage", params: { type: 1, message } } };
  }

  /** Why a request may not come now. */
  private errorOf(method: string): Failure | undefined {
    if (this.state === "shut-down") return [ErrorCodes.InvalidRequest, say("protocol.after-shutdown")];
    const isInitialize = method === "initialize";
    if (this.state === "new" && !isInitialize)
      return [ErrorCodes.ServerNotInitialized, say("protocol.no-initialize", { method })];
    if (this.state === "running" && isInitialize)
      return [ErrorCodes.InvalidRequest, say("protocol.initialized-twice")];
    return undefined;
  }
}

type Failure = readonly [code: number, message: string];

const badParams = (method: string): Failure => [
  ErrorCodes.InvalidParams,
  say("protocol.bad-params", { method }),
];

function noMessage(id: unknown): Verdict {
  return { reply: failure(isId(id) ? id : null, ErrorCodes.InvalidRequest, say("protocol.no-message")) };
}

function failure(id: RequestMessage["id"], code: number, message: string): ResponseMessage {
  return { jsonrpc: "2.0", id, error: { code, message } };
}

/** `initialize` with capabilities: some clients write `null` for those that they do not have. */
function withCapabilities(message: Incoming): Incoming {
  const params = message.params as { readonly capabilities?: unknown };
  return { ...message, params: { ...params, capabilities: withoutNulls(params.capabilities ?? {}) } };
}

/** Capabilities are not nested deeper than this. */
const DEEPEST = 20;

function withoutNulls(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value) || depth > DEEPEST) return value;
  const kept = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(kept.map(([name, part]) => [name, withoutNulls(part, depth + 1)]));
}

function isId(id: unknown): id is string | number {
  return typeof id === "string" || typeof id === "number";
}
