/** The real process with a client that has every capability we use. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CodeAction,
  CodeActionRequest,
  CompletionRequest,
  DidChangeConfigurationNotification,
  DocumentDiagnosticRequest,
  DocumentSymbolRequest,
  type FullDocumentDiagnosticReport,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { startClient, type TestClient } from "../support/client";

const uri = "file:///somewhere/lightllm.yaml";
const textDocument = { uri };
let client: TestClient;
let release: unknown = "v1.1.0";

beforeAll(async () => {
  client = await startClient({
    capabilities: {
      workspace: {
        configuration: true,
        didChangeConfiguration: { dynamicRegistration: true },
        diagnostics: { refreshSupport: true },
      },
      textDocument: {
        diagnostic: { codeDescriptionSupport: true, dataSupport: true },
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
          dataSupport: true,
        },
        completion: { completionItem: { labelDetailsSupport: true } },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        formatting: { dynamicRegistration: true },
      },
    },
    initializationOptions: {
      suggestCommand: "suggest",
      suggestArguments: [{ auto: true }],
      rulePages: "https://example.org/rules/",
    },
    configuration: () => {
      if (release instanceof Error) throw release;
      return { release };
    },
  });
});
afterAll(() => client.process.kill());

async function pull() {
  const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
  return (report as FullDocumentDiagnosticReport).items;
}

async function actionsAt(line: number, character: number, only?: string[]): Promise<CodeAction[]> {
  const range = { start: { line, character }, end: { line, character } };
  const context = { diagnostics: await pull(), ...(only && { only }) };
  return ((await client.connection.sendRequest(CodeActionRequest.type, { textDocument, range, context })) ??
    []) as CodeAction[];
}

function apply(text: string, { edit }: CodeAction): string {
  const edits = edit?.changes?.[uri] as TextEdit[];
  return TextDocument.applyEdits(TextDocument.create(uri, "", 0, text), edits);
}

describe("a client with all capabilities", () => {
  test("pulls diagnostics, judged by the release of its settings, with links", async () => {
    client.open(uri, "llm_kv_type: int8kv\nmodel_dir: /m\n");
    const [one] = await pull();
    expect(one).toMatchObject({
      code: "flag-of-another-release",
      source: "lightllm",
      codeDescription: { href: "https://example.org/rules/flag-of-another-release.md" },
    });
  });

  test("is asked to pull again when its settings change, and survives odd answers", async () => {
    expect(client.registered).toContain("textDocument/formatting");
    expect(client.registered).toContain("workspace/didChangeConfiguration");
    const before = client.refreshes();
    release = "v1.2.0";
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    await expect.poll(() => client.refreshes()).toBeGreaterThan(before);
    expect(await pull()).toEqual([]);
    for (const odd of [new Error("no such section"), 7, null, ""]) {
      const seen = client.refreshes();
      release = odd;
      await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
      await expect.poll(() => client.refreshes()).toBeGreaterThan(seen);
    }
    expect(await pull()).toEqual([]);
  });

  test("gets quick fixes that can be applied, the best one preferred, and a way to silence the rule", async () => {
    const text = "tp: 8\nmodle_dir: /x\n";
    client.change(uri, 2, [{ text }]);
    const actions = await actionsAt(1, 3);
    expect(actions.map(({ title }) => title)).toEqual([
      "Change to 'model_dir'",
      "Ignore 'argparse-unknown-flag' on this line",
    ]);
    expect(actions[0]).toMatchObject({
      isPreferred: true,
      kind: "quickfix",
      diagnostics: [{ code: "argparse-unknown-flag" }],
    });
    expect(apply(text, actions[0] as CodeAction)).toBe("tp: 8\nmodel_dir: /x\n");
    const silenced = apply(text, actions[1] as CodeAction);
    expect(silenced).toBe("tp: 8\n# lightllm: disable-next-line=argparse-unknown-flag\nmodle_dir: /x\n");
    client.change(uri, 3, [{ text: silenced }]);
    expect(await pull()).toEqual([]);
  });

  test("adds to a comment that silences a rule already", async () => {
    const text = "# lightllm: disable-next-line=argparse-choice\nmodle_dir: /x\n";
    client.change(uri, 4, [{ text }]);
    const action = (await actionsAt(1, 2)).at(-1) as CodeAction;
    expect(apply(text, action)).toBe(
      "# lightllm: disable-next-line=argparse-choice,argparse-unknown-flag\nmodle_dir: /x\n",
    );
  });

  test("fixes all in a file", async () => {
    const text = "modle_dir: /x\nmax-total-token-num: 50000\nrun_mode: prefil\ntp: 1\ntp: 2\nhost: 0.0.0.0\n";
    client.change(uri, 5, [{ text }]);
    const [all, ...others] = await actionsAt(0, 0, ["source.fixAll"]);
    expect(others).toEqual([]);
    expect(all).toMatchObject({ kind: "source.fixAll.lightllm" });
    expect(apply(text, all as CodeAction)).toBe(
      "model_dir: /x\nmax_total_token_num: 50000\nrun_mode: prefill\ntp: 1\ntp: 2\nhost: 0.0.0.0\n",
    );
    const bulb = await actionsAt(0, 2);
    expect(bulb.at(-1)?.title).toBe("Fix all LightLLM spelling problems in this file");
  });

  test("fixes also what shows only once something else is fixed", async () => {
    const text = "model_dir: /x\n# a config of old\nbatch-max-tokens: 100 # small\nrun_mod: prefill\n";
    client.change(uri, 6, [{ text }]);
    const [all] = await actionsAt(0, 0, ["source.fixAll"]);
    const fixed = apply(text, all as CodeAction);
    client.change(uri, 7, [{ text: fixed }]);
    expect(await actionsAt(0, 0, ["source.fixAll"])).toEqual([]);
    expect(fixed).toBe(
      "model_dir: /x\n# a config of old\nbatch_max_tokens: 100 # small\nrun_mode: prefill\n",
    );
  });

  test("offers nothing if nothing is wrong", async () => {
    expect(await actionsAt(4, 0, ["quickfix"])).toEqual([]);
    expect(await actionsAt(0, 0, ["refactor"])).toEqual([]);
  });

  test("gets a flag's type and default beside its label, and the command that opens its values", async () => {
    client.change(uri, 8, [{ text: "" }]);
    const items = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument,
      position: { line: 0, character: 0 },
    });
    const list = Array.isArray(items) ? items : (items?.items ?? []);
    const item = list.find(({ label }) => label === "run_mode");
    expect(item?.command).toMatchObject({ command: "suggest", arguments: [{ auto: true }] });
    expect(item?.labelDetails).toEqual({ description: "choice · default normal" });
    expect(item?.detail).toBeUndefined();
  });

  test("gets an outline of launches, groups and flags", async () => {
    client.change(uri, 9, [
      { text: "run_mode: prefill\nmodel_dir: /models/R1/\ntp: 8\ndp: 8\n---\nfoo: 1\n" },
    ]);
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
    const outline = (symbols ?? []).map((symbol) => {
      const children = "children" in symbol ? (symbol.children ?? []) : [];
      return [
        symbol.name,
        children.map((group) => `${group.name}: ${group.children?.map(({ name }) => name)}`),
      ];
    });
    expect(outline).toEqual([
      ["launch 1: prefill · R1", ["Basic configuration: run_mode", "Model: model_dir", "Parallelism: tp,dp"]],
      ["launch 2", ["Unknown flags: foo"]],
    ]);
  });

  test("follows incremental changes exactly", async () => {
    client.change(uri, 10, [{ text: "tp: 8\r\n模型: 1\r\nmodel_dir: /m\r\n" }]);
    const at = (line: number, start: number, end: number) => ({
      start: { line, character: start },
      end: { line, character: end },
    });
    client.change(uri, 11, [
      { range: at(1, 0, 2), text: "dp" },
      { range: at(0, 4, 5), text: "x" },
      { range: at(1, 4, 5), text: "🚀" },
    ]);
    expect((await pull()).map(({ range, code }) => [range.start, code])).toEqual([
      [{ line: 0, character: 4 }, "argparse-type-int-float"],
      [{ line: 1, character: 4 }, "argparse-type-int-float"],
    ]);
  });

  test("ends with status 0", async () => expect(await client.stop()).toBe(0));
});
