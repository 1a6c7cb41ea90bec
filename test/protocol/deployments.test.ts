/** Findings between files: open and saved, edited, renamed and deleted, pushed and pulled. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  CodeActionRequest,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticRequest,
  FileChangeType,
  type FullDocumentDiagnosticReport,
  HoverRequest,
} from "vscode-languageserver-protocol/node";
import { LAUNCH_FILES } from "../../server/src/lsp/protocol";
import { NOTATIONS, TRAITS } from "../../server/src/notations";
import { type ClientOptions, startClient, type TestClient } from "../support/client";

const CODE = "port-twice-on-one-host";

let folder: string;
let client: TestClient;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "deployment-"));
});
afterEach(() => {
  client.process.kill();
  rmSync(folder, { recursive: true, force: true });
});

function config(port: number, more = ""): string {
  return `# lightllm: release=v1.2.0\nmodel_dir: /m\nhost: 10.0.0.5\nport: ${port}\n${more}`;
}

const MARK = "# lightllm: deployment=chat\n";

function uriOf(name: string): string {
  return pathToFileURL(join(folder, name)).href;
}

function write(name: string, text: string): void {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
}

async function start(options: ClientOptions = {}): Promise<TestClient> {
  client = await startClient({ folders: [pathToFileURL(folder).href], ...options });
  return client;
}

const has = (codes: readonly unknown[]) => codes.includes(CODE);
const hasNot = (codes: readonly unknown[]) => !codes.includes(CODE);

test("an edit of one open file is judged in the other one, there and back", async () => {
  const { open, change, published } = await start();
  const [a, b] = [uriOf("a.lightllm.yaml"), uriOf("b.lightllm.yaml")];
  open(a, MARK + config(8000));
  open(b, MARK + config(8001));
  await published(a, 1);
  await published(b, 1);
  change(a, 2, [{ text: MARK + config(8001) }]);
  const { diagnostics } = await published(b, 1, has);
  expect(diagnostics.find(({ code }) => code === CODE)?.relatedInformation).toEqual([
    {
      location: {
        uri: a,
        range: { start: { line: 4, character: 0 }, end: { line: 4, character: 10 } },
      },
      message: expect.stringContaining("8001"),
    },
  ]);
  change(a, 3, [{ text: MARK + config(8000) }]);
  await published(b, 1, hasNot);
});

test("a file beside it that is not open counts as it is saved, and as it is typed once it is open", async () => {
  write("a.lightllm.yaml", MARK + config(8000));
  const { open, published } = await start();
  const [a, b] = [uriOf("a.lightllm.yaml"), uriOf("b.lightllm.yaml")];
  open(b, MARK + config(8000));
  await published(b, 1, has);
  open(a, MARK + config(8001));
  await published(b, 1, hasNot);
  client.close(a);
  await published(b, 1, has);
});

test("a finding in a file that is not open is shown at its other place", async () => {
  write("c.lightllm.yaml", MARK + config(8000));
  const { open, published } = await start();
  const b = uriOf("b.lightllm.yaml");
  open(b, MARK + config(8000));
  const { diagnostics } = await published(b, 1, has);
  const found = diagnostics.find(({ code }) => code === CODE);
  expect(found?.message).toMatch(/^In 'c\.lightllm\.yaml': 'port' is 8000/);
  expect(found?.relatedInformation?.map(({ location }) => location.uri)).toEqual([uriOf("c.lightllm.yaml")]);
  open(uriOf("c.lightllm.yaml"), MARK + config(8000));
  await published(uriOf("c.lightllm.yaml"), 1, has);
  await published(b, 1, hasNot);
});

test("services that build one image are judged with its file, which is the other place", async () => {
  const program = '["python", "-m", "lightllm.server.api_server"]';
  write(
    "Dockerfile",
    `FROM lightllm:v1.2.0\nENTRYPOINT ${program}\nCMD ["--model_dir", "/m", "--host", "0.0.0.0"]\n`,
  );
  const { open, published } = await start();
  const uri = uriOf("compose.yaml");
  const node = (role: string, more: string) =>
    `  ${role}:\n    build: .\n    command: --run_mode ${role} --model_dir /m --host 0.0.0.0 ${more}\n`;
  open(
    uri,
    `services:\n  q:\n    build: .\n    ports: ["80:80"]\n${node("pd_master", "--port 60011")}${node("decode", "--pd_master_ip pd_master --pd_master_port 60012")}`,
    "dockercompose",
  );
  const codes = ["port-elsewhere", "pd-master-elsewhere"];
  const { diagnostics } = await published(uri, 1, (found) => codes.every((code) => found.includes(code)));
  const places = codes.map((code) =>
    diagnostics.find((one) => one.code === code)?.relatedInformation?.map(({ location }) => location.uri),
  );
  expect(places).toEqual([[uriOf("Dockerfile")], [uri]]);
  open(uriOf("Dockerfile"), "FROM lightllm:v1.2.0\n", "dockerfile");
  await published(uri, 1, (found) => !codes.some((code) => found.includes(code)));
});

test("a Service in a file beside its pod is judged with it, saved, typed and deleted", async () => {
  const service = (port: number) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: q}\nspec: {selector: {app: q}, ports: [{port: ${port}}]}\n`;
  write("service.yaml", service(8080));
  const { open, change, published, connection, close } = await start();
  const [uri, other] = [uriOf("pod.yaml"), uriOf("service.yaml")];
  open(
    uri,
    'apiVersion: v1\nkind: Pod\nmetadata: {name: q, labels: {app: q}}\nspec:\n  containers:\n    - name: q\n      image: lightllm:v1.2.0\n      command: [python, -m, lightllm.server.api_server, --model_dir, /m, --host, 0.0.0.0, --port, "8000"]\n',
    "yaml",
  );
  const isWrong = (codes: readonly unknown[]) => codes.includes("port-elsewhere");
  const isRight = (codes: readonly unknown[]) => !codes.includes("port-elsewhere");
  const { diagnostics } = await published(uri, 1, isWrong);
  expect(diagnostics.find(({ code }) => code === "port-elsewhere")?.relatedInformation).toMatchObject([
    { location: { uri: other, range: { start: { line: 3, character: 42 } } } },
  ]);
  open(other, service(8000), "yaml");
  await published(uri, 1, isRight);
  change(other, 2, [{ text: service(8001) }]);
  await published(uri, 1, isWrong);
  rmSync(join(folder, "service.yaml"));
  close(other);
  await connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: other, type: FileChangeType.Deleted }],
  });
  await published(uri, 1, isRight);
});

test("a file that is renamed or deleted no longer counts", async () => {
  write("a.lightllm.yaml", MARK + config(8000));
  const { open, published, connection } = await start();
  const b = uriOf("b.lightllm.yaml");
  const tell = (name: string, type: FileChangeType) =>
    connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: uriOf(name), type }],
    });
  open(b, MARK + config(8000));
  await published(b, 1, has);
  renameSync(join(folder, "a.lightllm.yaml"), join(folder, "a.txt"));
  await tell("a.lightllm.yaml", FileChangeType.Deleted);
  await published(b, 1, hasNot);
  write("c.lightllm.yaml", MARK + config(8000));
  await tell("c.lightllm.yaml", FileChangeType.Created);
  await published(b, 1, has);
  rmSync(join(folder, "c.lightllm.yaml"));
  await tell("c.lightllm.yaml", FileChangeType.Deleted);
  await published(b, 1, hasNot);
});

test("the configuration names files in other folders", async () => {
  write(".lightllm-config.yaml", "deployments:\n  chat: ['nodes/*.yaml', main.lightllm.yaml]\n");
  write("nodes/a.lightllm.yaml", config(8000));
  const { open, published } = await start();
  const main = uriOf("main.lightllm.yaml");
  open(main, config(8000));
  await published(main, 1, has);
});

test("nothing is read in a workspace that is not trusted", async () => {
  write("a.lightllm.yaml", MARK + config(8000));
  const { open, published, connection } = await start({ initializationOptions: { trusted: false } });
  const b = uriOf("b.lightllm.yaml");
  open(b, MARK + config(8000));
  await published(b, 1);
  const hover = await hoverOn(b);
  expect(hover).not.toContain("10.0.0.5");
  await connection.sendNotification("lightllm/trustGranted");
  await published(b, 1, has);
});

test("a file can switch it off", async () => {
  write("a.lightllm.yaml", MARK + config(8000));
  const { open, change, published } = await start();
  const b = uriOf("b.lightllm.yaml");
  open(b, MARK + config(8000));
  await published(b, 1, has);
  change(b, 2, [{ text: `# lightllm: deployment=none\n${config(8000)}` }]);
  await published(b, 2, hasNot);
});

test("a client that pulls gets them, and is asked to pull the other document again", async () => {
  const { open, change, connection, initialized, refreshes } = await start({
    capabilities: {
      textDocument: { diagnostic: {} },
      workspace: { diagnostics: { refreshSupport: true } },
    },
  });
  expect(initialized.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: true });
  const [a, b] = [uriOf("a.lightllm.yaml"), uriOf("b.lightllm.yaml")];
  const pull = async (uri: string) => {
    const params = { textDocument: { uri } };
    const report = await connection.sendRequest(DocumentDiagnosticRequest.type, params);
    return (report as FullDocumentDiagnosticReport).items.map(({ code }) => code);
  };
  open(a, MARK + config(8000));
  open(b, MARK + config(8001));
  expect(await pull(a)).not.toContain(CODE);
  expect(await pull(b)).not.toContain(CODE);
  const before = refreshes();
  change(a, 2, [{ text: MARK + config(8001) }]);
  await pull(a);
  await expect.poll(refreshes).toBeGreaterThan(before);
  expect(await pull(b)).toContain(CODE);
});

async function hoverOn(uri: string): Promise<string> {
  const position = { line: 2, character: 3 };
  const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
  return JSON.stringify(hover?.contents ?? "");
}

test("the light bulb offers fixes, and the comment that silences the rule", async () => {
  const { open, published, connection } = await start({
    capabilities: {
      textDocument: {
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
      },
    },
  });
  const [a, b] = [uriOf("a.lightllm.yaml"), uriOf("b.lightllm.yaml")];
  open(a, MARK + config(8000));
  open(b, MARK + config(8000));
  const { diagnostics } = await published(b, 1, has);
  const diagnostic = diagnostics.find(({ code }) => code === CODE);
  if (!diagnostic) throw new Error("no diagnostic");
  const actions = await connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: b },
    range: diagnostic.range,
    context: { diagnostics: [diagnostic] },
  });
  const titles = actions?.map(({ title }) => title);
  expect(titles).toContain("Set 'port' to 8001");
  expect(titles?.some((title) => title.includes(CODE))).toBe(true);
});

test("every file that may hold a launch is watched", () => {
  const watched = LAUNCH_FILES.join(" ");
  const endings = Object.values(TRAITS)
    .filter(({ purpose }) => purpose !== "documentation")
    .map(({ ending }) => ending.slice(1));
  expect(Object.keys(NOTATIONS).length).toBeGreaterThan(0);
  for (const ending of endings)
    expect(watched.toLowerCase()).toContain(ending.toLowerCase().split(".").at(-1));
});

test("an open file is judged by the release that fits its deployment, and by its own again", async () => {
  const { open, change, published } = await start();
  const [a, b] = [uriOf("a.lightllm.yaml"), uriOf("b.lightllm.yaml")];
  const text = (more: string) => `${MARK}model_dir: /m\nport: 8000\n${more}`;
  const isOf = (release: string) => async () => (await hoverOn(b)).includes(`LightLLM ${release}`);
  open(b, text(""));
  await published(b, 1);
  expect(await isOf("v1.2.0")()).toBe(true);
  open(a, text("enable_fa3: true\n"));
  await published(a, 1);
  await published(b, 1);
  expect(await isOf("v1.1.0")()).toBe(true);
  change(a, 2, [{ text: text("") }]);
  await published(a, 2);
  await published(b, 1);
  expect(await isOf("v1.2.0")()).toBe(true);
});
