/** The findings between launches that are shown in a document. */
import type { LaunchDocument } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import type { Deployment, DeploymentFinding } from "../../deployment/deployment";
import { say } from "../../messages";
import { fileNameOf } from "./rows";

/** What is known about deployments when a document is asked about. */
export interface DeploymentOptions {
  /** The deployments of its launches. */
  readonly deployments?: readonly Deployment[] | undefined;
  /**
   * Whether a document is open in the editor. A finding in a document that is not is shown at its other place. If
   * absent, each finding is shown at its own place only.
   */
  readonly isOpen?: ((uri: string) => boolean) | undefined;
}

/** A finding as it is shown in a document. */
export interface BetweenLaunches {
  readonly deployment: Deployment;
  /** The finding of the deployment. */
  readonly finding: DeploymentFinding;
  /** The same at its place in the document. */
  readonly shown: DeploymentFinding;
}

/** The findings of deployments to show in a document. */
export function betweenLaunches(
  launchDocument: LaunchDocument,
  { deployments = [], isOpen = () => true }: DeploymentOptions,
): BetweenLaunches[] {
  return deployments.flatMap((deployment) =>
    deployment.findings.flatMap((finding): BetweenLaunches[] => {
      if (finding.member.document === launchDocument) return [{ deployment, finding, shown: finding }];
      const { uri } = finding.member.document.document;
      const other = finding.others.find(({ member }) => member.document === launchDocument);
      if (!other || isOpen(uri)) return [];
      const { member, span, message } = finding;
      const shown = {
        ...finding,
        member: other.member,
        span: other.span,
        message: say("deployment.elsewhere", { file: fileNameOf(uri), message }),
        others: [{ member, span, message }],
      };
      return [{ deployment, finding, shown }];
    }),
  );
}

/** The findings between launches to show at a launch. */
export function betweenAt(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  options: DeploymentOptions,
): readonly DeploymentFinding[] {
  return betweenLaunches(launchDocument, options)
    .map(({ shown }) => shown)
    .filter(({ member }) => member.launch === judged);
}
