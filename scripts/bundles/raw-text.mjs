// @ts-check
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Imports a file's text with `?raw`, as Vitest does by default. Minifies JSON, so that the committed file can be
 * readable.
 * @type {import("esbuild").Plugin}
 */
export const rawText = {
  name: "raw-text",
  setup(build) {
    build.onResolve({ filter: /\?raw$/ }, ({ path, importer }) => ({
      path: resolve(dirname(importer), path.replace(/\?raw$/, "")),
      namespace: "raw-text",
    }));
    build.onLoad({ filter: /.*/, namespace: "raw-text" }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = path.endsWith(".json") ? JSON.stringify(JSON.parse(text)) : text;
      return { contents, loader: "text", watchFiles: [path] };
    });
  },
};
