/** Which launches of a deployment certainly run on the same machine, and which of them share a network there. */
import type { RunPlace } from "../launch/invocation";
import { addressIn, isLoopback, isMachineAddress, variablesIn } from "./addresses";
import type { LaunchGroup, Member } from "./deployment";
import { isNode, masterOf, roleOf, usesConfigServer } from "./links";
import { isOneOrOther, startedTogether } from "./together";

/** Launches that run at the same time on one machine. */
export interface Machine {
  /** The machine for a reader: its address, or undefined if that is not known. */
  readonly address: string | undefined;
  readonly members: readonly Member[];
}

/** What launches share: the ports of one network, or the GPUs and published ports of one machine. */
export type Sharing = "network" | "hardware";

const found = new WeakMap<LaunchGroup, Map<Sharing, readonly Machine[]>>();

/** The machines of a group with more than one launch; cached. */
export function machinesOf(group: LaunchGroup, sharing: Sharing): readonly Machine[] {
  const known = found.get(group) ?? new Map<Sharing, readonly Machine[]>();
  found.set(group, known);
  const machines = known.get(sharing) ?? findMachines(group, sharing);
  known.set(sharing, machines);
  return machines;
}

/** Whether two launches on one machine certainly run there at the same time. */
export function runSideBySide(a: Member, b: Member): boolean {
  if (startedTogether(a, b)) return true;
  if (isOneOrOther(a, b)) return false;
  if (a.document !== b.document) return true;
  // A script that lists the launches of a deployment one after the other is for a reader, who starts each.
  return placeByAddress(a) !== undefined && placeByAddress(b) !== undefined;
}

function findMachines({ members }: LaunchGroup, sharing: Sharing): readonly Machine[] {
  const keys = new Map<string, Set<Member>>();
  const put = (key: string, member: Member) =>
    keys.set(key, (keys.get(key) ?? new Set<Member>()).add(member));
  for (const member of members) {
    const address = placeByAddress(member);
    if (address !== undefined) put(`at ${address}`, member);
    const place = placeInFile(member, members, sharing);
    if (place !== undefined) put(place, member);
    const other = sameMachineAs(member, members);
    if (other) {
      put(`with ${members.indexOf(other)}`, member);
      put(`with ${members.indexOf(other)}`, other);
    }
  }
  const sets = [...keys.values()].map((own) => new Set(own));
  // Sets with a common member are one machine.
  for (let at = 0; at < sets.length; at++) {
    for (let next = at + 1; next < sets.length; next++) {
      if (![...(sets[next] ?? [])].some((member) => sets[at]?.has(member))) continue;
      for (const member of sets[next] ?? []) sets[at]?.add(member);
      sets.splice(next, 1);
      next = at;
    }
  }
  return sets
    .filter(({ size }) => size > 1)
    .map((own) => ({
      address: [...own].map(placeByAddress).find((one) => one !== undefined),
      members: members.filter((member) => own.has(member)),
    }));
}

/** Whether a launch may have a network of its own, in which its ports meet nobody's. */
export function isContained({ launch: { launch } }: Member): boolean {
  const { place, site } = launch.invocation ?? {};
  return (place?.kind === "container" || place?.kind === "pod") && site?.hasHostNetwork !== true;
}

/** The literal address of a launch's machine. */
export function placeByAddress(member: Member): string | undefined {
  if (isContained(member)) return undefined;
  const host = addressIn(member, roleOf(member) === "config_server" ? "config_server_host" : "host");
  return isMachineAddress(host?.text) ? host.text : undefined;
}

/** The machine or network in which a file starts a launch: that of the file, or one that it names. */
function placeInFile(member: Member, members: readonly Member[], sharing: Sharing): string | undefined {
  const { document, launch } = member;
  const { invocation, course } = launch.launch;
  const { uri } = document.document;
  const { site } = invocation ?? {};
  const around = placeAround(member);
  const isOwnNetwork = sharing === "network" && isContained(member);
  if (site?.network !== undefined && (isOwnNetwork || around?.kind === "pod"))
    return `${uri} ${site.network}`;
  if (isOwnNetwork || !around) return undefined;
  // All containers of a Compose file are on one machine.
  if (around.kind === "container") return site?.isOfOneMachine && !course ? `${uri} host` : undefined;
  if (document.file.notation.purpose !== "program" || !course) return undefined;
  if (around.kind === "remote") {
    const { host } = around;
    if (!host) return undefined;
    const name = host.text ?? variablesIn(host, member);
    return name === undefined || course.some(({ kind }) => kind === "loop") ? undefined : `${uri} ${name}`;
  }
  if (around.kind !== "here") return undefined;
  // A script that gives several addresses of machines is not for one machine.
  const here = members.filter((one) => one.document === document && placeAround(one)?.kind === "here");
  const addresses = new Set(here.map(placeByAddress).filter((one) => one !== undefined));
  return addresses.size > 1 ? undefined : uri;
}

/** Where a launch runs; of a container that a command starts, where it starts the container. */
function placeAround({ launch: { launch } }: Member): RunPlace | undefined {
  const { invocation } = launch;
  if (invocation?.place.kind !== "container") return invocation?.place;
  const { wrappers, site } = invocation;
  const at = wrappers.findLastIndex(({ place }) => place !== undefined);
  // In a container that runs already, or in one of a container: what surrounds it is not known.
  if (at < 0) return invocation.place;
  if (!site || !invocation.place.image) return undefined;
  const outside = wrappers.slice(0, at).findLast(({ place }) => place !== undefined)?.place;
  return outside?.kind === "container" ? undefined : (outside ?? { kind: "here" });
}

/** The launch that another reaches on its own machine. */
function sameMachineAs(member: Member, members: readonly Member[]): Member | undefined {
  if (isContained(member)) return undefined;
  const only = (all: readonly Member[]) =>
    all.length === 1 && all[0] && !isContained(all[0]) ? all[0] : undefined;
  if (isNode(member) && isLoopback(masterOf(member)?.text))
    return only(members.filter((one) => roleOf(one) === "pd_master" && !usesConfigServer(one)));
  if (usesConfigServer(member) && isLoopback(addressIn(member, "config_server_host")?.text))
    return only(members.filter((one) => roleOf(one) === "config_server" && one !== member));
  return undefined;
}
