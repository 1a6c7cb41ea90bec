/** Follows the value of a name: which assignments and changes have certainly happened before a use. */
import type { NameEvent, Names } from "./names";
import type { PythonNode } from "./python-parser";
import { outerStatementOf, scopeKey, scopeOf } from "./scopes";

/** The events of a name, in the scope that defines it for this use. */
export function eventsAt(
  names: Names,
  use: PythonNode,
): { readonly events: readonly NameEvent[]; readonly own: boolean } {
  const name = names.text.slice(use.from, use.to);
  let own = true;
  for (let scope = scopeOf(use); scope; scope = scopeOf(scope)) {
    const visible = own || scope.name !== "ClassDefinition";
    const events = visible ? names.scopes.get(scopeKey(scope))?.get(name) : undefined;
    if (events) return { events, own };
    if (scope.name === "Script") break;
    own = false;
  }
  return { events: [], own: true };
}

/** The value of a name that is assigned once, before its use, and never changed. */
export function onlyValueOf(names: Names, use: PythonNode): PythonNode | undefined {
  const { events } = eventsAt(names, use);
  const [only] = events;
  if (events.length !== 1 || only?.change.kind !== "assign" || only.at >= use.from) return undefined;
  return only.change.value;
}

/** How certain it is that an event changes the value assigned by `first`. */
export type Certainty = "always" | "maybe" | "never";

/** The events between an assignment and an offset, each with its certainty. */
export function eventsAfter(events: readonly NameEvent[], first: NameEvent, before: number) {
  const found: { event: NameEvent; certainty: "always" | "maybe" }[] = events
    .filter(({ elsewhere }) => elsewhere)
    .map((event) => ({ event, certainty: "maybe" }));
  for (const event of events.slice(events.indexOf(first) + 1)) {
    if (event.elsewhere) continue;
    if (event.at >= before) break;
    const certainty = certaintyOf(first.statement, event.statement);
    if (certainty === "never") continue;
    if (event.change.kind === "assign" && certainty === "always") break;
    found.push({ event, certainty });
    if (event.change.kind === "assign") break;
  }
  return found;
}

/** Whether a statement runs whenever an earlier one of the same scope has run. */
export function certaintyOf(first: PythonNode, second: PythonNode): Certainty {
  for (let around: PythonNode | null = second; around; around = outerStatementOf(around)) {
    if (!around.parent) break;
    const before = inBlockOf(around, first);
    if (!before) continue;
    const sameStatement = before.from === around.from;
    if (sameStatement && (around.name === "IfStatement" || around.name === "MatchStatement")) return "never";
    return around === second || onlyInCertain(second, around) ? "always" : "maybe";
  }
  return "maybe";
}

/** Whether an earlier statement of the same scope has certainly run before a later one. */
export function hasRunBefore(first: PythonNode, second: PythonNode): boolean {
  for (let around: PythonNode | null = second; around; around = outerStatementOf(around)) {
    const before = inBlockOf(around, first);
    if (before) return before === first || (before.from !== around.from && onlyInCertain(first, before));
  }
  return false;
}

/** The statement of a block that is or contains an earlier statement. */
function inBlockOf({ parent: block }: PythonNode, earlier: PythonNode): PythonNode | null {
  let before: PythonNode | null = earlier;
  while (before && !(before.parent?.from === block?.from && before.parent?.to === block?.to))
    before = outerStatementOf(before);
  return before;
}

/** Whether all blocks between a statement and an outer one always run: `with`, the first block of `try`. */
function onlyInCertain(inner: PythonNode, around: PythonNode): boolean {
  for (let at: PythonNode | null = inner; at && at.from !== around.from; ) {
    const body: PythonNode | null = at.parent;
    const statement = outerStatementOf(at);
    const first = statement?.getChild("Body")?.from === body?.from;
    if (!statement || !(statement.name === "WithStatement" || (statement.name === "TryStatement" && first)))
      return false;
    at = statement;
  }
  return true;
}

/** The assignment that has an expression as its value, with the later events of the name. */
export function eventsOfValue(
  names: Names,
  value: PythonNode,
): { first: NameEvent; events: readonly NameEvent[] } | undefined {
  let whole = value;
  while (whole.parent?.name === "ParenthesizedExpression") whole = whole.parent;
  const target = whole.parent?.name === "AssignStatement" ? whole.parent.firstChild : null;
  if (target?.name !== "VariableName") return undefined;
  const { events } = eventsAt(names, target);
  const first = events.find(({ change }) => change.kind === "assign" && change.value.from === whole.from);
  return first && { first, events };
}
