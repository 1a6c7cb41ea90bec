/** Which launches of a deployment certainly run on the same machine. */
import type { Member } from "./deployment";
import { factsOf } from "./launch-facts";

/** A literal IPv4 address. */
const ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/** Whether an address is one of a machine, and not every address or the loopback. */
function isOfMachine(address: string): boolean {
  return ADDRESS.test(address) && address !== "0.0.0.0" && !address.startsWith("127.");
}

/** A key that is equal for launches on one machine; undefined if the machine is not known. */
export function machineOf(member: Member): string | undefined {
  const host = factsOf(member).value("host");
  return typeof host === "string" && isOfMachine(host) ? host : undefined;
}

/** The members by machine, without those whose machine is not known. */
export function byMachine(members: readonly Member[]): ReadonlyMap<string, readonly Member[]> {
  const machines = new Map<string, Member[]>();
  for (const member of members) {
    const machine = machineOf(member);
    if (machine === undefined) continue;
    const own = machines.get(machine);
    if (own) own.push(member);
    else machines.set(machine, [member]);
  }
  return machines;
}
