/** Cures cure: applied to what the real LightLLM refused, a preferred fix takes its finding away and brings no new one. */
import { describe, expect, test } from "vitest";
import { applyEdits, fixesOf, withoutOverlaps } from "../../server/src/features";
import type { Finding } from "../../server/src/judgement/finding";
import { type Case, casesOf, inShell, judgeText, RELEASES, recordedOn, SHELL } from "../support/conformance";

/** More fixes in a row than any launch of the record needs. */
const MOST_STEPS = 25;

/** More rounds of "fix all" than any launch of the record needs. */
const MOST_ROUNDS = 6;

function refusalsOf(text: string, release: string, one: Case): Finding[] {
  const { findings } = judgeText(text, SHELL, release, recordedOn(one));
  return findings.filter(({ effect }) => effect === "refused");
}

/** The text after the preferred fix; nothing where there is none. */
function mend(text: string, finding: Finding): string | undefined {
  const fix = fixesOf(finding, SHELL, text).find(({ preferred }) => preferred);
  return fix && applyEdits(text, fix.edits);
}

function place({ code, flag, span }: Finding): string {
  return `${code} ${flag} ${span.start}`;
}

describe.each(RELEASES)("LightLLM %s", (release) => {
  const refused = casesOf(release).filter(({ accepted }) => !accepted);

  test("a preferred fix takes its finding away and brings no new refusal", () => {
    const wrong: string[] = [];
    for (const one of refused) {
      const text = inShell(one);
      const before = refusalsOf(text, release, one);
      for (const finding of before) {
        const mended = mend(text, finding);
        if (mended === undefined) continue;
        const after = refusalsOf(mended, release, one);
        const count = (findings: readonly Finding[]) =>
          findings.filter(({ code }) => code === finding.code).length;
        const fresh = after.filter(({ code }) => !before.some((known) => known.code === code));
        // What the parser could not read hides what it says: that comes to light, and is not new.
        const uncovered = finding.stage === "argparse";
        if (count(after) >= count(before))
          wrong.push(`${one.id}: ${place(finding)} is still there: ${mended.slice(37)}`);
        if (fresh.length > 0 && !uncovered)
          wrong.push(`${one.id}: ${place(finding)} brings ${fresh.map(place)}: ${mended.slice(37)}`);
      }
    }
    expect(wrong.slice(0, 10)).toEqual([]);
  });

  test("preferred fixes, one after the other, make at least 95% of the refused launches start", () => {
    const stuck: string[] = [];
    for (const one of refused) {
      let text = inShell(one);
      let steps = 0;
      for (; steps < MOST_STEPS; steps++) {
        const [first] = refusalsOf(text, release, one);
        const mended = first && mend(text, first);
        if (!first || mended === undefined) break;
        text = mended;
      }
      const left = refusalsOf(text, release, one);
      if (left.length > 0) stuck.push(`${one.id}: ${left.map(({ code }) => code)}: ${text.slice(37).trim()}`);
    }
    const share = 1 - stuck.length / refused.length;
    console.info(
      `${release}: ${(100 * share).toFixed(1)}% of ${refused.length} refused launches start after preferred fixes.`,
    );
    if (stuck.length > 0) console.info(stuck.slice(0, 5).join("\n"));
    expect(share).toBeGreaterThanOrEqual(0.95);
  });

  test("all preferred fixes at once, again and again, come to rest and refuse nothing that was accepted", () => {
    const wrong: string[] = [];
    for (const one of casesOf(release)) {
      const texts = [inShell(one)];
      while (texts.length <= MOST_ROUNDS) {
        const text = texts.at(-1) ?? "";
        const { findings } = judgeText(text, SHELL, release, recordedOn(one));
        const fixes = findings.flatMap((finding) => fixesOf(finding, SHELL, text).slice(0, 1));
        const edits = withoutOverlaps(fixes.filter(({ preferred, drastic }) => preferred && !drastic));
        if (edits.length === 0) break;
        texts.push(applyEdits(text, edits));
      }
      const last = texts.at(-1) ?? "";
      if (texts.length > MOST_ROUNDS) wrong.push(`${one.id} never ends: ${texts.join("→ ")}`);
      if (one.accepted && refusalsOf(last, release, one).length > 0)
        wrong.push(`${one.id}: ${texts.join("→ ")}`);
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });
});
