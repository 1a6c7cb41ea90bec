/** What a server answers to bytes and messages that break the protocol: an error or a clean end, never nothing. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ErrorCodes } from "vscode-languageserver-protocol/node";
import {
  type Answer,
  framed,
  hover,
  INITIALIZE,
  INITIALIZED,
  OPEN,
  type RawServer,
  startRawServer,
} from "../support/raw-server";

let server: RawServer;

const isError = (answer: Answer) => answer.error !== undefined;
const isHover = ({ id, result }: Answer) => id === "last" && JSON.stringify(result).includes("**tp**");

describe("bytes after which the next message cannot be found", () => {
  afterEach(() => server.process.kill());

  test.each<[string, string | Uint8Array]>([
    ["a header without Content-Length", "Content-Type: a\r\n\r\n{}"],
    ["a header that is no header", "hello\r\n\r\n"],
    ["an empty header", "\r\n\r\n{}"],
    ["a length that is no number", "Content-Length: many\r\n\r\n{}"],
    ["a length that only begins as a number", "Content-Length: 2x\r\n\r\n{}"],
    ["a negative length", "Content-Length: -5\r\n\r\n{}"],
    ["a length that no memory holds", "Content-Length: 99999999999999\r\n\r\n{}"],
    ["line ends of Unix", "Content-Length: 2\n\n{}"],
    ["a header without an end", `Content-Length: ${"0".repeat(10_000)}`],
    ["JSON alone, of a client that knows no headers", '{"jsonrpc": "2.0"}\n'],
    ["binary noise", Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919 + 13) % 256)],
    ["UTF-16", Buffer.from("Content-Length: 2\r\n\r\n{}", "utf16le")],
  ])("%s", async (_, bytes) => {
    server = startRawServer();
    server.send(bytes);
    expect(await server.ended).toBe(1);
    expect(server.answers).toMatchObject([{ id: null, error: { code: ErrorCodes.ParseError } }]);
  });

  test("a length that is too small: an error for the part, and then an end", async () => {
    server = startRawServer();
    const body = JSON.stringify({ jsonrpc: "2.0", ...INITIALIZE });
    server.send(`Content-Length: 5\r\n\r\n${body}`, INITIALIZE);
    expect(await server.ended).toBe(1);
    const codes = server.answers.map(({ error }) => error?.code);
    expect(codes).toEqual([ErrorCodes.ParseError, ErrorCodes.ParseError]);
  });

  test("a length that is too large: the next message is taken for a part, and then the end", async () => {
    server = startRawServer();
    const body = JSON.stringify({ jsonrpc: "2.0", ...INITIALIZE });
    server.send(`Content-Length: ${body.length + 7}\r\n\r\n${body}`, INITIALIZE);
    expect(await server.ended).toBe(1);
    expect(server.answers[0]).toMatchObject({ id: null, error: { code: ErrorCodes.ParseError } });
  });
});

describe("a message that is none (F5): its error, and the next is answered", () => {
  const { ParseError, InvalidRequest, InvalidParams, MethodNotFound } = ErrorCodes;
  beforeAll(() => {
    server = startRawServer();
    server.send(INITIALIZE, INITIALIZED, OPEN);
  });
  afterEach(() => server.forget());
  afterAll(() => server.process.kill());

  test.each<[string, string | Uint8Array | object, number, (string | number | null)?]>([
    ["no body", "Content-Length: 0\r\n\r\n", ParseError],
    ["half of JSON", framed('{"a":'), ParseError],
    [
      "no UTF-8",
      Buffer.concat([Buffer.from("Content-Length: 3\r\n\r\n"), Buffer.of(255, 254, 34)]),
      ParseError,
    ],
    ["another encoding", 'Content-Type: a; charset="utf-16"\r\nContent-Length: 2\r\n\r\n{}', ParseError],
    ["a batch", framed("[1, 2]"), InvalidRequest],
    ["null", framed("null"), InvalidRequest],
    ["a word", framed('"exit"'), InvalidRequest],
    ["an empty object", {}, InvalidRequest],
    ["a method that is no name", { id: 1, method: 3 }, InvalidRequest, 1],
    ["an id that is none", { id: {}, method: "textDocument/hover" }, InvalidRequest],
    ["an id that is null", { id: null, method: "textDocument/hover" }, InvalidRequest],
    ["an unknown method", { id: 1, method: "textDocument/nothing" }, MethodNotFound, 1],
    ["no parameters", { id: 1, method: "textDocument/hover" }, InvalidParams, 1],
    ["parameters that are null", hover(1, null), InvalidParams, 1],
    ["parameters by position", hover(1, [1, 2]), InvalidParams, 1],
    ["empty parameters", hover(1, {}), InvalidParams, 1],
    ["a document that is no name", hover(1, { textDocument: { uri: 3 } }), InvalidParams, 1],
    [
      "a position of words",
      hover(1, { ...(hover(1).params as object), position: { line: "0" } }),
      InvalidParams,
      1,
    ],
    ["nothing to resolve", { id: 1, method: "completionItem/resolve", params: null }, InvalidParams, 1],
    ["a conversion of nothing", { id: 1, method: "lightllm/convert", params: {} }, InvalidParams, 1],
  ])("%s", async (_, message, code, id = null) => {
    server.send(message, hover("last"));
    expect(await server.answer(isError)).toMatchObject({ id, error: { code } });
    await server.answer(isHover);
  });

  test.each<[string, object]>([
    ["an opened document without a text", { method: "textDocument/didOpen", params: {} }],
    ["a change of nothing", { method: "textDocument/didChange", params: null }],
    ["settings that are null", { method: "workspace/didChangeConfiguration", params: null }],
    ["a trace without a level", { method: "$/setTrace" }],
  ])("a notification: %s is named in the log", async (_, message) => {
    server.send(message, hover("last"));
    const { method } = message as { method: string };
    await server.answer(({ params }) => params?.message?.includes(method) === true);
    await server.answer(isHover);
    expect(server.answers.filter(isError)).toEqual([]);
  });

  test.each<[string, object]>([
    ["a cancellation of nothing", { method: "$/cancelRequest" }],
    ["a cancellation of an unknown request", { method: "$/cancelRequest", params: { id: 77 } }],
    [
      "a change of a document that is not open",
      { method: "textDocument/didChange", params: changed("file:///b") },
    ],
    ["a change outside of the text", { method: "textDocument/didChange", params: changed("file:///c.sh") }],
    ["an answer to nothing", { id: 55, result: 3 }],
    ["a notification that is unknown", { method: "lightllm/nothing" }],
  ])("nothing happens after %s", async (_, message) => {
    server.send(message, hover("last"));
    await server.answer(isHover);
    expect(server.answers.filter(isError)).toEqual([]);
  });
});

describe("bytes that come in parts", () => {
  afterEach(() => server.process.kill());

  test("each byte alone, and many messages at once", async () => {
    server = startRawServer();
    const text = [INITIALIZE, INITIALIZED, OPEN, hover("é")]
      .map((message) => framed(JSON.stringify({ jsonrpc: "2.0", ...message })))
      .join("");
    for (const byte of Buffer.from(text)) server.send(Uint8Array.of(byte));
    expect(await server.answer(({ id }) => id === "é")).toMatchObject({ result: {} });
    server.send(...Array.from({ length: 100 }, (_, at) => hover(at)));
    for (let at = 0; at < 100; at++) await server.answer(({ id }) => id === at);
  });

  test("other headers, and names in other letters", async () => {
    server = startRawServer();
    const body = JSON.stringify({ jsonrpc: "2.0", ...INITIALIZE });
    const type = "content-type: application/vscode-jsonrpc; charset=utf8";
    server.send(`${type}\r\nCONTENT-LENGTH:${body.length}\r\n\r\n${body}`);
    expect(await server.answer(({ id }) => id === "first")).toMatchObject({ result: { serverInfo: {} } });
  });
});

function changed(uri: string) {
  const place = { line: 9, character: -4 };
  return {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: place, end: place }, text: "a" }],
  };
}
