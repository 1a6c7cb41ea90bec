// @ts-check
/** Reads `schemas/rules/`: the documentation of each rule. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { readYamlFile } from "./yaml-file.mjs";

/**
 * What `schemas/rule.schema.json` describes.
 * @typedef {{ language?: ExampleLanguage, text: string, model?: Record<string, unknown>,
 *   weights?: Record<string, unknown>, files?: Record<string, unknown> }} Example
 * @typedef {Example & { fixed?: string, also?: string[] }} InvalidExample
 * @typedef {import("../../server/src/service").NotationId} ExampleLanguage
 * @typedef {import("./rules.mjs").RuleEntry & { language?: ExampleLanguage, what: string, why: string, fix: string,
 *   invalid: InvalidExample[], valid: Example[] }} RuleWords
 */

/**
 * The documentation of the rules, by code, in the order of the codes.
 * @param {string} folder the folder `schemas`
 * @returns {Promise<Map<string, RuleWords>>}
 */
export async function readRuleWords(folder) {
  return new Map([...(await readRuleFiles(folder))].map(([code, file]) => [code, file.value]));
}

/**
 * What an example is written in: its own language, else that of its rule.
 * @param {Example} example @param {Pick<RuleWords, "language">} rule @returns {ExampleLanguage}
 */
export function languageOf(example, rule) {
  return example.language ?? rule.language ?? "yaml";
}

/**
 * The files of the rules, by code.
 * @param {string} folder the folder `schemas`
 * @returns {Promise<Map<string, import("./yaml-file.mjs").YamlFile>>}
 */
export async function readRuleFiles(folder) {
  const form = JSON.parse(await readFile(join(folder, "rule.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(form);
  const files = new Map();
  const names = (await readdir(join(folder, "rules"))).filter((name) => name.endsWith(".yaml"));
  for (const name of names.sort()) {
    const file = await readYamlFile(folder, `rules/${name}`);
    file.check(validate);
    files.set(name.slice(0, -".yaml".length), file);
  }
  return files;
}
