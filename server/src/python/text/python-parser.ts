/** The only file that uses the Python parser, and helpers to navigate its syntax tree. */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/python";
import { refuseOpenBrackets, tooDeep } from "../../launch/bounds";

export type PythonNode = SyntaxNode;

/** The last parsed text: finding launches, cursor requests and edits use the same text in a row. */
let last: { readonly text: string; readonly root: PythonNode } | undefined;

/** The syntax tree of a Python text; incomplete text has error nodes. */
export function parsePython(text: string): PythonNode {
  if (last?.text !== text) last = { text, root: parsedWithHoles(text) };
  return last.root;
}

/** A comma before which an element is missing, as between two elements while one is typed. */
const HOLE = /(?<=[,[(][ \t\r\n]*),/g;

/** Python refuses a missing element, and the parser may end the list there: such a comma is masked. */
function parsedWithHoles(text: string): PythonNode {
  const root = parser.parse(text).topNode;
  const holes = [...text.matchAll(HOLE)].filter(({ index }) => isSign(root, index));
  if (holes.length === 0) return root;
  const signs = text.split("");
  for (const { index } of holes) signs[index] = " ";
  return parser.parse(signs.join("")).topNode;
}

/** Whether a comma is one of the language, not of a string or comment. */
function isSign(root: PythonNode, comma: number): boolean {
  for (let node: PythonNode | null = root.resolveInner(comma, 1); node; node = node.parent)
    if (/String$|^Comment$/.test(node.name)) return false;
  return true;
}

/** Depth limit of the tree: one level of source takes up to three nodes. */
const DEEPEST_NODE = 300;

/** Like `parsePython`, for untrusted text: callers may recurse over the result. @throws BeyondBounds */
export function parseBounded(text: string): PythonNode {
  refuseOpenBrackets(text, 3);
  const root = parsePython(text);
  let depth = 0;
  root.cursor().iterate(
    ({ from }) => {
      if (++depth > DEEPEST_NODE) throw tooDeep(from);
    },
    () => {
      depth--;
    },
  );
  return root;
}

/** Whether too many brackets are open at once. */
export function hasOpenBrackets(text: string): boolean {
  try {
    refuseOpenBrackets(text, 3);
    return false;
  } catch {
    return true;
  }
}

/** The children of a node without errors and comments. */
export function childrenOf(node: PythonNode): PythonNode[] {
  const children: PythonNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isError && child.name !== "Comment") children.push(child);
  }
  return children;
}

/** An item of a list, or an argument of a call. */
export interface Element {
  readonly node: PythonNode;
  /** `*expression`. */
  readonly spread: boolean;
  /** The name of a keyword argument. */
  readonly keyword?: PythonNode;
}

const BRACKETS = new Set(["[", "]", "(", ")", "{", "}"]);

/** The items of a list, tuple, set or call, in order, without `**mappings`. */
export function elementsOf(node: PythonNode): Element[] {
  const groups: PythonNode[][] = [[]];
  for (const child of childrenOf(node)) {
    if (BRACKETS.has(child.name)) continue;
    if (child.name === ",") groups.push([]);
    else groups.at(-1)?.push(child);
  }
  return groups.flatMap((group): Element[] => {
    const [first, second, third] = group;
    if (!first || first.name === "**") return [];
    if (first.name === "*") return second ? [{ node: second, spread: true }] : [];
    if (second?.name === "AssignOp" && third) return [{ node: third, spread: false, keyword: first }];
    return [{ node: first, spread: false }];
  });
}

/** The callee of `f(…)` or `a.b.f(…)`: the last name, and the expression before it. */
export function calleeOf(call: PythonNode, text: string): { name: string; receiver?: PythonNode } {
  const callee = call.firstChild;
  if (!callee) return { name: "" };
  if (callee.name !== "MemberExpression") return { name: text.slice(callee.from, callee.to) };
  const property = callee.getChild("PropertyName");
  const name = property ? text.slice(property.from, property.to) : "";
  return callee.firstChild ? { name, receiver: callee.firstChild } : { name };
}

/** The positional arguments of a call. */
export function positionalOf(call: PythonNode): Element[] {
  const list = call.getChild("ArgList");
  return list ? elementsOf(list).filter(({ keyword }) => !keyword) : [];
}

/** An expression without the parentheses around it. */
export function bare(node: PythonNode): PythonNode {
  let inner = node;
  while (inner.name === "ParenthesizedExpression") {
    const only = childrenOf(inner).find(({ name }) => !BRACKETS.has(name));
    if (!only) return inner;
    inner = only;
  }
  return inner;
}

/** Left side, operator and right side of a binary expression. */
export function operandsOf(node: PythonNode, text: string) {
  const [left, operator, right] = childrenOf(node);
  if (!left || !operator || !right) return undefined;
  return { left, operator: text.slice(operator.from, operator.to), right };
}
