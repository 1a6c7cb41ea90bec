/** Which release judges a launch, and why. */
import type { Catalogue, Release } from "../catalogue/types";
import type { Launch } from "../launch/launch";
import { converts, readWord } from "./argparse";
import { fold } from "./nearest";

/** Why a release was chosen, in the terms of `check --format json`. */
export type ReleaseReason = "modeline" | "option" | "setting" | "source" | "image" | "inferred" | "newest";

export interface ChosenRelease {
  readonly release: Release;
  readonly reason: ReleaseReason;
  /** A release that was asked for but is not known; the choice went on without it. */
  readonly unknown?: string;
}

/** What was asked for, strongest first; absent where nobody asked. */
export interface ReleaseWishes {
  readonly option?: string | undefined;
  readonly modeline?: string | undefined;
  readonly setting?: string | undefined;
}

/**
 * The release that judges: the one asked for by option, modeline or setting; else the newest that knows all flags
 * and values, or most of them where none knows all; else the newest. A tagged release goes before a snapshot.
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
  return { ...inferRelease(launch, catalogue), ...(unknown !== undefined && { unknown }) };
}

/** A release by name; `1.1.0` is taken for `v1.1.0`. */
export function findRelease(name: string, catalogue: Catalogue): Release | undefined {
  return catalogue.release(name) ?? catalogue.release(`v${name}`);
}

function inferRelease(launch: Launch, catalogue: Catalogue): ChosenRelease {
  const newestFirst = [...catalogue.releases].reverse();
  const candidates = [
    ...newestFirst.filter(({ tagged }) => tagged),
    ...newestFirst.filter(({ tagged }) => !tagged),
  ];
  let best = catalogue.newest;
  let bestScore = score(launch, best);
  if (bestScore === 2 * countedArguments(launch)) return { release: best, reason: "newest" };
  for (const release of candidates) {
    const known = score(launch, release);
    if (known > bestScore) {
      best = release;
      bestScore = known;
    }
  }
  return { release: best, reason: best === catalogue.newest ? "newest" : "inferred" };
}

function countedArguments(launch: Launch): number {
  return launch.arguments.filter(({ counts }) => counts).length;
}

/** Two for each flag known by its full name, misspelt dashes aside; one of them lost when a word is refused. */
function score(launch: Launch, release: Release): number {
  let known = 0;
  for (const argument of launch.arguments) {
    if (!argument.counts) continue;
    const exact = readWord(argument.flag, release);
    const reading = exact.kind === "flag" ? exact : readWord(`--${fold(argument.flag)}`, release);
    if (reading.kind !== "flag" || !reading.exact) continue;
    const { flag } = reading;
    const refused = argument.words.some(
      ({ text }) =>
        text !== undefined &&
        (!converts(text, flag) || (flag.choices !== null && !flag.choices.includes(text))),
    );
    known += refused ? 1 : 2;
  }
  return known;
}
