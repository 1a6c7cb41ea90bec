/** A deployment with another text for one of its documents. */
import type { LaunchDocument } from "../analysis/document";
import { type Deployment, type Member, membersIn } from "./deployment";
import { judgeDeployment } from "./judge-deployment";

/** The same deployment, judged with a changed document that has the same launches. */
export function withChanged(
  deployment: Deployment,
  before: LaunchDocument,
  after: LaunchDocument,
): Deployment {
  const members = deployment.members.map((member): Member => {
    return member.document === before ? (membersIn(after)[member.index] ?? member) : member;
  });
  return judgeDeployment({ ...deployment, members });
}
