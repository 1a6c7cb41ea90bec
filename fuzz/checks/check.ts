/** What a check is. */
import type { Case } from "./case";

/** The parts of the service that checks are about; a run may leave some of them out. */
export const AREAS = [
  "reading",
  "diagnostics",
  "completion",
  "hover",
  "fixes",
  "outline",
  "conversions",
  "releases",
  "server",
] as const;

export type Area = (typeof AREAS)[number];

/** What a check found. */
export interface Failure {
  /** What the failure is of, for the same one to be reported once: a code, a title, a flag. */
  readonly of: string;
  /** What is wrong, in a sentence. */
  readonly message: string;
}

/** One thing that must hold for every text. */
export interface Check {
  readonly name: string;
  readonly area: Area;
  /** All failures that it finds; it may throw, which is one too. */
  check(asked: Case): Iterable<Failure>;
}
