/** Looks releases up: by name, and in the order in which they are preferred. */
import type { Catalogue, Release } from "./types";

/** A release by name; `1.1.0` is taken for `v1.1.0`. */
export function findRelease(name: string, catalogue: Catalogue): Release | undefined {
  return catalogue.release(name) ?? catalogue.release(`v${name}`);
}

/** The releases in the order in which they are preferred: tagged ones first, newest first. */
export function byPreference({ releases }: Catalogue): readonly Release[] {
  const newestFirst = [...releases].reverse();
  return [...newestFirst.filter(({ tagged }) => tagged), ...newestFirst.filter(({ tagged }) => !tagged)];
}
