/** A flag or a word that the judging release does not have, but another one had: which, and what became of it. */

import type { Catalogue, Release } from "../../catalogue/types";
import type { Argument, Launch, LaunchChange } from "../../launch/launch";
import { say } from "../../messages";
import { readWord } from "../argparse";
import { fold } from "../nearest";
import { NO_SURROUNDINGS } from "../surroundings";
import { crossFlag } from "./crossing";
import { type Departure, depart } from "./departure";
import { neverReleased, neverReleasedSteps } from "./never-released";
import { nearestRelease, routeBetween } from "./route";
import type { Step } from "./step";

/** What became of something between the release that had it and the one that judges. */
export interface Elsewhere {
  /** "was removed in v1.2.0", "came with v1.2.0", "was removed before v1.0.0, on 2024-11-18". */
  readonly when: string;
  /** What became of it, as the rest of a sentence; absent where nobody wrote it down. */
  readonly say?: string;
  /** The flags that take its place, as the launch's notation writes them. */
  readonly writes: readonly string[];
  /** What puts the judging release's own in its place; empty where nothing is known. */
  readonly changes: readonly LaunchChange[];
  readonly lost?: string;
  /** The nearest release that has it; none for what was on the main branch only. */
  readonly knownBy?: string;
  /** Whether it is gone, rather than still to come. */
  readonly gone: boolean;
}

/** What a question of this kind is asked of. */
export interface Asked {
  readonly launch: Launch;
  readonly release: Release;
  readonly catalogue: Catalogue;
}

/** What became of a flag, also of one with other dashes or capitals; nothing where no release and no main branch ever had it. */
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

/** What became of a word that a flag took; nothing where no release ever took it. */
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

/** What is known of a flag or word that no release has, and what takes its place. */
function onMainOnly(argument: Argument, asked: Asked) {
  const facts = neverReleased(argument, asked.catalogue);
  if (!facts) return undefined;
  const [step] = neverReleasedSteps(departure(asked.release, asked), asked.release, argument);
  return step && { facts, step };
}

/** The steps for what neither the release that a launch comes from nor the next one knows, but another one did. */
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

/** A launch in which an argument's flag is spelt as its release has it: `--enable-fa3` is `--enable_fa3`. */
function respelt(launch: Launch, argument: Argument, name: string): Launch {
  if (argument.flag === name || fold(argument.flag) !== fold(name)) return launch;
  const given = launch.arguments.map((one) => (one === argument ? { ...one, flag: name } : one));
  return { ...launch, arguments: given };
}

/** The release with which something came that is still there in a later one. */
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
