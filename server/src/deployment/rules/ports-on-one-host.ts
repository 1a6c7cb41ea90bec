/** The same port for two launches on one machine. */
import { writtenName } from "../../judgement/rules/rule";
import type { OutsidePort } from "../../launch/site";
import { say } from "../../messages";
import type { LaunchGroup, Member, Remedy } from "../deployment";
import { factsOf, type Port } from "../launch-facts";
import { isContained, type Machine, machinesOf, runSideBySide } from "../machine";
import { nameOfMember } from "../member-name";
import { setTo } from "../remedies";
import type { Clash, DeploymentRulesIn } from "./deployment-rule";

function* portTaken(group: LaunchGroup): Generator<Clash<"may-be-taken">> {
  yield* publishedTwice(group);
  for (const machine of machinesOf(group, "network")) {
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

/** A port of a container that is published where another container or launch has the port. */
function* publishedTwice(group: LaunchGroup): Generator<Clash<never>> {
  for (const machine of machinesOf(group, "hardware")) {
    for (const [index, member] of machine.members.entries()) {
      for (const port of publishedPorts(member)) {
        const other = machine.members.find(
          (one, at) =>
            at !== index &&
            takesOutside(one, at < index, port) &&
            isApart(one, member) &&
            runSideBySide(one, member),
        );
        if (!other) continue;
        const there = publishedPorts(other).find((one) => meet(one, port));
        const opened = factsOf(other).ports.find(({ number }) => number === port.from);
        yield {
          member,
          span: port.span,
          message: say("deployment.published-twice", {
            port: String(port.from),
            launch: nameOfMember(other),
          }),
          others: [
            {
              member: other,
              span: there?.span ?? opened?.span ?? factsOf(other).placeOf("port"),
              message: say("deployment.taken-here", { port: String(port.from) }),
            },
          ],
          remedies: () => publishedElsewhere(member, port, machine),
        };
      }
    }
  }
}

/** The ports of the machine that lead to a container. */
function publishedPorts(member: Member): readonly OutsidePort[] {
  if (!isContained(member)) return [];
  const { ports = [] } = member.launch.launch.invocation?.site ?? {};
  return ports.flatMap(({ outside }) => outside ?? []);
}

/** Whether a launch certainly has a port of the machine. @param isBefore whether its own published ports count. */
function takesOutside(one: Member, isBefore: boolean, port: OutsidePort): boolean {
  if (isContained(one)) return isBefore && publishedPorts(one).some((other) => meet(other, port));
  return port.from === port.to && factsOf(one).ports.some(({ number }) => number === port.from);
}

/** Whether two published ports are one: Docker refuses the second, if one of them is for every address. */
function meet(one: OutsidePort, other: OutsidePort): boolean {
  const isSame = one.from === other.from && one.from === one.to && other.from === other.to;
  return isSame && (one.address === other.address || !one.address || !other.address);
}

/** Whether two launches are in different containers. */
function isApart(one: Member, other: Member): boolean {
  return (
    one.document !== other.document ||
    one.launch.launch.invocation?.site?.start !== other.launch.launch.invocation?.site?.start
  );
}

/** The next port of the machine that nothing has. */
function publishedElsewhere(member: Member, port: OutsidePort, { members }: Machine): Remedy[] {
  const used = members.flatMap((one) => [
    ...publishedPorts(one).flatMap(({ from, to }) => (from === to ? [from] : [])),
    ...(isContained(one) ? [] : factsOf(one).ports.map(({ number }) => number)),
  ]);
  let free = port.from + 1;
  while (used.includes(free)) free++;
  if (!port.isLiteral || free > 65535) return [];
  const edits = [{ span: port.span, newText: String(free) }];
  return [
    { title: say("deployment.publish", { port: String(free) }), kind: "choice", member, changes: [], edits },
  ];
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
