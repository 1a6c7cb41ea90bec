/** JSON as Python's `json.loads` reads it: integers and floats are told apart, `NaN` and `Infinity` are numbers. */
import { DEEPEST } from "../launch/bounds";
import { isList, isMapping, show, UNKNOWN, Unknown, type Value } from "./values";

/** Text that Python's `json` does not read. */
export class JsonError extends Error {}

const MARK = "\u0000number";
const PARTS = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/gs;

/**
 * The value of a JSON text; unknown where it is nested more deeply than any model's config.
 *
 * @throws JsonError where Python raises: a byte order mark, a comment, a trailing comma.
 */
export function readJson(text: string): Value {
  if (isTooDeep(text)) return UNKNOWN;
  try {
    // What is legal JSON is for JSON.parse to say; only numbers are put into a form that keeps what they are.
    const marked = text.replace(PARTS, (part) => (part.startsWith('"') ? part : `{"${MARK}":"${part}"}`));
    return unmark(JSON.parse(marked.replaceAll("\u0000", "\\u0000")));
  } catch (error) {
    // A string of millions of characters.
    if (error instanceof RangeError) return UNKNOWN;
    throw new JsonError(error instanceof Error ? error.message : String(error));
  }
}

/** Whether brackets stand in each other beyond the bound, those in strings aside. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (isString && char === "\\") at++;
    else if (char === '"') isString = !isString;
    else if (isString) continue;
    else if ((char === "[" || char === "{") && ++depth > DEEPEST) return true;
    else if (char === "]" || char === "}") depth--;
  }
  return false;
}

function unmark(value: unknown): Value {
  if (Array.isArray(value)) return value.map(unmark);
  if (typeof value !== "object" || value === null) return value as Value;
  const number = (value as Record<string, unknown>)[MARK];
  if (typeof number === "string") return readNumber(number);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unmark(one)]));
}

function readNumber(text: string): Value {
  if (/^-?\d+$/.test(text)) return BigInt(text);
  return text.endsWith("Infinity") ? Number(text) : Number.parseFloat(text);
}

/** A value as `JSON.stringify` takes it: integers as numbers, what JSON cannot say as Python writes it. */
export function toJson(value: Value): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number" && !Number.isFinite(value)) return show(value);
  if (isList(value)) return value.map(toJson);
  if (isMapping(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toJson(one)]));
  return value instanceof Unknown ? undefined : value;
}
