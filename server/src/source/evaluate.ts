/** Evaluates Python expressions as far as the result is certain without running code. */

import { readInteger, readNumber } from "../python/numbers";
import * as python from "../python/operations";
import { literalText } from "../python/text/literals";
import type { Names } from "../python/text/names";
import {
  bare,
  calleeOf,
  childrenOf,
  elementsOf,
  operandsOf,
  type PythonNode,
  positionalOf,
} from "../python/text/python-parser";
import { eventsAt } from "../python/text/value-flow";
import { holdsUnknown, isList, PythonError, truth, UNKNOWN, Unknown, type Value } from "../python/values";
import { called, itemsOf, method } from "./builtins";
import { isFloatPoint } from "./read-syntax";

/** Limit for names that refer to other names, which may be circular. */
const LONGEST_CHAIN = 50;
/** Limit for the parts of a default or list of choices; a larger one is unknown. */
const MOST_PARTS = 20_000;

/** State of one evaluation. */
interface Progress {
  readonly names: Names;
  parts: number;
}

/** The value of an expression; unknown if only running the code can tell. */
export function evaluate(node: PythonNode, names: Names): Value {
  try {
    return worthOf(node, { names, parts: 0 }, 0);
  } catch (error) {
    if (error instanceof PythonError) return UNKNOWN;
    throw error;
  }
}

function worthOf(node: PythonNode, progress: Progress, depth: number): Value {
  if (depth > LONGEST_CHAIN || progress.parts++ > MOST_PARTS) return UNKNOWN;
  const { names } = progress;
  const inner = bare(node);
  const written = names.text.slice(inner.from, inner.to);
  const value = (part: PythonNode) => worthOf(part, progress, depth + 1);
  switch (inner.name) {
    case "String":
    case "FormatString":
    case "ContinuedString":
      return textValue(inner, names, value);
    case "Number":
      return numberValue(written);
    case "MemberExpression":
      return isFloatPoint(inner) ? numberValue(written) : itemValue(inner, value);
    case "Boolean":
      return written === "True";
    case "None":
      return null;
    case "VariableName": {
      const assigned = assignedTo(inner, names);
      return assigned ? value(assigned) : UNKNOWN;
    }
    case "ArrayExpression":
    case "TupleExpression":
    case "SetExpression":
      return listValue(inner, value);
    case "DictionaryExpression":
      return mappingValue(inner, value);
    case "UnaryExpression":
      return unaryValue(inner, names.text, value);
    case "BinaryExpression":
      return binaryValue(inner, names.text, value);
    case "ConditionalExpression":
      return conditionalValue(inner, value);
    case "CallExpression":
      return callValue(inner, names, value);
    default:
      return UNKNOWN;
  }
}

/**
 * The only value that is assigned to a name. A function body runs after the whole file is read, so there the assignment
 * may follow the use.
 */
function assignedTo(use: PythonNode, names: Names): PythonNode | undefined {
  const { events, own } = eventsAt(names, use);
  const [only] = events;
  if (events.length !== 1 || only?.change.kind !== "assign") return undefined;
  return own && only.at >= use.from ? undefined : only.change.value;
}

type Evaluate = (node: PythonNode) => Value;

function textValue(node: PythonNode, names: Names, value: Evaluate): Value {
  const prefix = /^[A-Za-z]*/.exec(names.text.slice(node.from, node.to))?.[0] ?? "";
  if (/b/i.test(prefix)) return UNKNOWN;
  let whole: Value = "";
  for (const piece of literalText(node, names.text)?.pieces ?? []) {
    const part = piece.known ? piece.text : piece.expression ? value(piece.expression) : UNKNOWN;
    if (typeof part !== "string" && typeof part !== "bigint") return UNKNOWN;
    whole = python.arithmetic("+", whole, String(part));
  }
  return whole;
}

function numberValue(written: string): Value {
  const plain = written.replaceAll("_", "");
  if (/^0[xob][\da-f]+$/i.test(plain)) return BigInt(plain);
  return readInteger(plain) ?? readNumber(plain) ?? UNKNOWN;
}

function listValue(node: PythonNode, value: Evaluate): Value {
  const items: Value[] = [];
  for (const { node: item, spread } of elementsOf(node)) {
    const one = value(item);
    if (!spread) items.push(one);
    else {
      const several = itemsOf(one);
      if (!isList(several)) return UNKNOWN;
      for (const item of several) items.push(item);
    }
    if (items.length > MOST_PARTS) return UNKNOWN;
  }
  return items;
}

function mappingValue(node: PythonNode, value: Evaluate): Value {
  const children = childrenOf(node).filter(({ name }) => name !== "{" && name !== "}" && name !== ",");
  const entries: [string, Value][] = [];
  for (let at = 0; at < children.length; at += 3) {
    const [key, colon, item] = children.slice(at, at + 3);
    if (!key || colon?.name !== ":" || !item) return UNKNOWN;
    const name = value(key);
    if (typeof name !== "string") return UNKNOWN;
    entries.push([name, value(item)]);
  }
  return Object.fromEntries(entries);
}

/** `DEFAULTS["tp"]`. */
function itemValue(node: PythonNode, value: Evaluate): Value {
  const [list, open, at, close, ...others] = childrenOf(node);
  if (!list || open?.name !== "[" || !at || close?.name !== "]" || others.length > 0) return UNKNOWN;
  return python.item(value(list), value(at));
}

function unaryValue(node: PythonNode, text: string, value: Evaluate): Value {
  const [sign, operand] = childrenOf(node);
  if (!sign || !operand) return UNKNOWN;
  const operator = text.slice(sign.from, sign.to);
  if (operator === "not") return python.not(truth(value(operand)));
  const number = value(operand);
  if (operator === "-") return python.negated(number);
  return operator === "+" && (typeof number === "bigint" || typeof number === "number") ? number : UNKNOWN;
}

function binaryValue(node: PythonNode, text: string, value: Evaluate): Value {
  const { left, operator = "", right } = operandsOf(node, text) ?? {};
  if (!left || !right) return UNKNOWN;
  const first = value(left);
  if (operator === "or" || operator === "and") {
    const holds = truth(first);
    if (holds instanceof Unknown) return UNKNOWN;
    return holds === (operator === "or") ? first : value(right);
  }
  const second = value(right);
  if (operator === "**" || operator === "<<") return powerValue(operator, first, second);
  if (operator === "%" && typeof first === "string") return UNKNOWN;
  return /^(?:[-+*%]|\/\/?)$/.test(operator) ? python.arithmetic(operator, first, second) : UNKNOWN;
}

/** `a ** b` and `a << b` for integers, within a size limit. */
function powerValue(operator: string, a: Value, b: Value): Value {
  if (typeof a !== "bigint" || typeof b !== "bigint" || b < 0n || b > 64n || a > 1n << 64n || a < 0n)
    return UNKNOWN;
  return operator === "**" ? a ** b : a << b;
}

function conditionalValue(node: PythonNode, value: Evaluate): Value {
  const [then, , condition, , otherwise] = childrenOf(node);
  if (!then || !condition || !otherwise) return UNKNOWN;
  const holds = truth(value(condition));
  if (holds instanceof Unknown) return UNKNOWN;
  return value(holds ? then : otherwise);
}

function callValue(call: PythonNode, names: Names, value: Evaluate): Value {
  const { name, receiver } = calleeOf(call, names.text);
  const elements = positionalOf(call);
  if (elements.some(({ spread }) => spread) || call.getChild("ArgList")?.getChild("AssignOp")) return UNKNOWN;
  const values = elements.map(({ node }) => value(node));
  if (receiver) return method(name, value(receiver), values);
  // The file may define a function with the name of a built-in one.
  if (call.firstChild?.name !== "VariableName" || eventsAt(names, call.firstChild).events.length > 0)
    return UNKNOWN;
  return values.length === 0 || values.some(holdsUnknown) ? UNKNOWN : called(name, values);
}
