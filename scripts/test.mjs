// @ts-check
/**
 * `npm test`: all checks, on any clone. Installs missing packages, then runs lint, types, the check of generated files,
 * unit and protocol tests, the grammar's tests, and the tests in a real editor; ends with one line of counts. Steps that
 * leave a processor free run together, and the programs are built once for all of them.
 */
import { spawn } from "node:child_process";
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");

/** @typedef {{ passed: number, failed: number }} Counts */

/** What failed, a line each. They are printed at the end, where a long log is read first. @type {string[]} */
const failures = [];

/**
 * Runs a program of node_modules or a script, and returns its output. It prints the output at the end, because several run
 * together, or as it comes.
 * @param {string[]} words
 * @param {{ env?: Record<string, string>, isAlone?: boolean }} [options] additional environment variables; whether to
 *   print the output as it comes
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function run([program = "", ...words], { env = {}, isAlone = false } = {}) {
  const local = join(modules, ".bin", program);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const command = program === "npm" ? npm : program === "node" ? process.execPath : local;
  return new Promise((fulfil) => {
    let output = "";
    const title = `\n▸ ${[program, ...words].join(" ")}`;
    if (isAlone) console.log(title);
    const child = spawn(command, words, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
      shell: process.platform === "win32",
    });
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      if (isAlone) process.stdout.write(text);
    });
    child.once("error", (error) => {
      console.error(error.message);
      fulfil({ ok: false, output });
    });
    child.once("close", (code) => {
      if (!isAlone) console.log(`${title}\n${output}`);
      fulfil({ ok: code === 0, output });
    });
  });
}

/**
 * Installs the exact packages of the lock file if they are missing. A folder that is a link belongs to another checkout:
 * npm would delete what is in it.
 */
async function install() {
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const installed = join(modules, ".package-lock.json");
  const lock = join(root, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  if (!(await run(["npm", "ci"], { isAlone: true })).ok) {
    console.error("npm ci failed, so the tests cannot run.");
    process.exit(1);
  }
}

/** A step that passes or fails as a whole. @param {string[]} words @returns {Promise<Counts>} */
async function step(words) {
  if ((await run(words)).ok) return { passed: 1, failed: 0 };
  failures.push(words.join(" "));
  return { passed: 0, failed: 1 };
}

/** The beginning of an error's text. @param {string | undefined} text */
function firstLines(text) {
  return (text ?? "").split("\n").slice(0, 8).join("\n    ").slice(0, 1000);
}

/** @param {boolean} built whether the programs are built @returns {Promise<Counts>} */
async function vitest(built) {
  const folder = mkdtempSync(join(tmpdir(), "lightllm-config-"));
  const report = join(folder, "report.json");
  try {
    const words = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const env = built ? { LIGHTLLM_CONFIG_BUILT: "true" } : {};
    const { ok } = await run(["vitest", ...words], { env, isAlone: true });
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
    for (const { name, status, message, assertionResults } of testResults) {
      const failed = assertionResults.filter(
        (/** @type {{ status: string }} */ test) => test.status === "failed",
      );
      for (const { fullName, failureMessages } of failed)
        failures.push(`${relative(root, name)} ${fullName}\n    ${firstLines(failureMessages[0])}`);
      if (status === "failed" && failed.length === 0)
        failures.push(`${relative(root, name)}\n    ${firstLines(message)}`);
    }
    if (!ok && failures.length === 0)
      failures.push("vitest: an error outside the tests, see its output above");
    return { passed: numPassedTests, failed: ok ? 0 : Math.max(1, numFailedTests) };
  } catch (error) {
    failures.push(`vitest: no report (${error})`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The tests in the editor end with their own line of counts.
 * @param {boolean} built whether the programs are built
 * @returns {Promise<Counts>}
 */
async function editor(built) {
  const { ok, output } = await run(["node", "scripts/test-editor.mjs", ...(built ? ["--built"] : [])], {
    isAlone: true,
  });
  const counts = /^(\d+) passed, (\d+) failed$/m.exec(output.trim().split("\n").at(-1) ?? "");
  if (!ok) failures.push("node scripts/test-editor.mjs, see its output above");
  if (!counts) return { passed: 0, failed: 1 };
  return { passed: Number(counts[1]), failed: ok ? Number(counts[2]) : Math.max(1, Number(counts[2])) };
}

await install();
const grammar = [
  "vscode-tmgrammar-test",
  "-g",
  "syntaxes/lightllm-yaml.tmLanguage.json",
  "syntaxes/test/*.lightllm.yaml",
];
/** package.json lists the injected grammars; stand-ins replace the VS Code grammars that they are injected into. */
const injection = [
  "vscode-tmgrammar-test",
  "-g",
  "syntaxes/test-injection/shell-stand-in.tmLanguage.json",
  "-g",
  "syntaxes/test-injection/markdown-stand-in.tmLanguage.json",
  "syntaxes/test-injection/*.{sh,md}",
];
// A download, which waits for the network: it need not be ready before the tests in the editor, and reports its errors there.
const editorThere = run(["node", "scripts/test-editor.mjs", "--install"]);
const results = await Promise.all([
  step(["node", "scripts/build.mjs"]),
  step(["tsc", "-p", "."]),
  step(["biome", "check", "--error-on-warnings", "."]),
  step(["node", "scripts/schemas.mjs", "--check"]),
  step(grammar),
  step(injection),
]);
const built = results[0].failed === 0;
results.push(await vitest(built));
await editorThere;
results.push(await editor(built));
const passed = results.reduce((sum, counts) => sum + counts.passed, 0);
const failed = results.reduce((sum, counts) => sum + counts.failed, 0);
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((line) => `  ✗ ${line}`).join("\n")}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
