/** What launches must share to be linked: only launches with a common tie are compared, so that many launches stay fast. */
import { addressIn } from "./addresses";
import type { Member } from "./deployment";
import { factsOf, type LaunchFacts } from "./launch-facts";
import { areLinked, isNode, masterOf, nodeCount, roleOf, usesConfigServer } from "./links";

/** The ties of a launch. Two launches may be linked if they share one, or if one serves what the other calls. */
interface Ties {
  readonly shared: readonly string[];
  readonly calls: readonly string[];
  readonly serves: readonly string[];
}

const known = new WeakMap<LaunchFacts, Ties>();

/** The ties that `areLinked` asks for. Cached. */
function tiesOf(member: Member): Ties {
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

/**
 * Members in groups of those that are linked or in one part, directly or through others.
 *
 * @param partOf what a member belongs to; members of one part are in one group.
 */
export function groupsByTies(
  members: readonly Member[],
  partOf: (member: Member) => unknown,
): readonly (readonly Member[])[] {
  const near = new Map<Member, Set<Member>>(members.map((member) => [member, new Set()]));
  const meet = (a: Member, b: Member) => {
    if (a === b || near.get(a)?.has(b) || !(partOf(a) === partOf(b) || areLinked(a, b))) return;
    near.get(a)?.add(b);
    near.get(b)?.add(a);
  };
  const [sharing, calling, serving, parts] = [0, 1, 2, 3].map(() => new Map<unknown, Member[]>()) as [
    Map<unknown, Member[]>,
    Map<unknown, Member[]>,
    Map<unknown, Member[]>,
    Map<unknown, Member[]>,
  ];
  const put = (where: Map<unknown, Member[]>, key: unknown, member: Member) => {
    const own = where.get(key);
    if (own) own.push(member);
    else where.set(key, [member]);
  };
  for (const member of members) {
    const { shared, calls, serves } = tiesOf(member);
    for (const key of shared) put(sharing, key, member);
    for (const key of calls) put(calling, key, member);
    for (const key of serves) put(serving, key, member);
    put(parts, partOf(member), member);
  }
  for (const bucket of [...sharing.values(), ...parts.values()])
    for (const [index, a] of bucket.entries()) for (const b of bucket.slice(index + 1)) meet(a, b);
  for (const [key, callers] of calling)
    for (const server of serving.get(key) ?? []) for (const caller of callers) meet(server, caller);
  const seen = new Set<Member>();
  const groups: Member[][] = [];
  for (const member of members) {
    if (seen.has(member)) continue;
    const group = new Set([member]);
    for (const one of group) for (const other of near.get(one) ?? []) group.add(other);
    for (const one of group) seen.add(one);
    groups.push(members.filter((one) => group.has(one)));
  }
  return groups;
}
