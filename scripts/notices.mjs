// @ts-check
/**
 * `npm run notices`: writes THIRD-PARTY-NOTICES.txt for both packages: the licences of all npm packages in the bundles of
 * the last build.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The text of the notices. @param {string} root the project; `npm run build` has run there @returns {Promise<string>} */
export async function notices(root) {
  /** @type {string[]} */
  const folders = JSON.parse(await readFile(join(root, "dist/bundled-packages.json"), "utf8"));
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
    const file = (await readdir(join(root, folder))).find((one) => /^licen[cs]e/i.test(one));
    if (!file) throw new Error(`${folder} has no licence file, so it cannot be bundled.`);
    const text = (await readFile(join(root, folder, file), "utf8")).replaceAll("\r\n", "\n").trim();
    texts.set(`${name} ${version} (${license})`, text);
  }
  const sections = [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, text]) => `${title}\n\n${text}`);
  const rule = `\n\n${"-".repeat(80)}\n\n`;
  return `${["The programs of LightLLM Config contain these packages.", ...sections].join(rule)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(fileURLToPath(new URL("..", import.meta.url)));
  await writeFile(join(root, "THIRD-PARTY-NOTICES.txt"), await notices(root));
}
