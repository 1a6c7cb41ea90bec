/** How well a release fits a launch: what of it the release does not know. */
import type { Release } from "../catalogue";
import { readWord } from "../judgement/argparse";
import { fold } from "../judgement/nearest";
import type { Launch } from "../launch/launch";
import { say } from "../messages";
import { misfits } from "./chosen-release";

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

/** Whether nothing is unknown. */
export function fits({ flags, values }: Misfits): boolean {
  return flags.length === 0 && values.length === 0;
}

/** `knows all flags`, `lacks 1 flag, refuses 2 values` */
export function fitInWords({ flags, values }: Misfits): string {
  const parts = [
    ...(flags.length > 0 ? [say("release.lacks", { count: flags.length })] : []),
    ...(values.length > 0 ? [say("release.refuses", { count: values.length })] : []),
  ];
  return parts.join(", ") || say("release.fits");
}

/** What is not known, in a sentence or two; undefined if all is. */
export function misfitsInWords({ flags, values }: Misfits): string | undefined {
  const sentences = [
    ...(flags.length > 0 ? [say("release.lacks-flags", { flags: some(flags) })] : []),
    ...(values.length > 0 ? [say("release.refuses-values", { values: some(values) })] : []),
  ];
  return sentences.join(" ") || undefined;
}

/** A few of many names, and how many more there are. */
export function some(names: readonly string[], most = 4): string {
  if (names.length <= most) return names.join(", ");
  const shown = names.slice(0, most - 1).join(", ");
  return say("release.and-more", { names: shown, count: names.length - most + 1 });
}
