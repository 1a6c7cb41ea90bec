/** Where in a Python file something stands: the scope that its names belong to, the statement it is part of. */
import type { PythonNode } from "./parser";

const SCOPES = new Set(["FunctionDefinition", "LambdaExpression", "ClassDefinition", "Script"]);

/** The function, the class or the file that a name belongs to. */
export function scopeOf(node: PythonNode): PythonNode | null {
  let scope = node.parent;
  // A function's own name belongs to what is around it.
  const defines = scope?.name === "FunctionDefinition" || scope?.name === "ClassDefinition";
  if (scope && defines && node.name === "VariableName") scope = scope.parent;
  while (scope && !SCOPES.has(scope.name)) scope = scope.parent;
  return scope;
}

/** What the file itself is known by. */
export const FILE = -1;

/** What a scope is known by. */
export function keyOf(scope: PythonNode | null): number {
  return !scope || scope.name === "Script" ? FILE : scope.from;
}

/** The statement that a node is part of: the ancestor that stands in a block. */
export function statementOf(node: PythonNode): PythonNode {
  let statement = node;
  while (statement.parent && statement.parent.name !== "Body" && statement.parent.name !== "Script")
    statement = statement.parent;
  return statement;
}

/** The statement around the block that a statement stands in. */
export function outerStatementOf(statement: PythonNode): PythonNode | null {
  return statement.parent?.name === "Body" ? statementOf(statement.parent) : null;
}
