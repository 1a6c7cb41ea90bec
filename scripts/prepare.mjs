// @ts-check
/**
 * npm's `prepare`: builds the programs. For `npm install --global git+…`, as pre-commit does it, npm starts this in a
 * clone without the packages that the build needs: they are installed first.
 */
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** npm passes its own options on: those of a global installation would not install anything here. */
const PASSED_ON =
  /^npm_config_(?:global|location|install_links|force|save|omit|include|production|dry_run|package_lock_only|ignore_scripts)$/i;

const modules = join(root, "node_modules");
/** A folder that is a link belongs to another checkout: npm would delete what is in it. */
const isLinked = lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

if (!isLinked && !existsSync(join(modules, "esbuild"))) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !PASSED_ON.test(name)));
  // Without scripts, or it would come back here.
  const words = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", words, {
    cwd: root,
    env: { ...env, NODE_ENV: "development" },
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}
process.chdir(root);
await import("./build.mjs");
