// @ts-check
/**
 * `npm run bench`: how fast the server is, as ratios against a floor (`node -e 0`) and a peer (yaml-language-server
 * with our schema) measured in the same run. Absolute times depend on the machine; the ratios hardly do.
 */
import { spawnSync } from "node:child_process";
import { stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";
import { loadTypeScript } from "../scripts/load-typescript.mjs";
import { milliseconds, quantile, startServer } from "./client.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const ours = [process.execPath, join(root, "dist/cli.js"), "lsp", "--stdio"];
const peer = [
  process.execPath,
  createRequire(import.meta.url).resolve("yaml-language-server/bin/yaml-language-server"),
  "--stdio",
];
const schema = pathToFileURL(join(root, "schemas/lightllm-v1.2.0.schema.json")).href;
const peerOptions = {
  capabilities: { workspace: { configuration: true } },
  configuration: {
    validate: true,
    schemas: { [schema]: "*.yaml" },
    schemaStore: { enable: false, url: "" },
    kubernetesCRDStore: { enable: false },
  },
};

const LAUNCH = [
  "model_dir: /models/DeepSeek-R1",
  "run_mode: normal",
  "tp: 8",
  "dp: 8",
  "host: 0.0.0.0",
  "port: 8088",
  "mem_fraction: 0.85",
  "max_req_total_len: 65536",
  "enable_ep_moe: true",
  "llm_prefill_att_backend: [fa3]",
];

/** A config of about so many lines, one document for every twelve. @param {number} lines */
function config(lines) {
  const documents = Math.max(1, Math.round(lines / (LAUNCH.length + 2)));
  const launches = Array.from({ length: documents }, (_, index) =>
    [`model_name: model-${index}`, ...LAUNCH].join("\n"),
  );
  return `${launches.join("\n---\n")}\n`;
}

/** @param {string} name @param {string} value */
const print = (name, value) => console.log(`${name.padEnd(44)} ${value}`);
/** @param {number} value */
const ms = (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;

/** @type {Record<string, string>} */
const BENCH_FILES = { yaml: "bench.yaml", "lightllm-yaml": "bench.lightllm.yaml", shellscript: "bench.sh" };

async function startup() {
  const [start, floor, peerStart] = [
    /** @type {number[]} */ ([]),
    /** @type {number[]} */ ([]),
    /** @type {number[]} */ ([]),
  ];
  for (let turn = 0; turn < 11; turn++) {
    /** @type {import("./client.mjs").Client[]} */
    const clients = [];
    start.push(await milliseconds(async () => clients.push(await startServer(ours))));
    floor.push(await milliseconds(async () => spawnSync(process.execPath, ["-e", "0"])));
    if (turn < 5) peerStart.push(await milliseconds(async () => clients.push(await startServer(peer))));
    for (const client of clients) client.kill();
  }
  const [a, b, c] = [quantile(start, 0.5), quantile(floor, 0.5), quantile(peerStart, 0.5)];
  print("spawn → initialize", `${ms(a)} = ${(a / b).toFixed(2)} × node -e 0 (${ms(b)})`);
  print("  yaml-language-server", `${ms(c)} = ${(c / a).toFixed(1)} × ours`);
}

/**
 * Opens a document, edits it, asks for completion right behind an edit, hovers.
 * @param {string[]} command @param {object} options @param {string} languageId @param {string} text
 */
async function latency(command, options, languageId, text) {
  const client = await startServer(command, options);
  const uri = pathToFileURL(join(root, BENCH_FILES[languageId] ?? "bench")).href;
  const textDocument = { uri };
  const open = await milliseconds(async () => {
    const published = client.nextDiagnostics(uri);
    client.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
    await published;
  });
  const count = text.split("\n").length;
  const [edits, completions, hovers] = [
    /** @type {number[]} */ ([]),
    /** @type {number[]} */ ([]),
    /** @type {number[]} */ ([]),
  ];
  let version = 1;
  const change = (/** @type {number} */ line, /** @type {string} */ inserted) => {
    const at = { line, character: 0 };
    version++;
    client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: at, end: at }, text: inserted }],
    });
  };
  for (let turn = 0; turn < 20; turn++) {
    const line = Math.floor((count * turn) / 20);
    edits.push(
      await milliseconds(async () => {
        const published = client.nextDiagnostics(uri);
        change(line, "#");
        await published;
      }),
    );
    const position = { line, character: 1 };
    completions.push(
      await milliseconds(async () => {
        change(line, "m\n");
        await client.connection.sendRequest("textDocument/completion", { textDocument, position });
      }),
    );
    hovers.push(
      await milliseconds(() =>
        client.connection.sendRequest("textDocument/hover", {
          textDocument,
          position: { line: 2, character: 1 },
        }),
      ),
    );
  }
  client.kill();
  return {
    open,
    edit: quantile(edits, 0.5),
    complete: quantile(completions, 0.95),
    hover: quantile(hovers, 0.95),
  };
}

/** A script of so many launches, about 17 lines each; `name` makes them others. @param {number} launches */
function script(launches, name = "model") {
  const launch = (/** @type {number} */ index) => `# node ${index}
PORT_${index}=80${index % 100}
LOADWORKER=18 nohup python -m lightllm.server.api_server \\
  --model_dir "$MODEL_DIR" \\
  --model_name ${name}-${index} \\
  --tp 8 \\
  --dp 8 \\
  --host 0.0.0.0 \\
  --port $PORT_${index} \\
  --mem_fraction 0.85 \\
  --max_req_total_len 65536 \\
  --enable_ep_moe \\
  --llm_prefill_att_backend fa3 > log-${index} 2>&1 &
if [ $? -ne 0 ]; then
  echo "failed"
fi

`;
  return Array.from({ length: launches }, (_, index) => launch(index)).join("");
}

/** Judging against parsing, in one process: how much of the time is ours. */
async function judging() {
  const service = await loadTypeScript(join(root, "bench/service.ts"));
  const catalogue = service.shippedCatalogue();
  /** @type {Record<string, number[]>} */
  const times = { parse: [], find: [], judge: [] };
  for (let turn = 0; turn < 12; turn++) {
    // What was judged once is kept: other names make other launches.
    const text = script(3000, `turn${turn}`);
    times.parse?.push(await milliseconds(async () => service.parseShell(text)));
    const { launches } = await timed(times.find, () => service.shell.find(text));
    for (const launch of turn < 2 ? [] : launches) {
      await timed(times.judge, () => service.judge(launch, catalogue.newest, catalogue));
    }
  }
  const [parse, find] = [quantile(times.parse ?? [], 0.5), quantile(times.find ?? [], 0.5)];
  const [p50, p95] = [0.5, 0.95].map((share) => quantile(times.judge ?? [], share) * 1000);
  print(
    "3,000 launches in one script: read",
    `${ms(find)} = ${(find / parse).toFixed(1)} × parsing alone (${ms(parse)})`,
  );
  print("judging one launch, p50 and p95", `${p50?.toFixed(0)} µs and ${p95?.toFixed(0)} µs`);
  print("judging all of them", `${(((p50 ?? 0) * 3000) / 1000 / parse).toFixed(1)} × parsing alone`);
}

/** Carrying launches over to another release, and reading LightLLM's own source, each against the bare parsers. */
async function releases() {
  const service = await loadTypeScript(join(root, "bench/service.ts"));
  const catalogue = service.shippedCatalogue();
  const text = script(300)
    .replaceAll("--enable_ep_moe", "--enable_fa3")
    .replaceAll("--llm_prefill_att_backend fa3", "--tp 8");
  const source = service.writeParser(catalogue.newest.flags, service.PLAIN);
  /** @type {Record<string, number[]>} */
  const times = { shell: [], migrate: [], python: [], read: [] };
  for (let turn = 0; turn < 7; turn++) {
    const document = TextDocument.create("file:///bench.sh", "shellscript", turn, text);
    await timed(times.shell, () => service.parseShell(text));
    const opened = service.analyse(document, service.shell, { language: "en" }, catalogue);
    await timed(times.migrate, () => service.migrate(opened, opened.launches, catalogue.newest).text);
    await timed(times.python, () => service.parsePython(source));
    await timed(times.read, () => service.readSource(source, catalogue));
  }
  const [shell, migrate, python, read] = Object.values(times).map((list) => quantile(list, 0.5));
  print(
    "300 launches carried over to v1.2.0",
    `${ms(migrate ?? 0)} = ${((migrate ?? 0) / (shell ?? 1)).toFixed(0)} × parsing alone`,
  );
  print(
    "LightLLM's own source: read",
    `${ms(read ?? 0)} = ${((read ?? 0) / (python ?? 1)).toFixed(1)} × parsing alone (${ms(python ?? 0)})`,
  );
}

/** Writing the launches of a script in other notations, and the lines above them in the editor, against parsing the script. */
async function converting() {
  const service = await loadTypeScript(join(root, "bench/service.ts"));
  const catalogue = service.shippedCatalogue();
  const formats = ["yaml", "shell", "kubernetes"];
  /** @type {Record<string, number[]>} */
  const times = { parse: [], lenses: [], yaml: [], shell: [], kubernetes: [] };
  for (let turn = 0; turn < 7; turn++) {
    const text = script(1000, `turn${turn}`);
    const document = TextDocument.create("file:///bench.sh", "shellscript", turn, text);
    await timed(times.parse, () => service.parseShell(text));
    const opened = service.analyse(document, service.shell, { language: "en" }, catalogue);
    await timed(times.lenses, () => service.codeLenses(opened, { runs: true }));
    for (const format of formats) {
      await timed(times[format], () => service.convert(opened, opened.launches, format));
    }
  }
  const parse = quantile(times.parse ?? [], 0.5);
  for (const [what, list] of Object.entries(times)) {
    if (what === "parse") continue;
    const time = quantile(list, 0.5);
    const name = what === "lenses" ? "1,000 launches: code lenses" : `1,000 launches as ${what}`;
    print(name, `${ms(time)} = ${(time / parse).toFixed(1)} × parsing alone (${ms(parse)})`);
  }
}

/** @template T @param {number[] | undefined} into @param {() => T} action @returns {Promise<T>} */
async function timed(into, action) {
  const start = performance.now();
  const result = action();
  into?.push(performance.now() - start);
  return result;
}

/** The command line tool on one large script with a finding in each launch; twice the launches should take twice the time. */
async function checking() {
  const check = (/** @type {number} */ launches) =>
    milliseconds(async () =>
      spawnSync(
        process.execPath,
        [join(root, "dist/cli.js"), "check", "--format", "json", "--as", "shell", "-"],
        {
          input: script(launches).replaceAll("--enable_ep_moe", "--enable_ep_mo"),
          maxBuffer: 2 ** 28,
        },
      ),
    );
  const [start, half, whole] = [await check(0), await check(1500), await check(3000)];
  print(
    "check --format json, 3,000 launches",
    `${ms(whole)}, without the start of the program ${ms(whole - start)}`,
  );
  print("  twice as many launches take", `${((whole - start) / (half - start)).toFixed(1)} × the time`);
}

async function size() {
  for (const file of ["server.js", "extension.js", "cli.js"]) {
    print(`dist/${file}`, `${((await stat(join(root, "dist", file))).size / 1024).toFixed(0)} KiB`);
  }
}

await startup();
for (const lines of [30, 1_000, 10_000]) {
  const we = await latency(ours, {}, "lightllm-yaml", config(lines));
  const they = await latency(peer, peerOptions, "yaml", config(lines));
  for (const [name, key] of /** @type {[string, keyof typeof we][]} */ ([
    ["open → diagnostics", "open"],
    ["edit → diagnostics, p50", "edit"],
    ["type, then completion, p95", "complete"],
    ["hover, p95", "hover"],
  ])) {
    print(
      `${lines} lines: ${name}`,
      `${ms(we[key])}; yaml-language-server ${ms(they[key])} = ${(they[key] / we[key]).toFixed(1)} × ours`,
    );
  }
}
const shellTimes = await latency(ours, {}, "shellscript", script(587));
print("587 launches in shell: open → diagnostics", ms(shellTimes.open));
print("587 launches in shell: edit → diagnostics, p50", ms(shellTimes.edit));
print("587 launches in shell: type, then completion, p95", ms(shellTimes.complete));
await judging();
await releases();
await converting();
await checking();
await size();
