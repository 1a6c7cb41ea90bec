// @ts-check
/**
 * The command line tool on a repository of 10,000 files: time, memory, and a yardstick, yamllint on the same tree, where it is
 * installed.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadTypeScript } from "../scripts/load-typescript.mjs";
import { ms, print, ratio } from "./print.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const FILES = 10_000;

/** The kinds of files with launches. */
const KINDS = [
  { name: "shell", end: ".sh" },
  { name: "kubernetes", end: ".yaml" },
  { name: "yaml", end: ".lightllm.yaml" },
  { name: "markdown", end: ".md" },
];

/** Prints the time, the processor's time and the largest memory of a process, in milliseconds and KiB. */
const TELL = `process.argv.splice(1, 0, ""); const start = performance.now(); process.on("exit", () => { const { user, system } = process.cpuUsage(); require("fs").writeSync(2, "\\n" + [performance.now() - start, (user + system) / 1000, process.resourceUsage().maxRSS]); });`;

/**
 * A file, by its number: every fiftieth holds launches, half of the others are of kinds that may.
 * @param {number} at @param {(kind: string, at: number) => string} launches
 */
function fileOf(at, launches) {
  const folder = `services/team-${Math.floor(at / 500)}/part-${Math.floor(at / 25) % 20}`;
  const filler = Array.from({ length: 60 }, (_, line) => `value_${line}: ${at * line}`).join("\n");
  const named = (/** @type {string} */ end, text = filler) => ({
    path: `${folder}/${at}${end}`,
    text: `${text}\n`,
  });
  const kind = at % 50 === 0 ? KINDS[(at / 50) % KINDS.length] : undefined;
  if (kind) return named(kind.end, launches(kind.name, at));
  if (at % 10 < 3) return named(".yaml");
  if (at % 10 < 5) return named(".sh", filler.replaceAll(/(\w+): (\d+)/g, "export $1=$2"));
  if (at % 10 < 6) return named(".py", filler.replaceAll(": ", " = "));
  return named(at % 2 === 0 ? ".txt" : ".go");
}

export async function measureRepository() {
  const { launchText } = await loadTypeScript(join(root, "bench/faulty.ts"));
  const folder = mkdtempSync(join(tmpdir(), "lightllm-bench-repository-"));
  try {
    for (let at = 0; at < FILES; at++) {
      const { path, text } = fileOf(at, (kind, seed) =>
        launchText(kind, { launches: 2, faults: 0.05, seed }),
      );
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const cli = join(root, "dist/cli.js");
    const { stderr } = spawnSync(
      process.execPath,
      ["-e", `${TELL} require(${JSON.stringify(cli)});`, "--", "check", "--format", "json", folder],
      { encoding: "utf8", maxBuffer: 2 ** 30 },
    );
    const [wall = 0, cpu = 0, memory = 0] = (stderr.split("\n").at(-1) ?? "").split(",").map(Number);
    print(
      "check, 10,000 files, 400 faulty launches",
      `${ms(wall)}, ${ms(cpu)} of CPU, at most ${(memory / 1024).toFixed(0)} MiB`,
    );
    yamllint(folder, wall);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Another linter over its own files of the same tree. @param {string} folder @param {number} ours */
function yamllint(folder, ours) {
  if (spawnSync("yamllint", ["--version"]).error) {
    print("yamllint over the same tree", "not installed");
    return;
  }
  const start = performance.now();
  spawnSync("yamllint", ["."], { cwd: folder, maxBuffer: 2 ** 30 });
  const wall = performance.now() - start;
  print("yamllint over the YAML files of the same tree", `${ms(wall)} = ${ratio(wall, ours)} × ours`);
}
