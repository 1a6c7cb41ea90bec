/** The fixes of findings between launches; each is tested by judging the deployment again. */

import { isReadAlike, withText } from "../analysis/document";
import { editsOfChange } from "../edits/change-edits";
import { keepsAround } from "../edits/kept-around";
import { apart, applyEdits } from "../edits/text-edits";
import type { Finding } from "../judgement/finding";
import type { TextChange } from "../launch/launch";
import { withChanged } from "./changed-deployment";
import {
  builtImageOf,
  type Deployment,
  type DeploymentFinding,
  type DeploymentFix,
  type Member,
  type Remedy,
} from "./deployment";

/**
 * How many launches may be read to test the fixes of a deployment, where each test reads all of them. Deployments that
 * people write need far fewer; a script of hundreds of equal launches offers fixes for its first findings only.
 */
const MOST_READ = 4_000;

const tested = new WeakMap<DeploymentFinding, readonly DeploymentFix[]>();

/** The fixes of a finding that help, the most likely first; none for a finding whose test would cost too much. */
export function deploymentFixes(
  deployment: Deployment,
  finding: DeploymentFinding,
): readonly DeploymentFix[] {
  const before = tested.get(finding);
  if (before) return before;
  const fixes: DeploymentFix[] = [];
  const isAmongFirst = deployment.findings.indexOf(finding) * deployment.members.length < MOST_READ;
  for (const remedy of isAmongFirst ? finding.remedies() : []) {
    const edits = editsOf(remedy);
    if (edits.length === 0 || !helps(deployment, finding, remedy.member, edits)) continue;
    const { title, kind, member } = remedy;
    const isFirst = !fixes.some(({ preferred }) => preferred);
    fixes.push({
      title,
      kind,
      preferred: isFirst && kind !== "stand-in",
      edits: [{ document: member.document, edits }],
    });
  }
  tested.set(finding, fixes);
  return fixes;
}

/** The edits of a remedy; none if a part of it cannot be written. */
function editsOf({ member, changes, edits: around = [] }: Remedy): readonly TextChange[] {
  const { document, launch } = member;
  const { notation, file, catalogue } = document;
  // The words of an image's launch are in another file.
  if (changes.length > 0 && builtImageOf(member)) return [];
  const each = changes.map((change) =>
    "variable" in change || "name" in change
      ? notation.writeVariable(file.text, launch.launch, change)
      : editsOfChange(notation, file.text, launch.launch, change, catalogue),
  );
  const edits = [...each.flat(), ...around];
  const meet = edits.some((edit, at) => edits.slice(at + 1).some((other) => !apart(edit.span, other.span)));
  return meet || each.some((one) => one.length === 0) ? [] : edits;
}

/** Whether edits of a document solve a finding, and bring no new error into any launch of the deployment. */
function helps(
  deployment: Deployment,
  finding: DeploymentFinding,
  { document }: Member,
  edits: readonly TextChange[],
): boolean {
  const changed = withText(document, applyEdits(document.file.text, edits));
  const { text } = changed.file;
  if (changed.launches.length !== document.launches.length || !isReadAlike(document, text)) return false;
  if (!keepsAround(document.notation, document.file.text, text, edits)) return false;
  const sameFindings = changed.launches.every(
    (launch, index) =>
      !hasMore(errorsOf(document.launches[index]?.findings ?? []), errorsOf(launch.findings)),
  );
  if (!sameFindings) return false;
  const after = withChanged(deployment, document, changed);
  const was = deployment.findings;
  return (
    !hasMore(errorsOf(was), errorsOf(after.findings)) &&
    after.findings.filter(({ code }) => code === finding.code).length <
      was.filter(({ code }) => code === finding.code).length
  );
}

/** The number of errors by code. */
function errorsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const errors = new Map<string, number>();
  for (const { code, severity } of findings)
    if (severity === "error") errors.set(code, (errors.get(code) ?? 0) + 1);
  return errors;
}

function hasMore(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): boolean {
  return [...after].some(([code, count]) => count > (before.get(code) ?? 0));
}
