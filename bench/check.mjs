// @ts-check
/**
 * The command line tool on one script of faulty launches: twice the launches should take at most about twice the time.
 */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadTypeScript } from "../scripts/load-typescript.mjs";
import { quantile } from "./client.mjs";
import { ms, print, ratio } from "./print.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
/** The share of flags with a fault: more than one in each launch. */
const FAULTS = 0.1;
const COUNTS = [100, 200, 400, 800];
/** Prints the CPU time of a process, which depends little on other processes. */
const TELL_TIME = `process.argv.splice(1, 0, ""); process.on("exit", () => { const { user, system } = process.cpuUsage(); require("fs").writeSync(2, "\\n" + (user + system) / 1000); });`;

export async function measureCheck() {
  const { launchText } = await loadTypeScript(join(root, "bench/faulty.ts"));
  const check = (/** @type {string} */ text) => {
    const { stderr } = spawnSync(
      process.execPath,
      [
        "-e",
        `${TELL_TIME} require(${JSON.stringify(join(root, "dist/cli.js"))});`,
        "--",
        "check",
        "--format",
        "json",
        "--notation",
        "shell",
        "-",
      ],
      { input: text, encoding: "utf8", maxBuffer: 2 ** 30, timeout: 120_000 },
    );
    return Number(stderr.split("\n").at(-1) || Number.POSITIVE_INFINITY);
  };
  const texts = COUNTS.map((launches) => launchText("shell", { launches, faults: FAULTS }));
  /** @type {number[][]} */
  const times = COUNTS.map(() => []);
  for (let turn = 0; turn < 3; turn++) for (const [at, text] of texts.entries()) times[at]?.push(check(text));
  const medians = times.map((list) => quantile(list, 0.5));
  for (const [at, launches] of COUNTS.entries()) {
    const [now = 0, before] = [medians[at], medians[at - 1]];
    const growth = before === undefined ? "" : ` = ${ratio(now, before)} × half as many`;
    print(`check, ${launches} faulty launches in one script`, `${ms(now)} of CPU${growth}`);
  }
}
