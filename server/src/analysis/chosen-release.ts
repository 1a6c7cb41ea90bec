/** Which release judges a launch, and why. */
import { byPreference, findRelease } from "../catalogue/find-release";
import type { Catalogue, Flag, Release } from "../catalogue/types";
import { converts } from "../judgement/argparse";
import { fold } from "../judgement/nearest";
import type { Argument, Launch, Pin } from "../launch/launch";

/** Why a release was chosen, in the terms of `check --format json`. */
export type ReleaseReason = "modeline" | "option" | "setting" | "source" | "image" | "inferred" | "newest";

export interface ChosenRelease {
  readonly release: Release;
  readonly reason: ReleaseReason;
  /** A release that was asked for but is not known; the choice went on without it. */
  readonly unknown?: string;
  /** The version beside the launch that decided, or that would have, were it known. */
  readonly pin?: Pin;
}

/** What was asked for, strongest first; absent where nobody asked. */
export interface ReleaseWishes {
  readonly option?: string | undefined;
  readonly modeline?: string | undefined;
  readonly setting?: string | undefined;
  /** The LightLLM of the workspace or of the chosen Python environment, as its source says. */
  readonly source?: Release | undefined;
}

/**
 * The release that judges: the one asked for by option, modeline or setting; else the workspace's own LightLLM; else the
 * version that an image or a package beside the launch names; else the newest that knows all flags and values, or most of
 * them where none knows all; else the newest. A tagged release goes before a snapshot.
 */
export function chooseRelease(launch: Launch, wishes: ReleaseWishes, catalogue: Catalogue): ChosenRelease {
  let unknown: string | undefined;
  for (const reason of ["option", "modeline", "setting"] as const) {
    const name = wishes[reason];
    if (!name) continue;
    const release = findRelease(name, catalogue);
    if (release) return { release, reason };
    if (reason !== "setting") unknown ??= name;
  }
  const lost = unknown === undefined ? {} : { unknown };
  if (wishes.source) return { release: wishes.source, reason: "source", ...lost };
  for (const pin of launch.pins ?? []) {
    const release = findRelease(pin.version, catalogue);
    if (release) return { release, reason: "image", pin, ...lost };
  }
  const [pin] = launch.pins ?? [];
  return { ...inferRelease(launch, catalogue), ...(pin && { pin }), ...lost };
}

interface Inferred {
  readonly catalogue: Catalogue;
  readonly chosen: ChosenRelease;
}

const inferred = new WeakMap<Launch, Inferred>();

/** Found once for each launch, which is immutable data. */
function inferRelease(launch: Launch, catalogue: Catalogue): ChosenRelease {
  const before = inferred.get(launch);
  if (before?.catalogue === catalogue) return before.chosen;
  const chosen = bestKnowing(launch, catalogue);
  inferred.set(launch, { catalogue, chosen });
  return chosen;
}

function bestKnowing(launch: Launch, catalogue: Catalogue): ChosenRelease {
  let best = catalogue.newest;
  let least = loss(launch, best);
  if (least === 0) return { release: best, reason: "newest" };
  for (const release of byPreference(catalogue)) {
    const lost = loss(launch, release, least);
    if (lost < least) {
      best = release;
      least = lost;
    }
  }
  return { release: best, reason: best === catalogue.newest ? "newest" : "inferred" };
}

/** How little a release knows of a launch: two for each unknown flag, one for one with an unknown word. Counted up to `most`. */
function loss(launch: Launch, release: Release, most = Number.POSITIVE_INFINITY): number {
  let lost = 0;
  for (const argument of launch.arguments) {
    if (lost >= most) break;
    const what = argument.counts ? misfit(argument, release) : undefined;
    if (what) lost += what === "flag" ? 2 : 1;
  }
  return lost;
}

/** Whether a release does not know an argument's flag, or a word of its value. Misspelt dashes and capitals are overlooked. */
function misfit(argument: Argument, release: Release): "flag" | "value" | undefined {
  const flag = flagMeant(argument.flag, release);
  if (!flag) return "flag";
  const foreign = argument.words.some(({ text }) => text !== undefined && !isKnownWord(text, flag));
  return foreign ? "value" : undefined;
}

/** A flag as a release spells it: lower case, with underscores. */
const PLAIN = /^--[a-z\d_]+$/;

/** The flag of a release that is written, perhaps with other dashes or capitals. */
function flagMeant(written: string, { byName }: Release): Flag | undefined {
  const name = written.split("=", 1)[0] ?? "";
  return byName.get(name) ?? (PLAIN.test(name) ? undefined : byName.get(`--${fold(name)}`));
}

function isKnownWord(text: string, flag: Flag): boolean {
  if (!converts(text, flag)) return false;
  if (flag.choices) return flag.choices.includes(text);
  return flag.words.length === 0 || flag.words.includes(text);
}

/** The arguments of a launch that a release does not know as they are written. */
export function misfits(launch: Launch, release: Release): readonly Argument[] {
  return launch.arguments.filter((argument) => argument.counts && misfit(argument, release) !== undefined);
}

/** The other releases that know a launch as well as the chosen one, in the order of preference: what an inference could not tell apart. */
export function equallyGood(launch: Launch, chosen: Release, catalogue: Catalogue): readonly Release[] {
  const most = loss(launch, chosen);
  return byPreference(catalogue).filter(
    (release) => release !== chosen && loss(launch, release, most + 1) <= most,
  );
}
