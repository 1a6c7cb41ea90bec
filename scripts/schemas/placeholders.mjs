// @ts-check
/** Placeholders: what `npm run release:import` leaves for a person to write, and the build refuses until then. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

const MARK = /TODO\(([^()\s]+)\)/;

/** A line of a comment that somebody takes out when the work is done. @param {string} release @param {string} what */
export function placeholderLine(release, what) {
  return `# ${placeholderMark(release)} ${what}, then delete this line.\n`;
}

/** How a placeholder begins. @param {string} release the release it waits for */
export function placeholderMark(release) {
  return `TODO(${release})`;
}

/**
 * Every placeholder that is left below `schemas/`, each as a sentence that names its file and what is to be written.
 * @param {string} folder the folder `schemas`
 * @returns {Promise<string[]>}
 */
export async function leftPlaceholders(folder) {
  const found = [];
  for (const name of await yamlFiles(join(folder, "flags"))) {
    const text = await readFile(join(folder, "flags", name), "utf8");
    if (!MARK.test(text)) continue;
    for (const [key, flag] of Object.entries(parse(text))) {
      for (const [path, words] of textsOf(flag)) {
        const mark = MARK.exec(words)?.[0];
        if (mark) found.push(`schemas/flags/${name}: ${key}: ${path} is still the placeholder ${mark}.`);
      }
    }
  }
  for (const part of ["startup", "model-facts", "moves"]) {
    for (const name of await yamlFiles(join(folder, part))) {
      const lines = (await readFile(join(folder, part, name), "utf8")).split("\n");
      for (const [index, line] of lines.entries()) {
        if (MARK.test(line))
          found.push(`schemas/${part}/${name}, line ${index + 1}: ${line.replace(/^#\s*/, "")}`);
      }
    }
  }
  return found;
}

/** @param {string} folder @returns {Promise<string[]>} */
async function yamlFiles(folder) {
  return (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
}

/** Every text in a flag's documentation, with where it stands. @param {unknown} value @returns {[path: string, text: string][]} */
function textsOf(value, path = "") {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => textsOf(part, path === "" ? key : `${path}.${key}`));
}
