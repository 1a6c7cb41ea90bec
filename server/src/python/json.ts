/** JSON as Python's `json.loads` reads it: distinguishes integers from floats, and accepts `NaN` and `Infinity`. */
import { DEEPEST } from "../launch/bounds";
import { isList, isMapping, show, UNKNOWN, Unknown, type Value } from "./values";

/** Text that Python's `json` rejects. */
export class JsonError extends Error {}

const MARK = "\u0000number";
const PARTS = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/gs;

/**
 * The value of a JSON text; unknown if it is nested more deeply than any model's config.
 *
 * @throws JsonError if Python raises: a byte order mark, a comment, a trailing comma.
 */
export function readJson(text: string): Value {
  if (isTooDeep(text)) return UNKNOWN;
  try {
    // JSON.parse decides what is legal JSON; numbers are wrapped before, so that their type is kept.
    const marked = text.replace(PARTS, (part) => (part.startsWith('"') ? part : `{"${MARK}":"${part}"}`));
    return unmark(JSON.parse(marked.replaceAll("\u0000", "\\u0000")));
  } catch (error) {
    // The text has a string of millions of characters.
    if (error instanceof RangeError) return UNKNOWN;
    throw new JsonError(error instanceof Error ? error.message : String(error));
  }
}

/** Whether brackets outside strings are nested beyond the limit. */
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

/** A value for `JSON.stringify`: integers as numbers; a value that JSON does not have, as Python writes it. */
export function toJson(value: Value): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number" && !Number.isFinite(value)) return show(value);
  if (isList(value)) return value.map(toJson);
  if (isMapping(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toJson(one)]));
  return value instanceof Unknown ? undefined : value;
}
