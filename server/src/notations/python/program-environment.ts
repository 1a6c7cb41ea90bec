/** The environment that a Python file gives to a launch: `os.environ["NAME"] = …` before it, and its `env=`. */
import { type EnvironmentVariable, spanFrom, type Word } from "../../launch/launch";
import type { Names } from "../../python/text/names";
import {
  bare,
  calleeOf,
  childrenOf,
  elementsOf,
  type PythonNode,
  positionalOf,
} from "../../python/text/python-parser";
import { scopeKey, scopeOf, statementOf } from "../../python/text/scopes";
import { certaintyOf, eventsAt, hasRunBefore } from "../../python/text/value-flow";
import { asData, elementWord } from "./lists";
import { keywordOf, rootOf, startsOf } from "./started-by";

/** What surrounds a launch. */
export interface PythonEnvironment {
  readonly variables: readonly EnvironmentVariable[];
  /** Whether other variables may be set, which are not known. */
  readonly hasOthers: boolean;
}

/** A variable that is set; without a value, that is not known. */
interface Setting {
  readonly name: string;
  readonly key: PythonNode;
  readonly value?: PythonNode;
}

/** A mapping as far as it is known. */
interface Mapping {
  /** Whether it begins with the variables of the program itself. */
  readonly inherits: boolean;
  readonly settings: readonly Setting[];
  readonly isKnown: boolean;
}

const UNKNOWN: Mapping = { inherits: true, settings: [], isKnown: false };
/** Limit for mappings in mappings. */
const DEEPEST = 8;

/** The environment of the launch whose words begin at a node. */
export function environmentAround(root: PythonNode, names: Names): PythonEnvironment {
  const calls = startsOf(root, names);
  const given = calls.flatMap((call) => keywordOf(call, "env", names.text) ?? []);
  const [call] = calls;
  const [only] = given;
  const isNone = only !== undefined && names.text.slice(only.from, only.to) === "None";
  const isSame = given.length === 0 || calls.length === 1;
  const mapping: Mapping = !isSame
    ? UNKNOWN
    : only && !isNone
      ? mappingOf(only, names, 0)
      : { inherits: true, settings: [], isKnown: true };
  const own = mapping.inherits ? settingsOfProgram(call ?? root, names) : [];
  const byName = new Map<string, Setting>();
  for (const setting of [...own, ...mapping.settings]) {
    byName.delete(setting.name);
    byName.set(setting.name, setting);
  }
  return {
    variables: [...byName.values()].map((one) => variableOf(one, names)),
    hasOthers: !mapping.isKnown,
  };
}

function variableOf({ name, key, value }: Setting, names: Names): EnvironmentVariable {
  const isQuoted = key.name === "String";
  const nameSpan = isQuoted ? spanFrom(key.from + 1, key.to - 1) : spanFrom(key.from, key.to);
  const { from, to } = value ?? key;
  const unknown: Word = { text: undefined, span: spanFrom(from, to), source: names.text.slice(from, to) };
  return { name, nameSpan, value: value ? asData(elementWord(value, names)) : unknown };
}

const STRING = /^["']([A-Za-z_]\w*)["']$/;

function keyOf(node: PythonNode | undefined, text: string): string | undefined {
  return node?.name === "String" ? STRING.exec(text.slice(node.from, node.to))?.[1] : undefined;
}

/** Whether an expression is the environment of the program itself. */
function isEnviron(node: PythonNode | null | undefined, names: Names): boolean {
  if (!node) return false;
  const written = names.text.slice(node.from, node.to);
  return (
    written === "os.environ" || (written === "environ" && eventsAt(names, node).events.every(importsOrSets))
  );
}

function importsOrSets({ statement }: { readonly statement: PythonNode }): boolean {
  return statement.name === "ImportStatement" || isSetting(statement);
}

function mappingOf(node: PythonNode, names: Names, depth: number): Mapping {
  const inner = bare(node);
  if (depth > DEEPEST) return UNKNOWN;
  if (isEnviron(inner, names)) return { inherits: true, settings: [], isKnown: true };
  switch (inner.name) {
    case "DictionaryExpression":
      return ofDictionary(inner, names, depth);
    case "BinaryExpression": {
      const [left, operator, right] = childrenOf(inner);
      const isUnion = operator && names.text.slice(operator.from, operator.to) === "|";
      return isUnion && left && right
        ? joined([mappingOf(left, names, depth + 1), mappingOf(right, names, depth + 1)])
        : UNKNOWN;
    }
    case "CallExpression": {
      const { name, receiver } = calleeOf(inner, names.text);
      if (name === "copy" && receiver && names.text.slice(receiver.from, receiver.to) !== "copy")
        return mappingOf(receiver, names, depth + 1);
      const parts = /^(?:dict|copy|deepcopy)$/.test(name) ? updatesIn(inner, names, depth) : undefined;
      return parts ? joined(parts) : UNKNOWN;
    }
    case "VariableName":
      return ofName(inner, names, depth);
    default:
      return UNKNOWN;
  }
}

function joined(parts: readonly Mapping[]): Mapping {
  return {
    inherits: parts.some(({ inherits }) => inherits),
    settings: parts.flatMap(({ settings }) => settings),
    isKnown: parts.every(({ isKnown }) => isKnown),
  };
}

const own = (settings: readonly Setting[]): Mapping => ({ inherits: false, settings, isKnown: true });

function ofDictionary(node: PythonNode, names: Names, depth: number): Mapping {
  const parts: Mapping[] = [];
  const children = childrenOf(node).filter(({ name }) => !/^[{},]$/.test(name));
  for (let at = 0; at < children.length; ) {
    const [first, second, third] = children.slice(at, at + 3);
    if (first?.name === "**" && second) {
      parts.push(mappingOf(second, names, depth + 1));
      at += 2;
    } else if (first && second?.name === ":" && third) {
      const name = keyOf(first, names.text);
      parts.push(
        name === undefined ? { ...UNKNOWN, inherits: false } : own([{ name, key: first, value: third }]),
      );
      at += 3;
    } else return UNKNOWN;
  }
  return joined(parts);
}

/** The arguments of `dict(mapping, NAME=value)` and `mapping.update(…)`. */
function updatesIn(call: PythonNode, names: Names, depth: number): Mapping[] | undefined {
  const list = call.getChild("ArgList");
  if (!list) return undefined;
  const spread = childrenOf(list).flatMap((child) =>
    child.name === "**" && child.nextSibling ? [mappingOf(child.nextSibling, names, depth + 1)] : [],
  );
  const [mapping] = positionalOf(call);
  const given = elementsOf(list).flatMap(({ keyword, node }): Setting[] =>
    keyword ? [{ name: names.text.slice(keyword.from, keyword.to), key: keyword, value: node }] : [],
  );
  return [...(mapping ? [mappingOf(mapping.node, names, depth + 1)] : []), ...spread, own(given)];
}

/** A mapping with a name, and what is put into it before its use. */
function ofName(use: PythonNode, names: Names, depth: number): Mapping {
  const { events } = eventsAt(names, use);
  const assigned = events.filter(({ change }) => change.kind === "assign");
  const [first, other] = assigned;
  if (!first || other || first.at >= use.from || first.change.kind !== "assign") return UNKNOWN;
  if (!hasRunBefore(first.statement, statementOf(use)) && isSameScope(first.statement, use)) return UNKNOWN;
  const name = names.text.slice(use.from, use.to);
  const isOwn = (node: PythonNode) => names.text.slice(node.from, node.to) === name;
  const start = mappingOf(first.change.value, names, depth + 1);
  const changes = changesOf(rootOf(use), isOwn, names, depth)
    .filter(({ statement }) => isSameScope(statement, first.statement) && statement.from > first.at)
    .filter(({ statement }) => statement.from < use.from)
    .map(({ statement, mapping }) => {
      const certainty = certaintyOf(first.statement, statement);
      return certainty === "always" ? mapping : unsure(mapping);
    });
  // What else happens to the name is not known.
  const isOnlySet = events.every(({ change, statement }) => change.kind === "assign" || isSetting(statement));
  return joined([isOnlySet ? start : { ...start, isKnown: false }, ...changes]);
}

function isSetting(statement: PythonNode): boolean {
  return statement.name === "AssignStatement" && statement.firstChild?.name === "MemberExpression";
}

function isSameScope(one: PythonNode, other: PythonNode): boolean {
  return scopeKey(scopeOf(one)) === scopeKey(scopeOf(other));
}

/** The same variables, whose values are not known. */
function unsure({ settings, ...mapping }: Mapping): Mapping {
  return { ...mapping, settings: settings.map(({ name, key }) => ({ name, key })) };
}

/** A statement that puts variables into a mapping. */
interface MappingChange {
  readonly statement: PythonNode;
  readonly mapping: Mapping;
}

/** `mapping["NAME"] = value`, `mapping.update(…)`, `mapping.setdefault("NAME", value)`, `del mapping["NAME"]`. */
function changesOf(
  root: PythonNode,
  isMapping: (node: PythonNode) => boolean,
  names: Names,
  depth: number,
): MappingChange[] {
  const found: MappingChange[] = [];
  root.cursor().iterate((cursor) => {
    if (cursor.name === "MemberExpression") {
      const node = cursor.node;
      const key = childrenOf(node)[2];
      const name = node.firstChild && isMapping(node.firstChild) ? keyOf(key, names.text) : undefined;
      const statement = statementOf(node);
      const isTarget = statement.name === "AssignStatement" && statement.firstChild?.from === node.from;
      const isGone = statement.name === "DeleteStatement";
      if (name === undefined || !key || !(isTarget || isGone)) return;
      const value = statement.lastChild;
      found.push({ statement, mapping: own([{ name, key, ...(isTarget && value && { value }) }]) });
    } else if (cursor.name === "CallExpression") {
      const { name, receiver } = calleeOf(cursor.node, names.text);
      if (!receiver || !isMapping(receiver)) return;
      const [key] = positionalOf(cursor.node);
      const set = keyOf(key?.node, names.text);
      const statement = statementOf(cursor.node);
      if (name === "update")
        found.push({ statement, mapping: joined(updatesIn(cursor.node, names, depth + 1) ?? [UNKNOWN]) });
      else if (/^(?:setdefault|pop)$/.test(name) && set !== undefined && key)
        found.push({ statement, mapping: own([{ name: set, key: key.node }]) });
    }
  });
  return found;
}

/** What the program puts into its own environment before a node runs. */
function settingsOfProgram(node: PythonNode, names: Names): readonly Setting[] {
  if (!names.text.includes("environ")) return [];
  const changes = changesOf(rootOf(node), (one) => isEnviron(one, names), names, 0);
  return changes.flatMap(({ statement, mapping }) => {
    const when = timeOf(statement, node);
    return when === "after" ? [] : (when === "before" ? mapping : unsure(mapping)).settings;
  });
}

/** Whether a statement runs before a node does. */
function timeOf(statement: PythonNode, node: PythonNode): "before" | "after" | "unknown" {
  const own = statementOf(node);
  let at = own;
  for (;;) {
    if (isSameScope(statement, at)) {
      if (statement.from < at.from && hasRunBefore(statement, at)) return "before";
      const isOnce = at === own && scopeOf(at)?.name === "Script" && !inLoop(at);
      return statement.from > at.from && isOnce ? "after" : "unknown";
    }
    const scope = scopeOf(at);
    if (!scope || scope.name === "Script") return "unknown";
    at = statementOf(scope);
  }
}

function inLoop(node: PythonNode): boolean {
  for (let at: PythonNode | null = node; at; at = at.parent)
    if (at.name === "ForStatement" || at.name === "WhileStatement") return true;
  return false;
}
