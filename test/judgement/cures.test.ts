/** Cures cure: applied to what the real LightLLM refused, a preferred fix takes its finding away and brings no new one. */
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  analyse,
  applyEdits,
  codeActions,
  FIX_ALL,
  fixesOf,
  shippedCatalogue,
} from "../../server/src/features";
import type { Finding } from "../../server/src/judgement/finding";
import { type Case, casesOf, inShell, judgeText, RELEASES, recordedOn, SHELL } from "../support/conformance";

/** More fixes in a row than any launch of the record needs. */
const MOST_STEPS = 25;

function refusalsOf(text: string, release: string, one: Case): Finding[] {
  const { findings } = judgeText(text, SHELL, release, recordedOn(one));
  return findings.filter(({ effect }) => effect === "refused");
}

/** The text after the preferred fix; nothing where there is none. */
function mend(text: string, finding: Finding): string | undefined {
  const fix = fixesOf(finding, SHELL, text).find(({ preferred }) => preferred);
  return fix && applyEdits(text, fix.edits);
}

const START = { line: 0, character: 0 };

/** The text after the editor's "fix all"; nothing where there is nothing to fix. */
function fixAll(text: string, release: string, one: Case): string | undefined {
  const document = TextDocument.create("file:///launch.sh", "shellscript", 1, text);
  const settings = { setting: release, language: "en" } as const;
  const analysed = analyse(document, SHELL, settings, shippedCatalogue(), { surroundings: recordedOn(one) });
  const [action] = codeActions(analysed, {
    range: { start: START, end: START },
    diagnostics: [],
    only: [FIX_ALL],
  });
  return action?.edit?.changes && TextDocument.applyEdits(document, action.edit.changes[document.uri] ?? []);
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

  test("fixing all leaves nothing to fix, and refuses nothing that was accepted", () => {
    const wrong: string[] = [];
    for (const one of casesOf(release)) {
      const text = inShell(one);
      const mended = fixAll(text, release, one);
      if (mended === undefined) continue;
      if (fixAll(mended, release, one) !== undefined) wrong.push(`${one.id} has more to fix: ${mended}`);
      if (one.accepted && refusalsOf(mended, release, one).length > 0)
        wrong.push(`${one.id} is refused now: ${mended}`);
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });
});
