/** What a migration of the launches of a document breaks between them, because each keeps values of its own. */
import { type LaunchDocument, withText } from "../../analysis/document";
import type { Release } from "../../catalogue";
import type { Deployment, DeploymentFinding } from "../../deployment/deployment";
import { deploymentFixes } from "../../deployment/deployment-fixes";
import { deploymentsAmong } from "../../deployment/group";
import type { TextChange } from "../../launch/launch";

/** A finding between migrated launches that they did not have before. */
export interface NewBetween {
  readonly finding: DeploymentFinding;
  /** Index of the launch that it is at. */
  readonly index: number;
  /** The preferred fix, if it is an error and changes only this document. */
  readonly fix?: { readonly title: string; readonly edits: readonly TextChange[] };
}

/** A document as its text is after a migration, judged by the release of the migration. */
export function judgedAfter(before: LaunchDocument, text: string, to: Release): LaunchDocument {
  return withText({ ...before, settings: { ...before.settings, fixed: to } }, text);
}

/** The findings of deployments that others do not have: another rule, flag or launch. */
export function newFindings(
  before: readonly Deployment[],
  after: readonly Deployment[],
): readonly DeploymentFinding[] {
  const known = new Set(before.flatMap(({ findings }) => findings.map(keyOf)));
  return after.flatMap(({ findings }) => findings).filter((finding) => !known.has(keyOf(finding)));
}

/** Findings between the launches of a text, judged by a release, that the document does not have itself. */
export function newBetween(before: LaunchDocument, text: string, to: Release): readonly NewBetween[] {
  if (before.launches.length < 2) return [];
  const known = new Set(findingsIn(before).map(({ finding }) => keyOf(finding)));
  const after = judgedAfter(before, text, to);
  return findingsIn(after)
    .filter(({ finding }) => !known.has(keyOf(finding)))
    .map(({ finding, deployment }) => {
      const fixes = finding.effect === "fails-later" ? deploymentFixes(deployment, finding) : [];
      const preferred = fixes.find((one) => one.preferred);
      const edits = preferred?.edits.every(({ document }) => document === after)
        ? preferred.edits.flatMap((one) => one.edits)
        : [];
      return {
        finding,
        index: finding.member.index,
        ...(preferred && edits.length > 0 && { fix: { title: preferred.title, edits } }),
      };
    });
}

function findingsIn(document: LaunchDocument) {
  return deploymentsAmong([document]).flatMap((deployment) =>
    deployment.findings.map((finding) => ({ finding, deployment })),
  );
}

function keyOf({ code, flag, member }: DeploymentFinding): string {
  return `${code} ${flag ?? ""} ${member.index} ${member.document.document.uri}`;
}
