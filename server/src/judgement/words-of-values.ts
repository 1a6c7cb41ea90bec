/** Values as the words that give them to a flag. */
import type { Flag } from "../catalogue/types";
import { isList, show, UNKNOWN, type Value } from "../python/values";

/** A list that nobody would write is no cure. */
const MOST_WORDS = 64;

/** A value in the form of the flag: a list where it takes several, an integer where a whole float was computed. */
export function fitting(value: Value, flag: Flag): Value {
  if (flag.arity === "many" && !isList(value)) return [fitting(value, { ...flag, arity: "one" })];
  if (isList(value)) return value.map((item) => fitting(item, { ...flag, arity: "one" }));
  return flag.kind === "integer" && typeof value === "number" && Number.isInteger(value)
    ? BigInt(value)
    : value;
}

/** The words that give a flag this value; nothing for a value that no words can give. */
export function wordsOf(value: Value): string[] | undefined {
  if (value === null || value === UNKNOWN || typeof value === "boolean") return undefined;
  if (isList(value) && value.some((item) => item === null || typeof item === "boolean")) return undefined;
  if (!isList(value)) return [show(value)];
  return value.length === 0 || value.length > MOST_WORDS || value.includes(UNKNOWN)
    ? undefined
    : value.map(show);
}
