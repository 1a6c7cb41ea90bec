/** Python's built-in functions and methods that a parser uses to compute defaults and choices. */
import { FUNCTIONS } from "../python/functions";
import { readInteger, readNumber } from "../python/numbers";
import * as python from "../python/operations";
import { isList, isMapping, show, UNKNOWN, type Value } from "../python/values";

/** The items that a `for` loop over the value visits. */
export function itemsOf(value: Value): Value {
  if (typeof value === "string") return [...value];
  if (isList(value)) return value;
  return isMapping(value) ? Object.keys(value) : UNKNOWN;
}

/** Result of a built-in function for known values; unknown for any other function. */
export function called(name: string, values: readonly Value[]): Value {
  const [first = UNKNOWN] = values;
  switch (name) {
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return itemsOf(first);
    case "sorted":
      return sortedValue(itemsOf(first));
    case "range":
      return rangeValue(values);
    case "str":
      return typeof first === "string" || typeof first === "bigint" ? show(first) : UNKNOWN;
    case "int":
      return typeof first === "string" ? (readInteger(first) ?? UNKNOWN) : wholeValue(first);
    case "float":
      if (typeof first === "string") return readNumber(first) ?? UNKNOWN;
      return typeof first === "bigint" || typeof first === "number" ? Number(first) : UNKNOWN;
    case "len":
    case "min":
    case "max":
    case "bool":
      return FUNCTIONS[name]?.(...values) ?? UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** Result of a method of a known value. */
export function method(name: string, value: Value, values: readonly Value[]): Value {
  if (name === "keys" && isMapping(value) && values.length === 0) return Object.keys(value);
  if (name === "values" && isMapping(value) && values.length === 0) return Object.values(value);
  return UNKNOWN;
}

function sortedValue(value: Value): Value {
  if (!isList(value) || !value.every((item) => typeof item === "string")) return UNKNOWN;
  return [...value].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** `range(stop)`, `range(start, stop)`, `range(start, stop, step)`. */
function rangeValue(values: readonly Value[]): Value {
  if (values.length === 1) return python.range(values[0] ?? null);
  const [start, stop, step = 1n] = values;
  if (typeof start !== "bigint" || typeof stop !== "bigint" || typeof step !== "bigint" || step === 0n)
    return UNKNOWN;
  const count = (stop - start + step - (step > 0n ? 1n : -1n)) / step;
  const indices = python.range(count < 0n ? 0n : count);
  return isList(indices) ? indices.map((index) => start + (index as bigint) * step) : UNKNOWN;
}

/** `int(number)`. */
function wholeValue(value: Value): Value {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  return typeof value === "number" && Number.isFinite(value) ? BigInt(Math.trunc(value)) : UNKNOWN;
}
