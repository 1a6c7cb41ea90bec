/** Origins of Python words that are not literal. */
import { type Span, spanFrom, type WordPart } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import type { StringPiece } from "../../python/text/literals";
import type { Names } from "../../python/text/names";
import { bare, calleeOf, elementsOf, type PythonNode, positionalOf } from "../../python/text/python-parser";
import { statementOf } from "../../python/text/scopes";
import { eventsAt } from "../../python/text/value-flow";

/** A name with a known value. @param value the origins of the value. */
export function originOfName(use: PythonNode, names: Names, value: readonly Origin[] = []): Origin {
  return {
    from: "variable",
    ...variableAt(use, names),
    source: names.text.slice(use.from, use.to),
    span: spanFrom(use.from, use.to),
    ...(value.length > 0 && { value }),
  };
}

/** A name with the place of its last assignment before its use, or else of the first. */
function variableAt(use: PythonNode, names: Names): { readonly name: string; readonly assigned?: Span } {
  const { events } = eventsAt(names, use);
  const assignments = events.filter(({ change }) => change.kind === "assign");
  const event = assignments.findLast(({ at }) => at < use.from) ?? assignments[0];
  const name = names.text.slice(use.from, use.to);
  if (event?.change.kind !== "assign") return { name };
  return { name, assigned: spanFrom(statementOf(event.change.value).from, event.change.value.to) };
}

/** The origin of an unknown expression: an environment variable, or a Python expression. */
export function originOfExpression(node: PythonNode, names: Names): Origin {
  const inner = bare(node);
  const stretch = { source: names.text.slice(node.from, node.to), span: spanFrom(node.from, node.to) };
  const name = environmentName(inner, names);
  if (name !== undefined) return { from: "variable", name, ...stretch };
  const of = inner.name === "VariableName" ? { of: variableAt(inner, names) } : {};
  return { from: "expression", language: "python", ...stretch, ...of };
}

/** The variable's name in `os.environ["NAME"]`, `os.environ.get("NAME")` and `os.getenv("NAME")`. */
function environmentName(node: PythonNode, { text }: Names): string | undefined {
  const written = (one: PythonNode) => text.slice(one.from, one.to);
  let key: PythonNode | undefined;
  if (node.name === "CallExpression") {
    const { name, receiver } = calleeOf(node, text);
    const isLookup =
      (name === "getenv" && (!receiver || written(receiver) === "os")) ||
      (name === "get" && receiver !== undefined && ENVIRON.has(written(receiver)));
    key = isLookup ? positionalOf(node)[0]?.node : undefined;
  } else if (node.name === "MemberExpression" && node.firstChild && ENVIRON.has(written(node.firstChild))) {
    key = elementsOf(node)[0]?.node.nextSibling?.nextSibling ?? undefined;
  }
  return key?.name === "String" ? /^["']([A-Za-z_]\w*)["']$/.exec(written(key))?.[1] : undefined;
}

const ENVIRON = new Set(["os.environ", "environ"]);

/** The origin of an unknown piece of a string. */
export function originOfPiece(piece: Extract<StringPiece, { known: false }>, names: Names): Origin {
  const { span, expression } = piece;
  const source = names.text.slice(span.start, span.end);
  if (expression) return { ...originOfExpression(expression, names), span };
  // In an f-string, the braces around an expression belong to it.
  return { from: "expression", language: "python", source: source.replace(/^\{(.*)\}$/s, "$1"), span };
}

/** A completely unknown part. */
export function unknownStretch(span: Span, { text }: Names): WordPart {
  return {
    kind: "open",
    from: "expression",
    language: "python",
    source: text.slice(span.start, span.end),
    span,
  };
}
