/** How well a release fits a launch: the flags and values it does not know. */
import type { Release } from "../catalogue";
import { readWord } from "../judgement/argparse";
import { fold } from "../judgement/nearest";
import type { Launch } from "../launch/launch";
import { say } from "../messages";
import { misfits } from "./chosen-release";

/** Unknown parts as written; both lists are empty if the release fits. */
export interface Misfits {
  /** Flags that the release does not have. */
  readonly flags: readonly string[];
  /** Flags with a value that the release does not accept: `--run_mode visual_only`. */
  readonly values: readonly string[];
}

/** The parts of a launch that a release does not know, each flag once. */
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

/** Whether the release knows everything. */
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

/** The unknown parts in one or two sentences; `undefined` if there are none. */
export function misfitsInWords({ flags, values }: Misfits): string | undefined {
  const sentences = [
    ...(flags.length > 0 ? [say("release.lacks-flags", { flags: someNames(flags) })] : []),
    ...(values.length > 0 ? [say("release.refuses-values", { values: someNames(values) })] : []),
  ];
  return sentences.join(" ") || undefined;
}

/** The first few of many names, and the number of the others. */
export function someNames(names: readonly string[], most = 4): string {
  if (names.length <= most) return names.join(", ");
  const shown = names.slice(0, most - 1).join(", ");
  return say("release.and-more", { names: shown, count: names.length - most + 1 });
}
