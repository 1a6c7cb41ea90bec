/** Problems of one launch, for counters and navigation. */
import type { Severity } from "../catalogue/rule-facts";
import { type Finding, inTextOrder } from "../judgement/finding";
import { isSwitchedOff } from "../launch/directives";
import { say } from "../messages";
import { isShown } from "./begun-launch";
import type { LaunchDocument } from "./document";
import type { JudgedLaunch } from "./judge-file";
import { findingsAbout } from "./reported-findings";

/** The severities that count as problems, worst first. */
const WEIGHTS = ["error", "warning"] as const satisfies readonly Severity[];

/**
 * The problems of a launch that are shown: of one that is only begun, not what it lacks.
 *
 * @param between what is wrong between it and other launches.
 */
export function shownProblems(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  between: readonly Finding[] = [],
): Finding[] {
  return problemsOf(launchDocument, judged, between).filter((finding) => isShown(launchDocument, finding));
}

/** The errors and then the warnings of a launch, both in text order, shown or not. */
export function problemsOf(
  launchDocument: LaunchDocument,
  { launch }: JudgedLaunch,
  between: readonly Finding[] = [],
): Finding[] {
  const own = [...findingsAbout(launchDocument, launch), ...between].sort(inTextOrder);
  return WEIGHTS.flatMap((weight) => own.filter(({ severity }) => severity === weight));
}

/** `2 errors, 1 warning`; if checks are off, it does not claim that there are none. */
export function countProblems(launchDocument: LaunchDocument, problems: readonly Finding[]): string {
  if (isSwitchedOff(launchDocument.directives)) return say("problems.not-checked");
  const [errors = 0, warnings = 0] = WEIGHTS.map(
    (weight) => problems.filter(({ severity }) => severity === weight).length,
  );
  if (errors === 0 && warnings === 0) return say("problems.none");
  return say("problems.count", { errors, separator: errors > 0 && warnings > 0 ? ", " : "", warnings });
}
