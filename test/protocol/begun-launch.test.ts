/** The real process reports what a launch lacks once the user has left it, not while the first lines are typed. */
import { afterEach, describe, expect, test } from "vitest";
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  CodeLensRequest,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  type FullDocumentDiagnosticReport,
} from "vscode-languageserver-protocol/node";
import { PROBLEMS, RELEASE } from "../../server/src/lsp/protocol";
import { startClient, type TestClient } from "../support/client";

const uri = "file:///somewhere/lightllm.yaml";
const textDocument = { uri };
const LACKS = "model-dir-required";
let client: TestClient | undefined;
afterEach(() => client?.process.kill());

/** A client without any capability, with a document of which the server has reported. */
async function opened(text: string): Promise<TestClient> {
  client = await startClient();
  client.open(uri, text);
  await client.published(uri, 1);
  return client;
}

async function codesAfter(one: TestClient, version: number, text: string): Promise<unknown[]> {
  one.change(uri, version, [{ text }]);
  return codesOf(await one.published(uri, version));
}

function codesOf({ diagnostics }: { readonly diagnostics: readonly { readonly code?: unknown }[] }) {
  return diagnostics.map(({ code }) => code);
}

/** Whether the pushed codes say what the launch lacks. */
const lacks = (codes: readonly unknown[]) => codes.includes(LACKS);

test("a config that is begun lacks nothing until it is saved, but has its other findings", async () => {
  const one = await opened("");
  expect(await codesAfter(one, 2, "t")).toEqual(["yaml-shape"]);
  expect(await codesAfter(one, 3, "tp: 8\n")).toEqual([]);
  expect(await codesAfter(one, 4, "tp: 8\nport: x\n")).toEqual(["argparse-type-int-float"]);
  await one.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument });
  expect(codesOf(await one.published(uri, 4, lacks))).toContain(LACKS);
  expect(await codesAfter(one, 5, "tp: 8\nport: 80\n")).toEqual([LACKS]);
});

test("a document that is added lacks nothing until another one is edited", async () => {
  const one = await opened("model_dir: /m\n");
  expect(await codesAfter(one, 2, "model_dir: /m\n---\ntp: 8\n")).toEqual([]);
  expect(await codesAfter(one, 3, "model_dir: /n\n---\ntp: 8\n")).toEqual([LACKS]);
});

test("a launch that was there before is reported at once", async () => {
  const one = await opened("model_dir: /m\ntp: 8\n");
  expect(await codesAfter(one, 2, "tp: 8\n")).toEqual([LACKS]);
});

test("a command in a script is reported at once: it is read as far as it is written", async () => {
  client = await startClient();
  const script = "file:///somewhere/run.sh";
  client.open(script, "#!/bin/bash\n", "shellscript");
  await client.published(script, 1);
  client.change(script, 2, [{ text: "#!/bin/bash\npython -m lightllm.server.api_server --tp 8\n" }]);
  expect(codesOf(await client.published(script, 2))).toEqual([LACKS]);
});

test("a document that is added lacks nothing until the cursor leaves it", async () => {
  const one = await opened("model_dir: /m\n");
  expect(await codesAfter(one, 2, "model_dir: /m\n---\ntp: 8\n")).toEqual([]);
  const moveTo = (line: number) =>
    one.connection.sendRequest(RELEASE, { textDocument, position: { line, character: 0 } });
  await moveTo(2);
  await moveTo(0);
  expect(codesOf(await one.published(uri, 2, lacks))).toEqual([LACKS]);
});

const PULLS: ClientCapabilities = { textDocument: { diagnostic: {} } };

test.each<[string, ClientCapabilities, unknown[]]>([
  ["is asked to pull again", { ...PULLS, workspace: { diagnostics: { refreshSupport: true } } }, []],
  ["that cannot be asked again gets everything at once", PULLS, [LACKS]],
])("a client that pulls and %s", async (_what, capabilities, expected) => {
  client = await startClient({ capabilities });
  const { connection } = client;
  const pull = async () => {
    const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
    return codesOf({ diagnostics: (report as FullDocumentDiagnosticReport).items });
  };
  client.open(uri, "");
  await pull();
  client.change(uri, 2, [{ text: "tp: 8\n" }]);
  expect(await pull()).toEqual(expected);
  await connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument });
  expect(await pull()).toEqual([LACKS]);
  expect(client.refreshes() > 0).toBe(expected.length === 0);
});

describe("the lens and the list of problems agree with the diagnostics", () => {
  const BEGUN = "model_dir: /m\n---\ntp: 8\n";

  /** A client that shows lenses, with a document that is begun below another one. */
  async function begun(): Promise<{ readonly one: TestClient; readonly refreshed: Promise<void> }> {
    let tell = () => {};
    const refreshed = new Promise<void>((resolve) => {
      tell = resolve;
    });
    client = await startClient({
      capabilities: { workspace: { codeLens: { refreshSupport: true } } },
      initializationOptions: { launchCommands: true, terminal: true },
      listen: (connection) => connection.onRequest(CodeLensRefreshRequest.type, () => tell()),
    });
    client.open(uri, "model_dir: /m\n");
    await client.published(uri, 1);
    client.change(uri, 2, [{ text: BEGUN }]);
    await client.published(uri, 2);
    return { one: client, refreshed };
  }

  async function countsOf({ connection }: TestClient): Promise<string[]> {
    const lenses = (await connection.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
    const counts = lenses
      .map(({ command }) => command?.title ?? "")
      .filter((one) => /problem|error/.test(one));
    const problems = await connection.sendRequest(PROBLEMS, {
      textDocument,
      position: { line: 2, character: 0 },
    });
    return [...counts, String((problems as unknown[]).length)];
  }

  test("while a launch is begun, after it is saved, and when it is edited again", async () => {
    const { one, refreshed } = await begun();
    expect(await countsOf(one)).toEqual(["no problems", "no problems", "0"]);
    await one.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument });
    await refreshed;
    expect(await countsOf(one)).toEqual(["no problems", "1 error", "1"]);
    one.change(uri, 3, [{ text: `${BEGUN}dp: 2\n` }]);
    expect(await countsOf(one)).toEqual(["no problems", "1 error", "1"]);
  });

  test("after the cursor has left it", async () => {
    const { one, refreshed } = await begun();
    await one.connection.sendRequest(RELEASE, { textDocument, position: { line: 2, character: 0 } });
    expect(await countsOf(one)).toEqual(["no problems", "no problems", "0"]);
    await one.connection.sendRequest(RELEASE, { textDocument, position: { line: 0, character: 0 } });
    await refreshed;
    expect(await countsOf(one)).toEqual(["no problems", "1 error", "1"]);
  });

  test("but a launch that is begun is not run at once", async () => {
    const { one } = await begun();
    const lenses = (await one.connection.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
    expect(
      lenses.map(({ command }) => command?.title).filter((title) => /Terminal/.test(title ?? "")),
    ).toEqual(["Run in Terminal", "Insert into Terminal"]);
  });
});
