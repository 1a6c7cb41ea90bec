// @ts-check
// Runs a bundled test suite inside the desktop edition of VS Code, which is downloaded into .vscode-test.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { downloadAndUnzipVSCode, runVSCodeCommand } from "@vscode/test-electron";
import { cacheFolder } from "./install.mjs";
import { developmentExtension, readResult } from "./run-suite.mjs";
import { atExit, cleanEnvironment, quietSettings } from "./serve.mjs";

/** VS Code version to download by default. */
const VERSION = "stable";

/** Default time limit for a suite. */
const DEADLINE_MS = 18 * 60_000;

/** Time limit for a response of the download server; after that it counts as unreachable. */
const PROBE_MS = 3_000;

/**
 * Decides whether tests can run in the desktop edition. The environment variable LIGHTLLM_CONFIG_EDITOR (`desktop` or
 * `browser`) overrides this.
 *
 * @returns {Promise<boolean>}
 */
export async function desktopAvailable() {
  const choice = process.env.LIGHTLLM_CONFIG_EDITOR;
  if (choice) {
    if (choice !== "desktop" && choice !== "browser") {
      throw new Error(
        `LIGHTLLM_CONFIG_EDITOR is "${choice}". Set it to "desktop" or "browser", or unset it.`,
      );
    }
    return choice === "desktop";
  }
  if (process.platform === "win32") {
    return true;
  }
  const display = process.platform === "darwin" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (process.env.CI || !display) {
    return false;
  }
  return isDownloaded() || canDownload();
}

function isDownloaded() {
  return existsSync(cacheFolder) && readdirSync(cacheFolder).some((name) => name.startsWith("vscode-"));
}

async function canDownload() {
  try {
    const address = "https://update.code.visualstudio.com/api/releases/stable";
    return (await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(PROBE_MS) })).ok;
  } catch {
    return false;
  }
}

/**
 * Runs a suite in a new desktop VS Code, and prints the tests' console output during the run.
 *
 * @param {import("./run-suite.mjs").SuiteOptions & { version?: string }} options
 * @returns {Promise<import("./run-suite.mjs").SuiteResult>}
 */
export async function runDesktop(options) {
  const download = { version: options.version ?? VERSION, cachePath: cacheFolder };
  const executable = await downloadAndUnzipVSCode(download);
  const { development, vsix, remove } = developmentExtension(options.extension);
  const data = mkdtempSync(join(tmpdir(), "lightllm-config-"));
  const forget = atExit(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }));
  try {
    mkdirSync(join(data, "User"));
    writeFileSync(join(data, "User/settings.json"), JSON.stringify(quietSettings, null, 2));
    const profile = [`--user-data-dir=${data}`, `--extensions-dir=${join(data, "extensions")}`];
    if (vsix) {
      await runVSCodeCommand([...profile, "--install-extension", resolve(vsix)], download);
    }
    // The library's own runTests neither returns the output nor leaves a folder in Restricted Mode.
    const args = [
      resolve(options.workspace),
      ...profile,
      "--no-sandbox",
      "--disable-gpu-sandbox",
      "--disable-updates",
    ];
    args.push(
      "--skip-welcome",
      "--skip-release-notes",
      ...(options.trust ? ["--disable-workspace-trust"] : []),
    );
    args.push(
      `--extensionDevelopmentPath=${resolve(development)}`,
      `--extensionTestsPath=${resolve(options.tests)}`,
    );
    const { output, ending } = await runEditor(executable, args, options);
    const { reason: _, ...result } = readResult(output, ending);
    return result;
  } finally {
    forget();
    remove();
  }
}

/**
 * @param {string} executable
 * @param {string[]} args
 * @param {import("./run-suite.mjs").SuiteOptions} options
 * @returns {Promise<{ output: string, ending: string }>}
 */
function runEditor(executable, args, options) {
  return new Promise((fulfil, reject) => {
    const env = { ...cleanEnvironment(), ...options.env };
    const editor = spawn(executable, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const forget = atExit(() => editor.kill("SIGKILL"));
    const deadline = options.deadline ?? DEADLINE_MS;
    const timer = setTimeout(() => editor.kill("SIGKILL"), deadline);
    let output = "";
    editor.stdout.pipe(process.stdout, { end: false });
    editor.stderr.pipe(process.stderr, { end: false });
    for (const stream of [editor.stdout, editor.stderr]) {
      stream.on("data", (data) => {
        output += data;
      });
    }
    editor.once("error", (error) => reject(new Error(`VS Code could not be started: ${error.message}`)));
    editor.once("close", (code) => {
      clearTimeout(timer);
      forget();
      const ending =
        code === null ? `was ended (it may take ${deadline / 1000} s)` : `ended with exit code ${code}`;
      fulfil({ output, ending });
    });
  });
}
