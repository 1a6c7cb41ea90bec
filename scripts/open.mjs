// @ts-check
// Opens an editor with the extension installed. It runs on a fresh clone, so no import may need node_modules before
// they are installed.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { refuseUnreachableRegistry } from "./editor/registry.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const vsix = join(root, "dist/lightllm-config.vsix");
const playground = join(root, "dist/playground");
/** The file that is open at first. */
const FIRST = "deepseek-r1.lightllm.yaml";
/** The extension shows its walkthrough where this is set. */
const WALKTHROUGH = { LIGHTLLM_CONFIG_WALKTHROUGH: "1" };
const onWindows = process.platform === "win32";

const HELP = `Usage: npm start [-- --port NUMBER]

Builds the extension, installs it in an editor, and opens a copy of the examples with the walkthrough.

  1. Installs the dependencies if package-lock.json has changed.
  2. Builds and packages the extension: dist/lightllm-config.vsix.
  3. If the command "code" works: installs the package in your VS Code and opens the examples there.
     Otherwise: opens the browser edition of VS Code, which is downloaded from the npm registry once, and keeps it
     running until you press Ctrl+C. It uses a temporary profile.

  --port NUMBER    where the browser edition listens on this machine; a free port if it is not given

The copy of the examples is dist/playground. What you change there stays; delete the folder to begin anew.
LIGHTLLM_CONFIG_EDITOR=desktop or =browser selects one of the two editors.`;

/**
 * Updates everything and opens the editor.
 *
 * @param {string[]} args the command line arguments
 */
export async function main(args) {
  const port = portOf(args);
  if (port === undefined && args.length > 0) {
    const asked = args.join(" ") === "--help";
    console.log(asked ? HELP : `Unknown argument: ${args.join(" ")}\n\n${HELP}`);
    process.exitCode = asked ? 0 : 2;
    return;
  }
  if (!dependenciesAreCurrent()) {
    refuseLinkedModules();
    refuseUnreachableRegistry();
    console.log("1/3 Installing the dependencies (a minute or two) …");
    npm("ci");
  }
  console.log("2/3 Building and packaging the extension …");
  npm("run", "package");
  copyExamples();
  console.log("3/3 Opening the editor …");
  if (!openDesktop()) {
    await openBrowserEdition(port);
  }
}

/** The port of `--port NUMBER`; undefined if the arguments are others. @param {string[]} args */
function portOf(args) {
  const [, written] = /^--port[ =](\d{1,5})$/.exec(args.join(" ")) ?? [];
  const port = Number(written);
  return port > 0 && port < 65_536 ? port : undefined;
}

/** What the user has changed in the copy stays. */
function copyExamples() {
  cpSync(join(root, "examples"), playground, { recursive: true, force: false });
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
  if (
    code("inherit", "--install-extension", vsix, "--force") !== 0 ||
    code("inherit", playground, join(playground, FIRST)) !== 0
  ) {
    throw new Error(
      "VS Code refused. Set LIGHTLLM_CONFIG_EDITOR=browser to try the extension in a browser instead.",
    );
  }
  console.log(`A copy of the examples is open in VS Code: ${playground}`);
  return true;
}

/** @param {"ignore" | "inherit"} stdio @param {string[]} args */
function code(stdio, ...args) {
  const quoted = onWindows ? args.map((arg) => `"${arg}"`) : args;
  const env = { ...process.env, ...WALKTHROUGH };
  return spawnSync("code", quoted, { stdio, shell: onWindows, env }).status;
}

/** @param {number | undefined} port */
async function openBrowserEdition(port) {
  const { serveWorkbench } = await import("./editor/serve.mjs");
  const options = { extensionsToInstall: [vsix], trust: true, smokeTest: false, env: WALKTHROUGH };
  const workbench = await serveWorkbench({ ...options, ...(port !== undefined && { port }) });
  // Here Ctrl+C is the usual way to end, not an error.
  process.prependListener("SIGINT", () => process.exit(0));
  const file = `vscode-remote://127.0.0.1:${workbench.port}${join(playground, FIRST)}`;
  const address = workbench.url(playground, [["openFile", file]]);
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
