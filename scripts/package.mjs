// @ts-check
/**
 * `npm run package`: builds, and makes the packages: `dist/lightllm-config.vsix` for editors, and
 * `dist/lightllm-config.tgz` for npm, with the command line and the schemas. `--built` uses the existing `dist/`.
 */
import { execFileSync } from "node:child_process";
import { readFile, rename, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ADDRESS } from "./packages/address.mjs";
import { extensionManifest, npmManifest } from "./packages/manifests.mjs";
import { stageExtension, stageNpm } from "./packages/stage.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(root, "dist");
const project = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
/** The texts of the manifest that VS Code shows, by name. */
const texts = JSON.parse(await readFile(join(root, "package.nls.json"), "utf8"));

if (!process.argv.includes("--built"))
  execFileSync(process.execPath, [join(root, "scripts/build.mjs")], { cwd: root, stdio: "inherit" });

await packExtension(join(out, "lightllm-config.vsix"));
await packNpm(join(out, "lightllm-config.tgz"));

/** @param {string} file */
async function packExtension(file) {
  const folder = join(root, "out/packages/vsix");
  await stageExtension(root, folder, extensionManifest(project, ADDRESS), ADDRESS);
  const vsce = createRequire(import.meta.url).resolve("@vscode/vsce/vsce");
  // The links are already correct. Without a repository address, vsce would stop: the option switches its check off.
  const options = ["--no-dependencies", "--no-rewrite-relative-links"];
  if (!ADDRESS) options.push("--allow-missing-repository");
  execFileSync(process.execPath, [vsce, "package", ...options, "--out", file], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
  });
  await tellSize(file);
}

/** @param {string} file */
async function packNpm(file) {
  const folder = join(root, "out/packages/npm");
  await stageNpm(root, folder, npmManifest(project, texts, ADDRESS), ADDRESS);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const words = ["pack", "--json", "--pack-destination", out];
  const answer = execFileSync(npm, words, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  await rename(join(out, JSON.parse(answer)[0].filename), file);
  await tellSize(file);
}

/** @param {string} file */
async function tellSize(file) {
  console.log(`${file}: ${((await stat(file)).size / 1024).toFixed(0)} KiB`);
}
