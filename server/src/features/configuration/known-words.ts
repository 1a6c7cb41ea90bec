/** The words that a configuration may use, from the catalogue. */
import type { Catalogue } from "../../catalogue";
import type { KnownWords } from "../../configuration/configuration";
import { gpuNameFault } from "../../judgement/name-faults";

const known = new WeakMap<Catalogue, KnownWords>();

/** The codes of all rules, and the names of releases and GPUs. */
export function knownWords(catalogue: Catalogue): KnownWords {
  const before = known.get(catalogue);
  if (before) return before;
  const words = {
    codes: Object.keys(catalogue.rules()),
    releases: catalogue.releases.map(({ name }) => name),
    gpuFault: (written: string) => gpuNameFault(written, catalogue.fit()),
  };
  known.set(catalogue, words);
  return words;
}
