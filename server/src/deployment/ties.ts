/** What launches must share to be linked: only launches with a common tie are compared, so that many launches stay fast. */
import { addressIn } from "./addresses";
import type { Member } from "./deployment";
import { factsOf, type LaunchFacts } from "./launch-facts";
import { isNode, masterOf, nodeCount, roleOf, usesConfigServer } from "./links";

/** The ties of a launch. Two launches may be linked if they share one, or if one serves what the other calls. */
export interface Ties {
  readonly shared: readonly string[];
  readonly calls: readonly string[];
  readonly serves: readonly string[];
}

const known = new WeakMap<LaunchFacts, Ties>();

/** The ties that `areLinked` asks for. Cached. */
export function tiesOf(member: Member): Ties {
  const facts = factsOf(member);
  let ties = known.get(facts);
  if (!ties) {
    ties = findTies(member, facts);
    known.set(facts, ties);
  }
  return ties;
}

function findTies(member: Member, facts: LaunchFacts): Ties {
  const host = (flag: string) => addressIn(member, flag)?.key;
  const shared: string[] = [];
  const calls: string[] = [];
  const serves: string[] = [];
  if (nodeCount(member) !== undefined) {
    shared.push(`nccl ${host("nccl_host")}`);
    shared.push(`ranks ${String(facts.value("nccl_port"))} ${String(facts.value("model_dir"))}`);
  }
  const master = masterOf(member);
  if (master) {
    shared.push(`master ${master.key}`);
    if (facts.isGiven("pd_master_port")) calls.push(`port ${String(facts.value("pd_master_port"))}`);
  }
  if (!isNode(member) && roleOf(member) === "pd_master" && !usesConfigServer(member)) {
    shared.push(`master ${host("host")}`);
    serves.push(`port ${String(facts.value("port"))}`);
  }
  if (usesConfigServer(member)) shared.push(`config ${host("config_server_host")}`);
  return { shared, calls, serves };
}
