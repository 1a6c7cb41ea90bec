/** Which variables a part of a script sets, whether it runs or not. */
import { type Span, spanFrom } from "../../launch/launch";
import { type Embedded, spanInFile } from "../embedded";
import type { Assignments } from "./scope";
import { forEachChild, type ShellNode, type ShellWord } from "./shell-parser";

/** The place of what sets a variable. */
export type SetPlace = Pick<ShellWord, "pos" | "end">;

const ARITHMETIC = /([A-Za-z_]\w*)\s*(?:[-+*/%&|^]?=(?!=)|<<=|>>=|\+\+|--)|(?:\+\+|--)\s*([A-Za-z_]\w*)/g;

/** How an assignment appends to a variable; false if it may do something else. */
type Growth = "words" | "text" | false;

/** The variables that a node sets, and how all of its assignments append to them. */
export function namesSet(node: ShellNode, shell: string): Map<string, Growth> {
  const names = new Map<string, Growth>();
  forEachSet(node, shell, (name, { pos, end }) => {
    const growth = growthBy(name, shell.slice(pos, end));
    const before = names.get(name) ?? growth;
    names.set(name, before && growth && (before === "text" ? before : growth));
  });
  return names;
}

/** `A+=x`, `A="$A x"`, `A=("${A[@]}" x)`. */
function growthBy(name: string, assignment: string): Growth {
  if (!assignment.startsWith(name)) return false;
  const own = new RegExp(`^${name}(?:\\+=|=\\(?\\s*"?\\$(?:${name}\\b|\\{${name}(?:\\[@\\])?\\}))`);
  const [start] = own.exec(assignment) ?? [];
  if (start === undefined) return false;
  return /^["']?\s/.test(assignment.slice(start.length)) ? "words" : "text";
}

/** Places where the commands of a script set variables, even if they may not run. */
export function assignmentsIn(script: ShellNode, embedded: Embedded): Assignments {
  const found = new Map<string, Span[]>();
  forEachSet(script, embedded.text, (name, { pos, end }) => {
    const places = found.get(name) ?? [];
    found.set(name, places);
    places.push(spanInFile(embedded, spanFrom(pos, end)));
  });
  return found;
}

function forEachSet(node: ShellNode, shell: string, set: (name: string, place: SetPlace) => void): void {
  const look = (inner: ShellNode) => {
    if (inner.type === "Word" && !HOLDS_COMMANDS.test(inner.text)) return;
    if (inner.type === "Assignment") set(inner.name, inner);
    else if (inner.type === "For" || inner.type === "Select") set(inner.name.value, inner.name);
    else if (
      inner.type === "ArithmeticCommand" ||
      inner.type === "ArithmeticFor" ||
      inner.type === "ArithmeticExpansion"
    ) {
      for (const name of arithmeticNames(shell.slice(inner.pos, inner.end))) set(name, inner);
    } else if (inner.type === "Command" && READING.has(inner.name?.value ?? "")) {
      for (const word of inner.suffix) if (word.type === "Word") set(word.value, word);
    }
    forEachChild(inner, (child) => look(child as ShellNode));
  };
  look(node);
}

/** Characters in a word that can set a variable: `$(…)`, `$((…))`, backquotes. */
const HOLDS_COMMANDS = /[(`]/;

/** Commands that set variables from their input. */
const READING = new Set(["read", "mapfile", "readarray"]);

/** The variables that an arithmetic expression sets. */
export function arithmeticNames(text: string): string[] {
  return [...text.matchAll(ARITHMETIC)].flatMap(([, before, after]) => before ?? after ?? []);
}
