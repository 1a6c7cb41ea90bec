/** Which release judges a launch, and why. */
import { byPreference, findRelease } from "../catalogue/find-release";
import type { Catalogue, Flag, Release } from "../catalogue/types";
import { converts, readWord } from "../judgement/argparse";
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

function inferRelease(launch: Launch, catalogue: Catalogue): ChosenRelease {
  const everything = 2 * launch.arguments.filter(({ counts }) => counts).length;
  let best = catalogue.newest;
  let bestScore = score(launch, best);
  if (bestScore === everything) return { release: best, reason: "newest" };
  for (const release of byPreference(catalogue)) {
    const known = score(launch, release);
    if (known > bestScore) {
      best = release;
      bestScore = known;
    }
  }
  return { release: best, reason: best === catalogue.newest ? "newest" : "inferred" };
}

/** Two for each flag that the release knows; one of them lost when it does not know a word. */
function score(launch: Launch, release: Release): number {
  const weight = { flag: 0, value: 1 } as const;
  const counted = launch.arguments.filter(({ counts }) => counts);
  return counted.reduce((sum, argument) => {
    const what = misfit(argument, release);
    return sum + (what ? weight[what] : 2);
  }, 0);
}

/** Whether a release does not know an argument's flag, or a word of its value. Misspelt dashes and capitals are overlooked. */
function misfit(argument: Argument, release: Release): "flag" | "value" | undefined {
  const exact = readWord(argument.flag, release);
  const reading = exact.kind === "flag" ? exact : readWord(`--${fold(argument.flag)}`, release);
  if (reading.kind !== "flag" || !reading.exact) return "flag";
  const { flag } = reading;
  const foreign = argument.words.some(({ text }) => text !== undefined && !isKnownWord(text, flag));
  return foreign ? "value" : undefined;
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
  const reached = score(launch, chosen);
  return byPreference(catalogue).filter((release) => release !== chosen && score(launch, release) >= reached);
}
