// @ts-check
/**
 * Parts: bundles that several programs share. A program or part that imports a module of another part loads the part's
 * file from its own folder on first use: in Node with `require`, in a web worker with `importScripts`
 * (`server/src/lsp/browser.ts`).
 */
import { readdir } from "node:fs/promises";
import { build } from "esbuild";
import { rawText } from "./raw-text.mjs";

/**
 * The modules of each part: specifiers as for `import`, relative to the root of the project.
 * @typedef {Readonly<Record<string, readonly string[]>>} Parts
 */

const GENERATED = "schemas/generated";
const BEHAVIOUR = "behaviour.json";
/** What judging a launch needs; the rest is for texts, migrations and other engines. */
const JUDGING = ["facts.json", "rules.json"];

/** @returns {Promise<Parts>} */
export async function allParts() {
  const data = (await readdir(GENERATED)).filter((name) => name.endsWith(".json") && name !== BEHAVIOUR);
  return {
    service: ["./server/src/service.ts"],
    messages: ["./server/src/messages/index.ts"],
    // Only the command line asks for it, so that the extension does without.
    behaviour: [`./${GENERATED}/${BEHAVIOUR}?raw`],
    catalogue: JUDGING.map((name) => `./${GENERATED}/${name}?raw`),
    reference: data.filter((name) => !JUDGING.includes(name)).map((name) => `./${GENERATED}/${name}?raw`),
    lezer: ["@lezer/markdown", "@lezer/python"],
    shell: ["unbash"],
    // Only to begin a configuration.
    beginning: ["./server/src/beginning/begin.ts"],
    // Only for a project whose pyproject.toml has a configuration.
    toml: ["./server/src/configuration/toml.ts"],
    // Only for a project whose configuration has file patterns.
    globs: ["./server/src/configuration/named-deployments.ts"],
  };
}

/** The entry of a part: evaluates each of its modules on first use. @param {readonly string[]} modules */
export function partEntry(modules) {
  const readers = modules.map((module) => {
    const name = JSON.stringify(module);
    return `${name}: once(() => require(${name}))`;
  });
  return { contents: `${ONCE}\nmodule.exports = { ${readers.join(", ")} };`, resolveDir: "." };
}

/** Calls a function at most once: esbuild's `require` of an ES module makes a new object at each call. */
const ONCE = "const once = (read, value) => () => (value ??= read());";

/**
 * Replaces the modules of other parts by getters that load the part.
 * @param {Parts} parts
 * @param {string} [own] the part that is built, whose modules are bundled
 * @returns {import("esbuild").Plugin}
 */
export function partsPlugin(parts, own) {
  return {
    name: "parts",
    setup(build) {
      /** @type {Map<string, { part: string, module: string }>} */
      const places = new Map();
      build.onStart(async () => {
        for (const [part, modules] of Object.entries(parts)) {
          if (part === own) continue;
          for (const module of modules) places.set(await pathOf(build, module), { part, module });
        }
      });
      build.onResolve({ filter: /.*/ }, async ({ path, pluginData, ...from }) => {
        if (pluginData === RESOLVING || from.kind === "entry-point") return;
        const found = await build.resolve(path, { ...from, pluginData: RESOLVING });
        const place = places.get(found.path);
        if (!place) return found;
        return { path: place.module, namespace: "part", pluginData: { ...place, path: found.path } };
      });
      build.onLoad({ filter: /.*/, namespace: "part" }, async ({ pluginData: { part, module, path } }) => {
        const exports = `${ONCE}\nconst exported = once(() => require("./${part}.js")[${JSON.stringify(module)}]());`;
        const getter = (/** @type {string} */ name, /** @type {string} */ value) =>
          `get ${name}() { return ${value}; }`;
        const getters = path.endsWith(".json")
          ? [getter("default", "exported()")]
          : (await exportsOf(path)).map((name) => getter(name, `exported().${name}`));
        return { contents: `${exports}\nmodule.exports = { __esModule: true, ${getters.join(", ")} };` };
      });
      build.onResolve({ filter: /^\.\/\w+\.js$/, namespace: "part" }, ({ path }) => ({
        path,
        external: true,
      }));
    },
  };
}

const RESOLVING = Symbol("resolving");

/** @param {import("esbuild").PluginBuild} build @param {string} module */
async function pathOf(build, module) {
  const options = /** @type {const} */ ({ kind: "import-statement", resolveDir: process.cwd() });
  const { path, errors } = await build.resolve(module, { ...options, pluginData: RESOLVING });
  if (errors.length > 0) throw new Error(`The part's module ${module} is not found.`);
  return path;
}

/** The names that a module exports. @param {string} path @returns {Promise<string[]>} */
async function exportsOf(path) {
  const { metafile } = await build({
    entryPoints: [path],
    bundle: true,
    packages: "external",
    format: "esm",
    write: false,
    metafile: true,
    logLevel: "warning",
    plugins: [rawText],
  });
  return Object.values(metafile.outputs)[0]?.exports ?? [];
}
