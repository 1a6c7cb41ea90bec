// @ts-check
/** Reads `schemas/model-code/<release>.yaml`: what the code of each model type demands of config.json and of the launch. */
import { readMergedFacts } from "./merged-facts.mjs";
import { SourceError } from "./source-error.mjs";

/** @typedef {import("../../server/src/catalogue/model-facts").ModelCode} ModelCode */
/** @typedef {{ is: unknown, source: string, loads_with?: string }} Fact */
/** @typedef {{ like?: string, without?: string[], language_part?: string[], otherwise?: string }} Relations */
/** @typedef {Record<string, Relations & Record<string, Fact>>} Types */

/**
 * @param {string} folder the folder `schemas`
 * @param {readonly string[]} releases
 * @returns {Promise<{ modelCode: ModelCode[], modelCodeOf: Record<string, number> }>} by release an index of `modelCode`
 */
export async function readModelCode(folder, releases) {
  const { all, indexOf } = /** @type {Awaited<ReturnType<typeof readMergedFacts<{ types: Types }>>>} */ (
    await readMergedFacts(folder, "model-code", "the code of models", releases)
  );
  const modelCode = all.map(
    ({ types }) =>
      /** @type {ModelCode} */ (
        Object.fromEntries(Object.keys(types).map((type) => [type, flat(type, types)]))
      ),
  );
  return { modelCode, modelCodeOf: indexOf };
}

/**
 * The facts of a type with those that it inherits, without their sources.
 * @param {string} type @param {Types} types @param {readonly string[]} below the types that inherit from this one
 * @returns {Record<string, unknown>}
 */
function flat(type, types, below = []) {
  const own = types[type];
  if (!own) throw new SourceError(`schemas/model-code: ${below.at(-1)} is like ${type}, which is not there.`);
  if (below.includes(type)) throw new SourceError(`schemas/model-code: ${type} is like itself.`);
  const { like, without = [], language_part, otherwise, ...facts } = own;
  const inherited = like === undefined ? {} : flat(like, types, [...below, type]);
  for (const name of without) delete inherited[name];
  const values = Object.entries(facts).map(([name, fact]) => [name, fact.is]);
  const release = facts.broken?.loads_with;
  return {
    ...inherited,
    ...Object.fromEntries(values),
    ...(language_part && { language_part }),
    ...(otherwise && { otherwise }),
    ...(release && { loads_with: release }),
  };
}
