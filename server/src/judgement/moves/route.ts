/** The boundaries between two releases. */

import type { Boundary } from "../../catalogue/move-facts";
import type { Catalogue, Release } from "../../catalogue/types";

/** The boundaries in order; empty if both use the rules of the same release. */
export function routeBetween(from: Release, to: Release, { releases, moves }: Catalogue): Boundary[] {
  const names = releases.map(({ name }) => name);
  const [start, end] = [names.indexOf(from.rulesOf), names.indexOf(to.rulesOf)];
  const step = start < end ? 1 : -1;
  const route: Boundary[] = [];
  for (let at = start; at !== end; at += step) {
    const boundary = moves().boundaries.find((one) => one.from === names[at] && one.to === names[at + step]);
    if (boundary) route.push(boundary);
  }
  return route;
}

/**
 * The nearest release with a property: the last one before a release, else the first one after it.
 *
 * @param has whether a release has the property.
 */
export function nearestRelease(
  to: Release,
  { releases }: Catalogue,
  has: (release: Release) => boolean,
): Release | undefined {
  const at = releases.findIndex(({ name }) => name === to.rulesOf);
  return (
    releases
      .slice(0, at + 1)
      .reverse()
      .find(has) ?? releases.slice(at + 1).find(has)
  );
}
