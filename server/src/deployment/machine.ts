/** Which launches of a deployment certainly run on the same machine. */
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

const found = new WeakMap<LaunchGroup, readonly Machine[]>();

/** The machines of a group with more than one launch; cached. */
export function machinesOf(group: LaunchGroup): readonly Machine[] {
  let machines = found.get(group);
  if (!machines) {
    machines = findMachines(group);
    found.set(group, machines);
  }
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

function findMachines({ members }: LaunchGroup): readonly Machine[] {
  const keys = new Map<string, Set<Member>>();
  const put = (key: string, member: Member) =>
    keys.set(key, (keys.get(key) ?? new Set<Member>()).add(member));
  for (const member of members) {
    const address = placeByAddress(member);
    if (address !== undefined) put(`at ${address}`, member);
    const place = placeInScript(member, members);
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

/** The machine on which a script starts a launch: its own, or one that it names. */
function placeInScript(member: Member, members: readonly Member[]): string | undefined {
  const { document, launch } = member;
  const { invocation, course } = launch.launch;
  // All containers of a Compose file with the network of their host are on one machine.
  if (invocation?.site?.kind === "container" && invocation.site.hasHostNetwork && !course)
    return `${document.document.uri} host`;
  if (document.file.notation.purpose !== "program" || !invocation || !course) return undefined;
  const { uri } = document.document;
  if (invocation.place.kind === "remote") {
    const { host } = invocation.place;
    if (!host) return undefined;
    const name = host.text ?? variablesIn(host, member);
    return name === undefined || course.some(({ kind }) => kind === "loop") ? undefined : `${uri} ${name}`;
  }
  if (invocation.place.kind !== "here") return undefined;
  // A script that gives several addresses of machines is not for one machine.
  const here = members.filter(
    (one) => one.document === document && one.launch.launch.invocation?.place.kind === "here",
  );
  const addresses = new Set(here.map(placeByAddress).filter((one) => one !== undefined));
  return addresses.size > 1 ? undefined : uri;
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
