// @ts-check
/** Imports the project's own TypeScript in a script: bundles a module to a temporary file and loads it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { rawText } from "./bundles/raw-text.mjs";

/**
 * The exports of a TypeScript module.
 * @param {string} entry path of the module
 * @returns {Promise<any>}
 */
export async function loadTypeScript(entry) {
  const folder = await mkdtemp(join(tmpdir(), "lightllm-config-"));
  const outfile = join(folder, "module.cjs");
  try {
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: "cjs",
      platform: "node",
      logLevel: "warning",
      plugins: [rawText],
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
