// @ts-check
/**
 * Translations of the texts in `schemas/rules/` and `schemas/moves/`: a file of the same name in
 * `schemas/messages/<language>/rules/` or `moves/` maps each English text to its translation.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readYamlFile } from "./yaml-file.mjs";

/** The folders whose files hold texts beside facts. */
const FOLDERS = ["rules", "moves"];

/** The fields that the server shows. */
const SHOWN = ["say", "title", "lost"];

/** A text as the server has it, on one line. @param {string} text */
const oneLine = (text) => text.replace(/\s+/g, " ").trim();

/** The parts of a text that a translation must keep: `{expression}`. @param {string} text */
const placesIn = (text) => new Set(text.match(/\{[^{}]+\}/g) ?? []);

/**
 * The English texts that users see in a file of `schemas/rules/` or `schemas/moves/`, each once.
 * @param {unknown} value the file's value, or a part of it
 * @returns {Set<string>}
 */
export function shownTexts(value) {
  if (Array.isArray(value)) return new Set(value.flatMap((one) => [...shownTexts(one)]));
  if (typeof value !== "object" || value === null) return new Set();
  return new Set(
    Object.entries(value).flatMap(([key, one]) =>
      SHOWN.includes(key) && typeof one === "string" ? [oneLine(one)] : [...shownTexts(one)],
    ),
  );
}

/**
 * The translations of a language by English text, with the place of each.
 * @param {string} folder `schemas`
 * @param {string} language
 * @returns {Promise<Map<string, { text: string, place: string }>>}
 */
export async function readTranslations(folder, language) {
  const all = new Map();
  for (const part of FOLDERS) {
    const names = await readdir(join(folder, "messages", language, part)).catch(() => []);
    for (const name of names.sort()) {
      const file = await readYamlFile(folder, `messages/${language}/${part}/${name}`);
      const english = shownTexts((await readYamlFile(folder, `${part}/${name}`)).value);
      for (const [key, text] of Object.entries(file.value ?? {})) {
        const written = oneLine(key);
        if (!english.has(written)) throw file.error([key], `schemas/${part}/${name} has no such text.`);
        if (typeof text !== "string") throw file.error([key], "this is no text.");
        const missing = [...placesIn(written)].filter((place) => !placesIn(text).has(place));
        const extra = [...placesIn(text)].filter((place) => !placesIn(written).has(place));
        if (missing.length + extra.length > 0)
          throw file.error([key], `the values differ from English: ${[...missing, ...extra].join(", ")}.`);
        all.set(written, { text: oneLine(text), place: file.place([key]) });
      }
    }
  }
  return all;
}
