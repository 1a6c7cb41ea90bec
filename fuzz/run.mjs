// @ts-check
/** `npm run fuzz`: bundles the fuzzer and the code it tests, and starts it. See `npm run fuzz -- --help`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { rawText } from "../scripts/bundles/raw-text.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = await mkdtemp(join(tmpdir(), "lightllm-config-fuzz-"));
try {
  await build({
    absWorkingDir: root,
    entryPoints: { main: "fuzz/main.ts", worker: "fuzz/worker.ts", cli: "server/src/cli/main.ts" },
    outdir: folder,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "es2022",
    // Reports contain the names of functions.
    keepNames: true,
    mainFields: ["module", "main"],
    define: { LIGHTLLM_CONFIG_VERSION: JSON.stringify("fuzz") },
    logLevel: "warning",
    plugins: [rawText],
  });
  const { main } = await import(pathToFileURL(join(folder, "main.js")).href);
  const programs = { root, worker: join(folder, "worker.js"), program: join(folder, "cli.js") };
  process.exitCode = await main(process.argv.slice(2), programs);
} finally {
  await rm(folder, { recursive: true, force: true });
}
