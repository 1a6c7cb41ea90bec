// @ts-check
/** Reads `schemas/model-facts/<release>.yaml`: the facts that each release reads from a model's config.json. */
import { readMergedFacts } from "./merged-facts.mjs";

/** @typedef {import("../../server/src/catalogue/model-facts").ModelFacts} ModelFacts */

/**
 * @param {string} folder the folder `schemas`
 * @param {readonly string[]} releases
 * @returns {Promise<{ modelFacts: ModelFacts[], modelFactsOf: Record<string, number> }>} by release an index of `modelFacts`
 */
export async function readModelFacts(folder, releases) {
  const { all, indexOf } =
    /** @type {Awaited<ReturnType<typeof readMergedFacts<ModelFacts>>>} */
    (await readMergedFacts(folder, "model-facts", "models", releases));
  return { modelFacts: all, modelFactsOf: indexOf };
}
