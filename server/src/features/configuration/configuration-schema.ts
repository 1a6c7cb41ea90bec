/** The published JSON Schema of `.lightllm-config.yaml`. */
import type { Catalogue } from "../../catalogue";
import {
  CONFIGURATION_KEYS,
  CONFIGURED_LANGUAGES,
  type ConfigurationKey,
  GPUS,
  RULE_LEVELS,
} from "../../configuration/configuration";
import { say } from "../../messages";
import type { JsonSchema } from "../../schema/flags";
import { knownWords } from "./known-words";

const PATTERN = { type: "string", minLength: 1 };
const PATTERNS = { type: ["string", "array"], minLength: 1, items: PATTERN };

/** The schema (draft-07), with a description of each key and rule. */
export function configurationSchema(catalogue: Catalogue): JsonSchema {
  const { codes, releases } = knownWords(catalogue);
  const rules = catalogue.rules();
  const levels = Object.fromEntries(
    codes.map((code) => [
      code,
      { enum: RULE_LEVELS, description: plain(ruleInWords(rules[code as keyof typeof rules])) },
    ]),
  );
  const values: Record<ConfigurationKey, object> = {
    release: { enum: [...releases, ...releases.filter(isTagged).map((name) => name.slice(1))] },
    rules: { type: "object", properties: levels, additionalProperties: false },
    include: PATTERNS,
    exclude: PATTERNS,
    deployments: { type: "object", additionalProperties: PATTERNS },
    language: { enum: CONFIGURED_LANGUAGES },
    gpu: { type: "string", pattern: GPUS.source },
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: ".lightllm-config.yaml",
    type: ["object", "null"],
    properties: Object.fromEntries(
      CONFIGURATION_KEYS.map((key) => [
        key,
        { ...values[key], description: plain(say(`configuration.key-${key}`)) },
      ]),
    ),
    additionalProperties: false,
  } as unknown as JsonSchema;
}

function isTagged(name: string): boolean {
  return /^v\d/.test(name);
}

/** A rule in a sentence: its title, and its severity if nothing else is configured. */
export function ruleInWords({
  title,
  severity,
}: {
  readonly title: string;
  readonly severity: string;
}): string {
  return say("configuration.rule-default", { title, severity });
}

function plain(markdown: string): string {
  return markdown.replaceAll("`", "'");
}
