/** What behaves differently after a boundary between two releases and no change of the launch can keep. */
import type { ReportedChange } from "../../catalogue/move-facts";
import { expression } from "../../python/expression";
import { PythonError, truth } from "../../python/values";
import { fillMessage } from "../rules/message";
import type { Departure } from "./departure";

/** A difference to report. */
export interface BehaviourDifference {
  /** A sentence or two. */
  readonly said: string;
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
      const texts = [say, keep].flatMap((text) =>
        text ? [fillMessage(text, from.values, from.launch)] : [],
      );
      return { said: texts.join(" "), ...(file && { file }) };
    });
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
