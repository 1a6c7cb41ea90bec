/** Converts Python values to values of the catalogue. */
import type { FlagFacts, FlagValue, ValueKind } from "../catalogue/types";
import { readInteger, readNumber } from "../python/numbers";
import { isList, isMapping, show, type Value } from "../python/values";
import { itemsOf } from "./builtins";

/** argparse's marker for "no default". */
const SUPPRESSED = "==SUPPRESS==";

/**
 * A default value. As in argparse, a default that is a string is converted like a word. An unknown default becomes
 * `null`.
 */
export function flagValue(value: Value, kind: ValueKind): FlagValue {
  if (typeof value === "boolean" || value === null || value === SUPPRESSED)
    return value === SUPPRESSED ? null : value;
  if (typeof value === "string") return plain(converted(value, kind) ?? value) ?? null;
  if (!isList(value)) return plain(value) ?? null;
  const items = value.map(plain);
  return items.every((item) => item !== undefined) ? items : null;
}

function converted(text: string, kind: ValueKind): Value | undefined {
  if (kind === "integer") return readInteger(text);
  return kind === "number" ? readNumber(text) : undefined;
}

/** A number or string; infinity becomes its name, because JSON has no infinity. */
function plain(value: Value): string | number | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "number") return undefined;
  return Number.isFinite(value) ? value : show(value);
}

/** The choices; `null` (any word) unless all of them are known. */
export function choicesOf(value: Value): FlagFacts["choices"] {
  if (value === null || (isMapping(value) && Object.keys(value).length === 0)) return null;
  const items = itemsOf(value);
  if (!isList(items)) return null;
  const choices = items.map((item) => (item === null ? null : plain(item)));
  return choices.every((choice) => choice !== undefined) ? [...new Set(choices)] : null;
}
