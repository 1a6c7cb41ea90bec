/** A deployment with another text for one of its documents. */
import type { LaunchDocument } from "../analysis/document";
import type { Deployment, Member } from "./deployment";
import { judgeDeployment } from "./judge-deployment";

/** The same deployment, judged with a changed document that has the same launches. */
export function withChanged(
  deployment: Deployment,
  before: LaunchDocument,
  after: LaunchDocument,
): Deployment {
  const members = deployment.members.map((member): Member => {
    const launch = after.launches[member.index];
    return member.document === before && launch ? { document: after, launch, index: member.index } : member;
  });
  return judgeDeployment({ ...deployment, members });
}
