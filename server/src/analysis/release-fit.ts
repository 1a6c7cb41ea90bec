/** How well a release fits a launch: what of it the release does not know. */
import type { Release } from "../catalogue";
import { readWord } from "../judgement/argparse";
import { fold } from "../judgement/nearest";
import type { Launch } from "../launch/launch";
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
  const unknown = flags.length === 0 ? [] : [`lacks ${count(flags.length, "flag")}`];
  const refused = values.length === 0 ? [] : [`refuses ${count(values.length, "value")}`];
  return unknown.length + refused.length === 0 ? "knows all flags" : [...unknown, ...refused].join(", ");
}

/** What is not known, in a sentence or two; nothing where all is. */
export function misfitsInWords({ flags, values }: Misfits): string | undefined {
  const unknown = flags.length === 0 ? [] : [`Does not know ${some(flags)}.`];
  const refused = values.length === 0 ? [] : [`Refuses ${some(values)}.`];
  return [...unknown, ...refused].join(" ") || undefined;
}

/** A few of many, and how many more there are. */
export function some(names: readonly string[], most = 4): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const rest = names.length - shown.length;
  return `${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** `1 flag`, `2 flags` */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
