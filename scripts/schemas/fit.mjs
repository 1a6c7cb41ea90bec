// @ts-check
/** Reads `schemas/fit.yaml`: what LightLLM takes of a GPU. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { readYamlFile } from "./yaml-file.mjs";

const MIB = 2 ** 20;

/**
 * @param {string} folder the folder `schemas` @param {readonly string[]} releases old to new
 * @returns {Promise<import("../../server/src/catalogue/fit-facts").FitFacts>}
 */
export async function readFit(folder, releases) {
  const form = JSON.parse(await readFile(join(folder, "fit.schema.json"), "utf8"));
  const file = await readYamlFile(folder, "fit.yaml");
  file.check(new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(form));
  const { gpus, layouts, releases: written, ...rest } = file.value;
  for (const release of releases)
    if (!written[release]) throw file.error(["releases"], `${release} has no facts about memory.`);
  return {
    ...rest,
    gpus: gpus.map((/** @type {any} */ { name, sm, names, bytes, mib, to, how, source }) => ({
      name,
      sm,
      names,
      bytes: bytes ?? mib * MIB,
      ...(to && { to: to * MIB }),
      how,
      source,
    })),
    layouts: Object.values(layouts).map((/** @type {any} */ { from, ...layout }) => ({
      ...layout,
      releases: releases.slice(from ? releases.indexOf(from) : 0),
    })),
    releases: written,
  };
}
