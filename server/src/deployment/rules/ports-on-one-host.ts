/** The same port for two launches on one machine. */
import { writtenName } from "../../judgement/rules/rule";
import { say } from "../../messages";
import type { LaunchGroup, Member, Remedy } from "../deployment";
import { factsOf, type Port } from "../launch-facts";
import { byMachine } from "../machine";
import type { Clash, DeploymentRulesIn } from "./deployment-rule";

function* portTaken({ members }: LaunchGroup): Generator<Clash<never>> {
  for (const [host, own] of byMachine(members)) {
    const taken = new Map<number, { readonly member: Member; readonly port: Port }>();
    for (const member of own) {
      for (const port of factsOf(member).ports) {
        const first = taken.get(port.number);
        if (!first) {
          taken.set(port.number, { member, port });
          continue;
        }
        if (first.member === member) continue;
        yield {
          member,
          span: port.span,
          flag: port.flag,
          message: say("deployment.port-taken", {
            flag: writtenName(port.flag, member.launch.launch),
            port: String(port.number),
            host,
          }),
          others: [
            {
              member: first.member,
              span: first.port.span,
              message: say("deployment.opens-port", {
                flag: writtenName(first.port.flag, first.member.launch.launch),
                port: String(port.number),
              }),
            },
          ],
          remedies: () => otherPort(member, port, own),
        };
      }
    }
  }
}

/** The next port that no launch on the machine opens. */
function otherPort(member: Member, { flag, number }: Port, own: readonly Member[]): Remedy[] {
  const used = new Set(own.flatMap((one) => factsOf(one).ports.map((port) => port.number)));
  let free = number + 1;
  while (used.has(free)) free++;
  const assignment = factsOf(member).assignment(flag.slice(2));
  if (free > 65535 || (assignment && assignment.words.length !== 1)) return [];
  const words = [String(free)];
  const { launch } = member.launch;
  return [
    {
      title: say("deployment.use-port", { flag: writtenName(flag, launch), port: String(free) }),
      kind: "choice",
      member,
      changes: [
        assignment
          ? { kind: "set", argument: assignment.argument, words }
          : { kind: "add", launch, flag, words },
      ],
    },
  ];
}

export const rules = {
  "port-twice-on-one-host": portTaken,
} satisfies DeploymentRulesIn<"deployment/rules/ports-on-one-host.ts">;
