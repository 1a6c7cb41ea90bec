// @ts-check
/** Reads `schemas/beginnings.yaml`: what `lightllm-config new` writes. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { readYamlFile } from "./yaml-file.mjs";

/**
 * @param {string} folder the folder `schemas`
 * @param {readonly { flags: readonly { name: string }[] }[]} releases
 * @param {Record<string, unknown>} variables
 * @returns {Promise<import("../../server/src/beginning/purposes").BeginningFacts>}
 */
export async function readBeginnings(folder, releases, variables) {
  const form = JSON.parse(await readFile(join(folder, "beginnings.schema.json"), "utf8"));
  const file = await readYamlFile(folder, "beginnings.yaml");
  file.check(new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(form));
  const texts = (await readYamlFile(folder, "messages/en/beginning.yaml")).value;
  const flags = new Set(releases.flatMap((release) => release.flags.map(({ name }) => name.slice(2))));
  const { purposes, entries } = file.value;
  const ids = new Set();
  for (const [at, { id, flag, env }] of entries.entries()) {
    if (ids.has(id)) throw file.error(["entries", at, "id"], `${id} is there twice.`);
    ids.add(id);
    if (!Object.hasOwn(texts, `why-${id}`))
      throw file.error(["entries", at, "id"], `schemas/messages/en/beginning.yaml has no why-${id}.`);
    if (flag && !flags.has(flag)) throw file.error(["entries", at, "flag"], `No release has --${flag}.`);
    if (env && env.toUpperCase() !== "NO_PROXY" && !Object.hasOwn(variables, env))
      throw file.error(["entries", at, "env"], `${env} is not in environment.json.`);
  }
  return {
    purposes,
    entries: entries.map((/** @type {any} */ { source: _, value, ...entry }) => ({
      ...entry,
      ...(value !== undefined && { value: String(value) }),
    })),
  };
}
