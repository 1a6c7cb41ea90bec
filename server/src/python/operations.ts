/** Python's operators and functions; operands may be unknown. */
import { LONGEST_WORD } from "../launch/bounds";
import { isList, isMapping, isNumeric, PythonError, typeName, UNKNOWN, Unknown, type Value } from "./values";

/** True, false, or unknown. */
export type Truth = boolean | Unknown;

export function not(value: Truth): Truth {
  return value instanceof Unknown ? value : !value;
}

/** Python's `==`. Two lists are equal if all elements are; one pair that certainly differs decides. */
export function equal(a: Value, b: Value): Truth {
  if (a instanceof Unknown || b instanceof Unknown) return UNKNOWN;
  if (isNumeric(a) && isNumeric(b)) return sameNumber(plain(a), plain(b));
  if (isList(a) && isList(b)) {
    if (a.length !== b.length) return false;
    return every(a.map((item, index) => equal(item, b[index] ?? null)));
  }
  if (isMapping(a) && isMapping(b)) return UNKNOWN;
  return a === b;
}

function sameNumber(a: bigint | number | string, b: bigint | number | string): boolean {
  return typeof a === typeof b ? a === b : a <= b && a >= b;
}

/** Python's `all(…)`. */
export function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(UNKNOWN) ? UNKNOWN : true;
}

/** Python's `any(…)`. */
export function some(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(UNKNOWN) ? UNKNOWN : false;
}

/** Python's `<`, `<=`, `>`, `>=`. @throws PythonError for values it cannot order. */
export function order(operator: string, a: Value, b: Value): Truth {
  if (a instanceof Unknown || b instanceof Unknown) return UNKNOWN;
  const comparable = (isNumeric(a) && isNumeric(b)) || (typeof a === "string" && typeof b === "string");
  if (!comparable)
    throw new PythonError(
      `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
    );
  const [left, right] = [plain(a), plain(b)];
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  return operator === ">" ? left > right : left >= right;
}

/** Python's `item in container`. @throws PythonError if the container is not one. */
export function contains(container: Value, item: Value): Truth {
  if (container instanceof Unknown) return container;
  if (isList(container)) return some(container.map((one) => equal(one, item)));
  if (isMapping(container)) return typeof item === "string" ? Object.hasOwn(container, item) : UNKNOWN;
  if (typeof container !== "string")
    throw new PythonError(`argument of type '${typeName(container)}' is not iterable`);
  if (item instanceof Unknown) return item;
  if (typeof item !== "string") throw new PythonError("'in <string>' requires string as left operand");
  return container.includes(item);
}

/** Python's `+ - * / // %`. @throws PythonError where Python does. */
export function arithmetic(operator: string, a: Value, b: Value): Value {
  if (a instanceof Unknown || b instanceof Unknown) return UNKNOWN;
  if (operator === "+" && isList(a) && isList(b))
    return BigInt(a.length + b.length) > LONGEST ? UNKNOWN : [...a, ...b];
  if (operator === "+" && typeof a === "string" && typeof b === "string")
    return a.length + b.length > LONGEST_WORD ? UNKNOWN : a + b;
  if (operator === "*" && (isList(a) || isList(b))) return repeated(a, b);
  if (!isNumeric(a) || !isNumeric(b))
    throw new PythonError(
      `unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`,
    );
  const [left, right] = [plain(a), plain(b)];
  if ("/ // %".split(" ").includes(operator) && Number(right) === 0)
    throw new PythonError("division by zero");
  if (typeof left === "bigint" && typeof right === "bigint") return ofIntegers(operator, left, right);
  return ofFloats(operator, Number(left), Number(right));
}

/** Far beyond the 4,300 digits that Python reads; results of such numbers are unknown. */
const GIANT = 1n << 16_384n;

function ofIntegers(operator: string, a: bigint, b: bigint): Value {
  if ([a, b].some((one) => one > GIANT || one < -GIANT)) return UNKNOWN;
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "//":
      return floorDivide(a, b);
    case "%":
      return a - b * floorDivide(a, b);
    default:
      return Number(a) / Number(b);
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function ofFloats(operator: string, a: number, b: number): Value {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "//":
      return Math.floor(a / b);
    case "%":
      return a - b * Math.floor(a / b);
    default:
      return a / b;
  }
}

/** Maximum length of a list; a longer one is unknown. */
const LONGEST = 4096n;
/** End of a slice without an end: no list or string is longer. */
const END = 2 ** 31;

function repeated(a: Value, b: Value): Value {
  const [list, times] = isList(a) ? [a, b] : [b, a];
  if (!isList(list) || typeof times !== "bigint") throw new PythonError("can't multiply sequence");
  if (BigInt(list.length) * times > LONGEST) return UNKNOWN;
  return Array.from({ length: Math.max(0, Number(times)) }).flatMap(() => list);
}

/** `list[from:to]`. */
export function slice(value: Value, from: Value, to: Value): Value {
  if ([value, from, to].includes(UNKNOWN)) return UNKNOWN;
  if (!isList(value) && typeof value !== "string")
    throw new PythonError(`'${typeName(value)}' object is not subscriptable`);
  return value.slice(from === null ? 0 : place(from), to === null ? undefined : place(to));
}

/** `list[at]`, `mapping["key"]`. */
export function item(value: Value, at: Value): Value {
  if (value instanceof Unknown || at instanceof Unknown) return UNKNOWN;
  if (isMapping(value)) {
    if (typeof at !== "string" || !Object.hasOwn(value, at)) throw new PythonError(`KeyError: ${String(at)}`);
    return value[at] ?? null;
  }
  if (!isList(value)) throw new PythonError(`'${typeName(value)}' object is not subscriptable`);
  const found = value.at(place(at));
  if (found === undefined) throw new PythonError("list index out of range");
  return found;
}

function place(value: Value): number {
  if (typeof value !== "bigint" && typeof value !== "boolean")
    throw new PythonError(`slice indices must be integers, not ${typeName(value)}`);
  const index = Number(value);
  return Math.max(-END, Math.min(END, index));
}

/** `len(value)`. */
export function length(value: Value): Value {
  if (value instanceof Unknown) return value;
  if (isList(value) || typeof value === "string") return BigInt(value.length);
  if (isMapping(value)) return BigInt(Object.keys(value).length);
  throw new PythonError(`object of type '${typeName(value)}' has no len()`);
}

/** `list(range(count))`. */
export function range(count: Value): Value {
  if (count instanceof Unknown) return count;
  if (typeof count !== "bigint" && typeof count !== "boolean")
    throw new PythonError(`'${typeName(count)}' object cannot be interpreted as an integer`);
  if (BigInt(count) > LONGEST) return UNKNOWN;
  return Array.from({ length: Math.max(0, Number(count)) }, (_, index) => BigInt(index));
}

/** `min(…)` and `max(…)`. */
export function extreme(operator: "<" | ">", values: readonly Value[]): Value {
  if (values.includes(UNKNOWN)) return UNKNOWN;
  return values.reduce((best, value) => (order(operator, value, best) === true ? value : best));
}

/** `-value`. */
export function negated(value: Value): Value {
  if (value instanceof Unknown) return value;
  if (!isNumeric(value)) throw new PythonError(`bad operand type for unary -: '${typeName(value)}'`);
  return typeof value === "number" ? -value : -BigInt(value);
}

/** A value that JavaScript can compare: numbers as numbers, strings unchanged. */
function plain<T extends Value>(value: T): bigint | number | string {
  if (typeof value === "boolean") return value ? 1n : 0n;
  return value as bigint | number | string;
}
