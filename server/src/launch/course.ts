/** When a command of a script runs, compared with the other commands of the script. */

import type { Stated } from "./site";

/** A part of a script that holds a command. */
export interface CoursePart {
  /** `script`: a text that one shell runs; `step`: a command or block in a list; `branch`: one of several ways. */
  readonly kind: "script" | "step" | "branch" | "function" | "loop";
  /** Its offset in the file. */
  readonly start: number;
  /** Which of the ways, for a branch. */
  readonly way: number;
  /** The script goes on while it runs. */
  readonly background: boolean;
  /** How many steps before it in its list wait for others or end them: `wait`, `kill`. */
  readonly stops: number;
  /** Whether a step after it in its list does. */
  readonly isStopped: boolean;
  /** How often it runs, for a loop; absent if that is not certain. */
  readonly rounds?: Rounds;
}

/** The rounds of a loop. */
export interface Rounds {
  readonly count: Stated<number>;
  /** The variables that are 0, 1, … in its rounds. */
  readonly names: readonly string[];
  /** The array that has an element for each of them. */
  readonly array?: string;
}

/** The parts that hold a command, outermost first; the last is the command itself. */
export type Course = readonly CoursePart[];

/**
 * Whether two commands of one script certainly run at the same time: the script starts the second while the first runs,
 * and no condition decides whether it does. `undefined` if they are of different scripts.
 */
export function runAtOnce(one: Course, other: Course): boolean | undefined {
  const [a, b] = (one.at(-1)?.start ?? 0) <= (other.at(-1)?.start ?? 0) ? [one, other] : [other, one];
  const at = a.findIndex((part, index) => !isSamePart(part, b[index]));
  const [first, second] = [a[at], b[at]];
  if (at === 0) return undefined;
  if (!first || !second) return false;
  const apart = [...a.slice(at), ...b.slice(at)];
  if (apart.some(({ kind }) => kind === "branch" || kind === "function")) return false;
  if (first.stops !== second.stops) return false;
  const rest = a.slice(at);
  return rest.some(({ background }) => background) && !rest.slice(1).some(({ isStopped }) => isStopped);
}

/** Whether only one of two commands of a script can run: they are in different branches, or in different functions. */
export function areAlternatives(one: Course, other: Course): boolean {
  const at = one.findIndex((part, index) => !isSamePart(part, other[index]));
  const [a, b] = [one[at], other[at]];
  return a?.kind === "branch" && b?.kind === "branch" && a.start === b.start;
}

function isSamePart(part: CoursePart, other: CoursePart | undefined): boolean {
  return part.kind === other?.kind && part.start === other.start && part.way === other.way;
}
