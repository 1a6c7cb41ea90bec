/** What is wrong with one launch, for what counts and visits its problems. */
import { type Finding, type Severity, severityOf } from "../judgement/finding";
import { isSwitchedOff } from "../launch/directives";
import type { LaunchDocument } from "./document";
import { heardFindings } from "./heard-findings";
import type { JudgedLaunch } from "./judge-file";

/** The severities that are problems, the worst first. */
const WEIGHTS = ["error", "warning"] as const satisfies readonly Severity[];

/**
 * The errors and then the warnings of a launch, each in the order of the text.
 *
 * @param heard the findings of the document, for who asks about several launches.
 */
export function problemsOf(
  launchDocument: LaunchDocument,
  { launch }: JudgedLaunch,
  heard: readonly Finding[] = heardFindings(launchDocument),
): Finding[] {
  const { start, end } = launch.span;
  const own = heard.filter(({ launch: about, span }) =>
    about ? about === launch : start <= span.start && span.end <= end,
  );
  return WEIGHTS.flatMap((weight) => own.filter((finding) => severityOf(finding) === weight));
}

/** `2 errors, 1 warning`; what no one looked for is not said to be absent. */
export function countProblems(launchDocument: LaunchDocument, problems: readonly Finding[]): string {
  if (isSwitchedOff(launchDocument.directives)) return "not checked";
  const counts = WEIGHTS.flatMap((weight) => {
    const count = problems.filter((finding) => severityOf(finding) === weight).length;
    return count > 0 ? `${count} ${weight}${count === 1 ? "" : "s"}` : [];
  });
  return counts.join(", ") || "no problems";
}
