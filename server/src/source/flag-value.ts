/** Python values as the catalogue holds them. */
import type { FlagFacts, FlagValue, ValueKind } from "../catalogue/types";
import { isList, isMapping, show, type Value } from "../python/values";
import { readInteger, readNumber } from "../python/words";
import { itemsOf } from "./builtins";

/** argparse's own mark for "no default at all". */
const SUPPRESSED = "==SUPPRESS==";

/** A default; argparse converts one that is text as it converts a word. What is not known is no default. */
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

/** A number or a text; infinity, which JSON cannot say, as its word. */
function plain(value: Value): string | number | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "number") return undefined;
  return Number.isFinite(value) ? value : show(value);
}

/** The choices; `null`, any word, where not all of them are known. */
export function choicesOf(value: Value): FlagFacts["choices"] {
  if (value === null || (isMapping(value) && Object.keys(value).length === 0)) return null;
  const items = itemsOf(value);
  if (!isList(items)) return null;
  const choices = items.map((item) => (item === null ? null : plain(item)));
  return choices.every((choice) => choice !== undefined) ? [...new Set(choices)] : null;
}
