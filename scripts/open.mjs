// @ts-check
// Opens an editor with the extension installed. It runs on a fresh clone, so no import may need node_modules before
// they are installed.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, lstatSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const vsix = join(root, "dist/lightllm-config.vsix");
const examples = join(root, "examples");
const onWindows = process.platform === "win32";

const HELP = `Usage: npm start [-- --help]

Builds the extension, installs it in an editor, and opens the folder of examples.

  1. Installs the dependencies if package-lock.json has changed.
  2. Builds and packages the extension: dist/lightllm-config.vsix.
  3. If the command "code" works: installs the package in your VS Code and opens the examples there.
     Otherwise: opens the browser edition of VS Code, which is downloaded from the npm registry once, and keeps it
     running until you press Ctrl+C. It uses a temporary profile.

LIGHTLLM_CONFIG_EDITOR=desktop or =browser selects one of the two.`;

/**
 * Updates everything and opens the editor.
 *
 * @param {string[]} args the command line arguments
 */
export async function main(args) {
  if (args.length > 0) {
    const asked = args.join(" ") === "--help";
    console.log(asked ? HELP : `Unknown argument: ${args.join(" ")}\n\n${HELP}`);
    process.exitCode = asked ? 0 : 2;
    return;
  }
  if (!dependenciesAreCurrent()) {
    refuseLinkedModules();
    npm("ci");
  }
  npm("run", "package");
  if (!openDesktop()) {
    await openBrowserEdition();
  }
}

function dependenciesAreCurrent() {
  const installed = join(root, "node_modules/.package-lock.json");
  return (
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs
  );
}

/** "npm ci" empties node_modules first; through a link, it would empty the folder of another checkout. */
function refuseLinkedModules() {
  const modules = join(root, "node_modules");
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Error(
      `${modules} is a link, and the packages in its target do not match package-lock.json. ` +
        "Remove the link, or install the dependencies in its target; then start again.",
    );
  }
}

/** @param {string[]} args */
function npm(...args) {
  const run = spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: onWindows });
  if (run.status !== 0) {
    const reason = run.error?.message ?? `exit code ${run.status ?? run.signal}`;
    throw new Error(
      `"npm ${args.join(" ")}" failed (${reason}). Correct what it says above, then start again.`,
    );
  }
}

/** Opens the examples in the VS Code of this machine; false if there is none. */
function openDesktop() {
  const choice = process.env.LIGHTLLM_CONFIG_EDITOR;
  if (choice === "browser") {
    return false;
  }
  if (code("ignore", "--version") !== 0) {
    if (choice === "desktop") {
      throw new Error(
        'The command "code" was not found. In VS Code, run "Shell Command: Install \'code\' command in PATH" ' +
          "from the command palette.",
      );
    }
    return false;
  }
  if (code("inherit", "--install-extension", vsix, "--force") !== 0 || code("inherit", examples) !== 0) {
    throw new Error(
      "VS Code refused. Set LIGHTLLM_CONFIG_EDITOR=browser to try the extension in a browser instead.",
    );
  }
  console.log("The examples are open in VS Code.");
  return true;
}

/** @param {"ignore" | "inherit"} stdio @param {string[]} args */
function code(stdio, ...args) {
  const quoted = onWindows ? args.map((arg) => `"${arg}"`) : args;
  return spawnSync("code", quoted, { stdio, shell: onWindows }).status;
}

async function openBrowserEdition() {
  const { serveWorkbench } = await import("./editor/serve.mjs");
  const workbench = await serveWorkbench({ extensionsToInstall: [vsix], trust: true, smokeTest: false });
  // Here Ctrl+C is the usual way to end, not an error.
  process.prependListener("SIGINT", () => process.exit(0));
  const address = workbench.url(examples);
  console.log(`The editor runs until you press Ctrl+C.\n\nOpen ${address}\n`);
  showInBrowser(address);
}

/** @param {string} address */
function showInBrowser(address) {
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  if (opener === "open" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) {
    // If the browser cannot be started, the user opens the printed address.
    spawn(opener, [address], { stdio: "ignore", detached: true })
      .on("error", () => {})
      .unref();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
