/** Checks that the code that builds the parser is complete: a truncated file is often still valid Python. */
import { say } from "../messages";
import type { Names } from "../python/text/names";
import { bare, calleeOf, childrenOf, type PythonNode, positionalOf } from "../python/text/python-parser";
import { eventsAt } from "../python/text/value-flow";
import { type Binding, bindingOf } from "./bindings";
import { functionAround, type ParserCall, sourceText } from "./calls";
import { lineNumberAt } from "./read-syntax";

/** Built-in functions that may receive a parser and add no flag. */
const HARMLESS_BUILTINS = new Set([
  "print",
  "vars",
  "len",
  "repr",
  "str",
  "id",
  "type",
  "isinstance",
  "hasattr",
  "getattr",
  "setattr",
]);

/** A variable that holds a parser, and the last place that adds flags to it. */
interface Built extends Binding {
  readonly last: number;
}

/** What is missing, as a clause; `undefined` if the parser is complete. */
export function missingPart(
  root: PythonNode,
  errors: readonly number[],
  calls: readonly ParserCall[],
  names: Names,
): string | undefined {
  const fault = syntaxFault(root, errors, calls, names) ?? cutStatement(root, names);
  if (fault !== undefined) return fault;
  const missing = unfinished(root, calls, names);
  const [error] = errors;
  return missing !== undefined && error !== undefined
    ? say("source.line-not-python", { line: lineNumberAt(names.text, error) })
    : missing;
}

/** Syntax errors in the rest of the file are ignored. */
function syntaxFault(
  root: PythonNode,
  errors: readonly number[],
  calls: readonly ParserCall[],
  { text }: Names,
): string | undefined {
  if (errors.length === 0) return undefined;
  const statements = childrenOf(root).filter(({ from, to }) =>
    calls.some(({ node }) => node.from >= from && node.to <= to),
  );
  const first = statements[0];
  const last = statements.at(-1);
  const error = errors.find((at) => !first || !last || (at >= first.from && at <= last.to));
  if (error === undefined) return undefined;
  if (text.slice(error).trim() === "") return say("source.ends-in-statement");
  return say("source.line-of-parser-not-python", { line: lineNumberAt(text, error) });
}

/** A statement that is only a name: it does nothing, so it is most likely one that was cut off. */
function cutStatement(root: PythonNode, { text }: Names): string | undefined {
  let last: PythonNode | null = root;
  while (
    last &&
    [
      "Script",
      "Body",
      "FunctionDefinition",
      "ClassDefinition",
      "IfStatement",
      "WithStatement",
      "DecoratedStatement",
    ].includes(last.name)
  )
    last = childrenOf(last).at(-1) ?? null;
  if (last?.name !== "ExpressionStatement") return undefined;
  const only = last.firstChild;
  const bareName = only?.name === "VariableName" || only?.name === "MemberExpression";
  return bareName && only.to >= text.trimEnd().length ? say("source.ends-in-statement") : undefined;
}

function unfinished(root: PythonNode, calls: readonly ParserCall[], names: Names): string | undefined {
  const built = new Map<string, Built>();
  const builds = (expression: PythonNode, last: number) => {
    const binding = bindingOf(expression, names);
    if (binding)
      built.set(binding.id, { ...binding, last: Math.max(last, built.get(binding.id)?.last ?? 0) });
  };
  for (const { receiver, node } of calls) if (receiver) builds(receiver, node.to);
  const helpers = new Set(calls.map(({ node }) => nameOf(functionAround(node), names)));
  const finished = new Map<string, number>();
  const called = new Set<string>();
  let missing: string | undefined;
  root.cursor().iterate((cursor) => {
    if (cursor.name === "ReturnStatement" || cursor.name === "YieldStatement") finishes(cursor.node);
    else if (cursor.name === "CallExpression") {
      const { name, receiver } = calleeOf(cursor.node, names.text);
      if (receiver && /^parse_\w*args$/.test(name)) finishedAt(receiver);
      if (!receiver) called.add(name);
      if (!receiver && cursor.node.firstChild?.name === "VariableName") given(cursor.node, name);
    }
  });
  if (missing !== undefined) return missing;
  for (const { id, name, scope, from, last } of built.values()) {
    if (from === "nowhere") return say("source.never-made", { name });
    if (from === "elsewhere" || (finished.get(id) ?? -1) >= last) continue;
    if (from === "parameter" && called.has(nameOf(scope, names)) && !promisesResult(scope, names)) continue;
    return scope.name === "FunctionDefinition"
      ? say("source.no-return", { function: nameOf(scope, names) })
      : say("source.ends-before-use");
  }
  return undefined;

  function finishedAt(expression: PythonNode): void {
    const binding = bindingOf(expression, names);
    if (binding) finished.set(binding.id, expression.to);
  }

  function finishes(statement: PythonNode): void {
    statement.cursor().iterate((cursor) => {
      if (cursor.name === "VariableName") finishedAt(cursor.node);
    });
  }

  /** Handles a call that passes the parser to another function, which may add flags. */
  function given(call: PythonNode, name: string): void {
    const parsers = positionalOf(call).filter(({ node }) => built.has(idOf(node)));
    if (parsers.length === 0) return;
    if (helpers.has(name)) for (const { node } of parsers) builds(node, call.to);
    else if (
      call.firstChild &&
      eventsAt(names, call.firstChild).events.length === 0 &&
      !HARMLESS_BUILTINS.has(name)
    )
      missing ??= say("source.given-to-nobody", { name });
  }

  function idOf(node: PythonNode): string {
    return bare(node).name === "VariableName" ? (bindingOf(node, names)?.id ?? "") : "";
  }
}

function nameOf(definition: PythonNode | undefined, names: Names): string {
  const name = definition?.getChild("VariableName");
  return name ? sourceText(name, names) : "";
}

/** Whether a function is annotated to return something. */
function promisesResult(definition: PythonNode, names: Names): boolean {
  const annotation = definition.getChild("TypeDef");
  return annotation !== null && !/->\s*None\b/.test(sourceText(annotation, names));
}
