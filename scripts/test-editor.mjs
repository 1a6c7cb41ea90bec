// @ts-check
// Tests the extension in a real editor: as the package that users install, in trusted folders and in Restricted Mode, and
// from its folder.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { findChromium } from "./editor/chromium.mjs";
import { installWorkbench } from "./editor/install.mjs";
import { desktopAvailable, runDesktop } from "./editor/run-desktop.mjs";
import { runSuite } from "./editor/run-suite.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(root, "out/test/editor");
const tests = join(out, "run.js");
const development = { development: root };
const packaged = { vsix: join(root, "dist/lightllm-config.vsix") };

const HELP = `Usage: node scripts/test-editor.mjs [option]

Builds and packages the extension and runs test/editor/ in VS Code: all tests with the package, in a trusted folder and in
Restricted Mode, and the first ones, in both too, with the extension from this folder, which is the same program. Uses the
desktop edition if it is available, and otherwise the browser edition, which runs two of them at a time;
LIGHTLLM_CONFIG_EDITOR=desktop or =browser selects one.

  --grep <text>   only the tests whose names contain this
  --built         packages what is in dist/, without building it
  --install       only downloads the browser edition, if the tests need it and it is missing
  --bundle        only bundle the tests into out/test/editor/, for a run from the editor's debugger
  --help          this text`;

/**
 * The longest first. What the extension does from its folder it also does as a package, so there only its start is tested,
 * and one test file of each kind of request.
 */
const RUNS = [
  { name: "packaged, trusted", extension: packaged, trust: true },
  { name: "packaged, in Restricted Mode", extension: packaged, trust: false },
  { name: "from its folder, trusted", extension: development, trust: true, isBrief: true },
  { name: "from its folder, in Restricted Mode", extension: development, trust: false, isBrief: true },
];

/** How many of the runs go on at the same time in the browser edition: while one waits for its browser, the other works. */
const LANES = 2;

/** @param {string[]} args the words of the command line */
async function main(args) {
  const [option, pattern, ...rest] = args;
  const grep = option === "--grep" && rest.length === 0 ? pattern : undefined;
  const only = args.length === 1 ? option : undefined;
  if (only === "--bundle") {
    return bundle();
  }
  if (only === "--install") {
    return install();
  }
  if (args.length > 0 && grep === undefined && only !== "--built") {
    const asked = only === "--help";
    console.log(asked ? HELP : `Unknown arguments: ${args.join(" ")}\n\n${HELP}`);
    process.exitCode = asked ? 0 : 2;
    return;
  }
  script("package.mjs", only === "--built" ? ["--built"] : []);
  await bundle();
  const results = await runAll(grep);
  report(results);
}

/** The desktop edition is downloaded by its own run. */
async function install() {
  if (await desktopAvailable()) {
    return;
  }
  installWorkbench();
  findChromium();
}

/** @param {string} name @param {string[]} words */
function script(name, words) {
  const run = spawnSync(process.execPath, [join(root, "scripts", name), ...words], {
    cwd: root,
    stdio: "inherit",
  });
  if (run.status !== 0) {
    throw new Error(`scripts/${name} failed; fix the errors above, then start again.`);
  }
}

/** Bundles the suites into one module that an extension host can load, and creates a new workspace next to it. */
async function bundle() {
  await build({
    entryPoints: [join(root, "test/editor/run.ts")],
    outfile: tests,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    sourcemap: "inline",
    logLevel: "warning",
    // Mocha's parallel mode, which is not used here, looks for files of its own.
    logOverride: { "require-resolve-not-external": "silent" },
  });
  rmSync(join(out, "workspace"), { recursive: true, force: true });
  cpSync(join(root, "test/editor/workspace"), join(out, "workspace"), { recursive: true });
}

/** @typedef {{ name: string, passed: number, failed: number, output: string, seconds: number }} Result */

/** @param {string | undefined} grep @returns {Promise<Result[]>} */
async function runAll(grep) {
  const desktop = await desktopAvailable();
  const /** @type {Result[]} */ results = [];
  const waiting = [...RUNS.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [at, run] = next;
      results[at] = await runOne(run, desktop, grep);
    }
  };
  // Windows of the desktop edition take the focus from each other.
  await Promise.all(Array.from({ length: desktop ? 1 : LANES }, lane));
  return results;
}

/** @param {typeof RUNS[number]} run @param {boolean} desktop @param {string | undefined} grep @returns {Promise<Result>} */
async function runOne({ name, extension, trust, isBrief }, desktop, grep) {
  console.log(`\n=== The extension ${name}, in the ${desktop ? "desktop" : "browser"} edition of VS Code`);
  // The tests write settings and files to a temporary folder.
  const workspace = mkdtempSync(join(tmpdir(), "lightllm-config-workspace-"));
  const started = Date.now();
  try {
    cpSync(join(root, "test/editor/workspace"), workspace, { recursive: true });
    const env = {
      LIGHTLLM_CONFIG_TEST_TRUST: String(trust),
      LIGHTLLM_CONFIG_TEST_FOLDER: "development" in extension ? root : "installed",
      ...(isBrief && !grep && { LIGHTLLM_CONFIG_TEST_BRIEF: "true" }),
      ...(grep && { LIGHTLLM_CONFIG_TEST_GREP: grep }),
    };
    const options = { extension, tests, workspace, trust, env };
    const result = await (desktop ? runDesktop(options) : runSuite({ ...options, label: name }));
    return { name, ...result, seconds: (Date.now() - started) / 1000 };
  } finally {
    rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Repeats the failures, which are far apart in the output of the runs, and counts. @param {Result[]} results */
function report(results) {
  console.log("");
  for (const { name, passed, failed, output, seconds } of results) {
    console.log(`${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`);
    for (const [, line] of output.matchAll(/^EDITOR-FAILURE (.*)$/gm)) {
      const { test, reason } = JSON.parse(/** @type {string} */ (line));
      console.log(`  FAILED ${test}\n    ${reason.replaceAll("\n", "\n    ")}`);
    }
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed`);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  console.log("\n0 passed, 1 failed");
  // Another run may still go on.
  process.exit(1);
});
