/** A real server while it judges a large file. */
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  CancellationTokenSource,
  CompletionRequest,
  DocumentDiagnosticRequest,
  type FullDocumentDiagnosticReport,
  HoverRequest,
  LSPErrorCodes,
} from "vscode-languageserver-protocol/node";
import { startClient, type TestClient } from "../support/client";

const LAUNCHES = 150;
const uri = "file:///somewhere/many.sh";
const textDocument = { uri };
const script = Array.from(
  { length: LAUNCHES },
  (_, at) => `python -m lightllm.server.api_server --model_dir /m${at} --tp many --dp 3 --max_req 1 --foo\n`,
).join("");
const position = { line: 0, character: script.indexOf("--max_req") + "--max_req".length };

let client: TestClient;
let version = 1;

beforeAll(async () => {
  client = await startClient({ capabilities: { textDocument: { diagnostic: {} } } });
  client.open(uri, script, "shellscript");
  // Loads the service, so that only the judging is measured.
  await client.connection.sendRequest(HoverRequest.type, { textDocument, position });
});
afterAll(() => client.process.kill());

/** Changes all launches, so that each is judged again. */
function changeAll() {
  version++;
  client.change(uri, version, [{ text: script.replaceAll("/m", `/${String.fromCharCode(110 + version)}`) }]);
}

const pull = (token?: CancellationTokenSource["token"]) =>
  client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument }, token);
const complete = () => client.connection.sendRequest(CompletionRequest.type, { textDocument, position });

test("a completion asked while a large file is judged is answered first", async () => {
  changeAll();
  const order: string[] = [];
  const pulled = pull().then((report) => {
    order.push("diagnostics");
    return report as FullDocumentDiagnosticReport;
  });
  const completed = complete().then((items) => {
    order.push("completion");
    return items;
  });
  expect(JSON.stringify(await completed)).toContain("--max_req_total_len");
  expect((await pulled).items.length).toBeGreaterThan(LAUNCHES);
  expect(order).toEqual(["completion", "diagnostics"]);
});

test("an edit while a large file is judged has the new text judged", async () => {
  changeAll();
  const first = pull();
  version++;
  client.change(uri, version, [{ text: "python -m lightllm.server.api_server --tp many\n" }]);
  const codes = ((await first) as FullDocumentDiagnosticReport).items.map(({ code }) => code);
  expect(codes).toContain("argparse-type-int-float");
  expect(codes.length).toBeLessThan(LAUNCHES);
});

test("a cancelled request stops, and the next one is answered", async () => {
  changeAll();
  const source = new CancellationTokenSource();
  const order: string[] = [];
  const cancelled = pull(source.token).catch((error: { code: number }) => {
    order.push("cancelled");
    return error.code;
  });
  source.cancel();
  const completed = complete().then(() => order.push("completion"));
  expect(await cancelled).toBe(LSPErrorCodes.RequestCancelled);
  await completed;
  const report = (await pull()) as FullDocumentDiagnosticReport;
  expect(report.items.length).toBeGreaterThan(LAUNCHES);
  expect([...order].sort()).toEqual(["cancelled", "completion"]);
});
