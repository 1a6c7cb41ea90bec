/** Converts values to the words of a flag. */
import type { Flag } from "../catalogue/types";
import { isList, show, UNKNOWN, type Value } from "../python/values";

/** Maximum length of a list in a fix; nobody would write a longer one. */
const MOST_WORDS = 64;

/** A value in the flag's type: a list if it takes several words, an integer if a whole float was computed. */
export function fitting(value: Value, flag: Flag): Value {
  if (flag.arity === "many" && !isList(value)) return [fitting(value, { ...flag, arity: "one" })];
  if (isList(value)) return value.map((item) => fitting(item, { ...flag, arity: "one" }));
  return flag.kind === "integer" && typeof value === "number" && Number.isInteger(value)
    ? BigInt(value)
    : value;
}

/** The words that give a flag this value; undefined if no words can. */
export function wordsOfValue(value: Value): string[] | undefined {
  if (value === null || value === UNKNOWN || typeof value === "boolean") return undefined;
  if (isList(value) && value.some((item) => item === null || typeof item === "boolean")) return undefined;
  if (!isList(value)) return [show(value)];
  return value.length === 0 || value.length > MOST_WORDS || value.includes(UNKNOWN)
    ? undefined
    : value.map(show);
}
