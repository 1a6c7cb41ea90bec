/** Records what happens to the names of a Python file, as far as that is certain without running it. */
import { Following } from "./following";
import type { Text } from "./literals";
import { CHANGES_IN_PLACE, isMadeOf, OtherChanges, placeIn } from "./other-changes";
import { calleeOf, childrenOf, type PythonNode, positionalOf } from "./python-parser";
import { FILE, scopeKey, scopeOf, statementOf } from "./scopes";

/** An event of a name: events are in the order of the text. */
export interface NameEvent {
  readonly at: number;
  readonly statement: PythonNode;
  readonly change: /** `name = value`. */
    | { readonly kind: "assign"; readonly value: PythonNode }
    /** `name += value`, `name.extend(value)`. */
    | { readonly kind: "extend"; readonly value: PythonNode }
    /** `name.append(value)`. */
    | { readonly kind: "append"; readonly value: PythonNode }
    /** It is bound or changed in a way that is not analysed. */
    | {
        readonly kind: "other";
        readonly node: PythonNode;
        /** The first of the places in a list that are changed, if only these are changed. */
        readonly from?: number;
        /** `name = f(name)`: it gets a value that is made of the one before. */
        readonly isOwnValue?: true;
      };
  /** It happens in another function, at an unknown time. */
  readonly elsewhere?: true;
}

/** The names of one file. */
export interface Names {
  readonly text: string;
  /** The events of each name, by scope. */
  readonly scopes: ReadonlyMap<number, ReadonlyMap<string, readonly NameEvent[]>>;
  /** Whether a value of the name contains the name of the program's module. */
  holdsModule(name: string): boolean;
  /** What happens to an attribute or an entry, such as `self.cmd`, by how it is written. */
  readonly members: ReadonlyMap<string, readonly NameEvent[]>;
  /** Whether a part of the list with this name is taken, as in `cmd[:-2]`. */
  isSliced(name: string): boolean;
  /** Cache of resolved values. */
  readonly following: Following;
  /** The string that `" ".join([…])` makes; `undefined` if it is unknown. */
  joined(call: PythonNode): Text | undefined;
}

/** Statements and expressions that bind every name in them, up to the given word. */
const BINDS_UNTIL: Readonly<Record<string, string>> = {
  ForStatement: "in",
  ParamList: "",
  ImportStatement: "",
  DeleteStatement: "",
  ScopeStatement: "",
  CapturePattern: "",
  AsPattern: "",
};
const COMPREHENSION = /Comprehension/;

/**
 * Collects the events of all names in a file.
 *
 * @param joined reads a call of `join`, whose lists are not read here.
 */
export function namesOf(
  root: PythonNode,
  text: string,
  joined: (call: PythonNode, names: Names) => Text | undefined = () => undefined,
): Names {
  const scopes = new Map<number, Map<string, NameEvent[]>>();
  const record = (name: PythonNode, change: NameEvent["change"]) => {
    const global = name.parent?.name === "ScopeStatement";
    for (const scope of global ? [scopeKey(scopeOf(name)), FILE] : [scopeKey(scopeOf(name))]) {
      const names = scopes.get(scope) ?? new Map<string, NameEvent[]>();
      scopes.set(scope, names);
      const key = text.slice(name.from, name.to);
      const events = names.get(key) ?? [];
      names.set(key, events);
      events.push({ at: name.from, statement: statementOf(name), change });
    }
  };
  const other = (name: PythonNode) => record(name, { kind: "other", node: name, ...placeIn(name, text) });
  const changes = new OtherChanges(text);
  root.cursor().iterate((cursor) => {
    const { name } = cursor;
    changes.visit(cursor.node);
    if (name === "AssignStatement") assigned(cursor.node, text, record, other);
    else if (name === "UpdateStatement") updated(cursor.node, text, record, other);
    else if (name === "CallExpression") called(cursor.node, text, record, other);
    else if (name === "NamedExpression") namesIn(cursor.node.firstChild, other);
    else if (name === "WithStatement" || name === "TryStatement") asNames(cursor.node, other);
    else if (name === "FunctionDefinition" || name === "ClassDefinition") {
      const own = cursor.node.getChild("VariableName");
      if (own) other(own);
    } else if (name in BINDS_UNTIL || COMPREHENSION.test(name))
      boundIn(cursor.node, BINDS_UNTIL[name] ?? "in", other);
  });
  changes.addTo(scopes);
  const holders = new Set<string>();
  for (const names of scopes.values()) {
    for (const [name, events] of names)
      if (events.some((event) => mentions(event, text, holders))) holders.add(name);
  }
  const found: Names = {
    text,
    scopes,
    holdsModule: (name) => holders.has(name),
    members: changes.members,
    isSliced: (name) => changes.sliced.has(name),
    following: new Following(),
    joined: (call) => found.following.value("joined", call, () => joined(call, found)),
  };
  return found;
}

/** Whether an event puts the program's module into a name, directly or through another name. */
function mentions({ change }: NameEvent, text: string, holders: ReadonlySet<string>): boolean {
  if (change.kind === "other") return false;
  const value = text.slice(change.value.from, change.value.to);
  return (
    value.includes("api_server") || (value.match(/[A-Za-z_]\w*/g) ?? []).some((name) => holders.has(name))
  );
}

type Recorder = (name: PythonNode, change: NameEvent["change"]) => void;

function assigned(
  statement: PythonNode,
  text: string,
  record: Recorder,
  other: (name: PythonNode) => void,
): void {
  const children = childrenOf(statement).filter(({ name }) => name !== "TypeDef");
  const last = children.findLastIndex(({ name }) => name === "AssignOp");
  const targets = children.slice(0, last).filter(({ name }) => name !== "AssignOp");
  const value = children[last + 1];
  const single = value && children.length === last + 2 && !targets.some(({ name }) => name === ",");
  for (const target of targets) {
    if (target.name !== "VariableName") namesIn(target, other);
    else if (!single) other(target);
    else {
      const added = selfAddition(target, value, text);
      if (added) record(target, { kind: "extend", value: added });
      else if (isMadeOf(value, target, text))
        record(target, { kind: "other", node: target, isOwnValue: true });
      else record(target, { kind: "assign", value });
    }
  }
}

/**
 * `cmd = cmd + [...]` means the same as `cmd += [...]`. Of `f"{cmd} ..."` and `cmd + a + b`, all of the expression is
 * returned: it begins with the name itself.
 */
function selfAddition(target: PythonNode, value: PythonNode, text: string): PythonNode | undefined {
  const written = text.slice(value.from, value.to);
  const name = text.slice(target.from, target.to);
  if (value.name === "FormatString")
    return /^[fF]["']+\{\s*(\w+)\s*\}/.exec(written)?.[1] === name ? value : undefined;
  if (value.name !== "BinaryExpression") return undefined;
  const [left, operator, right] = childrenOf(value);
  if (left?.name === "BinaryExpression") return beginsWith(value, name, text) ? value : undefined;
  const same =
    left?.name === "VariableName" && text.slice(left.from, left.to) === text.slice(target.from, target.to);
  return same && operator && text.slice(operator.from, operator.to) === "+" ? right : undefined;
}

/** Whether a sum of strings begins with a name. */
function beginsWith(sum: PythonNode, name: string, text: string): boolean {
  let first: PythonNode | null = sum;
  while (first?.name === "BinaryExpression") {
    const [left, operator] = childrenOf(first);
    if (!operator || text.slice(operator.from, operator.to) !== "+") return false;
    if (first.getChild("ArrayExpression")) return false;
    first = left ?? null;
  }
  return first?.name === "VariableName" && text.slice(first.from, first.to) === name;
}

function updated(
  statement: PythonNode,
  text: string,
  record: Recorder,
  other: (name: PythonNode) => void,
): void {
  const [target, operator, value] = childrenOf(statement);
  if (target?.name !== "VariableName") namesIn(target, other);
  else if (value && operator && text.slice(operator.from, operator.to) === "+=")
    record(target, { kind: "extend", value });
  else other(target);
}

/** Handles `cmd.append(…)` and similar calls. */
function called(call: PythonNode, text: string, record: Recorder, other: (name: PythonNode) => void): void {
  const { name, receiver } = calleeOf(call, text);
  if (receiver?.name !== "VariableName") return;
  const [argument, second] = positionalOf(call);
  if (name === "append" || name === "extend") {
    if (argument && !argument.spread && !second) record(receiver, { kind: name, value: argument.node });
    else other(receiver);
  } else if (CHANGES_IN_PLACE.test(name)) other(receiver);
}

/** Every name in an assignment target: `a, (b, c)`, `cmd[3]`. */
function namesIn(node: PythonNode | null | undefined, other: (name: PythonNode) => void): void {
  node?.cursor().iterate((cursor) => {
    if (cursor.name === "VariableName") other(cursor.node);
  });
}

function boundIn(node: PythonNode, until: string, other: (name: PythonNode) => void): void {
  let binding = !COMPREHENSION.test(node.name);
  for (const child of childrenOf(node)) {
    if (child.name === "for") binding = true;
    else if (child.name === until) binding = false;
    else if (binding && child.name !== "Body") namesIn(child, other);
  }
}

function asNames(node: PythonNode, other: (name: PythonNode) => void): void {
  for (const child of childrenOf(node)) {
    if (child.prevSibling?.name === "as") namesIn(child, other);
  }
}
