// @ts-check
/** Leaves the tables of encodings out that the program does not read: iconv-lite brings those of all languages. */

/** The tables of GB18030; the other encodings that are read have none. */
const READ = /[\\/](?:cp936|gbk-added|gb18030-ranges)\.json$/;

/** @type {import("esbuild").Plugin} */
export const fewerEncodings = {
  name: "fewer-encodings",
  setup(build) {
    build.onLoad({ filter: /iconv-lite[\\/]encodings[\\/]tables[\\/]/ }, ({ path }) =>
      READ.test(path) ? undefined : { contents: "[]", loader: "json" },
    );
    build.onLoad({ filter: /iconv-lite[\\/]encodings[\\/]sbcs-[\w-]+\.js$/ }, ({ path }) =>
      /sbcs-data/.test(path) ? { contents: "module.exports = {}", loader: "js" } : undefined,
    );
  },
};
