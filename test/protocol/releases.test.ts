/** The real process reports the release that judges a launch, and writes another one into the file. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  MIGRATE,
  type MigrateAnswer,
  RELEASE,
  RELEASE_CHANGED,
  RELEASE_EDIT,
  type ReleaseAnswer,
  type ReleaseEditAnswer,
  TRUST_GRANTED,
} from "../../server/src/lsp/protocol";
import { type ClientOptions, startClient, type TestClient } from "../support/client";

let folder: string;
let client: TestClient | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lightllm-releases-"));
  mkdirSync(join(folder, "lightllm/server"), { recursive: true });
  // Not text, so LightLLM's parser cannot be read.
  writeFileSync(join(folder, "lightllm/server/api_cli.py"), new Uint8Array([0xff, 0xfe, 0x00]));
});
afterEach(() => client?.process.kill());
afterAll(() => rmSync(folder, { recursive: true }));

async function start(options: ClientOptions = {}): Promise<TestClient> {
  client = await startClient(options);
  return client;
}

function ask({ connection }: TestClient, uri: string, line = 0): Promise<ReleaseAnswer | null> {
  return connection.sendRequest(RELEASE, { textDocument: { uri }, position: { line, character: 0 } });
}

function write(
  { connection }: TestClient,
  uri: string,
  line: number,
  release: string | null,
): Promise<ReleaseEditAnswer> {
  const position = { line, character: 0 };
  return connection.sendRequest(RELEASE_EDIT, { textDocument: { uri }, position, release });
}

describe("a client that migrates a launch", () => {
  const uri = "file:///somewhere/lightllm.yaml";
  const text = "# lightllm: release=v1.1.0\nmodel_dir: /m\nenable_fa3: true\nlong_truncation_mode: head\n";

  function migrate({ connection }: TestClient, to: string): Promise<MigrateAnswer> {
    const place = { textDocument: { uri }, position: { line: 1, character: 0 } };
    return connection.sendRequest(MIGRATE, { ...place, to });
  }

  test("gets the edit, and what cannot be migrated", async () => {
    const server = await start();
    server.open(uri, text);
    const { edit, notes } = await migrate(server, "v1.2.0");
    const document = TextDocument.create(uri, "lightllm-yaml", 1, text);
    expect(TextDocument.applyEdits(document, edit?.changes?.[uri] ?? [])).toMatch(
      /^# lightllm: release=v1\.2\.0\nmodel_dir: \/m\nllm_prefill_att_backend: fa3\nllm_decode_att_backend: fa3\n/,
    );
    expect(notes[0]).toContain("Prompts are no longer cut (`long_truncation_mode`)");
  });

  test("gets an edit to look at first, where it can show one", async () => {
    const changeAnnotationSupport = { groupsOnLabel: true };
    const server = await start({
      capabilities: { workspace: { workspaceEdit: { changeAnnotationSupport } } },
    });
    server.open(uri, text);
    const { edit } = await migrate(server, "v1.2.0");
    expect(Object.values(edit?.changeAnnotations ?? {})).toEqual([
      { label: "The launch", description: "nothing changes here", needsConfirmation: true },
      {
        label: "Migrate to LightLLM v1.2.0",
        description: "The file names the release that it is for, v1.2.0 now.",
      },
      {
        label: expect.stringMatching(/^enable_fa3, llm_prefill_att_backend, llm_decode_att_backend, /),
        description: expect.stringMatching(/^'enable_fa3' becomes .* are now chosen with/),
      },
    ]);
    expect(edit?.documentChanges?.[0]).toMatchObject({ textDocument: { uri, version: 1 } });
  });

  test("gets the edit of a file that the launch names, in a trusted workspace, as an editor shows it", async () => {
    const place = { textDocument: { uri: pathToFileURL(join(folder, "q.lightllm.yaml")).href } };
    const quantization = pathToFileURL(join(folder, "q.yaml")).href;
    writeFileSync(join(folder, "q.yaml"), "quant_type: vllm-w8a8\n");
    const launch = "# lightllm: release=v1.1.0\nmodel_dir: /m\nquant_cfg: q.yaml\n";
    const carried = async (trusted: boolean, shown?: string) => {
      const server = await start({
        folders: [pathToFileURL(folder).href],
        initializationOptions: { trusted },
      });
      if (shown !== undefined) server.open(quantization, shown, "yaml");
      server.open(place.textDocument.uri, launch);
      const params = { ...place, position: { line: 1, character: 0 }, to: "v1.2.0" };
      const answer = await server.connection.sendRequest<MigrateAnswer>(MIGRATE, params);
      server.process.kill();
      return { text: answer.edit?.changes?.[quantization]?.[0]?.newText, notes: answer.notes.join("\n") };
    };
    expect(await carried(true)).toMatchObject({
      text: "quant_type: w8a8\n",
      notes: expect.stringContaining("`q.yaml` is changed too"),
    });
    expect((await carried(true, "# shown\nquant_type: vllm-fp8w8a8\n")).text).toBe("quant_type: fp8w8a8\n");
    expect(await carried(false)).toMatchObject({
      text: undefined,
      notes: expect.stringContaining("With an old name the model does not load."),
    });
  });

  test("gets nothing for the same release, one that is not known, and a file without a launch", async () => {
    const server = await start();
    server.open(uri, text);
    const nothing = { edit: null, done: [], notes: [] };
    expect(await migrate(server, "v1.1.0")).toEqual(nothing);
    expect(await migrate(server, "v9")).toEqual(nothing);
    server.change(uri, 2, [{ text: "" }]);
    expect(await migrate(server, "v1.2.0")).toEqual(nothing);
  });
});

describe("a client without folders", () => {
  const uri = "file:///somewhere/lightllm.yaml";

  test("hears which release judges, why, and of the others", async () => {
    const server = await start();
    server.open(uri, "tp: 2\n---\n# lightllm: release=v1.0.0\ntp: 2\nllm_kv_type: int8kv\n");
    expect(await ask(server, uri)).toMatchObject({
      label: "LightLLM v1.2.0 (newest)",
      reason: "newest",
      release: "v1.2.0",
      warning: false,
      launch: { start: { line: 0, character: 0 } },
    });
    const second = await ask(server, uri, 4);
    expect(second).toMatchObject({ label: "LightLLM v1.0.0 (comment in the file)", reason: "modeline" });
    expect(second?.choices.find(({ release }) => release === "v1.0.0")).toMatchObject({
      detail: "Does not know --llm_kv_type.",
    });
  });

  test("gets the edit that has another release judge, and that which takes it away", async () => {
    const server = await start();
    const text = "tp: 2\n---\n# b\ntp: 2\n";
    server.open(uri, text);
    const applied = (before: string, edit: ReleaseEditAnswer) =>
      TextDocument.applyEdits(TextDocument.create(uri, "", 0, before), edit?.changes?.[uri] ?? []);
    const named = applied(text, await write(server, uri, 3, "v1.0.1"));
    expect(named).toBe("tp: 2\n---\n# b\n# lightllm: release=v1.0.1\ntp: 2\n");
    server.change(uri, 2, [{ text: named }]);
    expect(await ask(server, uri, 4)).toMatchObject({ label: "LightLLM v1.0.1 (comment in the file)" });
    expect(applied(named, await write(server, uri, 4, null))).toBe(text);
  });

  test("gets nothing for a text without launches, or one that is not open", async () => {
    const server = await start();
    const script = "file:///somewhere/run.sh";
    server.open(script, "echo lightllm\n", "shellscript");
    expect(await ask(server, script)).toBeNull();
    expect(await write(server, script, 0, "v1.0.0")).toBeNull();
    expect(await ask(server, "file:///nowhere/lightllm.yaml")).toBeNull();
  });

  test("is judged by what its settings say", async () => {
    let sourcePath = "";
    const server = await start({
      capabilities: { workspace: { configuration: true } },
      configuration: () => ({ release: "v1.1.0", sourcePath }),
    });
    server.open(uri, "tp: 2\n");
    expect(await ask(server, uri)).toMatchObject({ label: "LightLLM v1.1.0 (setting)", warning: false });
    sourcePath = "somewhere";
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await expect
      .poll(async () => (await ask(server, uri))?.detail)
      .toContain("the setting lightllm.sourcePath is relative");
  });
});

describe("a workspace with a LightLLM that cannot be read", () => {
  const uriOf = () => pathToFileURL(join(folder, "run.lightllm.yaml")).href;
  const inFolder = (initializationOptions = {}): ClientOptions => ({
    folders: [pathToFileURL(folder).href],
    capabilities: { workspace: { workspaceFolders: true } },
    initializationOptions,
  });

  test("is notified, and the bundled releases judge", async () => {
    const server = await start(inFolder());
    server.open(uriOf(), "tp: 2\n");
    await expect.poll(async () => (await ask(server, uriOf()))?.warning).toBe(true);
    const answer = await ask(server, uriOf());
    expect(answer?.label).toBe("LightLLM v1.2.0 (newest)");
    expect(answer?.detail).toContain(`${join(folder, "lightllm/server/api_cli.py")} cannot be used`);
  });

  test("gets no message before trust, and one about a change only on request", async () => {
    let changes = 0;
    const server = await start({
      ...inFolder({ trusted: false, showsRelease: true }),
      listen: (connection) => void connection.onNotification(RELEASE_CHANGED, () => void changes++),
    });
    server.open(uriOf(), "tp: 2\n");
    expect(await ask(server, uriOf())).toMatchObject({ warning: false });
    server.change(uriOf(), 2, [{ text: "tp: 4\n" }]);
    await server.published(uriOf(), 2);
    expect(await ask(server, uriOf())).toMatchObject({ warning: false });
    const before = changes;
    await server.connection.sendNotification(TRUST_GRANTED);
    await expect.poll(() => changes).toBeGreaterThan(before);
    await expect.poll(async () => (await ask(server, uriOf()))?.warning).toBe(true);
  });

  test("may come and go as a folder of the workspace", async () => {
    const server = await start({ ...inFolder(), folders: [] });
    server.open(uriOf(), "tp: 2\n");
    expect(await ask(server, uriOf())).toMatchObject({ warning: false });
    const uri = pathToFileURL(folder).href;
    const change = (event: object) =>
      server.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event });
    await change({ added: [{ uri, name: "a" }], removed: [] });
    await expect.poll(async () => (await ask(server, uriOf()))?.warning).toBe(true);
    await change({ added: [], removed: [{ uri, name: "a" }] });
    await expect.poll(async () => (await ask(server, uriOf()))?.warning).toBe(false);
  });
});
