/** The real process reports what a launch lacks once the user has left it, not while the first lines are typed. */
import { afterEach, expect, test } from "vitest";
import {
  type ClientCapabilities,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  type FullDocumentDiagnosticReport,
} from "vscode-languageserver-protocol/node";
import { RELEASE } from "../../server/src/lsp/protocol";
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
