// @ts-check
/** Reads `schemas/quantization.yaml`: how each release reads the files of `--quant_cfg`. */
import { releasesIn } from "./rules.mjs";
import { readYamlFile } from "./yaml-file.mjs";

/**
 * @param {string} folder the folder `schemas`
 * @param {readonly string[]} releases
 * @returns {Promise<Record<string, import("../../server/src/catalogue/types").QuantizationFileFacts>>} by release
 */
export async function readQuantization(folder, releases) {
  const file = await readYamlFile(folder, "quantization.yaml");
  /** @type {Record<string, any>} */
  const facts = Object.fromEntries(releases.map((release) => [release, {}]));
  for (const { releases: range, source: _, ...own } of file.value)
    for (const release of releasesIn(range, releases)) Object.assign(facts[release], own);
  for (const [release, { key, weights }] of Object.entries(facts))
    if (!key || !weights) throw file.error([], `${release} has no key or no weights.`);
  return facts;
}
