/** What the writers of all syntaxes say of an environment variable: the variable with its place, and what to do. */
import {
  type EnvironmentVariable,
  type Span,
  spanFrom,
  type TextChange,
  type VariableChange,
  type VariablePlace,
} from "../launch/launch";
import { lineStartAt } from "../launch/lines";
import { isVariableName } from "../launch/variable-name";

/** A variable that can be edited where it is written. */
export type PlacedVariable = EnvironmentVariable & { readonly place: VariablePlace };

/** A change of a placed variable; one that is added goes behind it. */
export type PlacedChange =
  | { readonly kind: "rename"; readonly to: string }
  | { readonly kind: "set"; readonly to: string }
  | { readonly kind: "remove" }
  | { readonly kind: "add"; readonly name: string; readonly value: string };

/** Writes a change of a variable in one syntax. */
export type VariableWriter = (text: string, variable: PlacedVariable, change: PlacedChange) => TextChange[];

/** The change as a writer takes it; nothing for a name that is none, and for a value that goes over lines. */
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

/** White space, and what continues a line: a backslash however often it is escaped, a Dockerfile's backtick. */
const BLANK = /^(?:\s|[\\`]+(?=[ \t]*\r?\n))*$/;

/** Whether nothing but white space and continued lines is written between two places. */
export function isBlankBetween(text: string, start: number, end: number): boolean {
  return start <= end && BLANK.test(text.slice(start, end));
}

/** The lines of a span with the line break behind them; a comment at the end of the last is about the span. */
export function wholeLines(text: string, { start, end }: Span): Span {
  const newline = text.indexOf("\n", end);
  const from = lineStartAt(text, start);
  if (newline >= 0) return spanFrom(from, newline + 1);
  // The last line of a file without a final newline: the one before it ends the file then.
  const lineBreak = text[from - 2] === "\r" ? 2 : 1;
  return spanFrom(Math.max(0, from - lineBreak), text.length);
}

/** The line break that the lines of a text end in. */
export function lineBreakOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
