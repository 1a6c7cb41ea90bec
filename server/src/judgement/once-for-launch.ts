/** Computes what a release makes of a launch once: a launch is immutable, and several features ask for the same. */
import type { Catalogue, Release } from "../catalogue/types";
import type { Launch } from "../launch/launch";
import type { Surroundings } from "./surroundings";

type OfLaunch<T> = (launch: Launch, release: Release, catalogue: Catalogue, surroundings: Surroundings) => T;

/** A result and what it was computed with. */
interface Known<T> {
  readonly result: T;
  readonly catalogue: Catalogue;
  readonly surroundings: Surroundings;
}

/** The same function, which remembers its latest result for each launch and release. */
export function onceForLaunch<T>(compute: OfLaunch<T>): OfLaunch<T> {
  const all = new WeakMap<Launch, WeakMap<Release, Known<T>>>();
  return (launch, release, catalogue, surroundings) => {
    const known = all.get(launch) ?? new WeakMap<Release, Known<T>>();
    all.set(launch, known);
    const before = known.get(release);
    if (before?.surroundings === surroundings && before.catalogue === catalogue) return before.result;
    const result = compute(launch, release, catalogue, surroundings);
    known.set(release, { result, catalogue, surroundings });
    return result;
  };
}
