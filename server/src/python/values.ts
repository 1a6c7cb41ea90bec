/** Python values as LightLLM's start-up code handles them, and the unknown value. */

/** Type of the unknown value. */
export class Unknown {
  readonly unknown = true;
}

/** A value that is known only when the launch runs. */
export const UNKNOWN = new Unknown();

/** A Python dict with string keys, as in a config.json. */
export interface Mapping {
  readonly [key: string]: Value;
}

/** `bigint` is Python's `int`, `number` its `float`, `null` its `None`. */
export type Value = null | boolean | bigint | number | string | readonly Value[] | Mapping | Unknown;

/** Python raises an exception here, so LightLLM would exit. */
export class PythonError extends Error {
  constructor(message?: string) {
    // Many are thrown and caught while a launch is judged; collecting where would take longer than the rest.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMapping(value: Value): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

/** Whether a value or a part of it is unknown. */
export function holdsUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  if (isList(value)) return value.some(holdsUnknown);
  return isMapping(value) && Object.values(value).some(holdsUnknown);
}

/** Whether Python treats a value as a number; booleans count as 0 and 1. */
export function isNumeric(value: Value): value is boolean | bigint | number {
  return typeof value === "bigint" || typeof value === "number" || typeof value === "boolean";
}

/** Python's `bool(value)`; unknown stays unknown. */
export function truth(value: Value): boolean | Unknown {
  if (value instanceof Unknown) return value;
  if (isList(value)) return value.length > 0;
  if (isMapping(value)) return Object.keys(value).length > 0;
  return Boolean(value) || Number.isNaN(value);
}

/** Python's type name of a value, for error messages. */
export function typeName(value: Value): string {
  if (value === null) return "NoneType";
  if (isList(value)) return "list";
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return "float";
    case "string":
      return "str";
    default:
      return "dict";
  }
}

/** A key that is equal for two values only if they have the same type and value. */
export function fingerprint(value: Value): string {
  if (value instanceof Unknown) return "?";
  if (isList(value)) return `[${value.map(fingerprint).join()}]`;
  if (isMapping(value))
    return JSON.stringify(Object.entries(value).map(([key, one]) => [key, fingerprint(one)]));
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "bigint" ? `${value}n` : String(value);
}

/** A value as shown in messages: list items separated by spaces, a whole float with its point. */
export function show(value: Value): string {
  if (value === UNKNOWN) return "?";
  if (value === null) return "None";
  if (isList(value)) return value.map(show).join(" ");
  if (typeof value === "number") return showFloat(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  return isMapping(value) ? "{…}" : String(value);
}

function showFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Number.isInteger(value) && Math.abs(value) < 1e16
    ? `${Object.is(value, -0) ? "-0" : value}.0`
    : String(value);
}
