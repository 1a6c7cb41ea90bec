// @ts-check
/**
 * `npm run bench`: the server's speed, as ratios to a baseline (a bare server, a parser alone) and a peer (yaml-language-server with our
 * schema) in the same run. Absolute times depend on the machine; the ratios hardly do.
 * `-- --rows open,edit` measures only these.
 */
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { TextDocument } from "vscode-languageserver-textdocument";
import { loadTypeScript } from "../scripts/load-typescript.mjs";
import { measureCheck } from "./check.mjs";
import { milliseconds, quantile } from "./client.mjs";
import { EDITING_ROWS, measureEditing } from "./editing.mjs";
import { measureEffective } from "./effective.mjs";
import { measureFolder } from "./folder.mjs";
import { ms, print } from "./print.mjs";
import { measureRepository } from "./repository.mjs";
import { measureStartup } from "./startup.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
/**
 * A script with a number of launches, about 17 lines each; another `name` gives other launches. @param {number}
 * launches
 */
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

/** Judging against parsing, in one process: the share of the time that is not the parser's. */
async function judging() {
  const service = await loadTypeScript(join(root, "bench/service.ts"));
  const catalogue = service.shippedCatalogue();
  /** @type {Record<string, number[]>} */
  const times = { parse: [], find: [], judge: [] };
  for (let turn = 0; turn < 7; turn++) {
    // Results are cached; other names give other launches.
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

/** Migrating launches, and reading LightLLM's own source, each against its parser alone. */
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

/**
 * Writing the launches of a script in other notations, and the code lenses in the editor, against parsing the script.
 */
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

async function size() {
  for (const file of ["server.js", "extension.js", "cli.js"]) {
    print(`dist/${file}`, `${((await stat(join(root, "dist", file))).size / 1024).toFixed(0)} KiB`);
  }
}

/** The measurements, in order. @type {Record<string, () => Promise<void>>} */
const MEASURES = {
  startup: measureStartup,
  editing: () => measureEditing(rows),
  check: measureCheck,
  folder: measureFolder,
  repository: measureRepository,
  effective: () => measureEffective(script),
  judging,
  releases,
  converting,
  size,
};

const { values } = parseArgs({ options: { rows: { type: "string" }, help: { type: "boolean" } } });
if (values.help) {
  console.log(
    `Usage: npm run bench [-- --rows ROW,...]\nRows: ${[...Object.keys(MEASURES), ...EDITING_ROWS].join(", ")}`,
  );
  process.exit(0);
}
/** @type {Set<string>} */
const rows = new Set(values.rows?.split(",") ?? [...Object.keys(MEASURES), ...EDITING_ROWS]);
const unknown = [...rows].filter((row) => !(row in MEASURES) && !EDITING_ROWS.some((one) => one === row));
if (unknown.length > 0) {
  console.error(
    `There is no row ${unknown.join(", ")}. Known: ${[...Object.keys(MEASURES), ...EDITING_ROWS].join(", ")}`,
  );
  process.exit(2);
}
if (rows.has("editing")) for (const row of EDITING_ROWS) rows.add(row);
if (EDITING_ROWS.some((row) => rows.has(row))) rows.add("editing");
for (const [name, measure] of Object.entries(MEASURES)) if (rows.has(name)) await measure();
