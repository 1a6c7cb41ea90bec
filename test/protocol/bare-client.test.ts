/** The real process with a client that offers no optional capability, as simple editors are. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  CodeActionRequest,
  CompletionRequest,
  CompletionResolveRequest,
  DidChangeConfigurationNotification,
  DocumentSymbolRequest,
  HoverRequest,
} from "vscode-languageserver-protocol/node";
import { CODE_ACTION_KINDS } from "../../server/src/features";
import { startClient, type TestClient } from "../support/client";

const uri = "file:///somewhere/deepseek.lightllm.yaml";
const textDocument = { uri };
let client: TestClient;

beforeAll(async () => {
  client = await startClient();
});
afterAll(() => client.process.kill());

describe("a client without optional capabilities", () => {
  test("is offered push diagnostics only, and nothing is registered later", () => {
    expect(client.initialized.serverInfo?.name).toBe("lightllm-config");
    // The server answers before it has loaded what knows these.
    expect(client.initialized.capabilities.codeActionProvider).toEqual({
      codeActionKinds: CODE_ACTION_KINDS,
    });
    expect(client.initialized.capabilities).toMatchObject({
      hoverProvider: true,
      documentSymbolProvider: true,
    });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
  });

  test("gets diagnostics when a document opens and when it changes", async () => {
    client.open(uri, "tp: eight\nmodel_dir: /m\n");
    const opened = await client.published(uri, 1);
    expect(opened.diagnostics.map(({ code }) => code)).toEqual(["argparse-type-int-float"]);
    expect(opened.diagnostics[0]?.codeDescription).toBeUndefined();
    const range = { start: { line: 0, character: 4 }, end: { line: 0, character: 9 } };
    client.change(uri, 2, [{ range, text: "8" }]);
    expect((await client.published(uri, 2)).diagnostics).toEqual([]);
  });

  test("gets completion, with the documentation on resolve", async () => {
    client.change(uri, 3, [{ text: "tp: 8\nrun" }]);
    const items = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument,
      position: { line: 1, character: 3 },
    });
    const list = Array.isArray(items) ? items : (items?.items ?? []);
    const item = list.find(({ label }) => label === "run_mode");
    expect(item).toMatchObject({ textEdit: { newText: "run_mode: " } });
    expect(item?.command).toBeUndefined();
    const resolved = await client.connection.sendRequest(
      CompletionResolveRequest.type,
      item as NonNullable<typeof item>,
    );
    expect(JSON.stringify(resolved.documentation)).toContain("run_mode");
  });

  test("gets hover, a flat outline, and no code actions it could not read", async () => {
    client.change(uri, 4, [{ text: "tp: 8\nrun_mode: prefil\n" }]);
    const hover = await client.connection.sendRequest(HoverRequest.type, {
      textDocument,
      position: { line: 0, character: 1 },
    });
    expect(JSON.stringify(hover)).toContain("**tp**");
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
    expect(symbols?.map(({ name }) => name)).toContain("tp");
    expect(symbols?.every((symbol) => "location" in symbol)).toBe(true);
    const range = { start: { line: 1, character: 10 }, end: { line: 1, character: 16 } };
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument,
      range,
      context: { diagnostics: [] },
    });
    expect(actions).toBeNull();
  });

  test("may push its settings", async () => {
    client.change(uri, 5, [{ text: "llm_kv_type: int8kv\nmodel_dir: /m\n" }]);
    expect((await client.published(uri, 5)).diagnostics).toEqual([]);
    const settings = { lightllm: { release: "v1.0.0" } };
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
    client.change(uri, 6, [{ text: "llm_kv_type: int8kv \nmodel_dir: /m\n" }]);
    expect((await client.published(uri, 6)).diagnostics.map(({ code }) => code)).toEqual([
      "flag-of-another-release",
    ]);
    for (const odd of [null, {}, { lightllm: null }, { lightllm: { release: 3 } }]) {
      await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: odd });
    }
    client.change(uri, 7, [{ text: "tp: 8\nmodel_dir: /m\n" }]);
    expect((await client.published(uri, 7)).diagnostics).toEqual([]);
  });

  test("sees nothing in YAML that is not ours, and everything in YAML that claims to be", async () => {
    const other = "file:///somewhere/values.yaml";
    const claimed = "file:///somewhere/serve.yaml";
    client.open(other, "tp: eight\n", "yaml");
    client.open(claimed, "# lightllm: config\ntp: eight\nmodel_dir: /m\n", "yaml");
    expect((await client.published(claimed)).diagnostics).toHaveLength(1);
    const position = { line: 0, character: 1 };
    expect(
      await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: other }, position }),
    ).toBeNull();
    expect(
      await client.connection.sendRequest(CompletionRequest.type, { textDocument: { uri: other }, position }),
    ).toBeNull();
  });

  test("gets its diagnostics cleared when it closes a document", async () => {
    client.close(uri);
    expect(await client.published(uri, undefined)).toMatchObject({ diagnostics: [] });
  });

  test("ends with status 0 after shutdown and exit", async () => {
    expect(await client.stop()).toBe(0);
  });
});
