/** Launches that are shown as one of several choices, and not started beside each other. */
import { addressIn } from "./addresses";
import type { Member } from "./deployment";
import { factsOf } from "./launch-facts";
import { areRanks, linkedGroups, meetAtOnePlace, nodeCount, rankOf, roleOf } from "./links";
import { startedTogether } from "./together";

/** Flags in which the nodes of one server differ. */
const OWN_OF_NODE: ReadonlySet<string> = new Set(["node_rank", "host", "port"]);

/**
 * Linked launches as groups that can each run as a whole: a page or a folder may show the same node twice, in two
 * variants. What is there twice belongs to no group.
 */
export function withoutVariants(linked: readonly Member[]): readonly (readonly Member[])[] {
  const ranks = linkedGroups(
    linked.filter((member) => nodeCount(member) !== undefined),
    (a, b) => areRanks(a, b) || meetAtOnePlace(a, b),
  );
  const sets = ranks.flatMap(rankSets);
  const ofNodes = new Set(ranks.flat());
  const others = withoutTwins(linked.filter((member) => !ofNodes.has(member)));
  if (others.length === 0) return sets;
  // Several variants of one server of several nodes: which of them the others mean is not known.
  const only = sets.length === 1 ? sets : [];
  const order = new Map(linked.map((member, index) => [member, index]));
  const whole = [...others, ...only.flat()].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return [whole, ...(sets.length > 1 ? sets : [])];
}

/** The ranks of one server, or of several variants of it. */
function rankSets(ranks: readonly Member[]): readonly (readonly Member[])[] {
  const nodes = Math.max(...ranks.map(nodesOf));
  const bySignature = new Map<string, Member[]>();
  for (const member of ranks) {
    const key = signatureOfNode(member);
    const same = bySignature.get(key);
    if (same) same.push(member);
    else bySignature.set(key, [member]);
  }
  const whole = [...bySignature.values()].filter(
    ([first, ...others]) => first && 1 + others.length === nodesOf(first),
  );
  if (whole.length > 0 && (ranks.length > nodes || bySignature.size === whole.length)) return whole;
  const isClear =
    ranks.length <= nodes && new Set(ranks.map((one) => rankOf(one) ?? one)).size === ranks.length;
  return isClear ? [ranks] : [];
}

function nodesOf(member: Member): number {
  return Number(nodeCount(member) ?? 0n);
}

/** All that a launch gives, without what differs between nodes. */
function signatureOfNode(member: Member): string {
  return JSON.stringify(
    factsOf(member)
      .given.filter(({ flag }) => !OWN_OF_NODE.has(flag.key))
      .map(({ flag, words }) => [flag.key, ...words.map(({ text, source }) => text ?? [source])])
      .sort(([a = ""], [b = ""]) => (String(a) < String(b) ? -1 : 1)),
  );
}

/** Without launches of the same role at the same place, unless they certainly run at once. */
function withoutTwins(members: readonly Member[]): readonly Member[] {
  const byPlace = new Map<string, Member[]>();
  for (const member of members) {
    const place = `${roleOf(member)} ${addressIn(member, "host")?.key} ${String(factsOf(member).value("port"))}`;
    const own = byPlace.get(place);
    if (own) own.push(member);
    else byPlace.set(place, [member]);
  }
  return members.filter((member) => {
    const twins = [...byPlace.values()].find((own) => own.includes(member)) ?? [];
    return twins.every((other) => other === member || startedTogether(member, other));
  });
}
