/** Looks up keys in a model's config.json, with the errors that Python raises. */
import type { ConfigLookup } from "../../catalogue/model-facts";
import { isList, isMapping, type Mapping, PythonError, type Value } from "../../python/values";

/** Looks up a value like a release does. @throws PythonError if LightLLM raises. */
export function lookUp(config: Value, lookup: ConfigLookup): Value {
  if (lookup.first === "not null") return firstNotNull(config, lookup) ?? lookup.otherwise ?? null;
  const { otherwise } = lookup;
  return otherwise === undefined
    ? firstPresent(config, lookup)
    : quietly(() => firstPresent(config, lookup), otherwise);
}

/** The value of the first key that exists, even if it is null. @throws PythonError if none exists. */
function firstPresent(config: Value, { keys, parts }: ConfigLookup): Value {
  const places = keys.flatMap((key) => [
    () => at(config, key),
    ...parts.map((part) => () => at(at(config, part), key)),
  ]);
  for (const place of places.slice(0, -1)) {
    const found = quietly(() => ({ value: place() }), null);
    if (found) return found.value;
  }
  return places.at(-1)?.() ?? null;
}

/** The value of the first key that is not null: `_get_config_llm_keyvalue`. */
function firstNotNull(config: Value, { keys, parts }: ConfigLookup): Value {
  const [last = "", ...before] = [...parts].reverse();
  const early = [() => config, ...before.reverse().map((part) => () => at(config, part))];
  for (const key of keys) {
    const found = early.reduce<{ value: Value } | null>(
      (known, place) => known ?? quietly(() => ({ value: at(place(), key) }), null),
      null,
    );
    let value = found ? found.value : get(get(config, last, {}), key);
    if (get(config, "thinker_config") !== null)
      value = get(get(get(config, "thinker_config"), "text_config"), key);
    if (value !== null) return value;
  }
  return null;
}

/** The type of a model: its own, else that of its language part. */
export function modelType(config: Value): Value {
  const own = get(config, "model_type");
  return own || get(get(config, "text_config", {}), "model_type");
}

/** The first of a model's architectures. */
export function architecture(config: Value): Value {
  return first(at(config, "architectures"));
}

/** The value of an expression, or a default if Python raises in it. */
export function quietly<T>(part: () => T, otherwise: T): T {
  try {
    return part();
  } catch (error) {
    if (error instanceof PythonError) return otherwise;
    throw error;
  }
}

/** `value[key]`. */
export function at(value: Value, key: string): Value {
  const found = isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  if (found === undefined) throw new PythonError(`KeyError: '${key}'`);
  return found;
}

/** `value.get(key, otherwise)`. */
export function get(value: Value, key: string, otherwise: Value = null): Value {
  if (!isMapping(value)) throw new PythonError(`no attribute 'get' to look '${key}' up with`);
  return Object.hasOwn(value, key) ? (value[key] ?? null) : otherwise;
}

/** The value of a key, `None` if there is none. */
export function optional(value: Value, key: string): Value {
  const found: Mapping = isMapping(value) ? value : {};
  return (Object.hasOwn(found, key) ? found[key] : undefined) ?? null;
}

function first(value: Value): Value {
  const [one] = isList(value) ? value : [];
  if (one === undefined) throw new PythonError("list index out of range");
  return one;
}

/** Whether a value is one of some names. */
export function isAmong(value: Value, names: readonly string[] = []): boolean {
  return typeof value === "string" && names.includes(value);
}

/**
 * Looks keys up in a config.json and in the configs of language models inside: the first key that any of them has, or
 * `null`.
 */
export function lookupInParts(config: Value): (keys: readonly string[]) => Value {
  const parts = [
    config,
    optional(config, "llm_config"),
    optional(config, "text_config"),
    optional(optional(config, "thinker_config"), "text_config"),
  ];
  return (keys) =>
    keys.flatMap((key) => parts.map((part) => optional(part, key))).find((value) => value !== null) ?? null;
}
