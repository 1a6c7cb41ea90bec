// @ts-check
/** `npm run package`: makes `dist/lightllm-config.vsix` and says how large it is. */
import { execFileSync } from "node:child_process";
import { stat } from "node:fs/promises";
import { createRequire } from "node:module";

const vsce = createRequire(import.meta.url).resolve("@vscode/vsce/vsce");
const out = "dist/lightllm-config.vsix";
const options = [
  "--no-dependencies",
  "--allow-missing-repository",
  "--no-rewrite-relative-links",
  "--out",
  out,
];
execFileSync(process.execPath, [vsce, "package", ...options], { stdio: ["ignore", "ignore", "inherit"] });
const { size } = await stat(out);
console.log(`${out}: ${(size / 1024).toFixed(0)} KiB`);
