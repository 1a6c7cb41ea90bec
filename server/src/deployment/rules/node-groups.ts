/** The nodes of one server: each rank once, and the same model, group and flags on all. */
import { writtenName } from "../../judgement/rules/rule";
import { headOf, type Span } from "../../launch/launch";
import { say } from "../../messages";
import { addressIn, isOtherMachine, isSameAddress } from "../addresses";
import { clashOf, differencesIn } from "../agreement";
import { allCopiesOf, copiesOf, loopCopiesOf, otherPodIn, ranksOf } from "../copies";
import type { LaunchGroup, Member, Remedy } from "../deployment";
import { factsOf } from "../launch-facts";
import { areRanks, linkedGroups, meetAtOnePlace, nodeCount, rankOf, roleOf } from "../links";
import { likeOther, setTo } from "../remedies";
import type { Clash, DeploymentRulesIn } from "./deployment-rule";

/** The nodes of the servers of a group; none where it is not clear which nodes make a server. */
function serversOf({ members }: LaunchGroup): readonly (readonly Member[])[] {
  const byKind = new Map<string, Member[]>();
  for (const member of members) {
    const nodes = nodeCount(member);
    if (nodes === undefined) continue;
    const key = `${nodes} ${roleOf(member)}`;
    const own = byKind.get(key);
    if (own) own.push(member);
    else byKind.set(key, [member]);
  }
  return [...byKind.values()].flatMap((nodes) => {
    const [first] = nodes;
    const count = Number((first && nodeCount(first)) ?? 0n);
    const sets = nodes.length <= count ? [nodes] : linkedGroups(nodes, areRanks);
    return sets.filter((own) => own.length > 1 && own.length <= count);
  });
}

/** A launch that is started on several nodes, and gives itself the same rank on each. */
function* rankRepeated({ members: [member, ...others] }: LaunchGroup): Generator<Clash<never>> {
  if (!member) return;
  for (const one of [member, ...others])
    if (nodeCount(one) !== undefined && (others.length === 0 || copiesOf(one))) yield* repeated(one);
}

function* repeated(member: Member): Generator<Clash<never>> {
  const rank = rankOf(member);
  if (rank === undefined) return;
  const flag = writtenName("--node_rank", member.launch.launch);
  yield {
    member,
    span: factsOf(member).placeOf("node_rank"),
    flag: "--node_rank",
    message: say("deployment.rank-repeated", { flag, rank: String(rank) }),
    others: [],
  };
}

function* rankTwice(group: LaunchGroup): Generator<Clash<never>> {
  yield* rankRepeated(group);
  for (const nodes of serversOf(group)) {
    const byRank = new Map<bigint, Member>();
    for (const member of nodes) {
      for (const rank of ranksOf(member) ?? []) {
        const before = byRank.get(rank);
        if (!before) byRank.set(rank, member);
        else if (before !== member) yield twice(rank, before, member, nodes);
      }
    }
  }
}

/** Two nodes with one rank; of one that counts its rank and one that writes it, the latter is wrong. */
function twice(rank: bigint, before: Member, after: Member, nodes: readonly Member[]): Clash<never> {
  const [member, other] = rankOf(after) === undefined ? [before, after] : [after, before];
  const flag = writtenName("--node_rank", member.launch.launch);
  return {
    member,
    span: factsOf(member).placeOf("node_rank"),
    flag: "--node_rank",
    message: say("deployment.rank-twice", { flag, rank: String(rank), count: nodes.length }),
    others: [
      {
        member: other,
        span: factsOf(other).placeOf("node_rank"),
        message: say("deployment.same-rank", { rank: String(rank) }),
      },
    ],
    remedies: () => freeRank(member, nodes),
  };
}

/** The first rank that no node has, if the ranks of all others are known. */
function freeRank(member: Member, nodes: readonly Member[]): Remedy[] {
  const others = nodes.filter((one) => one !== member).map(ranksOf);
  if (others.includes(undefined)) return [];
  const used = others.flatMap((ranks) => ranks ?? []);
  let free = 0n;
  while (used.includes(free)) free++;
  return free < (nodeCount(member) ?? 0n) ? setTo(member, "node_rank", free, [String(free)]) : [];
}

function* nodesDisagree(group: LaunchGroup): Generator<Clash<never>> {
  for (const nodes of serversOf(group)) {
    yield* otherGroupOf(nodes);
    yield* notTheFirst(nodes);
    const [first] = nodes;
    for (const agreement of (first && factsOf(first).facts.agree.nodes) ?? [])
      for (const difference of differencesIn(nodes, agreement))
        yield clashOf(difference, (shown) => say("deployment.nodes-disagree", shown), nodes.length === 2);
    yield* otherMode(nodes);
  }
}

/** Nodes that look for the first one at another address. */
function* otherGroupOf(nodes: readonly Member[]): Generator<Clash<never>> {
  const counts = new Map<string, Member[]>();
  for (const member of nodes) {
    const text = addressIn(member, "nccl_host")?.text;
    if (text === undefined) continue;
    const own = counts.get(text);
    if (own) own.push(member);
    else counts.set(text, [member]);
  }
  const zero = nodes.find((member) => rankOf(member) === 0n);
  const [[, most] = []] = [...counts].sort(
    ([, a], [, b]) =>
      b.length - a.length || Number(b.includes(zero as Member)) - Number(a.includes(zero as Member)),
  );
  const [other] = most ?? [];
  if (!other) return;
  for (const member of nodes) {
    const [called, same] = [addressIn(member, "nccl_host"), addressIn(other, "nccl_host")];
    if (!isOtherMachine(called, same)) continue;
    yield clashOf(
      { member, other, flag: "nccl_host" },
      (shown) => say("deployment.nodes-disagree", shown),
      nodes.length === 2,
    );
  }
}

/** Nodes that all look for node 0 at the address of another node. */
function* notTheFirst(nodes: readonly Member[]): Generator<Clash<never>> {
  const zero = nodes.find((one) => rankOf(one) === 0n);
  const listening = zero && addressIn(zero, "host");
  const called = zero && addressIn(zero, "nccl_host");
  if (!zero || !isOtherMachine(called, listening)) return;
  const other = nodes.find((one) => one !== zero && isSameAddress(addressIn(one, "host"), called));
  if (!other || nodes.some((one) => !isSameAddress(addressIn(one, "nccl_host"), called))) return;
  const flag = writtenName("--nccl_host", zero.launch.launch);
  yield {
    member: zero,
    span: factsOf(zero).placeOf("nccl_host"),
    flag: "--nccl_host",
    message: say("deployment.not-first-node", {
      flag,
      value: called?.text ?? "",
      rank: String(rankOf(other) ?? "?"),
    }),
    others: [
      {
        member: other,
        span: factsOf(other).placeOf("host"),
        message: say("deployment.is-here", {
          flag: writtenName("--host", other.launch.launch),
          value: called?.text ?? "",
        }),
      },
    ],
  };
}

const MOE_MODE = "MOE_MODE";
/** What LightLLM takes if the variable is not set: `os.getenv("MOE_MODE", "TP")`. */
const USUAL_MODE = "TP";

/** Nodes with another value of the variable that chose the mode of the experts before it was a flag. */
function* otherMode(nodes: readonly Member[]): Generator<Clash<never>> {
  const modes = nodes.flatMap((member) => modeOf(member) ?? []);
  const first = modes.find(({ isWritten }) => isWritten);
  for (const one of modes) {
    if (!first || one.text === first.text) continue;
    const value = one.isWritten ? one.text : say("deployment.value-default", { value: one.text });
    yield {
      member: one.member,
      span: one.span,
      message: say("deployment.nodes-disagree", { flag: MOE_MODE, value, other: first.text }),
      others: [
        {
          member: first.member,
          span: first.span,
          message: say("deployment.is-here", { flag: MOE_MODE, value: first.text }),
        },
      ],
    };
  }
}

/** The mode of a node: as its text sets it, else the usual one; undefined if something that is not read may set it. */
function modeOf(member: Member) {
  const { release, launch } = member.launch;
  if (release.byName.has("--enable_ep_moe")) return undefined;
  const variable = launch.environment.findLast(({ name }) => name === MOE_MODE);
  if (variable) {
    const { text } = variable.value;
    return text === undefined ? undefined : { member, text, span: variable.nameSpan, isWritten: true };
  }
  if (launch.invocation?.site?.hasUnknownVariables) return undefined;
  return { member, text: USUAL_MODE, span: headOf(launch), isWritten: false };
}

/** A number of nodes that differs between launches that look for each other at the same place. */
function* otherCount({ members }: LaunchGroup): Generator<Clash<never>> {
  const nodes = members.filter((member) => nodeCount(member) !== undefined);
  for (const own of linkedGroups(nodes, meetAtOnePlace)) {
    const [first] = own;
    const ranks = new Set(own.map((one) => rankOf(one) ?? one));
    if (!first || ranks.size < own.length) continue;
    for (const member of own) {
      if (nodeCount(member) === nodeCount(first)) continue;
      yield {
        ...clashOf({ member, other: first, flag: "nnodes" }, (shown) =>
          say("deployment.nodes-disagree", shown),
        ),
        remedies: () => [...likeOther(member, first, "nnodes"), ...likeOther(first, member, "nnodes")],
      };
    }
  }
}

/** A number of nodes that is not that of the pods or tasks that are started. */
function* otherSize({ members }: LaunchGroup): Generator<Clash<never>> {
  for (const member of members) {
    const copies = allCopiesOf(member);
    const nodes = nodeCount(member);
    if (!copies || nodes === undefined) continue;
    const { span, isLiteral } = copies.count;
    const value = copies.count.value + (copies.first ?? 0);
    if (Number(nodes) === value) continue;
    const isLoop = copies.count === loopCopiesOf(member)?.count;
    // The other nodes may be started beside the loop.
    if (isLoop && members.some((one) => one !== member && nodeCount(one) !== undefined)) continue;
    const kind = isLoop ? "round" : member.launch.launch.invocation?.site?.kind === "job" ? "task" : "other";
    yield {
      member,
      span: factsOf(member).placeOf("nnodes"),
      flag: "--nnodes",
      message: say("deployment.other-size", {
        flag: writtenName("--nnodes", member.launch.launch),
        nodes: String(nodes),
        copies: value,
        kind,
      }),
      others: [{ member, span, message: say("deployment.size-here", { kind }) }],
      remedies: () => [
        ...(value > 1 ? setTo(member, "nnodes", BigInt(value), [String(value)]) : []),
        ...(isLiteral && kind !== "round" ? [asManyAs(nodes, span, kind, member)] : []),
      ],
    };
  }
}

/** The change that starts as many copies as there are nodes. */
function asManyAs(nodes: bigint, span: Span, kind: "task" | "other", member: Member): Remedy {
  const title = say("deployment.start-copies", { count: Number(nodes), kind });
  return { title, kind: "choice", member, changes: [], edits: [{ span, newText: String(nodes) }] };
}

/** Pods that look for node 0 in the pod of another node. */
function* otherPod({ members }: LaunchGroup): Generator<Clash<never>> {
  for (const member of members) {
    const { pod, pods } = (nodeCount(member) !== undefined && otherPodIn(member)) || {};
    const called = addressIn(member, "nccl_host")?.text;
    if (pod === undefined || !pods || called === undefined) continue;
    const first = pods.first.value;
    const right = `${first}${called.slice(pod.length)}`;
    const flag = writtenName("--nccl_host", member.launch.launch);
    yield {
      member,
      span: factsOf(member).placeOf("nccl_host"),
      flag: "--nccl_host",
      message: say("deployment.other-pod", { flag, pod, first }),
      others: [{ member, span: pods.first.span, message: say("deployment.pods-here", { first }) }],
      remedies: () => setTo(member, "nccl_host", right, [right]),
    };
  }
}

function* nodesDisagreeInAll(group: LaunchGroup): Generator<Clash<never>> {
  yield* otherPod(group);
  yield* otherSize(group);
  yield* otherCount(group);
  yield* nodesDisagree(group);
}

export const rules = {
  "node-rank-twice": rankTwice,
  "nodes-disagree": nodesDisagreeInAll,
} satisfies DeploymentRulesIn<"deployment/rules/node-groups.ts">;
