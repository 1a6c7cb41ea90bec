// @ts-check
/** Omits iconv-lite's tables of encodings that the program does not use. */

/** The tables of GB18030; the other supported encodings need none. */
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
