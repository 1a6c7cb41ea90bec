/** The end-of-text tokens that LightLLM derives from a model's folder. */
import type { ModelFacts } from "../../catalogue/model-facts";
import { isList, PythonError, UNKNOWN, type Value } from "../../python/values";
import { jsonValue, type ModelFolder } from "./folder";
import { architecture, at, isAmong, lookUp, modelType, quietly } from "./lookup";

/** Token ids, or `None`. @throws PythonError if LightLLM raises when it reads them. */
export function endOfText(config: Value, { end_of_text: facts }: ModelFacts, folder: ModelFolder): Value {
  const kind = quietly(() => modelType(config), null);
  const isPublic = folder.kind === "folder" && folder.files.publicName !== undefined;
  const others = [...(facts.from_generation_config ?? []), ...(facts.from_tokenizer ?? [])];
  if (isPublic && isAmong(kind, others)) return UNKNOWN;
  if (isAmong(kind, facts.from_generation_config)) {
    const special = quietly(() => tokens(at(generation(folder), "eos_token_id")), null);
    if (special !== null) return special;
  }
  const own = quietly(() => architecture(config), null);
  const fixed = typeof own === "string" ? facts.by_architecture?.[own] : undefined;
  if (fixed) return fixed.map(BigInt);
  if (isAmong(kind, facts.from_tokenizer) && folder.kind === "folder" && folder.files.hasTokenizer)
    return UNKNOWN;
  return tokens(lookUp(config, facts));
}

function generation(folder: ModelFolder): Value {
  const text = folder.kind === "folder" ? folder.files.generationConfig : undefined;
  if (text === undefined) throw new PythonError("No such file: generation_config.json");
  return jsonValue(text);
}

/** Token ids as a list; `None` if the value is neither an id nor a list. */
function tokens(value: Value): Value {
  if (typeof value === "bigint" || typeof value === "boolean") return [value];
  return isList(value) ? value : null;
}
