// @ts-check
/** The rules whose ranges include a new release, and the rules whose ranges end before it. */
import { readRuleWords } from "../schemas/rule-words.mjs";
import { releasesIn } from "../schemas/rules.mjs";

/**
 * @param {string} folder the folder `schemas`
 * @param {readonly string[]} releases old to new, the new one among them
 * @param {string} release the new one
 * @param {string} earlier the one before it
 */
export async function ruleRanges(folder, releases, release, earlier) {
  const holds = [];
  const ends = [];
  for (const [id, { rule }] of await readRuleWords(folder)) {
    if (!rule || (rule.cases === undefined && rule.if === undefined)) continue;
    const ranges = (rule.cases ?? [{}]).map(
      (one) => ("releases" in one && one.releases) || rule.releases || "..",
    );
    const covered = ranges.map((range) => releasesIn(range, releases));
    if (covered.some((names) => names.includes(release))) holds.push(id);
    else if (covered.some((names) => names.includes(earlier))) ends.push(id);
  }
  return { holds, ends };
}
