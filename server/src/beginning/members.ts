/** The launches of a purpose: their names, and the addresses at which they reach each other. */
import type { Given } from "../service";
import { beginningFacts, type Role } from "./purposes";
import type { BeginningRequest } from "./request";

export interface Planned {
  readonly role: Role;
  /** Among those of its role, from 1. */
  readonly number: number;
  /** Unique in the deployment. */
  readonly name: string;
  readonly address: string;
}

const DEFAULT_COUNT = 2;
/** The network of the example addresses, and the first of them. */
const EXAMPLES = "10.0.0.";
const FIRST_EXAMPLE = 10;

/** The launches of a request, in the order in which they are started. */
export function membersOf(request: BeginningRequest): readonly Planned[] {
  const { purpose, nodes = DEFAULT_COUNT, masters = DEFAULT_COUNT } = request;
  const counts: Partial<Record<Role, number>> = {
    node: nodes,
    "pd-master": purpose === "pd-masters" ? masters : 1,
  };
  const named = beginningFacts().purposes[purpose].launches.flatMap((role) => {
    const count = counts[role] ?? 1;
    return Array.from({ length: count }, (_, at) => ({
      role,
      number: at + 1,
      name: nameOf(role, at, count, request),
    }));
  });
  return named.map((member, at) => ({ ...member, address: addressOf(member.name, at, request) }));
}

function nameOf(role: Role, at: number, count: number, request: BeginningRequest): string {
  if (role === "server") return slugOf(request);
  if (role === "node") return `node-${at}`;
  return count === 1 ? role : `${role}-${at + 1}`;
}

/** Pods have names; machines have addresses. */
function addressOf(name: string, at: number, { format, hosts }: BeginningRequest): string {
  return hasNames(format) ? name : (hosts?.[at] ?? `${EXAMPLES}${FIRST_EXAMPLE + at}`);
}

/** Whether launches of a format reach each other by their names. */
export function hasNames(format: BeginningRequest["format"]): boolean {
  return format === "kubernetes";
}

/** Whether the files have addresses that nobody gave. */
export function hasExampleAddresses(request: BeginningRequest, members: readonly Planned[]): boolean {
  return members.length > 1 && !hasNames(request.format) && request.hosts === undefined;
}

/** The name of the model for people: the last part of its path or name. */
export function shownModel({ model }: BeginningRequest): string {
  const path = model.publicName ?? model.folder;
  return (
    path
      .replace(/[\\/]+$/, "")
      .split(/[\\/]/)
      .at(-1) || "model"
  );
}

/** The name of the model in names of files and services. */
export function slugOf(request: BeginningRequest): string {
  const plain = shownModel(request)
    .toLowerCase()
    .replace(/[^a-z\d.]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
  return plain || "model";
}

/** The names of expressions that say what was asked about a launch. */
export function askedNames(
  request: BeginningRequest,
  members: readonly Planned[],
  member: Planned,
): Readonly<Record<string, Given>> {
  const first = (role: Role) => members.find((one) => one.role === role)?.address ?? null;
  const { role, number, address } = member;
  const isItself = role === "config-server" && hasNames(request.format);
  return {
    role,
    number,
    mode: role.replace("-", "_"),
    here: address,
    purpose: request.purpose,
    nodes: members.filter((one) => one.role === "node").length,
    first: first("node"),
    master: first("pd-master"),
    config_server: isItself ? "0.0.0.0" : first("config-server"),
    no_proxy: [...new Set([...members.map((one) => one.address), "127.0.0.1", "localhost"])].join(","),
    network: hasNames(request.format),
    model_name: shownModel(request).toLowerCase(),
    folder: request.model.folder,
  };
}
