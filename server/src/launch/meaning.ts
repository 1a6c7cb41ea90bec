/** Recognises a launch that an edit only moved, so that results without places are kept. */
import type { Launch } from "./launch";

const meanings = new WeakMap<Launch, object>();

/** A key for results that do not depend on places: the same for a launch and its moved copies. */
export function meaningOf(launch: Launch): object {
  let meaning = meanings.get(launch);
  if (!meaning) {
    meaning = {};
    meanings.set(launch, meaning);
  }
  return meaning;
}

/** Says that a launch is an earlier one at another place: all its places differ by the same number. */
export function keepMeaning(launch: Launch, earlier: Launch): void {
  meanings.set(launch, meaningOf(earlier));
}

/** The same for the launches of a text that only moved, in order. */
export function keepMeanings(launches: readonly Launch[], earlier: readonly Launch[] = []): void {
  for (const [index, launch] of launches.entries()) {
    const before = earlier[index];
    if (before) keepMeaning(launch, before);
  }
}
