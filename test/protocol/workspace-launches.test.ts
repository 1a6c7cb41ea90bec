/** The launches of a workspace over the protocol: by deployment, without what is excluded, with diagnostics on request. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DEPLOYMENTS, type DeploymentsAnswer } from "../../server/src/lsp/protocol";
import { startClient, type TestClient } from "../support/client";

const RUN = "python -m lightllm.server.api_server --model_dir /models/R1";

let folder: string;
let client: TestClient;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lightllm-workspace-"));
});
afterEach(() => {
  client.process.kill();
  rmSync(folder, { recursive: true });
});

const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;

async function ask(texts: Record<string, string>, diagnostics = false): Promise<DeploymentsAnswer> {
  const files = Object.entries(texts).map(([name, text]) => ({ uri: uriOf(name), text }));
  return client.connection.sendRequest<DeploymentsAnswer>(DEPLOYMENTS, { files, diagnostics });
}

const NODES = {
  "node0.sh": `${RUN} --tp 16 --nnodes 2 --node_rank 0 --host 10.0.0.1 --nccl_host 10.0.0.1 --nccl_port 2732\n`,
  "node1.sh": `\n${RUN} --tp 16 --nnodes 2 --node_rank 1 --host 10.0.0.2 --nccl_host 10.0.0.1 --nccl_port 2732\n`,
};

test("launches are listed by deployment, with what is known of each", async () => {
  client = await startClient();
  const { deployments, alone, diagnostics } = await ask({
    ...NODES,
    "alone.sh": `${RUN} --prot 1\n`,
    "README.md": `\`\`\`sh\n${RUN}\n\`\`\`\n`,
    "other.sh": "echo lightllm\n",
  });
  expect(deployments.map(({ launches }) => launches)).toEqual([
    [
      expect.objectContaining({
        textDocument: { uri: uriOf("node0.sh") },
        position: { line: 0, character: 0 },
        label: "R1",
        description: "normal · 10.0.0.1:8000 · 8 GPUs · node 0 of 2",
        errors: 0,
      }),
      expect.objectContaining({
        textDocument: { uri: uriOf("node1.sh") },
        position: { line: 1, character: 0 },
        description: "normal · 10.0.0.2:8000 · 8 GPUs · node 1 of 2",
      }),
    ],
  ]);
  expect(alone.map(({ textDocument, errors }) => [textDocument.uri, errors])).toEqual([
    [uriOf("alone.sh"), 1],
  ]);
  expect(diagnostics).toEqual([]);
});

test("what the project's configuration excludes is left out; the deployments that it names are found", async () => {
  const configuration = "exclude: [old]\ndeployments:\n  chat: [one.sh, two.sh]\n";
  writeFileSync(join(folder, ".lightllm-config.yaml"), configuration);
  client = await startClient({ folders: [pathToFileURL(folder).href] });
  const { deployments, alone } = await ask({
    "one.sh": `${RUN} --port 8001\n`,
    "two.sh": `${RUN} --port 8002\n`,
    "old/three.sh": `${RUN}\n`,
  });
  expect(deployments.map(({ name, launches }) => [name, launches.length])).toEqual([["chat", 2]]);
  expect(alone).toEqual([]);
});

test("their diagnostics are those of an open file, also after a text has changed", async () => {
  client = await startClient();
  const codesIn = async (text: string) => {
    const { diagnostics } = await ask({ "a.sh": text }, true);
    return diagnostics.flatMap(({ items }) => items.map(({ code }) => code));
  };
  expect(await codesIn(`${RUN} --prot 1\n`)).toEqual(["argparse-unknown-flag"]);
  expect(await codesIn(`${RUN} --port 1\n`)).toEqual([]);
});
