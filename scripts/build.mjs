// @ts-check
/**
 * `npm run build`: bundles the programs and the parts that they share; none of them needs node_modules. `--watch`
 * rebuilds after each change, `--debug` adds source maps and does not minify.
 */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build, context } from "esbuild";
import { fewerEncodings } from "./bundles/fewer-encodings.mjs";
import { inAscii } from "./bundles/in-ascii.mjs";
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
  legalComments: "eof",
  metafile: true,
  logLevel: "warning",
  define: { LIGHTLLM_CONFIG_VERSION: JSON.stringify(version) },
};

/** The programs. The server and the extension run in Node and in a web worker, from the same file. */
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
  // Some modules of these packages are named `browser`; only a web worker loads them.
  conditions: ["browser"],
  // For tree shaking, esbuild needs the ES module of these packages; their `main` is a UMD bundle.
  mainFields: ["module", "main"],
  plugins: [partsPlugin(parts), rawText, fewerEncodings],
};

/**
 * Parts use no modules of Node. A web worker has one scope for all its scripts, so each part is wrapped in a function.
 */
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
  await writeRulePages();
  for (const options of bundles) await (await context(options)).watch();
  console.log("Watching for changes.");
} else {
  // Deletes only build outputs; packages in the same folder stay.
  const built = (await readdir("dist").catch(() => [])).filter((name) => /\.js(on|\.map)?$/.test(name));
  await Promise.all(built.map((name) => rm(`dist/${name}`)));
  const results = await Promise.all(bundles.map((options) => build(options)));
  for (const { metafile } of results) for (const name in metafile?.outputs) await inAscii(name);
  await writeRulePages();
  await writeBundledPackages(results.map(({ metafile }) => metafile));
}

/** All rule pages in one file, by name: many small files take three times the space in a package. */
async function writeRulePages() {
  const names = (await readdir("docs/rules")).filter((name) => name.endsWith(".md"));
  const pages = names.map(async (name) => {
    const page = await readFile(`docs/rules/${name}`, "utf8");
    // Where a page comes from is for those who edit it.
    return [name, page.replace(/\n*<!-- Generated [^>]*-->\n*$/, "\n")];
  });
  await mkdir("dist", { recursive: true });
  await writeFile("dist/rule-pages.json", JSON.stringify(Object.fromEntries(await Promise.all(pages))));
}

/**
 * The folders of the npm packages that the bundles contain.
 * @param {(import("esbuild").Metafile | undefined)[]} metafiles
 */
async function writeBundledPackages(metafiles) {
  const inputs = metafiles.flatMap((metafile) =>
    Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    ),
  );
  const folders = inputs.flatMap(
    (path) =>
      /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0].replace(/^.*?(?=node_modules)/, "") ?? [],
  );
  await writeFile("dist/bundled-packages.json", JSON.stringify([...new Set(folders)].sort(), null, 2));
}
