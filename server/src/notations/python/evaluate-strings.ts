/** Evaluates Python expressions as strings, as far as the result is certain without running them. */
import { LONGEST_WORD } from "../../launch/bounds";
import { type Span, spanFrom } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import { literalText, type StringPiece, type Text } from "../../python/text/literals";
import type { Names } from "../../python/text/names";
import { bare, calleeOf, operandsOf, type PythonNode, positionalOf } from "../../python/text/python-parser";
import { onlyValueOf } from "../../python/text/value-flow";
import { originOfName } from "./origins";

/** The place of a node. */
export function nodeSpan({ from, to }: PythonNode): Span {
  return spanFrom(from, to);
}

/** A completely unknown string. */
export function unknownText(node: PythonNode): Text {
  return {
    pieces: [{ known: false, span: nodeSpan(node), expression: node }],
    span: nodeSpan(node),
    quoting: [],
  };
}

/** The string of an expression; `undefined` if it is not a string, or is unknown. */
export function stringOf(node: PythonNode, names: Names): Text | undefined {
  const { text } = names;
  const inner = bare(node);
  switch (inner.name) {
    case "String":
    case "FormatString":
    case "ContinuedString":
      return resolved(literalText(inner, text), names);
    case "VariableName": {
      const value = onlyValueOf(names, inner);
      const found = value && names.following.value("text", value, () => notTooLong(stringOf(value, names)));
      return found && named(found, inner, names);
    }
    case "BinaryExpression": {
      const { left, operator, right } = operandsOf(inner, text) ?? {};
      if (!left || !right) return undefined;
      const first = stringOf(left, names);
      if (operator === "%") return first;
      const second = operator === "+" ? stringOf(right, names) : undefined;
      if (operator !== "+" || (!first && !second)) return undefined;
      return joinTexts([first ?? scalarOf(left, names), second ?? scalarOf(right, names)], nodeSpan(inner));
    }
    case "CallExpression":
      return textOfCall(inner, names);
    default:
      return undefined;
  }
}

/** The string value of a name at its use. */
function named(text: Text, use: PythonNode, names: Names): Text {
  const origin = originOfName(use, names, originsOfText(text));
  const pieces = text.pieces.map((piece) => (piece.known ? { ...piece, origins: [origin] } : piece));
  return { ...text, pieces };
}

/** The names whose values a string contains, each once. */
export function originsOfText({ pieces }: Text): readonly Origin[] {
  return [...new Set(pieces.flatMap((piece) => (piece.known ? (piece.origins ?? []) : [])))];
}

/** The string value of a name; unknown if it is longer than a word may be. */
function notTooLong(text: Text | undefined): Text | undefined {
  const size = text?.pieces.reduce((sum, piece) => sum + (piece.known ? piece.text.length : 0) + 1, 0) ?? 0;
  return size > LONGEST_WORD ? undefined : text;
}

/** Joins strings. */
export function joinTexts(parts: readonly Text[], span: Span): Text {
  const quoting = parts.find((part) => part.pieces.some(({ known }) => known))?.quoting ?? [];
  return { pieces: parts.flatMap(({ pieces }) => pieces), span, quoting };
}

/** An f-string with the values of certain names. */
function resolved(literal: Text | undefined, names: Names): Text | undefined {
  if (!literal) return undefined;
  const pieces = literal.pieces.flatMap((piece): readonly StringPiece[] => {
    if (piece.known || !piece.expression) return [piece];
    const scalar = scalarOf(piece.expression, names);
    const value = wholeText(scalar);
    // Flags and several words are each edited at their own place.
    if (value === undefined ? isJoined(piece.expression, names) : WORDS.test(value)) return scalar.pieces;
    if (value === undefined) return [piece];
    const { start, end } = piece.span;
    const origins = originsOfText(scalar);
    const offsets = Array.from({ length: value.length }, () => start);
    return [{ known: true, text: value, offsets, end, ...(origins.length > 0 && { origins }) }];
  });
  return { ...literal, pieces };
}

/** A flag, or more than one word. */
const WORDS = /^-|\s/;

function isJoined(expression: PythonNode, names: Names): boolean {
  const inner = bare(expression);
  return inner.name === "CallExpression" && names.joined(inner) !== undefined;
}

const UNCHANGED = /^(?:strip|lstrip|rstrip|format)$/;
const WRAPS = /^(?:dedent|cleandoc)$/;

function textOfCall(call: PythonNode, names: Names): Text | undefined {
  const { name, receiver } = calleeOf(call, names.text);
  const [first, second] = positionalOf(call);
  if (name === "str" && first && !second) return scalarOf(first.node, names);
  if (WRAPS.test(name) && first) return stringOf(first.node, names);
  if (name === "join") return names.joined(call);
  return receiver && UNCHANGED.test(name) ? stringOf(receiver, names) : undefined;
}

/** A string or number in the form of `str`. */
export function scalarOf(node: PythonNode, names: Names): Text {
  const inner = bare(node);
  if (inner.name === "Number") return numberText(inner, names.text);
  if (inner.name === "UnaryExpression") {
    const number = inner.getChild("Number");
    const source = names.text.slice(inner.from, inner.to);
    if (number && /^-\d/.test(source) && isPlain(source.slice(1))) return known(source, inner);
  }
  if (inner.name === "VariableName") {
    const value = onlyValueOf(names, inner);
    const scalar = value && names.following.value("scalar", value, () => notTooLong(scalarOf(value, names)));
    if (scalar && wholeText(scalar) !== undefined) return named(scalar, inner, names);
  }
  return stringOf(inner, names) ?? unknownText(inner);
}

function isPlain(number: string): boolean {
  // Python writes 0.00001 as 1e-05, and 1.50 as 1.5.
  if (/^0\.0000/.test(number)) return false;
  return /^(?:0|[1-9]\d*)(?:\.\d+)?$/.test(number) && !/\.\d*0$/.test(number.replace(/\.0$/, ""));
}

function numberText(node: PythonNode, text: string): Text {
  const source = text.slice(node.from, node.to);
  const plain = source.replaceAll("_", "");
  return isPlain(plain) ? known(plain, node) : unknownText(node);
}

function known(text: string, { from, to }: PythonNode): Text {
  const offsets = Array.from(text, (_, at) => Math.min(from + at, to - 1));
  return {
    pieces: [{ known: true, text, offsets, end: to }],
    span: spanFrom(from, to),
    quoting: ["python-double"],
  };
}

/** The whole string, if all of it is known. */
export function wholeText({ pieces }: Text): string | undefined {
  let text = "";
  for (const piece of pieces) {
    if (!piece.known) return undefined;
    text += piece.text;
  }
  return text;
}
