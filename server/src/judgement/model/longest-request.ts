/** The longest request that a model's config.json allows. */
import type { ModelFacts } from "../../catalogue/model-facts";
import { readInteger, readNumber } from "../../python/numbers";
import { isMapping, type Value } from "../../python/values";
import { lookupInParts, optional } from "./lookup";

/**
 * In tokens: an explicit length, else the number of positions times the scaling factor; `None` if config.json has
 * neither.
 */
export function longestRequest(config: Value, { longest_request: facts }: ModelFacts): Value {
  if (!isMapping(config)) return null;
  const find = lookupInParts(config);
  const sequence = find(facts.lengths);
  if (sequence !== null) {
    const length = toInteger(sequence);
    if (length === undefined) return null;
    if (length > 0n) return length;
  }
  const positions = toFloat(find(facts.positions));
  if (positions === undefined) return null;
  const scaling = find(["rope_scaling"]);
  const kind = ["rope_type", "type", "__type"]
    .map((key) => optional(scaling, key))
    .find((value) => typeof value === "string" && value.trim() !== "");
  const scales = typeof kind !== "string" || !facts.not_scaled_by.includes(kind.trim().toLowerCase());
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
