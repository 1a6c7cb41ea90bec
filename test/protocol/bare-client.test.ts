/** The real process with a client without optional capabilities, as in simple editors. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  CodeActionRequest,
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  CompletionResolveRequest,
  CompletionTriggerKind,
  DidChangeConfigurationNotification,
  DocumentSymbolRequest,
  HoverRequest,
} from "vscode-languageserver-protocol/node";
import { CODE_ACTION_KINDS } from "../../server/src/features/code-action-kinds";
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
    // The server answers before it has loaded the code for these.
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
    const item = itemsOf(items).find(({ label }) => label === "run_mode");
    expect(item).toMatchObject({ textEdit: { newText: "run_mode: " }, detail: "choice · default normal" });
    expect(item?.labelDetails).toBeUndefined();
    for (const { filterText, label, insertTextFormat } of itemsOf(items)) {
      expect(filterText).not.toBe(label);
      expect(insertTextFormat).toBeUndefined();
    }
    expect(item?.command).toBeUndefined();
    const resolved = await client.connection.sendRequest(
      CompletionResolveRequest.type,
      item as NonNullable<typeof item>,
    );
    expect(JSON.stringify(resolved.documentation)).toContain("run_mode");
  });

  test("completes as the omnifunc of Neovim does, which knows no filterText", async () => {
    const script = "file:///somewhere/launch.sh";
    const run = "python -m lightllm.server.api_server";
    client.open(script, "", "shellscript");
    for (const [version, typed, word, expected] of [
      [2, `${run} --`, "--port ", `${run} --port `],
      [3, `${run} --mem_f`, "--mem_fraction ", `${run} --mem_fraction `],
      [4, `${run} --run_mode `, "prefill", `${run} --run_mode prefill`],
      [5, `${run} --run_mode=pre`, "prefill", `${run} --run_mode=prefill`],
      [6, `${run} --port `, "8000", `${run} --port 8000`],
      [7, `LOAD ${run}`, "LOADWORKER=", `LOADWORKER= ${run}`],
    ] as const) {
      client.change(script, version, [{ text: typed }]);
      const column = typed.startsWith("LOAD") ? 4 : typed.length;
      const items = itemsOf(
        await client.connection.sendRequest(CompletionRequest.type, {
          textDocument: { uri: script },
          position: { line: 0, character: column },
        }),
      );
      expect(omnifunc(typed, column, items)[word], typed).toBe(expected);
    }
    client.close(script);
  });

  test("is requested again with every character, and offers nothing after a document separator", async () => {
    client.change(uri, 4, [{ text: "tp: 8\n---" }]);
    const answer = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument,
      position: { line: 1, character: 3 },
      context: { triggerKind: CompletionTriggerKind.TriggerCharacter, triggerCharacter: "-" },
    });
    expect(answer).toEqual({ isIncomplete: true, items: [] });
  });

  test("gets hover, a flat outline, and no code actions it could not read", async () => {
    client.change(uri, 5, [{ text: "tp: 8\nrun_mode: prefil\n" }]);
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
    client.change(uri, 6, [{ text: "llm_kv_type: int8kv\nmodel_dir: /m\n" }]);
    expect((await client.published(uri, 6)).diagnostics).toEqual([]);
    const settings = { lightllm: { release: "v1.0.0" } };
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
    client.change(uri, 7, [{ text: "llm_kv_type: int8kv \nmodel_dir: /m\n" }]);
    expect((await client.published(uri, 7)).diagnostics.map(({ code }) => code)).toEqual([
      "flag-of-another-release",
    ]);
    for (const odd of [null, {}, { lightllm: null }, { lightllm: { release: 3 } }]) {
      await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: odd });
    }
    client.change(uri, 8, [{ text: "tp: 8\nmodel_dir: /m\n" }]);
    expect((await client.published(uri, 8)).diagnostics).toEqual([]);
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

function itemsOf(answer: CompletionItem[] | CompletionList | null): CompletionItem[] {
  return Array.isArray(answer) ? answer : (answer?.items ?? []);
}

/**
 * What `vim.lsp.omnifunc` of Neovim 0.7 to 0.9 makes of a line, by the word that is taken: words begin where the edits
 * of the items without `filterText` do, or else where the keyword at the cursor does, and have to go on from there.
 */
function omnifunc(line: string, column: number, items: readonly CompletionItem[]): Record<string, string> {
  const starts = items.flatMap(({ filterText, textEdit }) =>
    filterText === undefined && textEdit && "range" in textEdit ? [textEdit.range.start.character] : [],
  );
  const keyword = line.slice(0, column).search(/\w*$/);
  const start = new Set(starts).size === 1 ? Math.min(...starts) : keyword;
  const words = items.map(({ textEdit, label }) => textEdit?.newText ?? label);
  const fitting = words.filter((word) => word.startsWith(line.slice(start, column)));
  return Object.fromEntries(fitting.map((word) => [word, line.slice(0, start) + word + line.slice(column)]));
}
