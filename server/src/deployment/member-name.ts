/** How a message names a launch of a deployment. */
import { say } from "../messages";
import type { Member } from "./deployment";
import { nodeCount, rankOf, roleOf } from "./links";

/** A launch by its rank or role, and by its name if it has one. */
export function nameOfMember(member: Member): string {
  const { name } = member.launch.launch;
  if (name !== undefined) return say("deployment.launch-named", { name });
  const rank = nodeCount(member) === undefined ? undefined : rankOf(member);
  if (rank !== undefined) return say("deployment.launch-node", { rank: String(rank) });
  switch (roleOf(member)) {
    case "prefill":
      return say("deployment.launch-prefill");
    case "decode":
      return say("deployment.launch-decode");
    case "pd_master":
      return say("deployment.launch-master");
    case "config_server":
      return say("deployment.launch-config-server");
    default:
      return say("deployment.launch-other");
  }
}
