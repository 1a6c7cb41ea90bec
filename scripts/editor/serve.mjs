// @ts-check
// Starts the browser edition of VS Code on this machine, with a temporary profile.
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { installWorkbench } from "./install.mjs";

/** Time limit for a start on a busy machine. */
const START_DEADLINE_MS = 120_000;

/** Time limit for the server to end before it is killed. */
const STOP_DEADLINE_MS = 5_000;

/**
 * User settings that turn off messages that do not concern the extension.
 *
 * @type {Record<string, unknown>}
 */
export const quietSettings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "remote.autoForwardPorts": false,
  "security.workspace.trust.banner": "never",
  "security.workspace.trust.startupPrompt": "never",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** @typedef {import("node:stream").Readable} Readable */

/**
 * @typedef {object} ServeOptions
 * @property {string[]} [extensionsToInstall] packaged extensions (`.vsix`)
 * @property {boolean} trust whether every folder is trusted; otherwise folders open in Restricted Mode
 * @property {boolean} smokeTest whether a page may ask for tests to be run
 * @property {number} [port] a free one is taken where none is given
 * @property {Record<string, unknown>} [settings] user settings, on top of the quiet ones
 * @property {Record<string, string> | undefined} [env] additional environment variables, which extensions see too
 */

/**
 * @typedef {object} Workbench
 * @property {(folder: string, payload?: [string, string][]) => string} url the address that opens a folder
 * @property {number} port
 * @property {() => Promise<void>} stop ends the server and everything it started, and removes its data
 */

/**
 * Starts the server of the browser workbench and waits until it answers.
 *
 * @param {ServeOptions} options
 * @returns {Promise<Workbench>}
 */
export async function serveWorkbench(options) {
  const { node, serverMain } = installWorkbench();
  const data = mkdtempSync(join(tmpdir(), "lightllm-config-editor-"));
  const /** @type {{ process?: import("node:child_process").ChildProcess }} */ server = {};
  const cleanUp = atExit(() => {
    killGroup(server.process, "SIGKILL");
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  });
  try {
    mkdirSync(join(data, "data/User"), { recursive: true });
    const settings = { ...quietSettings, ...options.settings };
    writeFileSync(join(data, "data/User/settings.json"), JSON.stringify(settings, null, 2));
    const common = [
      serverMain,
      "--server-data-dir",
      data,
      "--accept-server-license-terms",
      "--disable-telemetry",
    ];
    // Tests must not depend on a marketplace; a user who tries the editor may want one.
    const marketplace = options.smokeTest ? { EXTENSIONS_GALLERY: "{}" } : {};
    const env = { ...cleanEnvironment(), ...marketplace, ...options.env };
    for (const vsix of options.extensionsToInstall ?? []) {
      await installExtension(node, common, vsix, env);
    }
    const args = [
      ...common,
      "--host",
      "127.0.0.1",
      "--port",
      String(options.port ?? 0),
      "--without-connection-token",
    ];
    args.push(...(options.trust ? ["--disable-workspace-trust"] : []));
    args.push(...(options.smokeTest ? ["--enable-smoke-test-driver", "--enable-remote-auto-shutdown"] : []));
    // The server starts child processes; as the leader of a process group, it can be ended together with them.
    const child = spawn(node, args, { detached: true, env, stdio: ["ignore", "pipe", "pipe"] });
    server.process = child;
    const exited = new Promise((done) => child.once("exit", done));
    const port = await listening(child);
    const stop = async () => {
      killGroup(child, "SIGTERM");
      const impatience = setTimeout(() => killGroup(child, "SIGKILL"), STOP_DEADLINE_MS);
      await exited;
      clearTimeout(impatience);
      cleanUp();
    };
    return { port, url: (folder, payload) => workbenchUrl(port, folder, payload), stop };
  } catch (error) {
    cleanUp();
    throw error;
  }
}

/** @param {number} port @param {string} folder @param {[string, string][]} [payload] */
function workbenchUrl(port, folder, payload) {
  const address = `http://127.0.0.1:${port}/?folder=${encodePath(folder)}`;
  return payload ? `${address}&payload=${encodeURIComponent(JSON.stringify(payload))}` : address;
}

/**
 * An absolute path in the form of a URL.
 *
 * @param {string} path
 */
export function encodePath(path) {
  return resolve(path).split("/").map(encodeURIComponent).join("/");
}

/** The environment without the variables that an editor or debugger sets for programs in its terminal. */
export function cleanEnvironment() {
  const foreign = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_V8_COVERAGE$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** @param {string} node @param {string[]} common @param {string} vsix @param {NodeJS.ProcessEnv} env */
async function installExtension(node, common, vsix, env) {
  try {
    await promisify(execFile)(node, [...common, "--install-extension", resolve(vsix)], { env });
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout: string, stderr: string }} */ (error);
    throw new Error(`${vsix} could not be installed. Build it again, then retry.\n${stdout}${stderr}`);
  }
}

/**
 * The port of the server, after it listens.
 *
 * @param {import("node:child_process").ChildProcessByStdio<null, Readable, Readable>} server
 * @returns {Promise<number>}
 */
function listening(server) {
  return new Promise((fulfil, reject) => {
    let output = "";
    /** @param {string} reason */
    const fail = (reason) => {
      clearTimeout(deadline);
      const advice = "Remove .vscode-test/workbench, so that it is downloaded again, and retry.";
      reject(new Error(`The browser edition of VS Code ${reason}. ${advice}\n${output}`));
    };
    const deadline = setTimeout(
      () => fail(`did not start within ${START_DEADLINE_MS / 1000} s`),
      START_DEADLINE_MS,
    );
    server.once("error", (error) => fail(`could not be started (${error.message})`));
    server.once("exit", (code) => fail(`ended at once (exit code ${code})`));
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output = (output + text).slice(-10_000);
        const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
        if (port) {
          clearTimeout(deadline);
          fulfil(Number(port));
        }
      });
    }
  });
}

/** @param {import("node:child_process").ChildProcess | undefined} leader @param {NodeJS.Signals} signal */
function killGroup(leader, signal) {
  try {
    if (leader?.pid) {
      process.kill(-leader.pid, signal);
    }
  } catch {
    // The process group has already ended.
  }
}

/**
 * Runs an action when this process ends, however it ends; calling the result runs it now instead.
 *
 * @param {() => void} action
 */
export function atExit(action) {
  /** @param {NodeJS.Signals} _signal @param {number} number */
  const onSignal = (_signal, number) => process.exit(128 + number);
  process.on("exit", action).on("SIGINT", onSignal).on("SIGTERM", onSignal).on("SIGHUP", onSignal);
  return () => {
    process.off("exit", action).off("SIGINT", onSignal).off("SIGTERM", onSignal).off("SIGHUP", onSignal);
    action();
  };
}
