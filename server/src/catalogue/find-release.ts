/** Looks up releases: by name, and in order of preference. */
import type { Catalogue, Release } from "./types";

/** A release by name; `1.1.0` means `v1.1.0`. */
export function findRelease(name: string, catalogue: Catalogue): Release | undefined {
  return catalogue.release(name) ?? catalogue.release(`v${name}`);
}

/** The releases in order of preference: tagged ones first, then newest first. */
export function byPreference({ releases }: Catalogue): readonly Release[] {
  const newestFirst = [...releases].reverse();
  return [...newestFirst.filter(({ tagged }) => tagged), ...newestFirst.filter(({ tagged }) => !tagged)];
}
