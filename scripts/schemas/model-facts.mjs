// @ts-check
/** Reads `schemas/model-facts/<release>.yaml`: the facts that each release reads from a model's config.json. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { readExtending } from "./extends.mjs";
import { readYamlFile } from "./yaml-file.mjs";

/** @typedef {import("../../server/src/catalogue/model-facts").ModelFacts} ModelFacts */

/**
 * @param {string} folder the folder `schemas`
 * @param {readonly string[]} releases
 * @returns {Promise<{ modelFacts: ModelFacts[], modelFactsOf: Record<string, number> }>} by release an index of `modelFacts`
 */
export async function readModelFacts(folder, releases) {
  const form = JSON.parse(await readFile(join(folder, "model-facts.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(form);
  const facts = await readExtending(
    releases,
    async (release) => {
      const missing = `${release} has no facts about models: write schemas/model-facts/${release}.yaml.`;
      const file = await readYamlFile(folder, `model-facts/${release}.yaml`, missing);
      file.check(validate);
      return file;
    },
    (file, base) => {
      const { extends: _, ...own } = file.value;
      const all = /** @type {ModelFacts} */ (merged(base, own));
      // A part that `null` removes may be required.
      file.check(validate, all);
      return all;
    },
  );
  /** @type {ModelFacts[]} */
  const modelFacts = [];
  const modelFactsOf = Object.fromEntries(
    [...facts].map(([release, own]) => {
      const text = JSON.stringify(own);
      const same = modelFacts.findIndex((other) => JSON.stringify(other) === text);
      return [release, same >= 0 ? same : modelFacts.push(own) - 1];
    }),
  );
  return { modelFacts, modelFactsOf };
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
