/** The real process with clients that show commands for launches, and with one that creates files for conversions. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  type CodeAction,
  CodeActionRequest,
  CodeLensRefreshRequest,
  CodeLensRequest,
  type CreateFile,
  DidChangeConfigurationNotification,
  type TextDocumentEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  BEGIN,
  BEGIN_CHOICES,
  type BeginAnswer,
  type BeginChoicesAnswer,
  type BeginParams,
  CONVERT,
  type ConvertAnswer,
  EFFECTIVE,
  type EffectiveAnswer,
  type EffectiveParams,
  PROBLEMS,
  type ProblemsAnswer,
  TRUST_GRANTED,
} from "../../server/src/lsp/protocol";
import { type ClientOptions, startClient, type TestClient } from "../support/client";

const LANGUAGES: Readonly<Record<string, string>> = { ".sh": "shellscript", ".service": "systemd-unit-file" };
const WITH_COMMANDS = { launchCommands: true, terminal: true };
const uri = "file:///somewhere/lightllm.yaml";
const textDocument = { uri };

let folder: string;
let client: TestClient | undefined;
let refreshes: number;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lightllm-commands-"));
});
afterEach(() => client?.process.kill());
afterAll(() => rmSync(folder, { recursive: true }));

async function start(options: ClientOptions = {}): Promise<TestClient> {
  refreshes = 0;
  client = await startClient({
    ...options,
    listen: (connection) =>
      connection.onRequest(CodeLensRefreshRequest.type, () => {
        refreshes++;
      }),
  });
  return client;
}

async function lensesOf({ connection }: TestClient): Promise<string[]> {
  const lenses = await connection.sendRequest(CodeLensRequest.type, { textDocument });
  return (lenses ?? []).map(({ command }) => command?.title ?? "");
}

describe("lenses", () => {
  test("are for clients only that have the commands", async () => {
    const server = await start();
    expect(server.initialized.capabilities.codeLensProvider).toBeUndefined();
    server.open(uri, "model_dir: /m\n");
    expect(await lensesOf(server)).toEqual([]);
  });

  test("are announced to clients that have them, without running where there is no terminal", async () => {
    const server = await start({ initializationOptions: { launchCommands: true } });
    expect(server.initialized.capabilities.codeLensProvider).toEqual({});
    server.open(uri, "model_dir: /m\n");
    expect(await lensesOf(server)).toEqual(["Copy Command", "no problems"]);
  });

  test("do not run anything before the workspace is trusted", async () => {
    const server = await start({
      capabilities: { workspace: { codeLens: { refreshSupport: true } } },
      initializationOptions: { ...WITH_COMMANDS, trusted: false },
    });
    server.open(uri, "model_dir: /m\n");
    expect(await lensesOf(server)).toEqual(["Copy Command", "no problems"]);
    const before = refreshes;
    await server.connection.sendNotification(TRUST_GRANTED);
    await expect.poll(() => refreshes).toBeGreaterThan(before);
    expect(await lensesOf(server)).toEqual(["Run in Terminal", "Copy Command", "no problems"]);
  });

  test("go when they are switched off, and come again", async () => {
    let codeLens = true;
    const server = await start({
      capabilities: { workspace: { configuration: true, codeLens: { refreshSupport: true } } },
      initializationOptions: WITH_COMMANDS,
      configuration: () => ({ codeLens }),
    });
    server.open(uri, "model_dir: /m\n");
    for (const [on, count] of [
      [false, 0],
      [true, 3],
    ] as const) {
      const before = refreshes;
      codeLens = on;
      await server.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
      await expect.poll(() => refreshes).toBeGreaterThan(before);
      expect(await lensesOf(server)).toHaveLength(count);
    }
  });
});

test("a configuration begins with the model folders of a trusted workspace only", async () => {
  const model = join(folder, "model");
  mkdirSync(model);
  const config = { model_type: "llama", num_attention_heads: 12, num_key_value_heads: 12, eos_token_id: 1 };
  writeFileSync(join(model, "config.json"), JSON.stringify(config));
  const server = await start({ initializationOptions: { ...WITH_COMMANDS, trusted: false } });
  const choices: BeginChoicesAnswer = await server.connection.sendRequest(BEGIN_CHOICES);
  expect(choices.releases[0]).toBe("v1.2.0");
  expect(choices.purposes.map(({ label }) => label)).toContain("One node");
  const begin = async (): Promise<string> => {
    const params = { purpose: "one-node", model, gpu: "H200x8", release: "v1.2.0", format: "yaml" } as const;
    const answer: BeginAnswer = await server.connection.sendRequest(BEGIN, params satisfies BeginParams);
    return answer.kind === "files" ? (answer.files[0]?.text ?? "") : answer.why;
  };
  expect(await begin()).toContain("\ntp: 8\n");
  await server.connection.sendNotification(TRUST_GRANTED);
  // Twelve heads cannot be split over eight GPUs.
  expect(await begin()).toContain("\ntp: 6\n");
  expect(await server.connection.sendRequest(BEGIN, { model: "nobody/knows", gpu: "H200x8" })).toEqual({
    kind: "refused",
    why: "There is no model folder 'nobody/knows' here, and no public model of that name is known. For a folder on another machine, write its absolute path.",
  });
});

describe("a conversion", () => {
  const convert = ({ connection }: TestClient, params: object): Promise<ConvertAnswer> =>
    connection.sendRequest(CONVERT, { textDocument, ...params });

  test("is of all launches, or of the one at a place", async () => {
    const server = await start();
    server.open(uri, "model_dir: /a\n---\nmodel_dir: /b\nprot: 1\n");
    const all = await convert(server, { to: "command" });
    expect(all?.text).toMatch(/--model_dir \/a\n.*--model_dir \/b .*\n$/);
    const one = await convert(server, { to: "command", position: { line: 0, character: 0 } });
    expect(one?.text).toBe("python -m lightllm.server.api_server --model_dir /a\n");
    expect([one?.refused.length, all?.refused.length]).toEqual([0, 1]);
    expect(await convert(server, { to: "nonsense" })).toBeNull();
    server.open("file:///somewhere/empty.lightllm.yaml", "# nothing\n");
    const empty = { uri: "file:///somewhere/empty.lightllm.yaml" };
    expect(await convert(server, { to: "yaml", textDocument: empty })).toBeNull();
  });

  test("to be run has the interpreter of the settings, in a trusted workspace", async () => {
    const environment = join(folder, "env");
    mkdirSync(join(environment, "bin"), { recursive: true });
    writeFileSync(join(environment, "bin/python"), "");
    for (const [trusted, python] of [
      [true, join(environment, "bin/python")],
      [false, "python"],
    ] as const) {
      const server = await start({
        capabilities: { workspace: { configuration: true } },
        initializationOptions: { ...WITH_COMMANDS, trusted },
        configuration: () => ({ pythonPath: environment }),
      });
      server.open(uri, "model_dir: /a\n");
      const answer = await convert(server, { to: "command", runs: true });
      expect(answer?.text).toBe(`${python} -m lightllm.server.api_server --model_dir /a\n`);
      expect((await convert(server, { to: "command" }))?.text).toMatch(/^python -m /);
      server.process.kill();
    }
  });

  test("has the places of its problems, the worst first", async () => {
    const server = await start();
    server.open(uri, "model_di: /m\nprot: 1\n---\nmodel_dir: /m\n");
    const problemsAt = (line: number): Promise<ProblemsAnswer> =>
      server.connection.sendRequest(PROBLEMS, { textDocument, position: { line, character: 0 } });
    expect((await problemsAt(0))?.map(({ start }) => start.line)).toEqual([1, 0]);
    expect(await problemsAt(3)).toEqual([]);
  });
});

describe("a client that makes files", () => {
  const capabilities = {
    workspace: { workspaceEdit: { resourceOperations: ["create" as const] } },
    textDocument: {
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["refactor"] } } },
    },
  };

  async function offers(server: TestClient, file: string, only = ["refactor.rewrite.lightllm.convert"]) {
    const position = { line: 0, character: 1 };
    return ((await server.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: file },
      range: { start: position, end: position },
      context: { diagnostics: [], only },
    })) ?? []) as CodeAction[];
  }

  test("gets conversions as new files, which are read as the same launch again", async () => {
    const file = pathToFileURL(join(folder, "serve.lightllm.yaml")).href;
    const taken = join(folder, "serve.sh");
    writeFileSync(taken, "mine\n");
    const server = await start({ capabilities });
    server.open(file, "model_dir: /m\ntp: 8\nenv:\n  LOADWORKER: 18\n");
    const actions = await offers(server, file);
    expect(actions.map(({ title }) => title.replace(/^.*: /, ""))).toEqual([
      "serve-2.sh",
      "serve.compose.yaml",
      "serve.kubernetes.yaml",
      "serve.service",
    ]);
    for (const { edit } of actions) {
      const [create, change] = (edit?.documentChanges ?? []) as [CreateFile, TextDocumentEdit];
      expect(existsSync(new URL(create.uri))).toBe(false);
      const empty = TextDocument.create(create.uri, "", 0, "");
      const text = TextDocument.applyEdits(empty, change.edits as never);
      const languageId = LANGUAGES[create.uri.slice(create.uri.lastIndexOf("."))] ?? "yaml";
      server.open(create.uri, text, languageId);
      const read: ConvertAnswer = await server.connection.sendRequest(CONVERT, {
        textDocument: { uri: create.uri },
        to: "command",
      });
      expect(read?.text).toBe("LOADWORKER=18 python -m lightllm.server.api_server --model_dir /m --tp 8\n");
    }
  });

  test("gets none of commands it does not know, and none where nothing can be made", async () => {
    const server = await start({ capabilities: { ...capabilities, workspace: {} } });
    server.open(uri, "model_dir: /m\n");
    expect(await offers(server, uri)).toEqual([]);
    server.process.kill();
    const commands = await start({ capabilities, initializationOptions: WITH_COMMANDS });
    commands.open(uri, "model_dir: /m\n");
    const actions = await offers(commands, uri);
    expect(actions.map(({ command }) => command?.command)).toEqual(["lightllm.convert"]);
    expect(actions.every(({ edit }) => edit === undefined)).toBe(true);
  });
});

test("the effective configuration is that of the launch at the place, as it is or as it would be", async () => {
  const server = await start({ initializationOptions: { trusted: false } });
  server.open(uri, "# lightllm: release=v1.2.0\nmodel_dir: /m\ntp: 2\n");
  const ask = async (name: string, params: Partial<EffectiveParams> = {}) => {
    const position = { line: 2, character: 0 };
    const answer = await server.connection.sendRequest<EffectiveAnswer>(EFFECTIVE, {
      textDocument,
      position,
      ...params,
    });
    const row = answer?.groups.flatMap(({ rows }) => rows).find((one) => one.name === name);
    return answer && [answer.release, row?.kind, row?.value, row?.range?.start];
  };
  expect(await ask("tp")).toEqual(["v1.2.0", "written", "2", { line: 2, character: 0 }]);
  expect(await ask("mem_fraction", { release: "v1.1.0" })).toEqual(["v1.1.0", "default", "0.9", undefined]);
  expect(await ask("tp", { release: "v0.0.0" })).toBeNull();
  const range = { start: { line: 2, character: 4 }, end: { line: 2, character: 5 } };
  expect(await ask("visual_dp", { edits: [{ range, newText: "16" }] })).toEqual([
    "v1.2.0",
    "derived",
    "16",
    { line: 2, character: 0 },
  ]);
  expect(await ask("tp", { textDocument: { uri: "file:///nowhere/a.yaml" } })).toBeNull();
});
