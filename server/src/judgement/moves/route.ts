/** The way from one release to another: the boundaries between the releases on it. */
import type { Boundary, Catalogue, Release } from "../../catalogue/types";

/** The boundaries on the way, in order; none where both have the rules of one release. */
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
 * The release that has a flag and is nearest to another one: the last before it, else the first after it.
 *
 * @param has whether a release has what is looked for.
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
