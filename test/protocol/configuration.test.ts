/** The configuration in an editor: what it decides about open documents, and what is shown in it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  CompletionRequest,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  HoverRequest,
  type ShowMessageParams,
} from "vscode-languageserver-protocol/node";
import { type ClientOptions, startClient, type TestClient } from "../support/client";

let folder: string;
let client: TestClient;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "configuration-"));
});
afterEach(() => {
  client.process.kill();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
  return pathToFileURL(join(folder, name)).href;
}

async function start(options: ClientOptions = {}): Promise<TestClient> {
  client = await startClient({ folders: [pathToFileURL(folder).href], ...options });
  return client;
}

const STAND_IN = "model_dir: /path/to/model\n";
const has = (codes: readonly unknown[]) => codes.includes("stand-in-value");
const hasNot = (codes: readonly unknown[]) => !codes.includes("stand-in-value");

test("the saved configuration decides, and counts again when it is another", async () => {
  const configuration = write(".lightllm-config.yaml", "rules: { stand-in-value: off }\n");
  const { open, published, connection } = await start();
  const uri = write("a.lightllm.yaml", STAND_IN);
  open(uri, STAND_IN);
  await published(uri, 1, hasNot);
  const save = (text: string) => {
    write(".lightllm-config.yaml", text);
    return connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: configuration, type: FileChangeType.Changed }],
    });
  };
  await save("rules: { stand-in-value: error }\n");
  const { diagnostics } = await published(uri, 1, has);
  expect(diagnostics.find(({ code }) => code === "stand-in-value")?.severity).toBe(1);
  await save("exclude: ['a.*']\n");
  await published(uri, 1, hasNot);
});

test("a configuration has diagnostics, completion and hover of its own", async () => {
  const { open, published, connection } = await start();
  const uri = pathToFileURL(join(folder, ".lightllm-config.yaml")).href;
  open(uri, "relase: v1.1.0\nrules:\n  \n", "yaml");
  const { diagnostics } = await published(uri, 1);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    "There is no key 'relase'. Did you mean 'release'?",
  ]);
  const items = await connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri },
    position: { line: 2, character: 2 },
  });
  expect(JSON.stringify(items)).toContain("stand-in-value");
  const hover = await connection.sendRequest(HoverRequest.type, {
    textDocument: { uri },
    position: { line: 1, character: 1 },
  });
  expect(JSON.stringify(hover)).toContain("lightllm.rules");
});

test("names in the settings that nothing is known of are reported once each", async () => {
  const messages: string[] = [];
  const names = {
    release: "v9.9.9",
    model: "Qwen/Qwen3-9000B",
    gpu: "H900x8",
    rules: { "stand-in-valeu": "off" },
  };
  const { open, published } = await start({
    capabilities: { workspace: { configuration: true } },
    configuration: () => names,
    listen: (connection) => {
      connection.onNotification("window/showMessage", ({ message }: ShowMessageParams) => {
        messages.push(message);
      });
    },
  });
  for (const name of ["a", "b"]) {
    const uri = write(`${name}.lightllm.yaml`, STAND_IN);
    open(uri, STAND_IN);
    await published(uri, 1);
  }
  expect(messages.map((message) => message.split("'").slice(0, 2).join("'"))).toEqual([
    "lightllm.release: No release 'v9.9.9",
    "lightllm.model: 'Qwen/Qwen3-9000B",
    "lightllm.gpu: 'H900x8",
    "lightllm.rules: There is no rule 'stand-in-valeu",
  ]);
});
