/**
 * Launches of one folder that no address links, but that make one whole deployment only together: node 1 of 2 whose
 * address of node 0 is wrong, the one decode node that names another machine than its PD master's.
 */
import { lastPartOf } from "./agreement";
import type { Member } from "./deployment";
import { factsOf } from "./launch-facts";
import { isNode, nodeCount, rankOf, roleOf, usesConfigServer } from "./links";

/** A part of a deployment: what it has of the whole, and what it has in common with the other parts. */
interface Part {
  readonly kind: string;
  readonly has: ReadonlySet<string>;
  /** The number of different parts of the whole. */
  readonly whole: number;
}

/** Sets of linked launches that are one deployment, because each has exactly what the others lack and no other set has it. */
export function completingSets<T>(
  sets: readonly T[],
  membersOf: (set: T) => readonly Member[],
): readonly (readonly T[])[] {
  const byKind = new Map<string, { set: T; part: Part }[]>();
  for (const set of sets) {
    const part = partOf(membersOf(set));
    if (!part) continue;
    const own = byKind.get(part.kind);
    if (own) own.push({ set, part });
    else byKind.set(part.kind, [{ set, part }]);
  }
  return [...byKind.values()].filter(isOneWhole).map((own) => own.map(({ set }) => set));
}

function isOneWhole(parts: readonly { readonly part: Part }[]): boolean {
  const all = parts.flatMap(({ part }) => [...part.has]);
  return parts.length > 1 && all.length === parts[0]?.part.whole && new Set(all).size === all.length;
}

const known = new WeakMap<readonly Member[], { readonly part: Part | undefined }>();

function partOf(members: readonly Member[]): Part | undefined {
  let found = known.get(members);
  if (!found) {
    found = { part: findPart(members) };
    known.set(members, found);
  }
  return found.part;
}

function findPart(members: readonly Member[]): Part | undefined {
  if (members.some(({ document }) => document.file.notation.purpose === "documentation")) return undefined;
  return ranksOf(members) ?? rolesOf(members);
}

/** Some of the nodes of one server. */
function ranksOf(members: readonly Member[]): Part | undefined {
  const kinds = new Set(
    members.map((one) => {
      const model = modelOf(one);
      const nodes = nodeCount(one);
      return nodes !== undefined && model !== undefined ? `${nodes} ${roleOf(one)} ${model}` : undefined;
    }),
  );
  const ranks = new Set(members.flatMap((one) => rankOf(one)?.toString() ?? []));
  const [kind] = kinds;
  const [first] = members;
  if (kinds.size !== 1 || kind === undefined || !first || ranks.size !== members.length) return undefined;
  return { kind: `nodes ${kind}`, has: ranks, whole: Number(nodeCount(first)) };
}

const PD_ROLES = ["pd_master", "prefill", "decode"];

/** Some of a PD master, its prefill and its decode nodes; or of those with a config server. */
function rolesOf(members: readonly Member[]): Part | undefined {
  const kinds = new Set(members.map(kindOfRole));
  const [kind] = kinds;
  if (kinds.size !== 1 || kind === undefined) return undefined;
  const has = new Set(members.flatMap((one) => roleOf(one) ?? []));
  return { kind, has, whole: kind.startsWith("pd ") ? PD_ROLES.length : PD_ROLES.length + 1 };
}

function kindOfRole(member: Member): string | undefined {
  const role = roleOf(member) ?? "";
  const facts = factsOf(member);
  if (role === "config_server" || (usesConfigServer(member) && PD_ROLES.includes(role))) {
    const port = facts.value("config_server_port");
    return typeof port === "bigint" ? `config ${port}` : undefined;
  }
  if (!PD_ROLES.includes(role) || nodeCount(member) !== undefined) return undefined;
  const port = facts.value(isNode(member) ? "pd_master_port" : "port");
  const model = modelOf(member);
  return typeof port === "bigint" && model !== undefined ? `pd ${port} ${model}` : undefined;
}

/** The name of the model's folder. */
function modelOf(member: Member): string | undefined {
  const folder = factsOf(member).value("model_dir");
  return typeof folder === "string" && folder !== "" ? lastPartOf(folder).toLowerCase() : undefined;
}
