// @ts-check
// Runs a bundled test suite inside the browser edition of VS Code.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { format } from "node:util";
import { chromium } from "playwright-core";
import { chromiumArguments, findChromium } from "./chromium.mjs";
import { cacheFolder } from "./install.mjs";
import { atExit, encodePath, serveWorkbench } from "./serve.mjs";

/** Default time limit for a suite. */
const DEADLINE_MS = 18 * 60_000;

/** Time limit for the start of the browser on a busy machine. */
const START_DEADLINE_MS = 120_000;

/** The ending of a run whose tests all passed. */
export const ENDED_WELL = "ended with exit code 0";

/**
 * Output that is recorded but not shown: results that scripts read, and messages that the editor logs in every run,
 * about its connections, native modules and the marketplace.
 */
const NOT_SHOWN = new RegExp(
  [
    "^EDITOR-(RESULT|FAILURE) ",
    "^Resolv\\w+ connection token",
    "^Creating a socket",
    "^Updating additional builtin",
    "^Ignoring fetching additional builtin",
    "^Creation of workbench contribution",
    "^Timed out waiting for authentication provider",
    "^\\[(reconnection-grace-time|Service Worker|AgentHost|AccountPolicyGate)\\b",
    "Could not locate the bindings file",
    "Cannot find module '\\./build/Release/",
  ].join("|"),
);

/**
 * @typedef {object} SuiteOptions
 * @property {{ development: string } | { vsix: string }} extension the extension under test: its folder or its package
 * @property {string} tests a bundled CommonJS module that exports `run(): Promise<void>` and prints `EDITOR-RESULT`
 * @property {string} workspace the folder to open
 * @property {boolean} trust whether the folder is trusted; otherwise the suite runs in Restricted Mode
 * @property {Record<string, string>} [env] additional environment variables for the tests
 * @property {number} [deadline] how long the suite may take, in milliseconds
 * @property {string} [label] what each printed line begins with, if several suites run at the same time
 */

/** @typedef {{ passed: number, failed: number, output: string }} SuiteResult */

/**
 * Runs a suite in a new browser workbench, and prints the tests' console output during the run.
 *
 * @param {SuiteOptions} options
 * @returns {Promise<SuiteResult>}
 */
export async function runSuite(options) {
  const executablePath = findChromium();
  const { development, vsix, remove } = developmentExtension(options.extension);
  const extensionsToInstall = vsix ? [vsix] : [];
  const workbench = await serveWorkbench({
    extensionsToInstall,
    trust: options.trust,
    smokeTest: true,
    env: options.env,
  });
  try {
    const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
    const browser = await chromium.launch({
      executablePath,
      args: chromiumArguments,
      timeout: START_DEADLINE_MS,
      ...signals,
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      return await runInPage(page, workbench, development, options);
    } finally {
      await browser.close();
    }
  } finally {
    await workbench.stop();
    remove();
  }
}

/**
 * @param {import("playwright-core").Page} page
 * @param {import("./serve.mjs").Workbench} workbench
 * @param {string} development
 * @param {SuiteOptions} options
 */
async function runInPage(page, workbench, development, options) {
  const run = watch(page, options.deadline ?? DEADLINE_MS, options.label);
  await run.ready;
  const remote = `vscode-remote://127.0.0.1:${workbench.port}`;
  await page.goto(
    workbench.url(options.workspace, [
      ["extensionDevelopmentPath", remote + encodePath(development)],
      ["extensionTestsPath", remote + encodePath(options.tests)],
      ["enableProposedApi", ""],
      ["skipWelcome", "true"],
    ]),
    // The tests end the run, or its time limit: how long the page loads depends on the machine.
    { waitUntil: "commit", timeout: options.deadline ?? DEADLINE_MS },
  );
  const ending = await run.finished;
  const { reason, ...result } = readResult(run.output(), ending);
  if (reason) {
    await saveFailure(page, options.tests, result.output);
  }
  return result;
}

/**
 * Watches a page that runs tests, from before it opens until the tests end, the page crashes or the time limit is
 * reached.
 *
 * @param {import("playwright-core").Page} page
 * @param {number} deadline
 * @param {string} [label]
 */
function watch(page, deadline, label) {
  let output = "";
  const /** @type {{ end: (reason: string) => void }} */ run = { end: () => {} };
  const finished = new Promise((/** @type {(reason: string) => void} */ fulfil) => {
    run.end = fulfil;
  });
  const timer = setTimeout(() => run.end(`ran longer than ${deadline / 1000} s`), deadline);
  page.on("pageerror", (error) => {
    output += `${error.stack ?? error.message}\n`;
  });
  page.on("crash", () => run.end("crashed the page"));
  page.on("close", () => run.end("lost its page"));
  const ready = Promise.all([
    page.exposeFunction("codeAutomationLog", (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      const line = format(...args);
      output += `${line}\n`;
      if (!NOT_SHOWN.test(line)) {
        const shown = label ? line.replace(/^(?=.)/gm, `${label} │ `) : line;
        console[type === "error" || type === "warn" ? type : "log"](shown);
      }
    }),
    page.exposeFunction("codeAutomationExit", (/** @type {number} */ code) =>
      run.end(`ended with exit code ${code}`),
    ),
  ]);
  return {
    ready,
    output: () => output,
    finished: finished.finally(() => clearTimeout(timer)),
  };
}

/**
 * Reads the counts that a suite prints at its end. A suite without counts, or one with good counts whose run ended with
 * an error, counts as one failure, with the given reason.
 *
 * @param {string} output
 * @param {string} ending how the run ended, as a predicate
 * @returns {SuiteResult & { reason?: string }}
 */
export function readResult(output, ending) {
  const line = [...output.matchAll(/EDITOR-RESULT (\{[^}]*\})/g)].at(-1)?.[1];
  const /** @type {{ passed: number, failed: number } | undefined} */ counts = line && JSON.parse(line);
  if (counts && (counts.failed > 0 || ending === ENDED_WELL)) {
    return { ...counts, output };
  }
  const reason = `The tests ${counts ? "passed" : "printed no result"}, but the run ${ending}.`;
  console.error(reason);
  return { passed: counts?.passed ?? 0, failed: 1, output: `${output}${reason}\n`, reason };
}

/**
 * The folder of the extension in development; the editor runs tests only if there is one. To test a package, this is a
 * generated empty extension, so that the tests use the installed package.
 *
 * @param {SuiteOptions["extension"]} extension
 * @returns {{ development: string, vsix?: string, remove: () => void }}
 */
export function developmentExtension(extension) {
  if ("development" in extension) {
    return { development: extension.development, remove: () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), "lightllm-config-stub-"));
  const manifest = {
    name: "test-stub",
    publisher: "test",
    version: "0.0.1",
    engines: { vscode: "*" },
    capabilities: { untrustedWorkspaces: { supported: true } },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const remove = atExit(() => rmSync(folder, { recursive: true, force: true }));
  return { development: folder, vsix: extension.vsix, remove };
}

/** @param {import("playwright-core").Page} page @param {string} tests @param {string} output */
async function saveFailure(page, tests, output) {
  const path = join(cacheFolder, "failures", `${basename(tests).replace(/\W+/g, "-")}-${Date.now()}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.log`, output);
  await page.screenshot({ path: `${path}.png` }).catch(() => undefined);
  console.error(`The editor's log and a screenshot are in ${path}.log and .png`);
}
