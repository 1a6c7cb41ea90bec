// @ts-check
/**
 * Placeholders: `npm run release:import` leaves them for parts that a person has to write; the build fails until they
 * are replaced.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readYamlFile } from "./yaml-file.mjs";

const MARK = /TODO\(([^()\s]+)\)/;

/** A comment line to delete when the work is done. @param {string} release @param {string} what */
export function placeholderLine(release, what) {
  return `# ${placeholderMark(release)} ${what}, then delete this line.\n`;
}

/** The beginning of a placeholder. @param {string} release the new release */
export function placeholderMark(release) {
  return `TODO(${release})`;
}

/**
 * All placeholders below `schemas/`, each as a sentence with its file and the work that is left.
 * @param {string} folder the folder `schemas`
 * @returns {Promise<string[]>}
 */
export async function leftPlaceholders(folder) {
  const found = [];
  for (const name of await yamlFiles(join(folder, "flags"))) {
    const file = await readYamlFile(folder, `flags/${name}`);
    for (const [keys, words] of textsOf(file.value)) {
      const mark = MARK.exec(words)?.[0];
      const [key, ...path] = keys;
      if (mark)
        found.push(`${file.place(keys)}: ${key}: ${path.join(".")} is still the placeholder ${mark}.`);
    }
  }
  const ofReleases = ["startup", "model-facts", "model-code", "deployment", "moves"].map(async (part) =>
    (await yamlFiles(join(folder, part))).map((name) => `${part}/${name}`),
  );
  for (const name of [...(await Promise.all(ofReleases)).flat(), "fit.yaml"]) {
    const lines = (await readFile(join(folder, name), "utf8")).split("\n");
    for (const [index, line] of lines.entries())
      if (MARK.test(line)) found.push(`schemas/${name}:${index + 1}: ${line.replace(/^\s*#\s*/, "")}`);
  }
  return found;
}

/** @param {string} folder @returns {Promise<string[]>} */
async function yamlFiles(folder) {
  return (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
}

/**
 * All texts in a value, with their paths.
 * @param {unknown} value
 * @param {string[]} keys
 * @returns {[keys: string[], text: string][]}
 */
function textsOf(value, keys = []) {
  if (typeof value === "string") return [[keys, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => textsOf(part, [...keys, key]));
}
