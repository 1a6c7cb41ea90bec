// @ts-check
/** Reads `schemas/rules/`: what people write about each rule. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { SourceError } from "./source-error.mjs";

/**
 * What `schemas/rule.schema.json` describes.
 * @typedef {{ text: string, model?: Record<string, unknown> }} Example
 * @typedef {Example & { fixed?: string, also?: string[] }} InvalidExample
 * @typedef {import("../../server/src/service").NotationId} ExampleLanguage
 * @typedef {import("./rules.mjs").RuleEntry & { language?: ExampleLanguage, what: string, why: string, fix: string,
 *   invalid: InvalidExample[], valid: Example[] }} RuleWords
 */

/**
 * What people wrote about the rules, by code, in the order of the codes.
 * @param {string} folder the folder `schemas`
 * @returns {Promise<Map<string, RuleWords>>}
 */
export async function readRuleWords(folder) {
  const form = JSON.parse(await readFile(join(folder, "rule.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(form);
  /** @type {Map<string, RuleWords>} */
  const words = new Map();
  const names = (await readdir(join(folder, "rules"))).filter((name) => name.endsWith(".yaml"));
  for (const name of names.sort()) {
    const entry = parse(await readFile(join(folder, "rules", name), "utf8"));
    if (!validate(entry)) {
      const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== "if").map(inWords);
      throw new SourceError(
        [`schemas/rules/${name} is not of the form of rule.schema.json:`, ...errors].join("\n"),
      );
    }
    words.set(name.slice(0, -".yaml".length), /** @type {RuleWords} */ (entry));
  }
  return words;
}

/** @param {import("ajv").ErrorObject} error */
function inWords({ instancePath, message, params }) {
  const place = instancePath.slice(1).replaceAll("/", ".") || "the file";
  if ("allowedValues" in params) return `  ${place} must be one of: ${params.allowedValues.join(", ")}`;
  if ("allowedValue" in params) return `  ${place} must be ${params.allowedValue}`;
  if ("additionalProperty" in params) return `  ${place} must have no ${params.additionalProperty}`;
  return `  ${place} ${message}`;
}
