/** The server reads the config.json of `model_dir`: in the background, and in a trusted workspace only. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { HoverRequest } from "vscode-languageserver-protocol/node";
import { startClient, type TestClient } from "../support/client";

let folder: string;
let client: TestClient | undefined;
const TEXT = "# lightllm: release=v1.1.0\nmodel_dir: ./model\ntp: 3\n";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lightllm-model-"));
  mkdirSync(join(folder, "model"));
  writeConfig({ model_type: "qwen2", eos_token_id: 2, num_attention_heads: 40, num_key_value_heads: 8 });
});
afterEach(() => client?.process.kill());
afterAll(() => rmSync(folder, { recursive: true }));

function writeConfig(config: unknown): void {
  writeFileSync(join(folder, "model", "config.json"), JSON.stringify(config));
}

async function openWith(initializationOptions?: unknown): Promise<{ uri: string; opened: TestClient }> {
  const opened = await startClient({ initializationOptions });
  client = opened;
  const uri = pathToFileURL(join(folder, "lightllm.yaml")).href;
  opened.open(uri, TEXT);
  return { uri, opened };
}

test("judges by the model's config.json, beside the file, as soon as it is read", async () => {
  const { uri, opened } = await openWith();
  await opened.published(uri, 1, (codes) => codes.includes("heads-divisible-by-tp"));
});

test("says in a hover what LightLLM takes from it", async () => {
  const { uri, opened } = await openWith();
  await opened.published(uri, 1, (codes) => codes.includes("heads-divisible-by-tp"));
  opened.change(uri, 2, [{ text: `${TEXT}eos_id: null\n` }]);
  const position = { line: 3, character: 1 };
  const hover = await opened.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
  expect(JSON.stringify(hover?.contents)).toContain("Here: `2` (from the model's config.json)");
});

test("reads nothing in a workspace that is not trusted, until it is", async () => {
  const { uri, opened } = await openWith({ trusted: false });
  const { diagnostics } = await opened.published(uri, 1);
  expect(diagnostics.map(({ code }) => code)).not.toContain("heads-divisible-by-tp");
  opened.change(uri, 2, [{ text: `${TEXT}dp: 1\n` }]);
  expect((await opened.published(uri, 2)).diagnostics.map(({ code }) => code)).not.toContain(
    "heads-divisible-by-tp",
  );
  await opened.connection.sendNotification("lightllm/trustGranted");
  await opened.published(uri, 2, (codes) => codes.includes("heads-divisible-by-tp"));
});

test("says that a broken config.json stops the start", async () => {
  writeFileSync(join(folder, "model", "config.json"), '{"eos_token_id": 2, // a comment\n}');
  const { uri, opened } = await openWith();
  const { diagnostics } = await opened.published(uri, 1, (codes) => codes.includes("eos-id-not-derivable"));
  const [finding] = diagnostics.filter(({ code }) => code === "eos-id-not-derivable");
  expect(finding?.message).toContain("its config.json is not JSON as Python reads it");
  writeConfig({ model_type: "qwen2", eos_token_id: 2, num_attention_heads: 40, num_key_value_heads: 8 });
});
