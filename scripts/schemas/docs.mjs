// @ts-check
/** Compiles the documentation of a flag or variable: the ranges of releases become lists, and the sources are left out. */
import { releasesIn } from "./rules.mjs";

/**
 * @param {Record<string, any>} doc as it is written
 * @param {readonly string[]} releases old to new
 * @param {(keys: (string | number)[], message: string) => Error} errorAt
 * @returns {Record<string, any>}
 */
export function compileDocs({ source, ...doc }, releases, errorAt) {
  for (const language of ["en", "zh"]) {
    const text = doc[language];
    if (!text?.byRelease) continue;
    const byRelease = Object.entries(text.byRelease).map(([range, said]) => {
      const covered = releasesIn(range, releases);
      if (covered.length === 0)
        throw errorAt([language, "byRelease", range], `there are no releases ${range}.`);
      return { releases: covered, text: said };
    });
    doc[language] = { ...text, byRelease };
  }
  return doc;
}
