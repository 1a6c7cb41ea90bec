/** PD masters with their prefill and decode nodes. */
import { addressIn, isEveryAddress, isOtherMachine, isSameAddress } from "./addresses";
import type { LaunchGroup, Member } from "./deployment";
import { factsOf } from "./launch-facts";
import { isNode, masterOf, roleOf, usesConfigServer } from "./links";

/** Masters that hand requests to the same nodes. */
export interface PdGroup {
  readonly masters: readonly Member[];
  readonly nodes: readonly Member[];
}

/** The masters of a group with the nodes that certainly are theirs. */
export function pdGroupsOf({ members }: LaunchGroup): readonly PdGroup[] {
  const masters = members.filter((member) => roleOf(member) === "pd_master");
  const nodes = members.filter(isNode);
  const alone = masters.filter((master) => !usesConfigServer(master));
  const named = nodes.filter((node) => masterOf(node) !== undefined || !usesConfigServer(node));
  const registered = {
    masters: masters.filter(usesConfigServer),
    nodes: nodes.filter(usesConfigServer),
  };
  if (alone.length <= 1)
    return [{ masters: alone, nodes: named }, registered].filter((one) => one.nodes.length > 0);
  const groups = alone.map((master) => ({
    masters: [master],
    nodes: named.filter((node) => isMasterOf(master, node)),
  }));
  return [...groups, registered].filter((one) => one.nodes.length > 0);
}

/** Whether a node certainly names a master. */
function isMasterOf(master: Member, node: Member): boolean {
  const [called, listening] = [masterOf(node), addressIn(master, "host")];
  const samePort = factsOf(node).value("pd_master_port") === factsOf(master).value("port");
  if (!samePort || isOtherMachine(called, listening)) return false;
  return isSameAddress(called, listening) || isEveryAddress(listening?.text);
}
