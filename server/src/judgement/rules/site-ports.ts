/** Rules about the port and the address: what publishes, probes or serves the port of a launch. */

import { isLoopbackName, type NamedPort } from "../../launch/site";
import { say } from "../../messages";
import { isList, truth, UNKNOWN } from "../../python/values";
import type { EffectiveValues } from "../effective-values";
import { countOf, needOf } from "../site-needs";
import { type DetectorsIn, onEach, type SubjectOf } from "./detector";
import type { RuleContext } from "./rule";
import { changeText, flagText, placeOfFlag, relatedTo, setFlag, valueInWords } from "./site-common";

/** A known port of the container. */
type KnownPort = NamedPort & { readonly from: number; readonly to: number };

/** How the ports that a file names compare with the one that LightLLM listens on. */
interface Compared {
  readonly port: number;
  /** Groups of ports that have LightLLM's port. */
  readonly right: readonly (readonly NamedPort[])[];
  /** Groups that have other ports, none of which is another port of the launch. */
  readonly wrong: readonly (readonly NamedPort[])[];
}

/** Ports that are never LightLLM's: that of SSH. */
const NOT_OURS = new Set([22]);

/** The flags of port and address in the run mode. */
function flagsOf(values: EffectiveValues): { readonly port: string; readonly host: string } {
  return values.value("run_mode") === "config_server"
    ? { port: "config_server_port", host: "config_server_host" }
    : { port: "port", host: "host" };
}

function compare(
  { site, values }: SubjectOf<"site">,
  { catalogue, release }: RuleContext,
): Compared | undefined {
  const port = countOf(needOf(catalogue.container().port, values));
  const others = otherPorts(
    values,
    release.flags.map(({ key }) => key),
    port,
  );
  if (port === undefined || others === undefined) return undefined;
  const groups = new Map<number, NamedPort[]>();
  for (const one of site.ports) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  const right: NamedPort[][] = [];
  const wrong: NamedPort[][] = [];
  for (const group of groups.values()) {
    // With the network of the host, nothing is published.
    const isPublished = group.some(({ by }) => by === "published" || by === "exposed");
    if (isPublished && site.hasHostNetwork !== false) continue;
    const ours = group.filter((one) => isKnown(one) && one.from <= port && port <= one.to);
    const unexplained = group.filter((one) => one.isMissing || (isKnown(one) && !isOther(one, others)));
    if (ours.length > 0) right.push(ours);
    else if (unexplained.length > 0 && group.every((one) => one.isMissing || isKnown(one)))
      wrong.push(unexplained);
  }
  return { port, right, wrong };
}

function isKnown(one: NamedPort): one is KnownPort {
  return one.from !== undefined && one.to !== undefined;
}

function isOther({ from, to }: KnownPort, others: ReadonlySet<number>): boolean {
  return [...others, ...NOT_OURS].some((port) => from <= port && port <= to);
}

/** The values of all other flags for ports; undefined if one that is written is not known. */
function otherPorts(
  values: EffectiveValues,
  keys: readonly string[],
  own: number | undefined,
): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  for (const key of keys) {
    if (!/(?:^|_)ports?(?:_|$)/.test(key)) continue;
    const value = values.value(key);
    if (value === UNKNOWN && truth(values.given(key)) !== false) return undefined;
    for (const one of isList(value) ? value : [value]) {
      const port = countOf(one);
      if (port !== undefined && port !== own) found.add(port);
    }
  }
  return found;
}

/** The port in words, with who names it. */
function inWords(one: NamedPort): string {
  const { by, owner = "", name = "" } = one;
  const quoted = owner === "" ? "" : `\`${owner}\``;
  if (one.isMissing)
    return say("site.port-missing", { by: by === "service" ? by : "other", owner: quoted, name });
  const { from = 0, to = from } = one;
  const port = from === to ? String(from) : say("site.port-range", { from: String(from), to: String(to) });
  return say("site.port-of", { by: by === "healthCheck" ? "other" : by, owner: quoted, port });
}

/** Several places in words; of many, the first. */
function listedPlaces(ports: readonly NamedPort[]): string {
  const words = [...new Set(ports.map(inWords))];
  return words.length > MOST_PLACES
    ? `${words.slice(0, MOST_PLACES).join(", ")}, …`
    : words.reduce((first, second) => (first === "" ? second : say("rule.and", { first, second })), "");
}

const MOST_PLACES = 3;

const portElsewhere = onEach("site", function* (subject, context) {
  const { site, values } = subject;
  const compared = site.isShared ? undefined : compare(subject, context);
  if (!compared || compared.wrong.length === 0) return;
  const { port, right, wrong } = compared;
  const key = flagsOf(values).port;
  const ports = wrong.flat();
  const [first] = ports;
  const isOne = ports.every((one) => isKnown(one) && one.from === one.to && one.from === first?.from);
  const isNumber = ({ by, name }: NamedPort) =>
    name === undefined && by !== "published" && by !== "exposed" && by !== "containerPort";
  // The launch changes if a Service or a probe names the other number, and no majority is against that.
  const isServer = isOne && ports.some(isNumber) && wrong.length > right.length;
  const isHere = ports.every(({ file }) => !file);
  const canChange = isHere && ports.every((one) => one.isLiteral && !one.isMissing);
  const other = String(first?.from ?? "");
  yield {
    flag: `--${key}`,
    message: say("site.port-elsewhere", {
      port: valueInWords(key, String(port), values),
      places: listedPlaces(ports),
    }),
    span: placeOfFlag(key, context),
    related: relatedTo(ports, say("site.port-here")),
    fixes: isOne
      ? [
          setFlag(
            key,
            other,
            say("site.set-port", { flag: flagText(key, other, context), count: wrong.length }),
            isServer || (isHere && !canChange),
            context,
          ),
        ]
      : [],
    textFixes: canChange
      ? [
          changeText(
            say("site.change-port", { count: ports.length, port: String(port) }),
            !isServer,
            ports.map(({ span }) => ({ span, newText: String(port) })),
          ),
        ]
      : [],
  };
});

const hostUnreachable = onEach("site", function* (subject, context) {
  const { site, values } = subject;
  const host = needOf(context.catalogue.container().host, values);
  if (site.hasHostNetwork !== false || typeof host !== "string" || !isLoopbackName(host)) return;
  const compared = compare(subject, context);
  const named = [...(compared?.right ?? []), ...(site.isShared ? [] : (compared?.wrong ?? []))].flat();
  const outside = named.filter(({ by }) => by !== "healthCheck");
  if (outside.length === 0) return;
  const key = flagsOf(values).host;
  yield {
    flag: `--${key}`,
    message: say("site.host-unreachable", {
      host: valueInWords(key, host, values),
      places: listedPlaces(outside),
    }),
    span: placeOfFlag(key, context),
    related: relatedTo(outside, say("site.reach-here")),
    fixes: [
      setFlag(
        key,
        "0.0.0.0",
        say("site.set-host", { flag: flagText(key, "0.0.0.0", context) }),
        true,
        context,
      ),
    ],
  };
});

export const rules = {
  "port-elsewhere": portElsewhere,
  "host-unreachable": hostUnreachable,
} satisfies DetectorsIn<"judgement/rules/site-ports.ts">;
