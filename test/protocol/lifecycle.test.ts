/** The order of a server's life: initialize, shutdown, exit; and what ends it without a word of the client. */
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { ErrorCodes } from "vscode-languageserver-protocol/node";
import { root } from "../support/paths";
import { hover, INITIALIZE, INITIALIZED, OPEN, type RawServer, startRawServer } from "../support/raw-server";

const { ServerNotInitialized, InvalidRequest, InvalidParams } = ErrorCodes;
const SHUTDOWN = { id: "end", method: "shutdown" };
const EXIT = { method: "exit" };

let server: RawServer | undefined;
afterEach(() => server?.process.kill());

/** Sends all messages; returns the exit status, and the error of each request that got one. */
async function live(...messages: object[]) {
  server = startRawServer();
  server.send(...messages);
  const status = await server.ended;
  const codes = server.answers.flatMap(({ id, error }) => (error ? [[id, error.code]] : []));
  return { status, errors: Object.fromEntries(codes), answers: server.answers };
}

describe("before initialize (F5)", () => {
  test("requests are refused, also shutdown and unknown ones", async () => {
    const before = [hover(1), { id: 2, method: "shutdown" }, { id: 3, method: "textDocument/nothing" }];
    const { errors, status } = await live(...before, INITIALIZE, SHUTDOWN, EXIT);
    expect(errors).toEqual({ 1: ServerNotInitialized, 2: ServerNotInitialized, 3: ServerNotInitialized });
    expect(status).toBe(0);
  });

  test("notifications do nothing", async () => {
    server = startRawServer();
    server.send(OPEN, INITIALIZE, INITIALIZED, hover(1));
    expect(await server.answer(({ id }) => id === 1)).toMatchObject({ result: null });
    expect(server.answers.filter(({ method }) => method === "textDocument/publishDiagnostics")).toEqual([]);
  });

  test("exit ends it with status 1", async () => {
    expect(await live(EXIT)).toMatchObject({ status: 1, answers: [] });
  });
});

describe("initialize", () => {
  test.each<[string, object]>([
    ["capabilities: null", { capabilities: null }],
    ["no capabilities", {}],
    [
      "parts of the capabilities are null",
      {
        capabilities: {
          workspace: null,
          textDocument: { diagnostic: null, codeAction: null },
          general: null,
        },
      },
    ],
    [
      "everything else is null",
      { rootUri: null, workspaceFolders: null, initializationOptions: null, locale: null },
    ],
    ["options that are no object", { capabilities: {}, initializationOptions: "all", workspaceFolders: [] }],
  ])("%s: a basic client", async (_, params) => {
    server = startRawServer();
    server.send({ ...INITIALIZE, params: { processId: null, ...params } }, INITIALIZED, OPEN, hover(1));
    expect(await server.answer(({ id }) => id === 1)).toMatchObject({ result: { contents: {} } });
    const { result } = await server.answer(({ id }) => id === "first");
    expect(result).not.toHaveProperty("capabilities.diagnosticProvider");
    await server.answer(({ method }) => method === "textDocument/publishDiagnostics");
  });

  test.each([[null], [[]], [3], ["all"]])("with the parameters %j it may be sent again", async (params) => {
    const { errors, status } = await live({ ...INITIALIZE, id: 1, params }, INITIALIZE, SHUTDOWN, EXIT);
    expect(errors).toEqual({ 1: InvalidParams });
    expect(status).toBe(0);
  });

  test("a second one is refused, and changes nothing", async () => {
    const { errors, status } = await live(INITIALIZE, { ...INITIALIZE, id: 2 }, SHUTDOWN, EXIT);
    expect(errors).toEqual({ 2: InvalidRequest });
    expect(status).toBe(0);
  });
});

describe("after shutdown (F5)", () => {
  test("requests are refused, notifications do nothing", async () => {
    const late = [hover(1), { ...SHUTDOWN, id: 2 }, { ...INITIALIZE, id: 3 }, OPEN];
    const { errors, status, answers } = await live(INITIALIZE, INITIALIZED, SHUTDOWN, ...late, EXIT);
    expect(errors).toEqual({ 1: InvalidRequest, 2: InvalidRequest, 3: InvalidRequest });
    expect(status).toBe(0);
    expect(answers.filter(({ method }) => method !== undefined)).toEqual([]);
  });

  test("exit without shutdown has status 1", async () => {
    expect(await live(INITIALIZE, INITIALIZED, OPEN, EXIT)).toMatchObject({ status: 1, errors: {} });
  });
});

describe("a client that dies", () => {
  test.each<[string, object[], number]>([
    ["before a word", [], 1],
    ["while it works", [INITIALIZE, INITIALIZED, OPEN, hover(1)], 1],
    ["after shutdown", [INITIALIZE, SHUTDOWN], 0],
  ])("%s: the server ends when its input does", async (_, messages, status) => {
    server = startRawServer();
    server.send(...messages);
    server.process.stdin?.end();
    expect(await server.ended).toBe(status);
  });

  test("in the middle of a message", async () => {
    server = startRawServer();
    server.send("Content-Length: 1000\r\n\r\n{");
    server.process.stdin?.end();
    expect(await server.ended).toBe(1);
  });

  test("nobody reads what the server writes", async () => {
    server = startRawServer();
    server.send(INITIALIZE);
    await server.answer(({ id }) => id === "first");
    server.process.stdout?.destroy();
    server.send(INITIALIZED, OPEN, hover(1), hover(2));
    server.process.stdin?.end();
    expect(typeof (await server.ended)).toBe("number");
  });

  test("its process is gone, but somebody holds the pipe open", async () => {
    const client = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    server = startRawServer();
    server.send({ ...INITIALIZE, params: { ...INITIALIZE.params, processId: client.pid } }, INITIALIZED);
    await server.answer(({ id }) => id === "first");
    client.kill("SIGKILL");
    expect(await server.ended).toBe(1);
  });
});

describe("over IPC", () => {
  /** Starts a server as VS Code does; `answers` are all its messages. */
  function startForked() {
    const child = fork(join(root, "dist/server.js"), ["--node-ipc"]);
    const answers: { id?: unknown; error?: { code: number } }[] = [];
    child.on("message", (message) => answers.push(message as object));
    const ended = once(child, "exit").then(([code, signal]) => signal ?? code);
    return { child, answers, ended, send: (message: object) => child.send({ jsonrpc: "2.0", ...message }) };
  }

  test("the order is the same", async () => {
    const { send, answers, ended } = startForked();
    for (const message of [hover(1), INITIALIZE, { ...INITIALIZE, id: 2 }, SHUTDOWN, hover(3), EXIT])
      send(message);
    expect(await ended).toBe(0);
    const errors = answers.flatMap(({ id, error }) => (error ? [[id, error.code]] : []));
    expect(Object.fromEntries(errors)).toEqual({
      1: ServerNotInitialized,
      2: InvalidRequest,
      3: InvalidRequest,
    });
  });

  test("it ends when its parent lets go", async () => {
    const { child, send, ended } = startForked();
    send(INITIALIZE);
    await once(child, "message");
    child.disconnect();
    expect(await ended).toBe(1);
  });
});
