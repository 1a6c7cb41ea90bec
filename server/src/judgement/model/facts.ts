/**
 * What LightLLM's start-up derives from a model's config.json, under the names that the start-up program uses.
 *
 * Follows `lightllm/utils/config_utils.py`: its lookups differ between v1.0.x, v1.1.0 and v1.2.0. Most of them catch every
 * error and go on with a default; those of the end-of-text token and of the data type do not.
 */
import type { Release } from "../../catalogue/types";
import { isList, isMapping, type Mapping, PythonError, UNKNOWN, type Value } from "../../python/values";
import { readInteger, readNumber } from "../../python/words";
import { configOf, jsonValue, type ModelFolder } from "./folder";

type Fact = (config: Value, folder: ModelFolder, release: Release) => Value;

/** Facts by name; each may raise what LightLLM's own reading would. */
const FACTS: Readonly<Record<string, Fact>> = {
  cfg_eos: endOfText,
  cfg_dtype: dataType,
  cfg_max_len: guarded(maximalLength, null),
  has_vision: guarded(hasVision, false),
  has_audio: guarded(hasAudio, false),
  is_linear_att: guarded((config) => oneOf(at(config, "model_type"), QWEN_3_5), false),
  fused_ok: guarded((config) => oneOf(modelType(config), FUSES_EXPERTS), false),
  cfg_tool_parser: guarded((config) => named(modelType(config), TOOL_PARSERS), null),
  cfg_reasoning_parser: guarded((config) => named(modelType(config), REASONING_PARSERS), null),
  model_type: guarded(modelType, null),
  architecture: guarded((config) => first(at(config, "architectures")), null),
};

const QWEN_3_5 = ["qwen3_5", "qwen3_5_moe", "qwen3_5_text", "qwen3_5_moe_text"];
const QWEN_3 = [
  "qwen3",
  "qwen3_moe",
  "qwen3_omni_moe",
  "qwen3_vl",
  "qwen3_vl_moe",
  "qwen3_vl_text",
  "qwen3_vl_moe_text",
];
const DEEPSEEK = ["deepseek_v3", "deepseek_v31", "deepseek_v32"];
const FUSES_EXPERTS = [...DEEPSEEK, "qwen3_next", ...QWEN_3_5];

const TOOL_PARSERS: Readonly<Record<string, string>> = {
  ...each(QWEN_3_5, "qwen3_coder"),
  ...each(QWEN_3, "qwen25"),
  deepseek_v3: "deepseekv3",
  deepseek_v31: "deepseekv31",
  deepseek_v32: "deepseekv32",
};

const REASONING_PARSERS: Readonly<Record<string, string>> = {
  ...each([...QWEN_3, ...QWEN_3_5], "qwen3"),
  ...each(DEEPSEEK, "deepseek-v3"),
  deepseek_r1: "deepseek-r1",
  gemma4: "gemma4",
};

/** Whether a name is a fact about the model. */
export function isModelFact(name: string): boolean {
  return Object.hasOwn(FACTS, name);
}

/** A fact about a model. @throws PythonError where LightLLM's reading of it raises. */
export function modelFact(name: string, folder: ModelFolder, release: Release): Value {
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
  return fact(config, folder, release);
}

/** A key of config.json as a model's own code looks it up: at the top, else in the part about language. */
export function configValue(key: string, folder: ModelFolder): Value {
  if (folder.kind === "unknown") return UNKNOWN;
  try {
    const config = configOf(folder);
    for (const part of [config, ...["llm_config", "text_config"].map((name) => optional(config, name))]) {
      const value = optional(part, key);
      if (value !== null) return value;
    }
    const thinker = optional(optional(config, "thinker_config"), "text_config");
    return optional(thinker, key);
  } catch (error) {
    if (error instanceof PythonError) return UNKNOWN;
    throw error;
  }
}

/** v1.2.0 looks keys up in one way; the releases before it each in their own. */
function isLate(release: Release): boolean {
  return release.date >= "2026";
}

function endOfText(config: Value, folder: ModelFolder, release: Release): Value {
  if (!isLate(release)) {
    // v1.0.x knows `llm_config` only; `text_config` came with main in 2025.
    const parts = release.date < "2025-04" ? ["llm_config"] : ["llm_config", "text_config"];
    return tokens(lookUpEarly(config, "eos_token_id", parts));
  }
  const kind = quietly(() => modelType(config), null);
  if (kind === "gemma4") {
    const special = quietly(() => tokens(at(generation(folder), "eos_token_id")), null);
    if (special !== null) return special;
  }
  if (quietly(() => first(at(config, "architectures")), null) === "Qwen3OmniMoeForConditionalGeneration")
    return [151645n];
  if (oneOf(kind, QWEN_3_5) && folder.kind === "folder" && folder.files.hasTokenizer) return UNKNOWN;
  return tokens(lookUp(config, ["eos_token_id"]));
}

function generation(folder: ModelFolder): Value {
  const text = folder.kind === "folder" ? folder.files.generationConfig : undefined;
  if (text === undefined) throw new PythonError("No such file: generation_config.json");
  return jsonValue(text);
}

/** Token ids as a list; nothing where they are neither one nor a list. */
function tokens(value: Value): Value {
  if (typeof value === "bigint" || typeof value === "boolean") return [value];
  return isList(value) ? value : null;
}

function lookUpEarly(config: Value, key: string, parts: readonly string[]): Value {
  try {
    return at(config, key);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
  }
  const [last, ...before] = [...parts].reverse();
  for (const part of before.reverse()) {
    const found = quietly(() => ({ value: at(at(config, part), key) }), null);
    if (found) return found.value;
  }
  return at(at(config, last ?? ""), key);
}

/** `_get_config_llm_keyvalue`: the first of several keys that is anywhere. */
function lookUp(config: Value, keys: readonly string[]): Value {
  for (const key of keys) {
    const found =
      quietly(() => ({ value: at(config, key) }), null) ??
      quietly(() => ({ value: at(at(config, "llm_config"), key) }), null);
    let value = found ? found.value : get(get(config, "text_config", {}), key);
    if (get(config, "thinker_config") !== null)
      value = get(get(get(config, "thinker_config"), "text_config"), key);
    if (value !== null) return value;
  }
  return null;
}

function dataType(config: Value, _: ModelFolder, release: Release): Value {
  if (isLate(release)) return lookUp(config, ["torch_dtype", "dtype", "model_dtype"]) ?? "float16";
  return quietly(() => at(config, "torch_dtype"), "float16");
}

const NO_FACTOR = ["yarn", "dynamic", "su", "llama3"];

/** The longest request by config.json: `max_sequence_length`, else the positions times the factor of their scaling. */
function maximalLength(config: Value): Value {
  if (!isMapping(config)) return null;
  const thinker = optional(config, "thinker_config");
  const parts = [
    config,
    optional(config, "llm_config"),
    optional(config, "text_config"),
    optional(thinker, "text_config"),
  ].filter(isMapping);
  const find = (key: string) =>
    parts.map((part) => optional(part, key)).find((value) => value !== null) ?? null;
  const sequence = find("max_sequence_length");
  if (sequence !== null) {
    const length = toInteger(sequence);
    if (length === undefined) return null;
    if (length > 0n) return length;
  }
  const positions = toFloat(find("max_position_embeddings"));
  if (positions === undefined) return null;
  const scaling = find("rope_scaling");
  const kind = ["rope_type", "type", "__type"]
    .map((key) => optional(scaling, key))
    .find((value) => typeof value === "string" && value.trim() !== "");
  const scales = typeof kind !== "string" || !NO_FACTOR.includes(kind.trim().toLowerCase());
  const factor = toFloat(optional(scaling, "factor")) ?? 1;
  const length = Math.trunc(scales ? positions * factor : positions);
  return Number.isFinite(length) && length > 0 ? BigInt(length) : null;
}

function toInteger(value: Value): bigint | undefined {
  if (typeof value === "bigint" || typeof value === "boolean") return BigInt(value);
  if (typeof value === "number") return Number.isFinite(value) ? BigInt(Math.trunc(value)) : undefined;
  return typeof value === "string" ? readInteger(value) : undefined;
}

function toFloat(value: Value): number | undefined {
  if (typeof value === "bigint" || typeof value === "boolean" || typeof value === "number")
    return Number(value);
  return typeof value === "string" ? readNumber(value) : undefined;
}

/** Types of models with a part for images, and the key of config.json that must be there for it. */
const SEES: Readonly<Record<string, string | undefined>> = {
  qwen: "visual",
  ...each(["qwen2_vl", "qwen2_5_vl", "qwen3_vl", "qwen3_vl_moe"], "vision_config"),
};

function hasVision(config: Value): Value {
  const kind = at(config, "model_type");
  const key = typeof kind === "string" ? SEES[kind] : undefined;
  if (key) return at(config, key) !== undefined;
  if (first(at(config, "architectures")) === "TarsierForConditionalGeneration") return true;
  if (oneOf(kind, ["llava", "internvl_chat", "gemma3"])) return true;
  if (kind === "gemma4") return at(config, "vision_config") !== null;
  const vision = get(get(config, "thinker_config", {}), "vision_config", {});
  return (
    get(vision, "model_type") === "qwen3_omni_moe_vision_encoder" || oneOf(kind, ["qwen3_5", "qwen3_5_moe"])
  );
}

function hasAudio(config: Value): Value {
  const thinker = get(config, "thinker_config");
  const audio = at(thinker === null ? config : thinker, "audio_config");
  return oneOf(at(audio, "model_type"), ["clap_audio_model", "whisper", "qwen3_omni_moe_audio_encoder"]);
}

function modelType(config: Value): Value {
  const own = get(config, "model_type");
  return own || get(get(config, "text_config", {}), "model_type");
}

/** A fact whose reading LightLLM guards against every error. */
function guarded(fact: Fact, otherwise: Value): Fact {
  return (config, folder, release) => quietly(() => fact(config, folder, release), otherwise);
}

function quietly<T>(part: () => T, otherwise: T): T {
  try {
    return part();
  } catch (error) {
    if (error instanceof PythonError) return otherwise;
    throw error;
  }
}

/** `value[key]`. */
function at(value: Value, key: string): Value {
  const found = isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  if (found === undefined) throw new PythonError(`KeyError: '${key}'`);
  return found;
}

/** `value.get(key, otherwise)`. */
function get(value: Value, key: string, otherwise: Value = null): Value {
  if (!isMapping(value)) throw new PythonError(`no attribute 'get' to look '${key}' up with`);
  return Object.hasOwn(value, key) ? (value[key] ?? null) : otherwise;
}

/** What stands under a key, `None` where there is nothing to look into. */
function optional(value: Value, key: string): Value {
  const found: Mapping = isMapping(value) ? value : {};
  return (Object.hasOwn(found, key) ? found[key] : undefined) ?? null;
}

function first(value: Value): Value {
  const [one] = isList(value) ? value : [];
  if (one === undefined) throw new PythonError("list index out of range");
  return one;
}

function oneOf(value: Value, names: readonly string[]): boolean {
  return typeof value === "string" && names.includes(value);
}

function named(value: Value, names: Readonly<Record<string, string>>): Value {
  return typeof value === "string" && Object.hasOwn(names, value) ? (names[value] ?? null) : null;
}

function each(names: readonly string[], value: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, value]));
}
