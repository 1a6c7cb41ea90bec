/** Finds the variable that holds a parser, also if flags are added through one of its groups. */

import type { Names } from "../python/text/names";
import { bare, calleeOf, type PythonNode } from "../python/text/python-parser";
import { scopeKey, scopeOf } from "../python/text/scopes";
import { onlyValueOf } from "../python/text/value-flow";
import { sourceText } from "./calls";

/** A variable that holds a parser. */
export interface Binding {
  /** Equal for all uses of the variable. */
  readonly id: string;
  readonly name: string;
  /** The function or file that defines the variable. */
  readonly scope: PythonNode;
  /** How the variable gets its value; `nowhere` if the text has no assignment. */
  readonly from: "parameter" | "assignment" | "elsewhere" | "nowhere";
}

const GROUPS = new Set([
  "add_argument_group",
  "add_mutually_exclusive_group",
  "add_subparsers",
  "add_parser",
]);
/** Limit for groups of groups, which may be circular. */
const LONGEST_CHAIN = 20;

/** The variable of an expression that flags are added to; `undefined` if the expression is not a plain variable. */
export function bindingOf(expression: PythonNode, names: Names): Binding | undefined {
  let node: PythonNode | undefined = bare(expression);
  for (let step = 0; node && step < LONGEST_CHAIN; step++) {
    if (node.name === "CallExpression") {
      const { name, receiver } = calleeOf(node, names.text);
      node = receiver && GROUPS.has(name) ? bare(receiver) : undefined;
    } else if (node.name === "VariableName") {
      const value = onlyValueOf(names, node);
      const call: PythonNode | undefined = value && bare(value);
      const group = call?.name === "CallExpression" && GROUPS.has(calleeOf(call, names.text).name);
      if (call?.name === "VariableName" || group) node = call;
      else return variable(node, names);
    } else return undefined;
  }
  return undefined;
}

function variable(use: PythonNode, names: Names): Binding {
  const name = sourceText(use, names);
  let own = true;
  let scope = scopeOf(use);
  for (; scope; scope = scopeOf(scope)) {
    const visible = own || scope.name !== "ClassDefinition";
    const events = visible ? names.scopes.get(scopeKey(scope))?.get(name) : undefined;
    const first = events?.[0];
    if (first) {
      const parent = first.change.kind === "other" ? first.change.node.parent?.name : undefined;
      const from = parent === "ParamList" ? "parameter" : parent ? "elsewhere" : "assignment";
      return { id: `${scopeKey(scope)} ${name}`, name, scope, from };
    }
    if (scope.name === "Script") break;
    own = false;
  }
  return { id: `? ${name}`, name, scope: scope ?? use, from: "nowhere" };
}
