/** Reads Python text in bounded time, however long, deep or wrong it is. */

import { parser } from "@lezer/python";
import { say } from "../messages";
import { hasOpenBrackets, type PythonNode, parsePython } from "../python/text/python-parser";

/** The syntax tree, or the reason why there is none: a clause, as in `SourceReading`. */
export type SyntaxReading =
  | {
      readonly root: PythonNode;
      /** Offsets of syntax errors, in order. */
      readonly errors: readonly number[];
    }
  | { readonly why: string };

/**
 * Limit in UTF-16 units for parsing a text with errors, because error recovery is slow; LightLLM's own file has a tenth
 * of it.
 */
const LONGEST_WITH_ERRORS = 100_000;
/** Limit for nested brackets and blocks; real code is far below it. */
const DEEPEST = 200;

/** Parses a text. */
export function readSyntax(text: string): SyntaxReading {
  if (hasOpenBrackets(text)) return { why: say("source.nested-too-deeply") };
  const broken = text.length > LONGEST_WITH_ERRORS ? firstError(text) : undefined;
  if (broken !== undefined)
    return { why: say("source.line-not-python", { line: lineNumberAt(text, broken) }) };
  const root = parsePython(text);
  const errors: number[] = [];
  let depth = 0;
  let deepest = 0;
  root.cursor().iterate(
    (cursor) => {
      if (cursor.type.isError && !isFloatPoint(cursor.node.parent)) errors.push(cursor.from);
      depth++;
      deepest = Math.max(deepest, depth);
    },
    () => {
      depth--;
    },
  );
  return deepest > DEEPEST ? { why: say("source.nested-too-deeply") } : { root, errors };
}

/** `1.` is a number in Python; Lezer's parser expects an attribute after the point. */
export function isFloatPoint(node: PythonNode | null): boolean {
  return node?.name === "MemberExpression" && node.firstChild?.name === "Number";
}

/** Offset of the first syntax error. */
function firstError(text: string): number | undefined {
  try {
    parser.configure({ strict: true }).parse(text);
    return undefined;
  } catch (error) {
    return Number(/\d+$/.exec(String(error))?.[0] ?? 0);
  }
}

/** Line number of an offset, from 1. */
export function lineNumberAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
