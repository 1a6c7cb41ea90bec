/**
 * Facts that LightLLM's start-up derives from a model's config.json, under the names of the start-up programs. Their
 * keys and models depend on the release: `schemas/model-facts/`.
 *
 * Follows `lightllm/utils/config_utils.py`, which catches most errors and uses a default, but not those of the
 * end-of-text token and of the data type.
 */
import type { ModelFacts } from "../../catalogue/model-facts";
import { isMapping, PythonError, UNKNOWN, type Value } from "../../python/values";
import { endOfText } from "./end-of-text";
import { configOf, type ModelFolder } from "./folder";
import { longestRequest } from "./longest-request";
import { architecture, at, isAmong, lookUp, modelType, optional, quietly } from "./lookup";
import { hasAudio, hasVision } from "./modalities";
import { hasDeepSpeedFiles, hasGateBias } from "./weights";

type Fact = (config: Value, facts: ModelFacts, folder: ModelFolder) => Value;

/** Facts by name; each may raise like LightLLM's own code. */
const FACTS: Readonly<Record<string, Fact>> = {
  cfg_eos: endOfText,
  cfg_dtype: (config, { data_type }) => lookUp(config, data_type),
  cfg_max_len: guarded(longestRequest, null),
  has_vision: guarded(hasVision, false),
  has_audio: guarded(hasAudio, false),
  is_linear_att: guarded(
    (config, { linear_attention }) => isAmong(at(config, "model_type"), linear_attention),
    false,
  ),
  fused_ok: guarded((config, { fused_experts }) => isAmong(modelType(config), fused_experts), false),
  cfg_tool_parser: guarded(
    (config, { tool_call_parsers }) => parserOf(modelType(config), tool_call_parsers),
    null,
  ),
  cfg_reasoning_parser: guarded(
    (config, { reasoning_parsers }) => parserOf(modelType(config), reasoning_parsers),
    null,
  ),
  model_type: guarded(modelType, null),
  architecture: guarded(architecture, null),
  has_deepspeed_files: (_config, _facts, folder) => hasDeepSpeedFiles(folder),
  has_gate_bias: (_config, _facts, folder) => hasGateBias(folder),
};

/** Whether a name is a fact about the model. */
export function isModelFact(name: string): boolean {
  return Object.hasOwn(FACTS, name);
}

/** A fact about a model, for a release. @throws PythonError if LightLLM raises when it reads it. */
export function modelFact(name: string, folder: ModelFolder, facts: ModelFacts): Value {
  if (folder.kind === "unknown") return UNKNOWN;
  const fact = FACTS[name];
  if (!fact) return UNKNOWN;
  let config: Value;
  try {
    config = configOf(folder);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    if (name === "cfg_eos" || name === "cfg_dtype") throw error;
    config = null;
  }
  return fact(config, facts, folder);
}

/** A key of config.json, looked up like in a model's own code: at the top level, else in the language part. */
export function configValue(key: string, folder: ModelFolder): Value {
  return inParts(folder, (parts) => {
    for (const part of parts) {
      const value = optional(part, key);
      if (value !== null) return value;
    }
    return null;
  });
}

/**
 * Whether config.json has a key, even as `null`: at the top level or in the language part. Of a public model not every key
 * is known.
 */
export function hasKey(key: string, folder: ModelFolder): Value {
  const isPart = folder.kind === "folder" && folder.files.publicName !== undefined;
  return inParts(
    folder,
    (parts) =>
      parts.some((part) => isMapping(part) && Object.hasOwn(part, key)) || (isPart ? UNKNOWN : false),
  );
}

/** What is found in config.json and its language part; unknown if it cannot be read. */
function inParts(folder: ModelFolder, find: (parts: readonly Value[]) => Value): Value {
  if (folder.kind === "unknown") return UNKNOWN;
  try {
    const config = configOf(folder);
    const inner = ["llm_config", "text_config"].map((name) => optional(config, name));
    return find([config, ...inner, optional(optional(config, "thinker_config"), "text_config")]);
  } catch (error) {
    if (error instanceof PythonError) return UNKNOWN;
    throw error;
  }
}

/** The parser for a model type; each parser lists its model types. */
function parserOf(type: Value, parsers: Readonly<Record<string, readonly string[]>>): Value {
  return Object.keys(parsers).find((parser) => isAmong(type, parsers[parser])) ?? null;
}

/** A fact whose errors LightLLM catches. */
function guarded(fact: Fact, otherwise: Value): Fact {
  return (...input) => quietly(() => fact(...input), otherwise);
}
