/** Reads Python text in bounded time, however long, deep or wrong it is. */
import { parser } from "@lezer/python";
import { hasOpenBrackets, type PythonNode, parsePython } from "../python/text/parser";

/** What was read, or why nothing can be: a clause, as in `SourceReading`. */
export type SyntaxReading =
  | {
      readonly root: PythonNode;
      /** Where the text cannot be Python, in order. */
      readonly errors: readonly number[];
    }
  | { readonly why: string };

/** Mending what is wrong in a longer text takes too long; LightLLM's own is a tenth of it. */
const MENDED_AT_MOST = 100_000;
/** Brackets in brackets, blocks in blocks; what people write stays far below. */
const DEEPEST = 200;

const TOO_DEEP = "it is nested too deeply";

const strict = parser.configure({ strict: true });

/** The syntax of a text. */
export function readSyntax(text: string): SyntaxReading {
  if (hasOpenBrackets(text)) return { why: TOO_DEEP };
  const broken = text.length > MENDED_AT_MOST ? firstError(text) : undefined;
  if (broken !== undefined) return { why: `line ${lineAt(text, broken)} is not Python` };
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
  return deepest > DEEPEST ? { why: TOO_DEEP } : { root, errors };
}

/** `1.` is a number to Python; the parser looks for an attribute of it. */
export function isFloatPoint(node: PythonNode | null): boolean {
  return node?.name === "MemberExpression" && node.firstChild?.name === "Number";
}

/** Where a text stops being Python. */
function firstError(text: string): number | undefined {
  try {
    strict.parse(text);
    return undefined;
  } catch (error) {
    return Number(/\d+$/.exec(String(error))?.[0] ?? 0);
  }
}

/** The line, from 1 on, of an offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
