/** What behaves differently after a boundary between two releases and no change of the launch can keep. */
import { environmentVariable, isReadBy } from "../../catalogue/environment-docs";
import type { ReportedChange } from "../../catalogue/move-facts";
import type { Catalogue, Release } from "../../catalogue/types";
import { expression } from "../../python/expression";
import { PythonError, truth } from "../../python/values";
import { fillMessage } from "../rules/message";
import type { Departure } from "./departure";

/** A difference to report. */
export interface BehaviourDifference {
  /** A sentence or two. */
  readonly said: string;
  /** How to keep the old behaviour, as a sentence. */
  readonly keep?: string;
  /** The flag of the file that it is about, without dashes. */
  readonly file?: string;
}

/**
 * The differences to report for a launch. If it is unknown whether one concerns the launch, it is reported
 * too, even one that a migration keeps where it knows.
 */
export function reportedChanges(from: Departure, changes: readonly ReportedChange[]): BehaviourDifference[] {
  return changes
    .filter((change) => {
      const concerned = concerns(change, from);
      return change.kept ? concerned === undefined : concerned !== false;
    })
    .map(({ say, keep, file }) => {
      const filled = (text: string) => fillMessage(text, from.values, from.launch);
      return { said: filled(say), ...(keep && { keep: filled(keep) }), ...(file && { file }) };
    });
}

/** Whether a release has all flags and reads all variables that an advice names, as `--flag` and `NAME=value`. */
export function canFollow(advice: string, release: Release, catalogue: Catalogue): boolean {
  const flags = advice.match(/--[a-z]\w*/g) ?? [];
  const variables = advice.match(/\b[A-Z][A-Z0-9_]+(?==)/g) ?? [];
  return (
    flags.every((flag) => release.byName.has(flag)) &&
    variables.every((name) => {
      const known = environmentVariable(catalogue, name);
      return known === undefined || isReadBy(known, release);
    })
  );
}

/** Whether a change concerns a launch; undefined if that depends on an unknown value. */
function concerns({ if: condition }: ReportedChange, { values }: Departure): boolean | undefined {
  if (condition === undefined) return true;
  try {
    const holds = truth(expression(condition).evaluate(values));
    return typeof holds === "boolean" ? holds : undefined;
  } catch (error) {
    if (error instanceof PythonError) return false;
    throw error;
  }
}
