/** Finds the calls that build an argument parser, whatever the parser, its groups and its helpers are called. */

import type { Names } from "../python/text/names";
import { calleeOf, elementsOf, type PythonNode } from "../python/text/python-parser";
import { onlyValueOf } from "../python/text/value-flow";

/** A call that adds a flag, or sets defaults of flags. */
export interface ParserCall {
  readonly kind: "argument" | "defaults";
  readonly node: PythonNode;
  /** The parser or group that the method is called on; `undefined` if a function of the file forwards its arguments. */
  readonly receiver: PythonNode | undefined;
}

const KINDS: Readonly<Record<string, ParserCall["kind"]>> = {
  add_argument: "argument",
  set_defaults: "defaults",
};

/** The calls in the order of the text. */
export function parserCalls(root: PythonNode, names: Names): ParserCall[] {
  const nodes: PythonNode[] = [];
  root.cursor().iterate((cursor) => {
    if (cursor.name === "CallExpression") nodes.push(cursor.node);
  });
  const direct = nodes.map((node) => parserCall(node, names)).filter((call) => call !== undefined);
  const handing = forwardingFunctions(direct, names);
  if (handing.size === 0) return direct;
  const handed = nodes
    .filter(
      ({ firstChild }) => firstChild?.name === "VariableName" && handing.has(sourceText(firstChild, names)),
    )
    .map((node): ParserCall => ({ kind: "argument", node, receiver: undefined }));
  return [...direct, ...handed].sort((a, b) => a.node.from - b.node.from);
}

function parserCall(node: PythonNode, names: Names): ParserCall | undefined {
  const { name, receiver } = calleeOf(node, names.text);
  if (receiver) return Object.hasOwn(KINDS, name) ? made(name, node, receiver) : undefined;
  // `add = parser.add_argument`, then `add("--tp")`.
  const method = node.firstChild?.name === "VariableName" ? onlyValueOf(names, node.firstChild) : undefined;
  if (method?.name !== "MemberExpression") return undefined;
  const property = method.getChild("PropertyName");
  const called = property ? sourceText(property, names) : "";
  return Object.hasOwn(KINDS, called) ? made(called, node, method.firstChild ?? undefined) : undefined;
}

function made(name: string, node: PythonNode, receiver: PythonNode | undefined): ParserCall | undefined {
  const kind = KINDS[name];
  return kind && { kind, node, receiver };
}

/** Functions that only forward their arguments to `add_argument(*words, **options)`. */
function forwardingFunctions(calls: readonly ParserCall[], names: Names): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { kind, node } of calls) {
    const list = node.getChild("ArgList");
    const [only, ...others] = list ? elementsOf(list) : [];
    if (kind !== "argument" || !only?.spread || others.length > 0) continue;
    const around = functionAround(node);
    const parameters = around?.getChild("ParamList");
    const name = around?.getChild("VariableName");
    const word = sourceText(only.node, names);
    if (name && parameters && new RegExp(`\\*\\s*${escaped(word)}\\b`).test(sourceText(parameters, names)))
      found.add(sourceText(name, names));
  }
  return found;
}

/** The function that contains a node. */
export function functionAround(node: PythonNode): PythonNode | undefined {
  let around = node.parent;
  while (around && around.name !== "FunctionDefinition") around = around.parent;
  return around ?? undefined;
}

/** Source text of a node. */
export function sourceText({ from, to }: PythonNode, { text }: Names): string {
  return text.slice(from, to);
}

function escaped(word: string): string {
  return word.replace(/\W/g, "\\$&");
}
