/** The one place that knows the Python parser, and how to look around in what it returns. */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/python";

export type PythonNode = SyntaxNode;

/** The syntax of a Python text; half-typed text has error nodes in it. */
export function parsePython(text: string): PythonNode {
  return parser.parse(text).topNode;
}

/** The children of a node, errors and comments left out. */
export function childrenOf(node: PythonNode): PythonNode[] {
  const children: PythonNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isError && child.name !== "Comment") children.push(child);
  }
  return children;
}

/** One place of a list or of a call's arguments. */
export interface Element {
  readonly node: PythonNode;
  /** `*expression`. */
  readonly spread: boolean;
  /** The name of a keyword argument. */
  readonly keyword?: PythonNode;
}

const BRACKETS = new Set(["[", "]", "(", ")", "{", "}"]);

/** The elements between the brackets of a list, a tuple, a set or a call, in order; `**mappings` are left out. */
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

/** What `f(…)` or `a.b.f(…)` calls: the last name, and what stands before it. */
export function calleeOf(call: PythonNode, text: string): { name: string; receiver?: PythonNode } {
  const callee = call.firstChild;
  if (!callee) return { name: "" };
  if (callee.name !== "MemberExpression") return { name: text.slice(callee.from, callee.to) };
  const property = callee.getChild("PropertyName");
  const name = property ? text.slice(property.from, property.to) : "";
  return callee.firstChild ? { name, receiver: callee.firstChild } : { name };
}

/** The arguments of a call by position. */
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
