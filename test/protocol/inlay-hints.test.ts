/** Inlay hints over the protocol: their settings, and that the client is asked to request them again. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  DidChangeConfigurationNotification,
  InlayHintRefreshRequest,
  InlayHintRequest,
} from "vscode-languageserver-protocol/node";
import { startClient, type TestClient } from "../support/client";

const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

let folder: string;
let client: TestClient;
let refreshes = 0;
let uri: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lightllm-hints-"));
  uri = pathToFileURL(join(folder, "launch.sh")).href;
});
afterEach(() => {
  client.process.kill();
  rmSync(folder, { recursive: true });
});

async function start(configuration: () => unknown): Promise<void> {
  refreshes = 0;
  client = await startClient({
    configuration,
    capabilities: { workspace: { configuration: true, inlayHint: { refreshSupport: true } } },
    listen: (connection) =>
      connection.onRequest(InlayHintRefreshRequest.type, () => {
        refreshes++;
      }),
  });
}

async function labels(): Promise<unknown[]> {
  const params = { textDocument: { uri }, range };
  return ((await client.connection.sendRequest(InlayHintRequest.type, params)) ?? []).map(
    ({ label }) => label,
  );
}

test("each kind has its setting", async () => {
  let inlayHints: Record<string, boolean> = {};
  await start(() => ({ inlayHints }));
  expect(client.initialized.capabilities.inlayHintProvider).toBe(true);
  const text = "TP=16\npython -m lightllm.server.api_server --model_dir /m --tp $TP --nnodes 2 --dp 2\n";
  client.open(uri, text, "shellscript");
  const all = ["= 16", "= 8 GPUs on each node", "→ --batch_max_tokens: 8192"];
  expect(await labels()).toEqual(expect.arrayContaining(all));
  inlayHints = { variables: false };
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  await expect.poll(labels).not.toContain("= 16");
  inlayHints = { derived: false, fit: false, replaced: false };
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  await expect.poll(labels).toEqual(["= 16"]);
});

test("hints are requested again after a file in the background was read", async () => {
  mkdirSync(join(folder, "model"));
  writeFileSync(join(folder, "model", "config.json"), JSON.stringify(LLAMA));
  await start(() => ({ gpu: "H200x1" }));
  client.open(uri, "python -m lightllm.server.api_server --model_dir model --tp 1\n", "shellscript");
  await labels();
  await expect.poll(() => refreshes).toBeGreaterThan(0);
  await expect.poll(labels).toContainEqual(expect.stringMatching(/^≈ .* of weights on each GPU$/));
});

const LLAMA = {
  model_type: "llama",
  architectures: ["LlamaForCausalLM"],
  hidden_size: 4096,
  intermediate_size: 14336,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  num_hidden_layers: 32,
  vocab_size: 128256,
  max_position_embeddings: 8192,
  torch_dtype: "bfloat16",
  eos_token_id: 128009,
};
