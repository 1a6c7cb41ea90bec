/** Launches that call a PD master or a config server where none listens. */
import { writtenName } from "../../judgement/rules/rule";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import {
  addressIn,
  isEveryAddress,
  isLoopback,
  isMachineAddress,
  isOtherMachine,
  isSameAddress,
} from "../addresses";
import { shownValue } from "../agreement";
import type { LaunchGroup, Member, Remedy } from "../deployment";
import { factsOf } from "../launch-facts";
import { isNode, nodeCount, rankOf, roleOf, usesConfigServer } from "../links";
import { isContained, placeByAddress } from "../machine";
import { nameOfMember } from "../member-name";
import { setTo } from "../remedies";
import type { Clash, DeploymentRulesIn } from "./deployment-rule";

/** The flags by which a server is called, and those that say where it listens. */
interface Call {
  readonly host: string;
  readonly port: string;
  readonly listensOn: string;
  readonly listensAt: string;
}

const PD_MASTER: Call = {
  host: "pd_master_ip",
  port: "pd_master_port",
  listensOn: "host",
  listensAt: "port",
};
const CONFIG_SERVER: Call = {
  host: "config_server_host",
  port: "config_server_port",
  listensOn: "config_server_host",
  listensAt: "config_server_port",
};

function* masterElsewhere({ members }: LaunchGroup): Generator<Clash<never>> {
  const masters = members.filter((one) => roleOf(one) === "pd_master" && !usesConfigServer(one));
  const nodes = members.filter((one) => isNode(one) && !usesConfigServer(one));
  yield* callsElsewhere(nodes, masters, PD_MASTER);
  yield* otherServicePort(nodes, masters, PD_MASTER);
}

function* configServerElsewhere({ members }: LaunchGroup): Generator<Clash<"no-redis">> {
  const servers = members.filter((one) => roleOf(one) === "config_server");
  const callers = members.filter((one) => usesConfigServer(one) && roleOf(one) !== "config_server");
  yield* callsElsewhere(callers, servers, CONFIG_SERVER);
  yield* otherServicePort(callers, servers, CONFIG_SERVER);
  const [server] = servers;
  if (server && servers.length === 1) for (const caller of callers) yield* otherRedis(caller, server);
}

function* callsElsewhere(
  callers: readonly Member[],
  servers: readonly Member[],
  call: Call,
): Generator<Clash<never>> {
  const [server] = servers;
  if (!server) return;
  if (servers.length > 1) {
    // Each caller must name one of them.
    for (const caller of callers) {
      const wrong = servers.map((one) => wrongParts(caller, one, call));
      if (wrong.some((parts) => parts.length === 0)) continue;
      const nearest = servers.find((_, index) => wrong[index]?.length === 1) ?? server;
      const [part] = wrongParts(caller, nearest, call);
      if (part) yield clash(caller, nearest, part, call, false);
    }
    return;
  }
  for (const part of ["host", "port"] as const) {
    const wrong = callers.filter((caller) => wrongParts(caller, server, call).includes(part));
    const values = new Set(wrong.map((one) => String(factsOf(one).value(call[part]))));
    // Where all callers name the same other place, the server is the one that is wrong.
    if (wrong.length > 1 && wrong.length === callers.length && values.size === 1)
      yield serverAlone(wrong, server, part, call);
    else for (const caller of wrong) yield clash(caller, server, part, call, callers.length === 1);
  }
}

/** Callers that name a Service, and a port that it does not have. */
function* otherServicePort(
  callers: readonly Member[],
  servers: readonly Member[],
  call: Call,
): Generator<Clash<never>> {
  for (const caller of callers) {
    const host = addressIn(caller, call.host)?.text;
    const port = factsOf(caller).value(call.port);
    if (host === undefined || typeof port !== "bigint") continue;
    for (const server of servers) {
      const { services = [] } = server.launch.launch.invocation?.site ?? {};
      const service = services.find(({ name }) => host === name || host.startsWith(`${name}.`));
      const { name = "", ports } = service ?? {};
      const [first, other] = ports ?? [];
      if (!first || ports?.some(({ value }) => BigInt(value) === port)) continue;
      yield {
        member: caller,
        span: factsOf(caller).placeOf(call.port),
        flag: `--${call.port}`,
        message: say("deployment.other-service-port", {
          flag: writtenName(`--${call.port}`, caller.launch.launch),
          value: shownValue(caller, call.port),
          service: name,
          ports: (ports ?? []).map(({ value }) => value).join(", "),
        }),
        others: [{ member: server, span: first.span, message: say("deployment.service-port-here") }],
        remedies: () => (other ? [] : setTo(caller, call.port, BigInt(first.value), [String(first.value)])),
      };
      break;
    }
  }
}

type Part = "host" | "port";

/** What is certainly wrong in the place that a caller names. */
function wrongParts(caller: Member, server: Member, call: Call): Part[] {
  const [called, listening] = [addressIn(caller, call.host), addressIn(server, call.listensOn)];
  const own = placeByAddress(caller);
  const there = placeByAddress(server);
  const callsItself = isLoopback(called?.text) || isEveryAddress(called?.text);
  const isOther =
    isOtherMachine(called, listening) ||
    (isMachineAddress(called?.text) && isLoopback(listening?.text)) ||
    (callsItself && own !== undefined && there !== undefined && own !== there);
  const [port, at] = [factsOf(caller).value(call.port), factsOf(server).value(call.listensAt)];
  const isOtherPort =
    typeof port === "bigint" && typeof at === "bigint" && port !== at && showsItsPort(caller, server, call);
  return [...(isOther ? (["host"] as const) : []), ...(isOtherPort ? (["port"] as const) : [])];
}

/** Whether a server's port is the one that callers use: no container or service may give it another. */
function showsItsPort(caller: Member, server: Member, call: Call): boolean {
  if (!isContained(server)) return true;
  const { name, invocation } = server.launch.launch;
  if (invocation?.place.kind !== "container") return false;
  const called = addressIn(caller, call.host)?.text;
  const names = [name, ...(invocation.site?.names ?? []).map(({ value }) => value)];
  return called !== undefined && names.includes(called);
}

function clash(caller: Member, server: Member, part: Part, call: Call, isOnly: boolean): Clash<never> {
  const [flag, there] = part === "host" ? [call.host, call.listensOn] : [call.port, call.listensAt];
  return {
    ...placeAndMessage(caller, server, flag, there),
    others: [listeningPlace(server, there)],
    remedies: () => [
      ...copied(caller, flag, server, there),
      ...(isOnly ? copied(server, there, caller, flag) : []),
    ],
  };
}

/** The finding at a server that all callers look for at another place. */
function serverAlone(callers: readonly Member[], server: Member, part: Part, call: Call): Clash<never> {
  const [flag, there] = part === "host" ? [call.host, call.listensOn] : [call.port, call.listensAt];
  const [first = server] = callers;
  return {
    member: server,
    span: factsOf(server).placeOf(there),
    flag: `--${there}`,
    message: say("deployment.called-elsewhere", {
      flag: writtenName(`--${there}`, server.launch.launch),
      value: shownValue(server, there),
      count: callers.length,
      other: shownValue(first, flag),
    }),
    others: callers.map((caller) => ({
      member: caller,
      span: factsOf(caller).placeOf(flag),
      message: say("deployment.is-here", {
        flag: writtenName(`--${flag}`, caller.launch.launch),
        value: shownValue(caller, flag),
      }),
    })),
    remedies: () => copied(server, there, first, flag),
  };
}

function placeAndMessage(caller: Member, server: Member, flag: string, there: string) {
  return {
    member: caller,
    span: factsOf(caller).placeOf(flag),
    flag: `--${flag}`,
    message: say("deployment.calls-elsewhere", {
      flag: writtenName(`--${flag}`, caller.launch.launch),
      value: shownValue(caller, flag),
      launch: nameOfMember(server),
      there: writtenName(`--${there}`, server.launch.launch),
      other: shownValue(server, there),
    }),
  };
}

function listeningPlace(server: Member, flag: string) {
  return {
    member: server,
    span: factsOf(server).placeOf(flag),
    message: say("deployment.is-here", {
      flag: writtenName(`--${flag}`, server.launch.launch),
      value: shownValue(server, flag),
    }),
  };
}

/** The change that writes the value of one member's flag into another flag of a member. */
function copied(to: Member, flag: string, from: Member, source: string): Remedy[] {
  const value = factsOf(from).value(source);
  if (typeof value !== "string" && typeof value !== "bigint") return [];
  if (typeof value === "string" && (isLoopback(value) || isEveryAddress(value))) return [];
  return setTo(to, flag, value, [shortened(String(value))]);
}

const REDIS = "config_server_visual_redis_port";

/** A caller that looks for the redis of a config server at another port. */
function* otherRedis(caller: Member, server: Member): Generator<Clash<"no-redis">> {
  const [called, at] = [factsOf(caller).value(REDIS), factsOf(server).value(REDIS)];
  if (typeof called !== "bigint" || !showsItsPort(caller, server, CONFIG_SERVER)) return;
  if (typeof at === "bigint" && at !== called) yield clashOfRedis(caller, server);
  if (at === null)
    yield {
      ...clashOfRedis(caller, server),
      variant: "no-redis",
      message: say("deployment.no-redis", { flag: writtenName(`--${REDIS}`, caller.launch.launch) }),
      remedies: () => copied(server, REDIS, caller, REDIS),
    };
}

function clashOfRedis(caller: Member, server: Member): Clash<never> {
  return {
    ...placeAndMessage(caller, server, REDIS, REDIS),
    others: [listeningPlace(server, REDIS)],
    remedies: () => copied(caller, REDIS, server, REDIS),
  };
}

/** Two servers whose processes meet at the same port of one config server. */
function* ncclPortTwice({ members }: LaunchGroup): Generator<Clash<never>> {
  const meeting = members.filter(
    (one) =>
      factsOf(one).value("use_config_server_to_init_nccl") === true &&
      (nodeCount(one) === undefined || rankOf(one) === 0n),
  );
  for (const [index, member] of meeting.entries()) {
    const port = factsOf(member).value("nccl_port");
    const other = meeting
      .slice(0, index)
      .find(
        (one) =>
          typeof port === "bigint" &&
          factsOf(one).value("nccl_port") === port &&
          isSameAddress(addressIn(one, CONFIG_SERVER.host), addressIn(member, CONFIG_SERVER.host)) &&
          roleOf(one) !== roleOf(member),
      );
    if (!other) continue;
    const flag = writtenName("--nccl_port", member.launch.launch);
    yield {
      member,
      span: factsOf(member).placeOf("nccl_port"),
      flag: "--nccl_port",
      message: say("deployment.nccl-port-twice", { flag, port: String(port), launch: nameOfMember(other) }),
      others: [listeningPlace(other, "nccl_port")],
      remedies: () => nextPort(member, members),
    };
  }
}

function nextPort(member: Member, members: readonly Member[]): Remedy[] {
  const used = members.map((one) => factsOf(one).value("nccl_port"));
  let free = (used[members.indexOf(member)] as bigint) + 1n;
  while (used.includes(free)) free++;
  return setTo(member, "nccl_port", free, [String(free)]);
}

export const rules = {
  "pd-master-elsewhere": masterElsewhere,
  "config-server-elsewhere": configServerElsewhere,
  "nccl-port-twice-on-config-server": ncclPortTwice,
} satisfies DeploymentRulesIn<"deployment/rules/called-servers.ts">;
