// @ts-check
/**
 * `npm run build`: the programs, and the parts that they share, each one bundled file with nothing of node_modules beside
 * it. `--watch` builds again after each change, `--debug` adds source maps and leaves the code readable.
 */
import { readdir, readFile, rm } from "node:fs/promises";
import { build, context } from "esbuild";
import { fewerEncodings } from "./bundles/fewer-encodings.mjs";
import { allParts, partEntry, partsPlugin } from "./bundles/parts.mjs";
import { rawText } from "./bundles/raw-text.mjs";

const { version } = JSON.parse(await readFile("package.json", "utf8"));
const watch = process.argv.includes("--watch");
const debug = watch || process.argv.includes("--debug");
const parts = await allParts();

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  format: "cjs",
  target: "es2022",
  minify: !debug,
  sourcemap: debug,
  legalComments: "none",
  logLevel: "warning",
  define: { LIGHTLLM_CONFIG_VERSION: JSON.stringify(version) },
};

/** What runs by itself. The server and the extension run in Node and in a web worker, from the same file. */
/** @type {import("esbuild").BuildOptions} */
const programs = {
  ...shared,
  entryPoints: {
    server: "server/src/main.ts",
    cli: "server/src/cli/main.ts",
    extension: "client/src/extension.ts",
  },
  outdir: "dist",
  platform: "node",
  external: ["vscode"],
  // For the modules of these packages that are named `browser`. They are loaded in a web worker only.
  conditions: ["browser"],
  // The ES module of these packages is the one that esbuild can shake; `main` is a UMD bundle.
  mainFields: ["module", "main"],
  plugins: [partsPlugin(parts), rawText, fewerEncodings],
};

/** Nothing of Node is in a part. A web worker has one scope for all its scripts, so each is a function of its own. */
const partBuilds = Object.entries(parts).map(
  ([name, modules]) =>
    /** @type {import("esbuild").BuildOptions} */ ({
      ...shared,
      stdin: { ...partEntry(modules), sourcefile: `${name}.js` },
      outfile: `dist/${name}.js`,
      platform: "browser",
      mainFields: ["browser", "module", "main"],
      banner: { js: "((module, require) => {" },
      footer: { js: "})(module, require);" },
      plugins: [partsPlugin(parts, name), rawText],
    }),
);

const bundles = [programs, ...partBuilds];
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
  console.log("Watching for changes.");
} else {
  // Only what is built here: a package that lies beside it stays.
  const built = (await readdir("dist").catch(() => [])).filter((name) => /\.js(\.map)?$/.test(name));
  await Promise.all(built.map((name) => rm(`dist/${name}`)));
  await Promise.all(bundles.map((options) => build(options)));
}
