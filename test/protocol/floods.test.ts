/** A real server with very many messages, documents and cycles. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { LSPErrorCodes } from "vscode-languageserver-protocol/node";
import { hover, INITIALIZE, INITIALIZED, type RawServer, startRawServer } from "../support/raw-server";

const RUN = "python -m lightllm.server.api_server --model_dir /m";
/** A launch with a fault in several notations, by language and name of the document. */
const TEXTS: readonly (readonly [string, string, string])[] = [
  ["lightllm-yaml", "lightllm.yaml", "model_dir: /m\ntp: eight\n"],
  ["shellscript", "start.sh", `X=$1\n${RUN} --max_req $X --tp eight\n`],
  ["dockerfile", "Dockerfile", `FROM x\nCMD ${RUN} --tp eight\n`],
  ["yaml", "compose.yaml", `services:\n  a:\n    command: ${RUN} --tp eight\n`],
  ["python", "serve.py", `import os\nos.system("${RUN} --tp eight")\n`],
  ["markdown", "page.md", `\`\`\`bash\n${RUN} --tp eight\n\`\`\`\n`],
];

let server: RawServer;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lightllm-floods-"));
});
afterEach(() => server.process.kill());
afterAll(() => rmSync(folder, { recursive: true }));

const open = (uri: string, languageId: string, text: string) => ({
  method: "textDocument/didOpen",
  params: { textDocument: { uri, languageId, version: 1, text } },
});
const change = (uri: string, text: string) => ({
  method: "textDocument/didChange",
  params: { textDocument: { uri, version: 2 }, contentChanges: [{ text }] },
});
const close = (uri: string) => ({ method: "textDocument/didClose", params: { textDocument: { uri } } });

/** The next pushed diagnostics of a document, of a version if one is given. */
const published = (uri: string, version?: number) =>
  server.answer(
    ({ method, params }) =>
      method === "textDocument/publishDiagnostics" &&
      params?.uri === uri &&
      (version === undefined || (params as { version?: number }).version === version),
  );

describe("F4", () => {
  const uri = "file:///many.sh";
  const position = { line: 0, character: RUN.length + 3 };
  const complete = (id: number) => ({
    id,
    method: "textDocument/completion",
    params: { textDocument: { uri }, position },
  });

  test("2,000 completions that are cancelled at once: all are answered, almost none is computed", async () => {
    server = startRawServer();
    server.send(INITIALIZE, INITIALIZED, open(uri, "shellscript", `${RUN} --\n`), complete(0));
    await server.answer(({ id }) => id === 0);
    for (let id = 1; id <= 2000; id++)
      server.send(complete(id), { method: "$/cancelRequest", params: { id } });
    server.send(complete(2001));
    const last = await server.answer(({ id }) => id === 2001);
    expect(JSON.stringify(last.result)).toContain("--port");
    const answers = server.answers.filter(({ id }) => typeof id === "number" && id > 0 && id <= 2000);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(2000);
    expect(new Set(answers.flatMap(({ error }) => error?.code ?? []))).toEqual(
      new Set([LSPErrorCodes.RequestCancelled]),
    );
    expect(answers.filter(({ error }) => !error).length).toBeLessThan(100);
  });
});

describe("many documents", () => {
  test("1,000 open at once: each is judged, and each is cleared when it closes", async () => {
    server = startRawServer();
    server.send(INITIALIZE, INITIALIZED);
    const uris: string[] = [];
    for (let at = 0; at < 1000; at++) {
      const [languageId, name, text] = TEXTS[at % TEXTS.length] as (typeof TEXTS)[number];
      const uri = `file:///open/${at}/${name}`;
      uris.push(uri);
      server.send(open(uri, languageId, text));
    }
    for (const uri of uris) expect((await published(uri)).params?.diagnostics, uri).not.toEqual([]);
    const before = server.answers.length;
    for (const uri of uris) server.send(close(uri));
    server.send(hover("last"));
    await server.answer(({ id }) => id === "last");
    const cleared = server.answers.slice(before).filter(({ params }) => params?.diagnostics?.length === 0);
    expect(new Set(cleared.map(({ params }) => params?.uri)).size).toBe(1000);
  });
});

describe("memory", () => {
  test.skipIf(process.platform === "win32")("is flat while documents open, change and close", async () => {
    const tell = join(folder, "heap.cjs");
    writeFileSync(
      tell,
      `process.on("SIGUSR2", () => {
        gc();
        const body = JSON.stringify({ jsonrpc: "2.0", method: "test/heap", params: process.memoryUsage() });
        process.stdout.write("Content-Length: " + body.length + "\\r\\n\\r\\n" + body);
      });`,
    );
    server = startRawServer(["--expose-gc", "--require", tell]);
    server.send(INITIALIZE, INITIALIZED);
    /** The used heap in MB after a garbage collection. */
    async function heap(): Promise<number> {
      server.forget();
      server.process.kill("SIGUSR2");
      const { params } = await server.answer(({ method }) => method === "test/heap");
      return (params as { heapUsed: number }).heapUsed / 1e6;
    }
    async function cycles(from: number, to: number): Promise<void> {
      for (let at = from; at < to; at++) {
        server.forget();
        const [languageId, name, text] = TEXTS[at % TEXTS.length] as (typeof TEXTS)[number];
        const uri = `file:///cycles/${at}-${name.replace("lightllm.yaml", "x.lightllm.yaml")}`;
        server.send(open(uri, languageId, text), change(uri, text.replace("eight", "nine")));
        await published(uri, 2);
        server.send(close(uri));
      }
    }
    await cycles(0, 1000);
    let before = await heap();
    const growths: number[] = [];
    for (let from = 1000; from < 4000; from += 1000) {
      await cycles(from, from + 1000);
      const now = await heap();
      growths.push(now - before);
      before = now;
    }
    // A leak of 1 KB a cycle adds 1 MB each time; a cache or compiled code that grows once does not.
    expect(Math.min(...growths), growths.join(", ")).toBeLessThan(0.5);
  });

  test("has a bound, in however many folders the documents are and whatever their launches", async () => {
    server = startRawServer(["--max-old-space-size=96"]);
    server.send(INITIALIZE, INITIALIZED);
    for (let at = 0; at < 200; at++) {
      server.forget();
      const uri = `file:///folders/${at}/start.sh`;
      const lines = Array.from({ length: 200 }, (_, of) => `${RUN} --port ${8000 + of} --nccl_port ${at}`);
      server.send(open(uri, "shellscript", lines.join("\n")));
      if (typeof (await Promise.race([published(uri), server.ended])) !== "object") break;
      server.send(close(uri));
    }
    server.send({ id: "end", method: "shutdown" }, { method: "exit" });
    expect(await server.ended).toBe(0);
  });
});
