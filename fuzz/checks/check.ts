/** The interface of a check. */
import type { Case } from "./case";

/** The areas of the service that have checks; a run may leave out some of them. */
export const AREAS = [
  "reading",
  "diagnostics",
  "completion",
  "hover",
  "fixes",
  "outline",
  "moving",
  "conversions",
  "releases",
  "server",
] as const;

export type Area = (typeof AREAS)[number];

/** A failure of a check. */
export interface Failure {
  /** What fails, so that it is reported only once: a code, a title, a flag. */
  readonly of: string;
  /** What is wrong, as a sentence. */
  readonly message: string;
}

/** A property of every text. */
export interface Check {
  readonly name: string;
  readonly area: Area;
  /** All failures; a check that throws fails too. */
  check(asked: Case): Iterable<Failure>;
}
