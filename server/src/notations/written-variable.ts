/** Common parts of the writers of environment variables: a variable with its place, and a change. */
import { type EnvironmentVariable, spanFrom, type TextChange, type VariablePlace } from "../launch/launch";
import type { VariableChange } from "../launch/launch-change";
import { isVariableName } from "../launch/variable-name";

/** A variable that can be edited in its place. */
export type PlacedVariable = EnvironmentVariable & { readonly place: VariablePlace };

/** A change of a variable in its place; a new variable is inserted after it. */
export type PlacedChange =
  | { readonly kind: "rename"; readonly to: string }
  | { readonly kind: "set"; readonly to: string }
  | { readonly kind: "remove" }
  | { readonly kind: "add"; readonly name: string; readonly value: string };

/** Writes a change of a variable in one syntax. */
export type VariableWriter = (text: string, variable: PlacedVariable, change: PlacedChange) => TextChange[];

/** The change in the form of the writers; undefined for an invalid name, and for a value of several lines. */
export function placedChange(
  change: VariableChange,
): { readonly variable: PlacedVariable; readonly change: PlacedChange } | undefined {
  const variable = change.kind === "addVariable" ? change.after : change.variable;
  if (!variable.place) return undefined;
  const at = { variable: { ...variable, place: variable.place } };
  switch (change.kind) {
    case "renameVariable":
      return isVariableName(change.to) ? { ...at, change: { kind: "rename", to: change.to } } : undefined;
    case "setVariable":
      return isOneLine(change.to) ? { ...at, change: { kind: "set", to: change.to } } : undefined;
    case "removeVariable":
      return { ...at, change: { kind: "remove" } };
    case "addVariable": {
      const { name, value } = change;
      return isVariableName(name) && isOneLine(value)
        ? { ...at, change: { kind: "add", name, value } }
        : undefined;
    }
  }
}

function isOneLine(value: string): boolean {
  return !/[\r\n\0]/.test(value);
}

/** An insertion. */
export function insert(at: number, newText: string): TextChange {
  return { span: spanFrom(at, at), newText };
}

/** White space and line continuations: a backslash with any escaping, a Dockerfile's backtick. */
const BLANK = /^(?:\s|[\\`]+(?=[ \t]*\r?\n))*$/;

/** Whether only white space and line continuations are between two places. */
export function isBlankBetween(text: string, start: number, end: number): boolean {
  return start <= end && BLANK.test(text.slice(start, end));
}
