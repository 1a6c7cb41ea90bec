/** The same port for two launches on one machine. */
import { writtenName } from "../../judgement/rules/rule";
import { say } from "../../messages";
import type { LaunchGroup, Member, Remedy } from "../deployment";
import { factsOf, type Port } from "../launch-facts";
import { type Machine, machinesOf, runSideBySide } from "../machine";
import { nameOfMember } from "../member-name";
import { setTo } from "../remedies";
import type { Clash, DeploymentRulesIn } from "./deployment-rule";

function* portTaken(group: LaunchGroup): Generator<Clash<"may-be-taken">> {
  for (const machine of machinesOf(group)) {
    for (const [index, member] of machine.members.entries()) {
      for (const port of factsOf(member).ports) {
        const before = machine.members.slice(0, index).find((other) => opens(other, port, member));
        const may = machine.members.find((other) => mayTake(other, port, member));
        if (before) yield taken(member, port, before, machine);
        else if (may) yield mayBeTaken(member, port, may, machine);
      }
    }
  }
}

function opens(other: Member, { number }: Port, member: Member): boolean {
  return factsOf(other).ports.some((port) => port.number === number) && runSideBySide(other, member);
}

function mayTake(other: Member, { number }: Port, member: Member): boolean {
  if (other === member || !factsOf(other).taken.has(number)) return false;
  // A launch does not take a port that it opens itself.
  return !factsOf(other).ports.some((port) => port.number === number) && runSideBySide(other, member);
}

function taken(member: Member, port: Port, other: Member, machine: Machine): Clash<"may-be-taken"> {
  const same = factsOf(other).ports.find(({ number }) => number === port.number) ?? port;
  return {
    ...place(member, port),
    message: say("deployment.port-taken", {
      flag: writtenName(port.flag, member.launch.launch),
      port: String(port.number),
      launch: nameOfMember(other),
      host: machine.address ?? say("deployment.this-machine"),
    }),
    others: [
      {
        member: other,
        span: same.span,
        message: say("deployment.opens-port", {
          flag: writtenName(same.flag, other.launch.launch),
          port: String(port.number),
        }),
      },
    ],
    remedies: () => otherPort(member, port, machine),
  };
}

function mayBeTaken(member: Member, port: Port, other: Member, machine: Machine): Clash<"may-be-taken"> {
  return {
    ...place(member, port),
    variant: "may-be-taken",
    message: say("deployment.port-may-be-taken", {
      flag: writtenName(port.flag, member.launch.launch),
      port: String(port.number),
      launch: nameOfMember(other),
    }),
    others: [
      { member: other, span: factsOf(other).placeOf("run_mode"), message: say("deployment.takes-ports") },
    ],
    remedies: () => otherPort(member, port, machine),
  };
}

function place(member: Member, port: Port) {
  return { member, span: port.span, flag: port.flag };
}

/** The next port that no launch on the machine opens or may take. */
function otherPort(member: Member, { flag, number }: Port, { members }: Machine): Remedy[] {
  const all = members.map(factsOf);
  const isUsed = (port: number) =>
    all.some(({ ports, taken }) => taken.has(port) || ports.some((one) => one.number === port));
  let free = number + 1;
  while (free <= 65535 && isUsed(free)) free++;
  const name = flag.slice(2);
  const isOne = (factsOf(member).assignment(name)?.words.length ?? 1) === 1;
  return free <= 65535 && isOne ? setTo(member, name, BigInt(free), [String(free)]) : [];
}

export const rules = {
  "port-twice-on-one-host": portTaken,
} satisfies DeploymentRulesIn<"deployment/rules/ports-on-one-host.ts">;
