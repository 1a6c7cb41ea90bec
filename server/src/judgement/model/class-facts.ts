/** What LightLLM's code demands of a model, by the class that loads it: `schemas/model-code/`. */
import type { ClassFacts, ModelCode } from "../../catalogue/model-facts";
import { PythonError, UNKNOWN, type Value } from "../../python/values";
import { configOf, type ModelFolder } from "./folder";
import { modelType, optional } from "./lookup";

/** A fact of the class that loads a model; `None` if it does not concern it, or if no class loads it. */
export function codeFact(fact: string, folder: ModelFolder, code: ModelCode): Value {
  if (folder.kind === "unknown") return UNKNOWN;
  try {
    const value = classOf(configOf(folder), code)?.[fact];
    if (value === undefined) return null;
    return typeof value === "number" ? BigInt(value) : value;
  } catch (error) {
    if (error instanceof PythonError) return UNKNOWN;
    throw error;
  }
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
