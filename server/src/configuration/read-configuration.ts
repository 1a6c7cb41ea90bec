/** Reads a project's configuration. What is not understood is a problem and has no effect. */
import { isMap, isScalar, isSeq } from "yaml";
import type { RuleLevel } from "../catalogue/rule-facts";
import { nearest } from "../judgement/nearest";
import { say } from "../messages";
import {
  CONFIGURATION_KEYS,
  CONFIGURED_LANGUAGES,
  type Configuration,
  type ConfigurationKey,
  type ConfigurationProblem,
  GPUS,
  type KnownWords,
  type NamedDeployment,
  NO_CONFIGURATION,
  RULE_LEVELS,
} from "./configuration";
import { CONFIGURATION_FILE } from "./configuration-file";
import { writtenConfiguration } from "./written-configuration";

export interface ConfigurationReading {
  readonly configuration: Configuration;
  /** What cannot be used, in the order of the keys. */
  readonly problems: readonly ConfigurationProblem[];
}

/** Limit for patterns of a file, so that matching is bounded. */
const MOST_GLOBS = 200;

/** A node that cannot be used, and why. */
type Complain = (node: unknown, message: string, meant?: string) => void;

/**
 * Reads the text of a configuration; undefined if a file of other things has none. Never throws.
 *
 * @param path the name of the file tells where in it the configuration is.
 */
export function readConfiguration(
  text: string,
  known: KnownWords,
  path: string = CONFIGURATION_FILE,
): ConfigurationReading | undefined {
  const written = writtenConfiguration(text, path);
  if (!written) return undefined;
  const problems: ConfigurationProblem[] = [];
  const add = (start: number, end: number, message: string, meant?: string) =>
    problems.push({
      line: written.lineOf(start),
      start,
      end,
      message,
      ...(meant !== undefined && { meant }),
    });
  const complain: Complain = (node, message, meant) => {
    const { start, end } = written.placeOf(node);
    add(start, end, message, meant);
  };
  const { root, error } = written;
  if (error) add(error.start, error.start + 1, error.message);
  if (isScalar(root) && root.value === null) return { configuration: NO_CONFIGURATION, problems };
  if (!isMap(root)) {
    if (root) complain(root, say("configuration.no-mapping"));
    return { configuration: NO_CONFIGURATION, problems };
  }
  const values: Partial<Record<ConfigurationKey, unknown>> = {};
  for (const { key, value } of root.items) {
    const name = wordOf(key);
    const own = CONFIGURATION_KEYS.find((one) => one === name);
    if (own) {
      if (wordOf(value) !== "") values[own] = value;
      continue;
    }
    const [meant] = nearest(name, CONFIGURATION_KEYS, 1);
    complain(key, say("configuration.unknown-key", { key: name, ...hintOf(meant) }), meant);
  }
  const left = { globs: MOST_GLOBS };
  const release = oneOf(values.release, known.releases, "release", complain);
  const include = globsOf(values.include, "include", left, complain);
  const language = oneOf(values.language, CONFIGURED_LANGUAGES, "language", complain);
  const gpu = gpuOf(values.gpu, known, complain);
  const configuration: Configuration = {
    ...(release !== undefined && { release }),
    rules: levelsOf(values.rules, known, complain),
    ...(include && { include }),
    exclude: globsOf(values.exclude, "exclude", left, complain) ?? [],
    deployments: deploymentsOf(values.deployments, left, complain),
    ...(language !== undefined && { language }),
    ...(gpu !== undefined && { gpu }),
  };
  return { configuration, problems };
}

/** The levels of an editor's setting `lightllm.rules`, and a sentence for each that cannot be used. */
export function readRuleLevels(
  setting: unknown,
  { codes }: Pick<KnownWords, "codes">,
): { readonly rules: Configuration["rules"]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const rules: Record<string, RuleLevel> = {};
  const all = typeof setting === "object" && setting !== null && !Array.isArray(setting) ? setting : {};
  for (const [code, value] of Object.entries(all)) {
    const level = RULE_LEVELS.find((one) => one === value);
    if (!codes.includes(code)) problems.push(unknownCode(code, codes).message);
    else if (!level) problems.push(say("configuration.rule-level", { code, known: RULE_LEVELS.join(", ") }));
    else rules[code] = level;
  }
  return { rules, problems };
}

function unknownCode(code: string, codes: readonly string[]) {
  const [meant] = nearest(code, codes, 1);
  return { message: say("configuration.unknown-code", { code, ...hintOf(meant) }), meant };
}

function hintOf(meant: string | undefined) {
  return { hint: meant === undefined ? "none" : "other", meant: meant ?? "" } as const;
}

/** The text of a scalar; empty for null, `?` for other nodes. */
function wordOf(node: unknown): string {
  if (node === null || node === undefined) return "";
  return isScalar(node) ? String(node.value ?? "") : "?";
}

function levelsOf(node: unknown, { codes }: KnownWords, complain: Complain): Configuration["rules"] {
  if (node === undefined) return {};
  if (!isMap(node)) {
    complain(node, say("configuration.rules-no-mapping"));
    return {};
  }
  const rules: Record<string, RuleLevel> = {};
  for (const { key, value } of node.items) {
    const code = wordOf(key);
    // In YAML 1.1 and as a habit of it, `off` is false.
    const word = isScalar(value) && value.value === false ? "off" : wordOf(value);
    const level = RULE_LEVELS.find((one) => one === word);
    if (!codes.includes(code)) {
      const { message, meant } = unknownCode(code, codes);
      complain(key, message, meant);
    } else if (!level) {
      const [meant] = nearest(word, RULE_LEVELS, 1);
      const message = say("configuration.rule-level", { code, known: RULE_LEVELS.join(", ") });
      complain(value ?? key, message, meant);
    } else rules[code] = level;
  }
  return rules;
}

function oneOf<T extends string>(
  node: unknown,
  known: readonly T[],
  key: "release" | "language",
  complain: Complain,
): T | undefined {
  if (node === undefined) return undefined;
  const word = wordOf(node);
  const found = known.find((one) => one === word || (key === "release" && one === `v${word}`));
  if (found === undefined) {
    const [meant] = nearest(word, known, 1);
    complain(node, say("configuration.not-one-of", { key, word, known: known.join(", ") }), meant);
  }
  return found;
}

function gpuOf(node: unknown, { gpuFault }: KnownWords, complain: Complain): string | undefined {
  if (node === undefined) return undefined;
  const word = wordOf(node);
  const fault = GPUS.test(word)
    ? gpuFault(word)
    : { message: say("configuration.no-gpus", { word }), meant: [] };
  if (!fault) return word;
  complain(node, fault.message, fault.meant[0]);
  return undefined;
}

function globsOf(
  node: unknown,
  key: "include" | "exclude",
  left: { globs: number },
  complain: Complain,
): readonly string[] | undefined {
  if (node === undefined) return undefined;
  const globs = textsOf(node);
  if (globs && globs.length <= left.globs) {
    left.globs -= globs.length;
    return globs;
  }
  complain(node, say("configuration.no-globs", { key }));
  return undefined;
}

/** A list of texts, or one text; undefined if anything else is in it. */
function textsOf(node: unknown): string[] | undefined {
  const items = isSeq(node) ? node.items : [node];
  const texts = items.map((item) => (isScalar(item) && typeof item.value === "string" ? item.value : ""));
  return texts.includes("") ? undefined : texts;
}

function deploymentsOf(node: unknown, left: { globs: number }, complain: Complain): NamedDeployment[] {
  if (node === undefined) return [];
  if (!isMap(node)) {
    complain(node, say("configuration.deployments-no-mapping"));
    return [];
  }
  return node.items.flatMap(({ key, value }): NamedDeployment[] => {
    const name = wordOf(key);
    const globs = textsOf(value) ?? [];
    if (name === "" || globs.length === 0 || globs.length > left.globs) {
      complain(key, say("configuration.deployment-no-globs", { name }));
      return [];
    }
    left.globs -= globs.length;
    return [{ name, globs }];
  });
}
