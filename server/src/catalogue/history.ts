/** The releases that have a flag, and its changes between them. */
import { say } from "../messages";
import type { Catalogue, Flag, FlagValue, Release } from "./types";

/** The releases, old to new, whose parser has the flag under exactly this name (`--tp`). */
export function releasesWith(catalogue: Catalogue, name: string): Release[] {
  return catalogue.releases.filter((release) => release.byName.has(name));
}

/**
 * The releases that have the flag, as text: "in every release", "from v1.1.0", "up to v1.0.1", "from main-2025-07 to
 * v1.1.0".
 */
export function availability(catalogue: Catalogue, name: string): string {
  const having = releasesWith(catalogue, name);
  const first = having[0];
  const last = having.at(-1);
  if (!first || !last) return say("flag.in-no-release");
  const fromStart = first === catalogue.releases[0];
  const toEnd = last === catalogue.releases.at(-1);
  if (fromStart && toEnd) return say("flag.in-every-release");
  if (toEnd) return say("flag.from", { first: first.name });
  if (first === last) return say("flag.only-in", { release: first.name });
  if (fromStart) return say("flag.up-to", { last: last.name });
  return say("flag.from-to", { first: first.name, last: last.name });
}

/** The default in each range of releases, old to new; one entry if it never changed. */
export function defaultHistory(
  catalogue: Catalogue,
  name: string,
): { readonly from: Release; readonly to: Release; readonly value: FlagValue }[] {
  const stretches: { from: Release; to: Release; value: FlagValue }[] = [];
  for (const release of releasesWith(catalogue, name)) {
    const flag = release.byName.get(name) as Flag;
    const last = stretches.at(-1);
    if (last && JSON.stringify(last.value) === JSON.stringify(flag.default)) last.to = release;
    else stretches.push({ from: release, to: release, value: flag.default });
  }
  return stretches;
}
