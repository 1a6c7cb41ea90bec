/** The words that a configuration may use, from the catalogue. */
import type { Catalogue } from "../../catalogue";
import type { KnownWords } from "../../configuration/configuration";

const known = new WeakMap<Catalogue, KnownWords>();

/** The codes of all rules and the names of all releases. */
export function knownWords(catalogue: Catalogue): KnownWords {
  const before = known.get(catalogue);
  if (before) return before;
  const words = {
    codes: Object.keys(catalogue.rules()),
    releases: catalogue.releases.map(({ name }) => name),
  };
  known.set(catalogue, words);
  return words;
}
