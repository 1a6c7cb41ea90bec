/** Moving through launches with the real process: files of the workspace, and what is read before it is trusted. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import {
  CompletionRequest,
  DefinitionRequest,
  DocumentLinkRequest,
  RenameRequest,
  SemanticTokensRequest,
  WorkspaceSymbolRequest,
} from "vscode-languageserver-protocol/node";
import { TRUST_GRANTED } from "../../server/src/lsp/protocol";
import { startClient } from "../support/client";

const folder = mkdtempSync(join(tmpdir(), "lightllm-moving-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
mkdirSync(join(folder, "models/Qwen3-8B"), { recursive: true });
mkdirSync(join(folder, "models/.hidden"));
writeFileSync(join(folder, "models/Qwen3-8B/config.json"), "{}");
writeFileSync(join(folder, "models/notes.txt"), "");
writeFileSync(join(folder, "quant.yaml"), "");
const RUN = "python -m lightllm.server.api_server";
const MASTER = `${RUN} --run_mode pd_master --model_dir /m --host 10.0.0.1 --port 60011\n`;
const PREFILL = `${RUN} --run_mode prefill --model_dir /m --host 10.0.0.2 --pd_master_ip 10.0.0.1 --pd_master_port 60011\n`;
const TEXT =
  "model_dir: ./models/Qwen3-8B\nquant_cfg: quant.yaml\nchat_template: ./missing.jinja\nvit_quant_cfg: //host/share/x\n";

test("leads to files of a trusted workspace, to peers, and renames only what keeps the launch", async () => {
  const client = await startClient({
    folders: [pathToFileURL(folder).href],
    initializationOptions: { trusted: false },
  });
  try {
    const { connection } = client;
    const uri = uriOf("a.lightllm.yaml");
    client.open(uri, TEXT);
    const links = async () =>
      ((await connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } })) ?? []).map(
        ({ target, range }) => `${range.start.line} ${target}`,
      );
    const complete = async (text: string, character: number) => {
      const other = uriOf(`${character}-${text.length}.lightllm.yaml`);
      client.open(other, text);
      const answer = await connection.sendRequest(CompletionRequest.type, {
        textDocument: { uri: other },
        position: { line: 0, character },
      });
      const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
      return items.flatMap(({ kind, label }) => (kind === 17 || kind === 19 ? label : []));
    };
    expect(await links()).toEqual([]);
    expect(await complete("model_dir: ./models/\n", 20)).toEqual([]);
    await connection.sendNotification(TRUST_GRANTED);
    expect(await links()).toEqual([`0 ${uriOf("models/Qwen3-8B/config.json")}`, `1 ${uriOf("quant.yaml")}`]);
    expect(await complete("model_dir: ./models/Q\n", 21)).toEqual(["Qwen3-8B/"]);
    expect(await complete("quant_cfg: ./models/ \n", 20)).toEqual(["Qwen3-8B/", "notes.txt"]);

    const [master, prefill] = [uriOf("master.sh"), uriOf("prefill.sh")];
    client.open(master, MASTER, "shellscript");
    client.open(prefill, PREFILL, "shellscript");
    const position = { line: 0, character: PREFILL.indexOf("--pd_master_ip") + 2 };
    await expect
      .poll(() =>
        connection.sendRequest(DefinitionRequest.type, { textDocument: { uri: prefill }, position }),
      )
      .toMatchObject([{ uri: master, range: { start: { character: MASTER.indexOf("--host") } } }]);
    const tokens = await connection.sendRequest(SemanticTokensRequest.type, {
      textDocument: { uri: master },
    });
    expect(tokens?.data.length).toBe(5 * 8);
    const symbols = await connection.sendRequest(WorkspaceSymbolRequest.type, { query: "pd_master_ip" });
    expect(symbols).toMatchObject([{ name: "--pd_master_ip 10.0.0.1", location: { uri: prefill } }]);

    const script = uriOf("c.sh");
    client.open(script, `export LOADWORKER=18\n${MASTER}`, "shellscript");
    const rename = { textDocument: { uri: script }, position: { line: 0, character: 9 }, newName: "THREADS" };
    await expect(connection.sendRequest(RenameRequest.type, rename)).rejects.toThrow(
      /LightLLM or a library reads/,
    );
  } finally {
    client.process.kill();
  }
});
