// @ts-check
// Finds the browser that shows the browser edition of VS Code.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Browser arguments for an unattended run, also as root and without a graphics card. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

const APPLICATIONS = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/**
 * Path of Chromium or a browser based on it. On Debian and Ubuntu, a missing one is installed if this runs as `root`
 * (as in containers); elsewhere the user has to install it.
 *
 * @returns {string}
 */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (!isExecutable(chosen)) {
      throw new Error(`CHROMIUM_PATH is "${chosen}", which is not a program. Correct it or unset it.`);
    }
    return chosen;
  }
  const found = findInstalled();
  if (found) {
    return found;
  }
  if (existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    installWithApt();
    const installed = findInstalled();
    if (installed) {
      return installed;
    }
  }
  throw new Error(
    "No Chromium was found to show the editor. Install Chromium or Google Chrome " +
      '(on Debian and Ubuntu: "sudo apt-get install chromium"), or set CHROMIUM_PATH to the program.',
  );
}

function findInstalled() {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const candidates = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...candidates, ...APPLICATIONS].find(isExecutable);
}

function installWithApt() {
  console.log("Installing Chromium with apt-get …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", "chromium"]]) {
    const run = spawnSync("apt-get", args, { env, encoding: "utf8" });
    if (run.status !== 0) {
      throw new Error(
        `Chromium could not be installed: "apt-get ${args.join(" ")}" failed. ` +
          `Install it yourself, or set CHROMIUM_PATH to the program.\n${run.error?.message ?? run.stderr.trim()}`,
      );
    }
  }
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
