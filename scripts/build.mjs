// @ts-check
/**
 * `npm run build`: one bundled file for each entry, nothing of node_modules beside them.
 * `--watch` builds again after each change, `--debug` adds source maps and leaves the code readable.
 */
import { readdir, readFile, rm } from "node:fs/promises";
import { build, context } from "esbuild";
import { fewerEncodings } from "./fewer-encodings.mjs";
import { rawText } from "./raw-text.mjs";

const { version } = JSON.parse(await readFile("package.json", "utf8"));
const watch = process.argv.includes("--watch");
const debug = watch || process.argv.includes("--debug");

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  target: "es2022",
  minify: !debug,
  sourcemap: debug,
  legalComments: "none",
  logLevel: "warning",
  define: { LIGHTLLM_CONFIG_VERSION: JSON.stringify(version) },
  plugins: [rawText, fewerEncodings],
};

/** @type {import("esbuild").BuildOptions[]} */
const bundles = [
  {
    ...shared,
    entryPoints: {
      server: "server/src/main.ts",
      cli: "server/src/cli/main.ts",
      extension: "client/src/extension.ts",
    },
    outdir: "dist",
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    // The ES module of these packages is the one that esbuild can shake; `main` is a UMD bundle.
    mainFields: ["module", "main"],
  },
  {
    ...shared,
    entryPoints: {
      "server.browser": "server/src/lsp/browser.ts",
      "extension.browser": "client/src/extension.browser.ts",
    },
    outdir: "dist",
    platform: "browser",
    format: "cjs",
    external: ["vscode"],
    mainFields: ["browser", "module", "main"],
  },
];

if (watch) {
  for (const options of bundles) await (await context(options)).watch();
  console.log("Watching for changes.");
} else {
  // Only what is built here: a package that lies beside it stays.
  const built = (await readdir("dist").catch(() => [])).filter((name) => /\.js(\.map)?$/.test(name));
  await Promise.all(built.map((name) => rm(`dist/${name}`)));
  await Promise.all(bundles.map((options) => build(options)));
}
