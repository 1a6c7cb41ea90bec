/** Launches of a deployment that a flag names: the PD master of a node, node 0 of the others, the config server. */
import type { LaunchDocument } from "../../analysis/document";
import type { Deployment, Member } from "../../deployment/deployment";
import { factsOf } from "../../deployment/launch-facts";
import { rankOf, roleOf } from "../../deployment/links";
import { type Argument, headOf, type Span, touches } from "../../launch/launch";

/** A place in a document. */
export interface Place {
  readonly document: LaunchDocument;
  readonly span: Span;
}

/** Flags that name another launch: which, and the flags there that say the same. */
interface Calling {
  readonly host: string;
  readonly port: string;
  isCalled(member: Member): boolean;
  readonly own: { readonly host: string; readonly port: string };
}

const CALLINGS: readonly Calling[] = [
  {
    host: "pd_master_ip",
    port: "pd_master_port",
    isCalled: (member) => roleOf(member) === "pd_master",
    own: { host: "host", port: "port" },
  },
  {
    host: "config_server_host",
    port: "config_server_port",
    isCalled: (member) => roleOf(member) === "config_server",
    own: { host: "config_server_host", port: "config_server_port" },
  },
  {
    host: "nccl_host",
    port: "nccl_port",
    isCalled: (member) => rankOf(member) === 0n,
    own: { host: "nccl_host", port: "nccl_port" },
  },
];

/** The launches that the flag at an offset names; empty if it names none. */
export function peersAt(
  launchDocument: LaunchDocument,
  offset: number,
  deployments: readonly Deployment[],
): Place[] {
  return firstFound(launchDocument, deployments, (member, members) => {
    const calling = callingAt(member, offset);
    return calling && calledBy(member, calling, members).map((other) => placeOf(other, calling.own.host));
  });
}

/** The places that name the launch whose address is at an offset. */
export function callersAt(
  launchDocument: LaunchDocument,
  offset: number,
  deployments: readonly Deployment[],
): Place[] {
  return firstFound(launchDocument, deployments, (member, members) => {
    const calling = CALLINGS.find(
      ({ isCalled, own }) => isCalled(member) && argumentAt(member, offset, [own.host, own.port]),
    );
    if (!calling) return undefined;
    const callers = members.filter(
      (other) => other !== member && calledBy(other, calling, members).includes(member),
    );
    return callers.map((other) => placeOf(other, calling.host));
  });
}

/** What the first launch of a document, as a member of a deployment, is found to have; empty if none has it. */
function firstFound(
  launchDocument: LaunchDocument,
  deployments: readonly Deployment[],
  find: (member: Member, members: readonly Member[]) => Place[] | undefined,
): Place[] {
  for (const { members } of deployments) {
    for (const member of members) {
      const found = member.document === launchDocument ? find(member, members) : undefined;
      if (found) return found;
    }
  }
  return [];
}

function callingAt(member: Member, offset: number): Calling | undefined {
  return CALLINGS.find(
    ({ host, port, isCalled }) => !isCalled(member) && argumentAt(member, offset, [host, port]),
  );
}

/** The launches that another one names: those with the same address and port, else all that it can mean. */
function calledBy(member: Member, calling: Calling, members: readonly Member[]): Member[] {
  if (!calling.isCalled(member) && !argumentOf(member, [calling.host, calling.port])) return [];
  const all = members.filter((other) => other !== member && calling.isCalled(other));
  const facts = factsOf(member);
  const isSame = (other: Member, from: string, to: string) => facts.value(from) === factsOf(other).value(to);
  const exact = all.filter(
    (other) => isSame(other, calling.host, calling.own.host) && isSame(other, calling.port, calling.own.port),
  );
  const byPort = all.filter((other) => isSame(other, calling.port, calling.own.port));
  return [exact, byPort, all].find((found) => found.length > 0) ?? [];
}

function placeOf({ document, launch }: Member, key: string): Place {
  const argument = launch.launch.arguments.find(({ flag, counts }) => counts && flag === `--${key}`);
  return { document, span: argument?.span ?? headOf(launch.launch) };
}

function argumentOf({ launch }: Member, keys: readonly string[]): Argument | undefined {
  return launch.launch.arguments.find(({ flag }) => keys.some((key) => flag === `--${key}`));
}

function argumentAt({ launch }: Member, offset: number, keys: readonly string[]): boolean {
  return launch.launch.arguments.some(
    ({ flag, span, words }) =>
      keys.some((key) => flag === `--${key}`) &&
      [span, ...words.map((word) => word.span)].some((one) => touches(one, offset)),
  );
}
