/** How well a release fits a launch: what of it the release does not know. */
import type { Release } from "../catalogue";
import { readWord } from "../judgement/argparse";
import { fold } from "../judgement/nearest";
import { misfits } from "../judgement/release";
import type { Launch } from "../launch/launch";

/** What a release does not know, as it is written; both empty where it fits. */
export interface Misfits {
  /** Flags that it does not have. */
  readonly flags: readonly string[];
  /** Flags with a value that it does not take: `--run_mode visual_only`. */
  readonly values: readonly string[];
}

/** What of a launch a release does not know, each flag once. */
export function misfitsOf(launch: Launch, release: Release): Misfits {
  const flags = new Set<string>();
  const values = new Set<string>();
  for (const { flag: name, words } of misfits(launch, release)) {
    const readings = [readWord(name, release), readWord(`--${fold(name)}`, release)];
    const known = readings.some((reading) => reading.kind === "flag" && reading.exact);
    if (known) values.add([name, ...words.map(({ text }) => text ?? "…")].join(" "));
    else flags.add(name);
  }
  return { flags: [...flags], values: [...values] };
}
