/** A server keeps running with all open documents, whatever one of them or other files contain. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { HoverRequest } from "vscode-languageserver-protocol/node";
import { startClient, type TestClient } from "../support/client";
import { program, root } from "../support/paths";

const RUN = "python -m lightllm.server.api_server --model_dir /m";
let client: TestClient | undefined;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lightllm-bounds-"));
});
afterEach(() => client?.process.kill());
afterAll(() => rmSync(folder, { recursive: true }));

/** Texts that overflow the stack of any parser, by language and name of the document. */
const DEEP: readonly [string, string, string][] = [
  ["lightllm-yaml", "lists.lightllm.yaml", `x-a:\n  ${"- ".repeat(1200)}a\n`],
  ["lightllm-yaml", "brackets.lightllm.yaml", `tp: ${"[".repeat(100_000)}`],
  ["shellscript", "deep.sh", `A=${"$(".repeat(100_000)}\n${RUN}\n`],
  ["dockerfile", "Dockerfile", `FROM x\nRUN ${"( ".repeat(10_000)} ${RUN}\n`],
  ["markdown", "page.md", `${">".repeat(100_000)}\n\n\`\`\`\n${RUN}\n\`\`\`\n`],
  ["python", "serve.py", `x = ${"[".repeat(100_000)}\nos.system("${RUN}")\n`],
  ["yaml", "pod.yaml", `apiVersion: v1\nkind: Pod\nx: ${"{a: ".repeat(10_000)}\n# lightllm\n`],
  ["dockercompose", "compose.yaml", `services:\n  a:\n    command: ${RUN}\nx-a: ${"[".repeat(10_000)}\n`],
  ["lightllm-yaml", "long.lightllm.yaml", "tp: 8\n".repeat(200_000)],
];

describe("A2, A5", () => {
  test("a server on a small stack keeps its documents", async () => {
    const command = [process.execPath, "--stack-size=300", program, "lsp", "--stdio"];
    client = await startClient({ command });
    const good = "file:///good.lightllm.yaml";
    client.open(good, "model_dir: /m\ntp: eight\n");
    await client.published(good, 1);
    for (const [languageId, name, text] of DEEP) {
      const uri = `file:///${name}`;
      client.open(uri, text, languageId);
      const { diagnostics } = await client.published(uri, 1);
      expect([name, ...diagnostics.map(({ code }) => code)]).toEqual([name, "not-checked"]);
    }
    const doubled = Array.from({ length: 40 }, (_, at) => `A${at + 1}="$A${at}$A${at}"\n`).join("");
    client.open("file:///doubled.sh", `A0=x\n${doubled}${RUN} --prot $A40\n`, "shellscript");
    const { diagnostics } = await client.published("file:///doubled.sh", 1);
    expect(diagnostics.map(({ code }) => code)).toEqual(["argparse-unknown-flag"]);
    const position = { line: 1, character: 1 };
    const hover = await client.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: good },
      position,
    });
    expect(JSON.stringify(hover?.contents)).toContain("**tp**");
    expect(await client.stop()).toBe(0);
  });

  test("a text that is typed deeper and deeper, and taken back", async () => {
    client = await startClient();
    const uri = "file:///typed.lightllm.yaml";
    client.open(uri, "model_dir: /m\n");
    await client.published(uri, 1);
    client.change(uri, 2, [{ text: `model_dir: /m\nx-a: ${"[".repeat(5_000)}\n` }]);
    await client.published(uri, 2, (codes) => codes.includes("not-checked"));
    client.change(uri, 3, [{ text: "model_dir: /m\ntp: eight\n" }]);
    const { diagnostics } = await client.published(uri, 3);
    expect(diagnostics.map(({ code }) => code)).toEqual(["argparse-type-int-float"]);
  });

  test("a web worker on a small stack answers for all of them", async () => {
    const source = `
      const { parentPort } = require("node:worker_threads");
      const { readFileSync } = require("node:fs");
      const { runInThisContext } = require("node:vm");
      globalThis.self = globalThis;
      delete self.process;
      self.location = { href: ${JSON.stringify(pathToFileURL(join(root, "dist/server.js")))} };
      self.importScripts = (address) => runInThisContext(readFileSync(new URL(address), "utf8"));
      self.postMessage = (message) => parentPort.postMessage(message);
      self.addEventListener = () => {};
      importScripts(self.location.href);
      parentPort.on("message", (data) => setImmediate(() => self.onmessage({ data })));`;
    const worker = new Worker(source, { eval: true, resourceLimits: { stackSizeMb: 0.5 } });
    const published = new Map<string, readonly unknown[]>();
    const done = new Promise<void>((resolve, reject) => {
      worker.on("error", reject);
      worker.on("message", ({ method, params }) => {
        if (method !== "textDocument/publishDiagnostics") return;
        published.set(
          params.uri,
          params.diagnostics.map(({ code }: { code: unknown }) => code),
        );
        if (published.size === DEEP.length) resolve();
      });
    });
    const send = (message: object) => worker.postMessage({ jsonrpc: "2.0", ...message });
    send({ id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
    send({ method: "initialized", params: {} });
    for (const [languageId, name, text] of DEEP)
      send({
        method: "textDocument/didOpen",
        params: { textDocument: { uri: `file:///${name}`, languageId, version: 1, text } },
      });
    await done;
    await worker.terminate();
    for (const [, name] of DEEP)
      expect([name, ...(published.get(`file:///${name}`) ?? [])]).toEqual([name, "not-checked"]);
  });
});

describe("A6", () => {
  test.skipIf(process.platform === "win32")(
    "a server ends although files beside a launch have no end",
    async () => {
      const model = join(folder, "model");
      mkdirSync(model);
      execFileSync("mkfifo", [join(model, "config.json")]);
      symlinkSync("/dev/zero", join(model, "generation_config.json"));
      const server = join(folder, "lightllm", "server");
      mkdirSync(server, { recursive: true });
      execFileSync("mkfifo", [join(server, "api_cli.py")]);
      const opened = await startClient({ folders: [pathToFileURL(folder).href] });
      client = opened;
      const uri = pathToFileURL(join(folder, "lightllm.yaml")).href;
      opened.open(uri, "# lightllm: release=v1.1.0\nmodel_dir: ./model\ntp: eight\n");
      const { diagnostics } = await opened.published(uri, 1);
      expect(diagnostics.map(({ code }) => code)).toEqual(["argparse-type-int-float"]);
      opened.change(uri, 2, [{ text: "# lightllm: release=v1.1.0\nmodel_dir: ./model\ntp: 8\n" }]);
      expect((await opened.published(uri, 2)).diagnostics).toEqual([]);
      expect(await opened.stop()).toBe(0);
    },
  );
});
