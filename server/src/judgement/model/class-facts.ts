/** What LightLLM's code demands of a model, by the class that loads it: `schemas/model-code/`. */
import type { ClassFacts, ModelCode } from "../../catalogue/model-facts";
import { PythonError, UNKNOWN, type Value } from "../../python/values";
import { hasKey } from "./facts";
import { configOf, type ModelFolder } from "./folder";
import { modelType, optional } from "./lookup";

/** The keys, by any of their names, that every complete config.json has; a sketch without them lacks nothing else. */
const COMPLETE = [["vocab_size"], ["hidden_size", "n_embed", "n_embd"], ["num_hidden_layers", "n_layer"]];

/**
 * A fact of the class that loads a model; `None` if it does not concern it, or if no class loads it. `missing` is the
 * first key that the class needs and config.json does not have.
 */
export function codeFact(fact: string, folder: ModelFolder, code: ModelCode): Value {
  if (folder.kind === "unknown") return UNKNOWN;
  try {
    const facts = classOf(configOf(folder), code);
    if (fact === "missing") return firstMissing(facts?.needs, folder);
    const value = facts?.[fact];
    if (value === undefined) return null;
    return typeof value === "number" ? BigInt(value) : value;
  } catch (error) {
    if (error instanceof PythonError) return UNKNOWN;
    throw error;
  }
}

function firstMissing(needs: ClassFacts[string], folder: ModelFolder): Value {
  const has = (key: string) => hasKey(key, folder) === true;
  if (!Array.isArray(needs) || !COMPLETE.every((names) => names.some(has))) return null;
  return needs.find((key: string) => hasKey(key, folder) === false) ?? null;
}

/** The class for a model's type; for a model around a language model, the class of that one. */
function classOf(config: Value, code: ModelCode): ClassFacts | undefined {
  const own = ofType(modelType(config), code);
  if (!own?.language_part) return own;
  const types = own.language_part.map((part) => optional(optional(config, part), "model_type"));
  return ofType(types.find((type) => type !== null) ?? own.otherwise ?? null, code);
}

function ofType(type: Value, code: ModelCode): ClassFacts | undefined {
  return typeof type === "string" && Object.hasOwn(code, type) ? code[type] : undefined;
}
