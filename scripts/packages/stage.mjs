// @ts-check
/** Creates the folder whose content is packed. */
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { linksOf, withLinks } from "./documents.mjs";
import { manPage } from "./man-page.mjs";
import { MAN_PAGE } from "./manifests.mjs";

/** The parts that the programs of both packages load. */
const PARTS = [
  "service",
  "messages",
  "catalogue",
  "reference",
  "beginning",
  "lezer",
  "shell",
  "globs",
  "toml",
].map((part) => `dist/${part}.js`);
const NOTICES = ["LICENSE", "THIRD-PARTY-NOTICES.txt"];
const DOCUMENTS = ["README.md", "CHANGELOG.md"];

/**
 * @param {string} root @param {string} folder deleted first
 * @param {object} manifest @param {string[]} paths files and folders of the project
 */
async function fill(root, folder, manifest, paths) {
  await rm(folder, { recursive: true, force: true });
  for (const path of [...paths, ...NOTICES]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(root, path), join(folder, path), { recursive: true });
  }
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * @param {string} root @param {string} folder @param {(path: string, isPicture: boolean) => string | undefined} target
 */
async function writeDocuments(root, folder, target) {
  for (const name of DOCUMENTS)
    await writeFile(join(folder, name), withLinks(await readFile(join(root, name), "utf8"), target));
}

/** @param {string} address @param {string} path @param {boolean} isPicture */
const at = (address, path, isPicture) => `${address}/${isPicture ? "raw" : "blob"}/HEAD/${path}`;

/** The extension's folder. @param {string} root @param {string} folder @param {object} manifest @param {string} [address] */
export async function stageExtension(root, folder, manifest, address) {
  const programs = ["dist/extension.js", "dist/server.js", ...PARTS, "dist/rule-pages.json"];
  const texts = (await readdir(root)).filter((name) => /^package\.nls\b.*\.json$/.test(name));
  await fill(root, folder, manifest, [...programs, ...texts, ...grammars(manifest)]);
  /** @type {Map<string, string>} */
  const pictures = new Map();
  for (const name of await picturesOf(root)) pictures.set(name, await dataAddress(join(root, name)));
  // The editor shows these documents without other files: links to files are removed, and pictures are embedded.
  await writeDocuments(root, folder, (path, isPicture) =>
    address ? at(address, path, isPicture) : isPicture ? pictures.get(path) : undefined,
  );
}

/** The paths of the pictures in the documents. @param {string} root */
async function picturesOf(root) {
  const texts = await Promise.all(DOCUMENTS.map((name) => readFile(join(root, name), "utf8")));
  const paths = texts.flatMap(linksOf).flatMap(({ isPicture, url }) => (isPicture ? url : []));
  return [...new Set(paths)].filter((path) => !/^[a-z]+:/.test(path));
}

/** The files that the manifest names. @param {any} manifest @returns {string[]} */
function grammars({
  icon,
  contributes: { languages, grammars, viewsContainers, snippets, walkthroughs, jsonValidation = [] },
}) {
  const named = languages.flatMap((/** @type {any} */ { configuration, icon }) => [
    configuration,
    icon?.light,
    icon?.dark,
  ]);
  const schemas = jsonValidation.map((/** @type {any} */ { url }) => url);
  const containers = viewsContainers.activitybar.map((/** @type {any} */ { icon }) => icon);
  const pictures = walkthroughs.flatMap((/** @type {any} */ { steps }) =>
    steps.map((/** @type {any} */ { media }) => media.image),
  );
  return [
    icon,
    ...snippets.map((/** @type {any} */ { path }) => path),
    ...pictures,
    ...containers,
    ...named,
    ...grammars.map((/** @type {any} */ { path }) => path),
    ...schemas,
  ].filter(Boolean);
}

/** @param {string} path */
async function dataAddress(path) {
  const data = await readFile(path);
  return `data:image/${extname(path).slice(1)};base64,${data.toString("base64")}`;
}

/**
 * The command line's folder.
 * @param {string} root @param {string} folder @param {{ version: string }} manifest @param {string} [address]
 */
export async function stageNpm(root, folder, manifest, address) {
  const paths = ["docs/rules", ...(await picturesOf(root))];
  await fill(root, folder, manifest, [
    "dist/cli.js",
    "dist/behaviour.js",
    ...PARTS,
    ...paths,
    ...(await schemas(root)),
  ]);
  await mkdir(dirname(join(folder, MAN_PAGE)), { recursive: true });
  await writeFile(join(folder, MAN_PAGE), await manPage(manifest.version));
  const has = [...NOTICES, ...DOCUMENTS, ...paths];
  await writeDocuments(root, folder, (path, isPicture) => {
    if (address) return at(address, path, isPicture);
    return has.some((own) => path === own || path.startsWith(`${own}/`)) ? path : undefined;
  });
}

/** @param {string} root */
async function schemas(root) {
  const names = await readdir(join(root, "schemas"));
  return names
    .filter((name) =>
      /^(?:lightllm-.*|quant-cfg-.*|configuration|redundant-experts|kv-calibration)\.schema\.json$/.test(
        name,
      ),
    )
    .map((name) => `schemas/${name}`);
}
