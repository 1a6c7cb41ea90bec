// @ts-check
/** The package.json of each package, made from the project's own. */

/** @typedef {Record<string, any>} Manifest */

/** The man page's place in the npm package. */
export const MAN_PAGE = "man/lightllm-config.1";

/** The addresses of the project. @param {string | undefined} address @returns {Manifest} */
function origin(address) {
  if (!address) return {};
  return {
    repository: { type: "git", url: `git+${address}.git` },
    bugs: { url: `${address}/issues` },
    homepage: `${address}#readme`,
  };
}

/**
 * The extension's manifest, without fields for developers.
 * @param {Manifest} project
 * @param {string} [address]
 * @returns {Manifest}
 */
export function extensionManifest({ devDependencies, scripts, bin, engines, ...manifest }, address) {
  return { ...manifest, engines: { vscode: engines.vscode }, ...origin(address), files: ["**"] };
}

/**
 * The manifest of the command line: a program, and the schemas as files to import.
 * @param {Manifest} project @param {Record<string, string>} texts those that the project's manifest names as `%name%`
 * @param {string} [address]
 */
export function npmManifest(
  { name, version, description, keywords, license, type, engines, bin },
  texts,
  address,
) {
  return {
    name,
    version,
    description: description.replace(
      /^%(.*)%$/,
      (/** @type {string} */ all, /** @type {string} */ id) => texts[id] ?? all,
    ),
    keywords,
    license,
    type,
    engines: { node: engines.node },
    bin,
    man: [MAN_PAGE],
    exports: { "./schemas/*": "./schemas/*", "./package.json": "./package.json" },
    ...origin(address),
  };
}
