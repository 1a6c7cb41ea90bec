// @ts-check
// Downloads the browser edition of VS Code from the npm registry, so that the extension can be tried and tested on a
// machine that cannot download the desktop edition.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { refuseUnreachableRegistry } from "./registry.mjs";

/** Version of the editor; it determines the VS Code version that the tests run in. */
const CODE_SERVER = "code-server@4.139.1";

/** Major version of Node.js that this editor needs. */
const NODE_MAJOR = 24;

/** Folder for downloads and for files of editor runs; ignored by git. */
export const cacheFolder = resolve(dirname(fileURLToPath(import.meta.url)), "../../.vscode-test");

/**
 * Paths of the editor and of the Node.js that runs it; downloads them if they are missing.
 *
 * @returns {{ node: string, serverMain: string }}
 */
export function installWorkbench() {
  if (process.platform === "win32") {
    throw new Error(
      "The browser edition of VS Code runs on Linux and macOS only. Install the desktop edition with its " +
        '"code" command; for the tests, set LIGHTLLM_CONFIG_EDITOR=desktop.',
    );
  }
  const target = join(cacheFolder, "workbench");
  const nodePackage = findNode() ? undefined : nodePackageName();
  const wanted = JSON.stringify([CODE_SERVER, nodePackage ?? `node >= ${NODE_MAJOR}`]);
  if (readMarker(target) !== wanted) {
    refuseUnreachableRegistry();
    console.log(
      "Downloading the browser edition of VS Code into .vscode-test/workbench (about 800 MB, once) …",
    );
    // Downloads go to a temporary folder and are moved at the end, so that an interrupted run leaves no partial files.
    removeAbandoned();
    const staging = join(cacheFolder, `workbench-${process.pid}`);
    try {
      fetchInto(staging, nodePackage ? [CODE_SERVER, nodePackage] : [CODE_SERVER]);
      writeFileSync(markerOf(staging), wanted);
      moveInto(staging, target, wanted);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  }
  const node = nodePackage
    ? join(target, "node_modules", packageNameOf(nodePackage), "bin", "node")
    : /** @type {string} */ (findNode());
  return { node, serverMain: join(target, "node_modules/code-server/lib/vscode/out/server-main.js") };
}

/** @param {string} folder @param {string[]} packages */
function fetchInto(folder, packages) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  console.log(`  1/2 ${packages.join(", ")} …`);
  npm(["install", "--ignore-scripts", ...packages], folder);
  console.log("  2/2 the dependencies of the editor …");
  // A package inside the package lists the editor's own dependencies. None of them needs a compiler.
  npm(["install", "--omit=dev", "--ignore-scripts"], join(folder, "node_modules/code-server/lib/vscode"));
}

/** @param {string[]} args @param {string} cwd */
function npm(args, cwd) {
  // The editor requires the Node.js version that runs it, which may differ from the one that runs npm here.
  const options = ["--no-audit", "--no-fund", "--no-engine-strict", "--loglevel=error"];
  const run = spawnSync("npm", [...args, ...options], { cwd, encoding: "utf8" });
  if (run.status !== 0) {
    const reason = run.error?.message ?? run.stderr.trim();
    throw new Error(
      `The browser edition of VS Code could not be downloaded: "npm ${args.join(" ")}" failed. ` +
        `Check that this machine can reach the npm registry ("npm ping"), then try again.\n${reason}`,
    );
  }
}

/** @param {string} staging @param {string} target @param {string} wanted */
function moveInto(staging, target, wanted) {
  // Another process may have finished the same download in the meantime; its result is equal.
  if (readMarker(target) === wanted) {
    return;
  }
  rmSync(target, { recursive: true, force: true });
  try {
    renameSync(staging, target);
  } catch (error) {
    if (readMarker(target) !== wanted) {
      throw error;
    }
  }
}

/** Deletes files of installations that were killed. */
function removeAbandoned() {
  for (const name of existsSync(cacheFolder) ? readdirSync(cacheFolder) : []) {
    const pid = /^workbench-(\d+)$/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) {
      rmSync(join(cacheFolder, name), { recursive: true, force: true });
    }
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** @param {string} folder */
function markerOf(folder) {
  return join(folder, "installed.json");
}

/** @param {string} folder */
function readMarker(folder) {
  return existsSync(markerOf(folder)) ? readFileSync(markerOf(folder), "utf8") : undefined;
}

/** The Node.js that runs this script, or the one on the PATH, if its version is high enough for the editor. */
function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) {
    return process.execPath;
  }
  const found = spawnSync("node", ["-p", "process.version + ' ' + process.execPath"], { encoding: "utf8" });
  const [, major, path] = /^v(\d+)\S* (.+)$/.exec(found.stdout?.trim() ?? "") ?? [];
  return Number(major) >= NODE_MAJOR ? path : undefined;
}

/** The npm package with the Node.js binary for this machine. */
function nodePackageName() {
  // The short package name for Apple silicon belongs to another package.
  const system = process.platform === "darwin" && process.arch === "arm64" ? "bin-darwin" : process.platform;
  return `node-${system}-${process.arch}@${NODE_MAJOR}`;
}

/** @param {string} spec */
function packageNameOf(spec) {
  return spec.slice(0, spec.lastIndexOf("@"));
}
