/**
 * The schemas work in other editors: a standard yaml-language-server shows our documentation and rejects a bad value.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CompletionRequest, HoverRequest } from "vscode-languageserver-protocol/node";
import { startClient, type TestClient } from "./support/client";
import { root } from "./support/paths";

const schema = pathToFileURL(join(root, "schemas/lightllm-v1.2.0.schema.json")).href;
const server = createRequire(__filename).resolve("yaml-language-server/bin/yaml-language-server");
const folder = mkdtempSync(join(tmpdir(), "lightllm-yaml-"));
const uri = pathToFileURL(join(folder, "serve.yaml")).href;
const textDocument = { uri };
let client: TestClient;

beforeAll(async () => {
  const yaml = {
    validate: true,
    hover: true,
    completion: true,
    schemas: { [schema]: "*.yaml" },
    schemaStore: { enable: false, url: "" },
    kubernetesCRDStore: { enable: false },
  };
  client = await startClient({
    command: [process.execPath, server, "--stdio"],
    capabilities: {
      workspace: { configuration: true },
      textDocument: {
        hover: { contentFormat: ["markdown"] },
        completion: { completionItem: { documentationFormat: ["markdown"] } },
      },
    },
    configuration: () => yaml,
  });
});
afterAll(() => {
  client.process.kill();
  rmSync(folder, { recursive: true, force: true });
});

test("it shows our hover text, our choices, and an error for a bad value", async () => {
  client.open(uri, "tp: eight\nmem_fraction: 0.85\nrun_mode: \n", "yaml");
  await expect
    .poll(async () => (await client.published(uri)).diagnostics.map(({ range }) => range.start))
    .toContainEqual({ line: 0, character: 4 });

  const hover = await client.connection.sendRequest(HoverRequest.type, {
    textDocument,
    position: { line: 1, character: 3 },
  });
  expect(JSON.stringify(hover)).toContain(
    "Share of each GPU's memory that the weights and the kv cache may fill.",
  );

  const items = await client.connection.sendRequest(CompletionRequest.type, {
    textDocument,
    position: { line: 2, character: 10 },
  });
  const list = Array.isArray(items) ? items : (items?.items ?? []);
  expect(list.map(({ label }) => label)).toEqual(
    expect.arrayContaining(["prefill", "decode", "visual_only"]),
  );
});
