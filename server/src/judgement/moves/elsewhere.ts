/** Finds a flag or word in other releases if the judging release does not have it, and its replacement. */

import type { Catalogue, Release } from "../../catalogue/types";
import type { Argument, Launch } from "../../launch/launch";
import type { LaunchChange } from "../../launch/launch-change";
import { say } from "../../messages";
import { readWord } from "../argparse";
import { fold } from "../nearest";
import { NO_SURROUNDINGS } from "../surroundings";
import { crossFlag } from "./crossing";
import { type Departure, depart } from "./departure";
import { neverReleased, neverReleasedSteps } from "./never-released";
import { nearestRelease, routeBetween } from "./route";
import type { Step } from "./step";

/** The history of a flag or word between the release that had it and the judging one. */
export interface Elsewhere {
  /** "was removed in v1.2.0", "came with v1.2.0", "was removed before v1.0.0, on 2024-11-18". */
  readonly when: string;
  /** What replaced it, as the rest of a sentence; absent if that is not documented. */
  readonly say?: string;
  /** The replacing flags, in the launch's notation. */
  readonly writes: readonly string[];
  /** Changes that write the replacement; empty if there is none. */
  readonly changes: readonly LaunchChange[];
  readonly lost?: string;
  /** The nearest release that has it; absent if only the main branch had it. */
  readonly knownBy?: string;
  /** Whether it was removed, not added later. */
  readonly gone: boolean;
}

/** Context of a lookup. */
export interface Asked {
  readonly launch: Launch;
  readonly release: Release;
  readonly catalogue: Catalogue;
}

/**
 * The history of a flag, also if its dashes or capitals are wrong; undefined if no release and no main branch ever had
 * it.
 */
export function flagElsewhere(argument: Argument, asked: Asked): Elsewhere | undefined {
  const name = `--${fold(argument.flag)}`;
  const origin = nearestRelease(asked.release, asked.catalogue, ({ byName }) => byName.has(name));
  if (origin) return between(origin, argument, name, asked);
  const never = onMainOnly(argument, asked);
  if (!never) return undefined;
  const { added, removed } = never.facts;
  const [first] = asked.catalogue.releases;
  const early = first && removed && removed < first.date;
  const when = early
    ? say("moves.removed-before", { release: first.name, date: removed })
    : say("moves.on-main-between", { added: added ?? "", removed: removed ?? "" });
  return { when, gone: true, ...told(never.step) };
}

/** The history of a word of a flag; undefined if no release ever accepted it. */
export function wordElsewhere(
  argument: Argument,
  name: string,
  word: string,
  asked: Asked,
): Elsewhere | undefined {
  const takes = ({ byName }: Release) => byName.get(name)?.choices?.includes(word) ?? false;
  const origin = nearestRelease(asked.release, asked.catalogue, takes);
  if (origin) return between(origin, argument, name, asked, takes);
  const never = onMainOnly(argument, asked);
  return never && { when: say("moves.on-main"), gone: true, ...told(never.step) };
}

/** Facts and replacement of a flag or word that only the main branch had. */
function onMainOnly(argument: Argument, asked: Asked) {
  const facts = neverReleased(argument, asked.catalogue);
  if (!facts) return undefined;
  const [step] = neverReleasedSteps(departure(asked.release, asked), asked.release, argument);
  return step && { facts, step };
}

/** The steps for flags and words that neither the launch's release nor the next one has, but another one. */
export function strangerSteps({ launch, release: from, catalogue }: Departure, to: Release): Step[] {
  return launch.arguments.flatMap((argument): Step[] => {
    if (!argument.counts || argument.flag === "" || to.byName.has(argument.flag)) return [];
    if (readWord(argument.flag, from).kind !== "unknown") return [];
    if (to.byName.has(`--${fold(argument.flag)}`)) return [];
    const found = flagElsewhere(argument, { launch, release: to, catalogue });
    const { say: why = say("moves.nothing-takes-its-place"), writes = [], changes = [], lost } = found ?? {};
    return found
      ? [
          {
            about: argument.flag,
            argument,
            say: why,
            writes,
            changes,
            variableChanges: [],
            ...(lost && { lost }),
          },
        ]
      : [];
  });
}

function between(
  origin: Release,
  argument: Argument,
  name: string,
  asked: Asked,
  has: (release: Release) => boolean = ({ byName }) => byName.has(name),
): Elsewhere {
  const { release, catalogue } = asked;
  const [boundary] = routeBetween(origin, release, catalogue);
  const { releases } = catalogue;
  const gone = releases.indexOf(origin) <= releases.findIndex(({ name: one }) => one === release.rulesOf);
  const next = gone ? releases.slice(releases.indexOf(origin) + 1).find((one) => !has(one)) : undefined;
  const from = departure(origin, { ...asked, launch: respelt(asked.launch, argument, name) });
  const assignment = from.assignments.find(({ flag }) => flag.name === origin.byName.get(name)?.name);
  const step = assignment && crossFlag(from, release, boundary?.moves ?? [], assignment);
  const when = !gone
    ? say("moves.came-with", { release: firstWith(origin, releases, has).name })
    : next
      ? say("moves.removed-in", { release: next.name })
      : say("moves.not-in-source", { release: origin.name });
  const knownBy = origin.name;
  return {
    when,
    gone,
    knownBy,
    ...(step ? told(step) : { writes: [], changes: [{ kind: "remove", argument }] }),
  };
}

/** The launch with an argument's flag spelt correctly: `--enable-fa3` becomes `--enable_fa3`. */
function respelt(launch: Launch, argument: Argument, name: string): Launch {
  if (argument.flag === name || fold(argument.flag) !== fold(name)) return launch;
  const given = launch.arguments.map((one) => (one === argument ? { ...one, flag: name } : one));
  return { ...launch, arguments: given };
}

/** The first release with something that a later release still has. */
function firstWith(
  origin: Release,
  releases: readonly Release[],
  has: (release: Release) => boolean,
): Release {
  let first = origin;
  for (const release of releases.slice(0, releases.indexOf(origin)).reverse()) {
    if (!has(release)) break;
    first = release;
  }
  return first;
}

function told({ say, writes, changes, lost }: Step): Pick<Elsewhere, "say" | "writes" | "changes" | "lost"> {
  return { ...(say && { say }), writes, changes, ...(lost && { lost }) };
}

function departure(release: Release, { launch, catalogue }: Asked) {
  return depart(launch, release, catalogue, NO_SURROUNDINGS);
}
