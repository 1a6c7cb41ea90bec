/** Launches that one text starts several times, each copy as one node of a server. */
import type { Word } from "../launch/launch";
import { type Origin, originsOf, partsOfWord } from "../launch/origin";
import type { Copies, PodNames } from "../launch/site";
import { addressIn } from "./addresses";
import type { Member } from "./deployment";
import { factsOf } from "./launch-facts";
import { nodeCount, rankOf } from "./links";

/** Variables with the number of a copy, from 0 on: of Slurm, a LeaderWorkerSet, an indexed Job, PyTorch's Job. */
const INDEX = /^(?:SLURM_PROCID|SLURM_NODEID|LWS_WORKER_INDEX|JOB_COMPLETION_INDEX|POD_INDEX)$/;

/** The number at the end of a StatefulSet's pod name. */
const END_OF_NAME = /^\$\{(?:HOSTNAME|POD_NAME)##\*-\}$/;

/** How often a launch is started as a node of one server, if that is certain. */
export function copiesOf(member: Member): Copies | undefined {
  const { copies } = member.launch.launch.invocation?.site ?? {};
  if (!copies || copies.count.value < 2) return undefined;
  // Replicas that meet at one written address are nodes of one server.
  return copies.isOneServer || addressIn(member, "nccl_host")?.text !== undefined ? copies : undefined;
}

/** How often a launch is started, if the copies are all nodes of one server: the text says so, or their ranks are 0, 1, … */
export function allCopiesOf(member: Member): Copies | undefined {
  const { copies } = member.launch.launch.invocation?.site ?? {};
  if (nodeCount(member) === undefined) return undefined;
  if (copies?.isWhole) return copies;
  const [rank] = factsOf(member).assignment("node_rank")?.words ?? [];
  return copies && isIndex(rank) ? copies : loopCopiesOf(member);
}

/** The rounds of the loop that starts a launch with its number as the rank. */
export function loopCopiesOf(member: Member): Copies | undefined {
  const { course = [] } = member.launch.launch;
  const at = course.findIndex(({ kind }) => kind === "loop");
  const { rounds } = course[at] ?? {};
  const isEach = course.slice(at + 1).every(({ kind }) => kind === "step" || kind === "script");
  const [rank] = factsOf(member).assignment("node_rank")?.words ?? [];
  if (!rounds || !isEach || !isIndex(rank, rounds.names)) return undefined;
  return { count: rounds.count, isOneServer: false, isWhole: false };
}

/** The ranks of all nodes that a launch starts; undefined if one is not known. */
export function ranksOf(member: Member): readonly bigint[] | undefined {
  const rank = rankOf(member);
  if (rank !== undefined) return [rank];
  const { copies } = member.launch.launch.invocation?.site ?? {};
  const [word] = factsOf(member).assignment("node_rank")?.words ?? [];
  const own = copies && isIndex(word) ? copies : loopCopiesOf(member);
  if (!own) return undefined;
  const { count, first = 0 } = own;
  // More copies than any server has nodes.
  if (count.value > 1000) return undefined;
  return Array.from({ length: count.value }, (_, at) => BigInt(first + at));
}

/** The pod that a launch names as that of node 0, if it is certainly the pod of another node. */
export function otherPodIn(member: Member): { readonly pod: string; readonly pods: PodNames } | undefined {
  const { pods } = member.launch.launch.invocation?.site?.copies ?? {};
  const [rank] = factsOf(member).assignment("node_rank")?.words ?? [];
  const [pod = ""] = addressIn(member, "nccl_host")?.text?.split(".") ?? [];
  if (!pods || !isIndex(rank) || pod === pods.first.value) return undefined;
  const isOther = pods.others.some((start) => pod.startsWith(start) && /^\d+$/.test(pod.slice(start.length)));
  return isOther ? { pod, pods } : undefined;
}

/** Whether a word is exactly the number of the copy. */
function isIndex(word: Word | undefined, names: readonly string[] = []): boolean {
  if (!word || word.text !== undefined) return false;
  const [only, another] = originsOf(word);
  const isWhole = partsOfWord(word).every((part) => part.kind !== "text");
  return only !== undefined && !another && isWhole && isIndexOrigin(only, names);
}

function isIndexOrigin(origin: Origin, names: readonly string[]): boolean {
  if (END_OF_NAME.test(origin.source)) return true;
  if (origin.from !== "variable") return false;
  if (names.includes(origin.name)) return true;
  const [value, another] = origin.value ?? [];
  return value ? !another && isIndexOrigin(value, names) : INDEX.test(origin.name);
}
