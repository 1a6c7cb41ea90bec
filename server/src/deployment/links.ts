/** Launches that name each other: prefill and decode nodes with their PD master, ranks of one group. */
import {
  type Address,
  addressIn,
  isEveryAddress,
  isLoopback,
  isOtherMachine,
  isSameAddress,
} from "./addresses";
import type { Member } from "./deployment";
import { factsOf } from "./launch-facts";

/** What a launch is in a deployment: its run mode; undefined if that is not known. */
export function roleOf(member: Member): string | undefined {
  const mode = factsOf(member).value("run_mode");
  return typeof mode === "string" ? mode : undefined;
}

/** Whether it reads prompts or writes answers for a PD master. */
export function isNode(member: Member): boolean {
  const role = roleOf(member);
  return role === "prefill" || role === "decode";
}

/** Whether it finds PD masters, or registers, through a config server: it names both its host and its port. */
export function usesConfigServer(member: Member): boolean {
  const facts = factsOf(member);
  return facts.isGiven("config_server_host") && facts.isGiven("config_server_port");
}

/** The PD master that a node names itself. */
export function masterOf(member: Member): Address | undefined {
  return isNode(member) && !usesConfigServer(member) ? addressIn(member, "pd_master_ip") : undefined;
}

/** The number of nodes of a launch that is one of several; undefined if it is not, or if that is not known. */
export function nodeCount(member: Member): bigint | undefined {
  const count = factsOf(member).value("nnodes");
  return typeof count === "bigint" && count > 1n ? count : undefined;
}

/** The number of a launch among its nodes. */
export function rankOf(member: Member): bigint | undefined {
  const rank = factsOf(member).value("node_rank");
  return typeof rank === "bigint" ? rank : undefined;
}

/** Whether a launch can be linked to others at all. */
export function mayBeLinked(member: Member): boolean {
  return (
    isNode(member) ||
    roleOf(member) === "pd_master" ||
    usesConfigServer(member) ||
    nodeCount(member) !== undefined
  );
}

/** Whether two launches certainly belong together, because they name each other or the same third one. */
export function areLinked(a: Member, b: Member): boolean {
  return (
    areRanks(a, b) ||
    meetAtOnePlace(a, b) ||
    shareMaster(a, b) ||
    shareMaster(b, a) ||
    shareConfigServer(a, b)
  );
}

/** Whether two launches are nodes of one server. */
export function areRanks(a: Member, b: Member): boolean {
  const nodes = nodeCount(a);
  if (nodes === undefined || nodes !== nodeCount(b) || roleOf(a) !== roleOf(b)) return false;
  const [one, other] = [addressIn(a, "nccl_host"), addressIn(b, "nccl_host")];
  if (isSameAddress(one, other)) return !isLoopback(one?.text) || sameValue(a, b, "nccl_port");
  return sameValue(a, b, "nccl_port") && sameValue(a, b, "model_dir") && haveOtherRanks(a, b);
}

/** Whether two launches certainly have different ranks. */
function haveOtherRanks(a: Member, b: Member): boolean {
  const [one, other] = [rankOf(a), rankOf(b)];
  return one !== undefined && other !== undefined && one !== other;
}

/** Whether two nodes look for the others at the same address and port, however many each of them expects. */
export function meetAtOnePlace(a: Member, b: Member): boolean {
  if (nodeCount(a) === undefined || nodeCount(b) === undefined || roleOf(a) !== roleOf(b)) return false;
  const [one, other] = [addressIn(a, "nccl_host"), addressIn(b, "nccl_host")];
  return isSameAddress(one, other) && !isLoopback(one?.text) && sameValue(a, b, "nccl_port");
}

function sameValue(a: Member, b: Member, flag: string): boolean {
  const [one, other] = [factsOf(a).value(flag), factsOf(b).value(flag)];
  return (typeof one === "bigint" || typeof one === "string") && one === other;
}

/** Whether one is the PD master of the other, or both name the same one. */
function shareMaster(node: Member, other: Member): boolean {
  const called = masterOf(node);
  if (!called) return false;
  if (isNode(other)) {
    const same = masterOf(other);
    return (
      isSameAddress(called, same) && (!isLoopback(called.text) || sameValue(node, other, "pd_master_port"))
    );
  }
  if (roleOf(other) !== "pd_master" || usesConfigServer(other)) return false;
  const samePort = factsOf(node).value("pd_master_port") === factsOf(other).value("port");
  const listening = addressIn(other, "host");
  if (isSameAddress(called, listening)) return !isLoopback(called.text) || samePort;
  return samePort && factsOf(node).isGiven("pd_master_port") && !isOtherMachine(called, listening);
}

function shareConfigServer(a: Member, b: Member): boolean {
  if (!usesConfigServer(a) || !usesConfigServer(b)) return false;
  const [one, other] = [addressIn(a, "config_server_host"), addressIn(b, "config_server_host")];
  if (isSameAddress(one, other)) return true;
  const isServer = roleOf(a) === "config_server" || roleOf(b) === "config_server";
  const listensEverywhere = isEveryAddress(one?.text) || isEveryAddress(other?.text);
  return isServer && listensEverywhere && sameValue(a, b, "config_server_port");
}

/** Members in groups of those that are linked, directly or through others. */
export function linkedGroups(
  members: readonly Member[],
  linked: (a: Member, b: Member) => boolean = areLinked,
): readonly (readonly Member[])[] {
  const groups: Member[][] = [];
  for (const member of members) {
    const own = groups.filter((group) => group.some((other) => linked(other, member)));
    const [first] = own;
    if (!first) {
      groups.push([member]);
      continue;
    }
    first.push(member);
    for (const other of own.slice(1)) {
      first.push(...other);
      groups.splice(groups.indexOf(other), 1);
    }
  }
  const order = new Map(members.map((member, index) => [member, index]));
  return groups.map((group) => group.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)));
}
