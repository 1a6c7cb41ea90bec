/** Launches are judged by the LightLLM of their workspace, and again when it changes. A test double reads its text. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createConnection } from "vscode-languageserver/node";
import {
  CompletionRequest,
  CompletionResolveRequest,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  HoverRequest,
} from "vscode-languageserver-protocol/node";
import { nodeHost } from "../../server/src/lsp/node";
import {
  LAUNCH_FILES,
  PYTHON_CHOSEN,
  RELEASE,
  RELEASE_CHANGED,
  type ReleaseAnswer,
} from "../../server/src/lsp/protocol";
import { serve } from "../../server/src/lsp/server";
import { service } from "../../server/src/service";
import { PLAIN, writeParser } from "../support/argparse-writer";
import { type ClientOptions, type ConnectedClient, connectClient } from "../support/client";

/** Added in v1.2.0. */
const TEXT = "llm_kv_type: int8kv\nmodel_dir: /m\n";
const UNKNOWN = "flag-of-another-release";

let root: string;
let uri: string;
let changes = 0;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lightllm-workspace-"));
  uri = pathToFileURL(join(root, "work/run.lightllm.yaml")).href;
  changes = 0;
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** A reader that accepts the name of a release as its parser. */
const readName: typeof service.readSource = (text, catalogue) => {
  const nearest = catalogue.release(text);
  return nearest
    ? { kind: "release", release: { ...nearest, id: `my ${text}`, name: `my ${text}` }, differences: 0 }
    : { kind: "broken", why: "it names no release" };
};

/** A server in this process. */
function start(options: ClientOptions = {}, readSource = readName): Promise<ConnectedClient> {
  const toServer = new PassThrough();
  const fromServer = new PassThrough();
  serve(createConnection(toServer, fromServer), {
    ...nodeHost,
    loadService: async () => ({ ...service, readSource }),
  });
  return connectClient(fromServer, toServer, {
    folders: [pathToFileURL(join(root, "work")).href],
    initializationOptions: { showsRelease: true },
    listen: (connection) => void connection.onNotification(RELEASE_CHANGED, () => void changes++),
    ...options,
  });
}

async function labelOf({ connection }: ConnectedClient): Promise<string | undefined> {
  const place = { textDocument: { uri }, position: { line: 0, character: 0 } };
  return (await connection.sendRequest<ReleaseAnswer | null>(RELEASE, place))?.label;
}

function tellChange({ connection }: ConnectedClient, path: string): Promise<void> {
  return connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: pathToFileURL(path).href, type: FileChangeType.Changed }],
  });
}

test("a checkout in the workspace judges, and judges again when it changes", async () => {
  const path = write("work/lightllm/server/api_cli.py", "v1.1.0");
  const client = await start();
  client.open(uri, TEXT);
  await client.published(uri, 1, (codes) => codes.includes(UNKNOWN));
  expect(await labelOf(client)).toBe("LightLLM my v1.1.0 (workspace)");
  const before = changes;
  write("work/lightllm/server/api_cli.py", "v1.2.0");
  await tellChange(client, path);
  await client.published(uri, 1, (codes) => !codes.includes(UNKNOWN));
  expect(changes).toBeGreaterThan(before);
  expect(await labelOf(client)).toBe("LightLLM my v1.2.0 (workspace)");
  write("work/lightllm/server/api_cli.py", "half of v1.");
  await tellChange(client, path);
  await expect.poll(() => labelOf(client)).toBe("LightLLM v1.2.0 (newest)");
});

/** The parser of v1.1.0 with another default of one flag. */
function parserWith(key: string, value: number): string {
  const flags = service.shippedCatalogue().release("v1.1.0")?.flags ?? [];
  return writeParser(
    flags.map((flag) => (flag.key === key ? { ...flag, default: value } : flag)),
    PLAIN,
  );
}

test("finding, hover and completion follow a default that changes in the workspace's api_cli.py", async () => {
  const path = write("work/lightllm/server/api_cli.py", parserWith("chunked_prefill_size", 1111));
  const client = await start({}, service.readSource);
  const other = pathToFileURL(join(root, "work/other.lightllm.yaml")).href;
  client.open(uri, "model_dir: /m\nbatch_max_tokens: 1500\n\n");
  client.open(other, "chunked_prefill_size: 64\n");
  await expect.poll(() => labelOf(client)).toBe("LightLLM v1.1.0+local (workspace)");
  /** The texts of hover and completion for the flag with another default. */
  const told = async () => {
    const name = { textDocument: { uri: other }, position: { line: 0, character: 3 } };
    const place = { textDocument: { uri }, position: { line: 2, character: 0 } };
    const hovered = await client.connection.sendRequest(HoverRequest.type, name);
    const offered = await client.connection.sendRequest(CompletionRequest.type, place);
    const items = Array.isArray(offered) ? offered : (offered?.items ?? []);
    const item = items.find(({ label }) => label === "chunked_prefill_size");
    if (!item) throw new Error("chunked_prefill_size is not offered.");
    const resolved = await client.connection.sendRequest(CompletionResolveRequest.type, item);
    const [, shown] = /Default in v1.1.0\+local: `?(\d+)/.exec(JSON.stringify(hovered)) ?? [];
    const [, documented] = /Default in v1.1.0\+local: `?(\d+)/.exec(JSON.stringify(resolved)) ?? [];
    return [item.detail, shown, documented];
  };
  expect(await told()).toEqual(["integer · default 1111", "1111", "1111"]);

  write("work/lightllm/server/api_cli.py", parserWith("chunked_prefill_size", 2222));
  await tellChange(client, path);
  await client.published(uri, 1, (codes) => codes.includes("batch-max-tokens-vs-chunk"));
  expect(await told()).toEqual(["integer · default 2222", "2222", "2222"]);

  write("work/lightllm/server/api_cli.py", parserWith("chunked_prefill_size", 1111));
  await tellChange(client, path);
  await client.published(uri, 1, (codes) => codes.length === 0);
  expect(await told()).toEqual(["integer · default 1111", "1111", "1111"]);
});

test("what is changed without a word is noticed when something is asked about the launch", async () => {
  write("work/lightllm/server/api_cli.py", "v1.2.0");
  const client = await start();
  client.open(uri, TEXT);
  await expect.poll(() => labelOf(client)).toBe("LightLLM my v1.2.0 (workspace)");
  write("work/lightllm/server/api_cli.py", "v1.1.0");
  const hovered = async () => {
    const place = { textDocument: { uri }, position: { line: 1, character: 1 } };
    return JSON.stringify((await client.connection.sendRequest(HoverRequest.type, place))?.contents);
  };
  await expect.poll(hovered).toContain("Judged by LightLLM my v1.1.0");
});

test("the flags of a workspace's own LightLLM are documented in completion", async () => {
  write("work/lightllm/server/api_cli.py", "v1.1.0");
  const client = await start();
  client.open(uri, "tp: 2\n\n");
  await expect.poll(() => labelOf(client)).toBe("LightLLM my v1.1.0 (workspace)");
  const position = { line: 1, character: 0 };
  const answer = await client.connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri },
    position,
  });
  const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
  const item = items.find(({ label }) => label === "run_mode");
  if (!item) throw new Error("run_mode is not offered.");
  const resolved = await client.connection.sendRequest(CompletionResolveRequest.type, item);
  expect(JSON.stringify(resolved.documentation)).toContain("**run_mode**");
});

test("the Python environment that is chosen judges, until none is", async () => {
  write("env/lib/python3.10/site-packages/lightllm/server/api_cli.py", "v1.1.0");
  const python = write("env/bin/python", "");
  const client = await start();
  client.open(uri, TEXT);
  expect(await labelOf(client)).toBe("LightLLM v1.2.0 (newest)");
  await client.connection.sendNotification(PYTHON_CHOSEN, { path: python });
  await client.published(uri, 1, (codes) => codes.includes(UNKNOWN));
  expect(await labelOf(client)).toBe("LightLLM my v1.1.0 (Python environment)");
  await client.connection.sendNotification(PYTHON_CHOSEN, { path: null });
  await client.published(uri, 1, (codes) => !codes.includes(UNKNOWN));
});

test("settings name a source or a Python, relative to the folder of the document", async () => {
  write("work/lightllm/server/api_cli.py", "v1.2.0");
  write("other/lightllm/server/api_cli.py", "v1.1.0");
  write("env/lib/python3.10/site-packages/lightllm/server/api_cli.py", "v1.0.1");
  let settings: object = { sourcePath: "../other" };
  const client = await start({
    capabilities: { workspace: { configuration: true } },
    configuration: () => settings,
  });
  client.open(uri, TEXT);
  await expect.poll(() => labelOf(client)).toBe("LightLLM my v1.1.0 (source path)");
  settings = { pythonPath: "../env" };
  rmSync(join(root, "work/lightllm"), { recursive: true });
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await expect.poll(() => labelOf(client)).toBe("LightLLM my v1.0.1 (Python environment)");
});

test("no file is read in a workspace that is not trusted", async () => {
  const path = write("work/lightllm/server/api_cli.py", "v1.1.0");
  const client = await start({ initializationOptions: { trusted: false } });
  client.open(uri, TEXT);
  expect(await labelOf(client)).toBe("LightLLM v1.2.0 (newest)");
  await tellChange(client, path);
  client.change(uri, 2, [{ text: `${TEXT}tp: 1\n` }]);
  await client.published(uri, 2);
  expect(await labelOf(client)).toBe("LightLLM v1.2.0 (newest)");
});

test("the client watches the file that was found, in the workspace and elsewhere", async () => {
  write("other/lightllm/server/api_cli.py", "v1.1.0");
  const client = await start({
    capabilities: {
      workspace: {
        configuration: true,
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
      },
    },
    configuration: () => ({ sourcePath: "../other" }),
  });
  client.open(uri, TEXT);
  await expect
    .poll(() => client.watched())
    .toEqual([
      "**/lightllm/server/api_{cli,server}.py",
      ...LAUNCH_FILES,
      { baseUri: pathToFileURL(join(root, "other/lightllm/server")).href, pattern: "api_{cli,server}.py" },
    ]);
});
