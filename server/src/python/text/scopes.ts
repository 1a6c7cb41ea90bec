/** The scope and the statement of a place in a Python file. */
import type { PythonNode } from "./python-parser";

const SCOPES = new Set(["FunctionDefinition", "LambdaExpression", "ClassDefinition", "Script"]);

/** The function, class or file whose scope a name belongs to. */
export function scopeOf(node: PythonNode): PythonNode | null {
  let scope = node.parent;
  // The name of a function or class belongs to the outer scope.
  const defines = scope?.name === "FunctionDefinition" || scope?.name === "ClassDefinition";
  if (scope && defines && node.name === "VariableName") scope = scope.parent;
  while (scope && !SCOPES.has(scope.name)) scope = scope.parent;
  return scope;
}

/** Key of the file's own scope. */
export const FILE = -1;

/** Key of a scope. */
export function scopeKey(scope: PythonNode | null): number {
  return !scope || scope.name === "Script" ? FILE : scope.from;
}

/** The statement of a node: its nearest ancestor that is a direct child of a block. */
export function statementOf(node: PythonNode): PythonNode {
  let statement = node;
  while (statement.parent && statement.parent.name !== "Body" && statement.parent.name !== "Script")
    statement = statement.parent;
  return statement;
}

/** The statement around the block that contains a statement. */
export function outerStatementOf(statement: PythonNode): PythonNode | null {
  return statement.parent?.name === "Body" ? statementOf(statement.parent) : null;
}
