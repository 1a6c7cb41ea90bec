/**
 * The functions and methods that expressions may call: those of Python that LightLLM's start-up uses, and two of our
 * own.
 */
import { readInteger } from "./numbers";
import * as python from "./operations";
import { isList, PythonError, truth, UNKNOWN, Unknown, type Value } from "./values";

/** Functions by name. */
export const FUNCTIONS: Readonly<Record<string, (...values: Value[]) => Value>> = {
  len: (value = null) => python.length(value),
  min: (...values) => python.extreme("<", oneOrMany(values)),
  max: (...values) => python.extreme(">", oneOrMany(values)),
  list: (value = null) => value,
  range: (count = null) => python.range(count),
  bool: (value = null) => truth(value),
  any: (value = null) => (isList(value) ? python.some(value.map(truth)) : UNKNOWN),
  all: (value = null) => (isList(value) ? python.every(value.map(truth)) : UNKNOWN),
  fullmatch: (pattern = null, text = null) => fullmatch(pattern, text),
  integers: (text = null) => integers(text),
  ports_bad: (ports = null) => portsBad(ports),
};

/** String and list methods by name. */
export const METHODS: Readonly<Record<string, (value: Value, argument: Value) => Value>> = {
  count(list, value) {
    if (!isList(list)) return UNKNOWN;
    const same = list.map((one) => python.equal(one, value));
    return same.some((one) => one instanceof Unknown)
      ? UNKNOWN
      : BigInt(same.filter((one) => one === true).length);
  },
  startswith: (text, start) =>
    typeof text === "string" && typeof start === "string" ? text.startsWith(start) : UNKNOWN,
};

/** The names of the methods that expressions may call. */
export const METHOD_NAMES: readonly string[] = Object.keys(METHODS);

/** The values of `min(list)` or `min(a, b)`. */
function oneOrMany(values: readonly Value[]): readonly Value[] {
  const [only] = values;
  if (values.length !== 1 || only === undefined) return values;
  if (!isList(only)) return [UNKNOWN];
  if (only.length === 0) throw new PythonError("the sequence is empty");
  return only;
}

function fullmatch(pattern: Value, text: Value): Value {
  if (typeof pattern !== "string" || typeof text !== "string") return UNKNOWN;
  return new RegExp(`^(?:${pattern})$`, "su").test(text);
}

/** `[int(part) for part in text.split(",") if part.strip()]`. @throws PythonError if a part is no integer. */
function integers(text: Value): Value {
  if (typeof text !== "string") return UNKNOWN;
  const parts = text.split(",").filter((part) => part.trim() !== "");
  return parts.map((part) => {
    const number = readInteger(part);
    if (number === undefined) throw new PythonError(`invalid literal for int(): '${part}'`);
    return number;
  });
}

/** Whether two ports are equal or a port number is invalid. Whether a port is in use is unknown. */
function portsBad(ports: Value): Value {
  if (!isList(ports)) return UNKNOWN;
  return python.some(
    ports.map((port, index) =>
      python.some([
        python.order("<", port, 0n),
        python.order(">", port, 65535n),
        ...ports.slice(0, index).map((other) => python.equal(port, other)),
      ]),
    ),
  );
}
