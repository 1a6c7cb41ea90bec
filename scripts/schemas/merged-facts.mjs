// @ts-check
/** Reads facts of each release from `schemas/<part>/<release>.yaml`, where a file may contain only differences. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { readExtending } from "./extends.mjs";
import { readYamlFile } from "./yaml-file.mjs";

/**
 * The different facts, and for each release the index of its own; and the files. `<part>.schema.json` is their schema.
 * @template T
 * @param {string} folder the folder `schemas`
 * @param {string} part
 * @param {string} about what the facts are about, for the error if a file is missing
 * @param {readonly string[]} releases
 * @returns {Promise<{ all: T[], indexOf: Record<string, number>, files: import("./yaml-file.mjs").YamlFile[] }>}
 */
export async function readMergedFacts(folder, part, about, releases) {
  const form = JSON.parse(await readFile(join(folder, `${part}.schema.json`), "utf8"));
  const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(form);
  /** @type {import("./yaml-file.mjs").YamlFile[]} */
  const files = [];
  const facts = await readExtending(
    releases,
    async (release) => {
      const missing = `${release} has no facts about ${about}: write schemas/${part}/${release}.yaml.`;
      const file = await readYamlFile(folder, `${part}/${release}.yaml`, missing);
      file.check(validate);
      files.push(file);
      return file;
    },
    (file, base) => {
      const { extends: _, ...own } = file.value;
      const all = /** @type {T} */ (merged(base, own));
      // A part that `null` removes may be required.
      file.check(validate, all);
      return all;
    },
  );
  /** @type {T[]} */
  const all = [];
  const indexOf = Object.fromEntries(
    [...facts].map(([release, own]) => {
      const text = JSON.stringify(own);
      const same = all.findIndex((other) => JSON.stringify(other) === text);
      return [release, same >= 0 ? same : all.push(own) - 1];
    }),
  );
  return { all, indexOf, files };
}

/**
 * A value with changes, as in a JSON Merge Patch (RFC 7386): mappings are merged, `null` removes a key, everything else
 * replaces.
 * @param {unknown} before
 * @param {unknown} changes
 * @returns {unknown}
 */
function merged(before, changes) {
  if (!isMapping(changes)) return changes;
  const all = isMapping(before) ? { ...before } : {};
  for (const [key, change] of Object.entries(changes)) {
    if (change === null) delete all[key];
    else all[key] = merged(all[key], change);
  }
  return all;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isMapping(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
