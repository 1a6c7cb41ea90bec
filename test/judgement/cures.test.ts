/**
 * Fixes help: applied to command lines that the real LightLLM refused, a preferred fix solves its finding and causes no
 * new one.
 */
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { FIX_ALL_KIND } from "../../server/src/features/code-action-kinds";
import type { Finding } from "../../server/src/judgement/finding";
import { type LaunchDocument, service } from "../../server/src/service";
import { type Case, casesOf, inShell, judgeText, RELEASES, recordedOn, SHELL } from "../support/conformance";

const { analyse, applyEdits, codeActions, fixesOf, shippedCatalogue } = service;

/** More consecutive fixes than any recorded launch needs. */
const MOST_STEPS = 25;

function refusalsOf(text: string, release: string, one: Case): Finding[] {
  const { findings } = judgeText(text, SHELL, release, recordedOn(one));
  return findings.filter(({ effect }) => effect === "refused");
}

/** A script that is open in an editor. */
function openScript(text: string, release: string, one: Case): LaunchDocument {
  const document = TextDocument.create("file:///launch.sh", "shellscript", 1, text);
  const settings = { setting: release, language: "en" } as const;
  return analyse(document, SHELL, settings, shippedCatalogue(), { surroundings: recordedOn(one) });
}

/** The text after the preferred fixes of all its refusals, in order. */
function* withPreferredFixes(
  text: string,
  release: string,
  one: Case,
): Generator<{ finding: Finding; text: string }> {
  const script = openScript(text, release, one);
  for (const finding of script.launches[0]?.findings ?? []) {
    if (finding.effect !== "refused") continue;
    const fix = fixesOf(script, finding).find(({ preferred }) => preferred);
    if (fix) yield { finding, text: applyEdits(text, fix.edits) };
  }
}

const START = { line: 0, character: 0 };

/** The text after the editor's "fix all"; undefined if there is nothing to fix. */
function fixAll(text: string, release: string, one: Case): string | undefined {
  const analysed = openScript(text, release, one);
  const { document } = analysed;
  const [action] = codeActions(analysed, {
    range: { start: START, end: START },
    diagnostics: [],
    only: [FIX_ALL_KIND],
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
      for (const { finding, text: fixed } of withPreferredFixes(text, release, one)) {
        const after = refusalsOf(fixed, release, one);
        const count = (findings: readonly Finding[]) =>
          findings.filter(({ code }) => code === finding.code).length;
        const fresh = after.filter(({ code }) => !before.some((known) => known.code === code));
        if (count(after) >= count(before))
          wrong.push(`${one.id}: ${place(finding)} is still there: ${fixed.slice(37)}`);
        if (fresh.length > 0)
          wrong.push(`${one.id}: ${place(finding)} brings ${fresh.map(place)}: ${fixed.slice(37)}`);
      }
    }
    expect(wrong.slice(0, 10)).toEqual([]);
  });

  test("preferred fixes, one after the other, make at least 87% of the refused launches start", () => {
    const stuck: string[] = [];
    for (const one of refused) {
      let text = inShell(one);
      let steps = 0;
      for (; steps < MOST_STEPS; steps++) {
        const [first] = withPreferredFixes(text, release, one);
        if (!first) break;
        text = first.text;
      }
      const left = refusalsOf(text, release, one);
      if (left.length > 0) stuck.push(`${one.id}: ${left.map(({ code }) => code)}: ${text.slice(37).trim()}`);
    }
    const share = 1 - stuck.length / refused.length;
    console.info(
      `${release}: ${(100 * share).toFixed(1)}% of ${refused.length} refused launches start after preferred fixes.`,
    );
    if (stuck.length > 0) console.info(stuck.slice(0, 5).join("\n"));
    expect(share).toBeGreaterThanOrEqual(0.87);
  });

  test("fixing all leaves nothing to fix, and refuses nothing that was accepted", () => {
    const wrong: string[] = [];
    let started = 0;
    for (const one of casesOf(release)) {
      const text = inShell(one);
      const fixed = fixAll(text, release, one);
      if (fixed === undefined) continue;
      if (!one.accepted && refusalsOf(fixed, release, one).length === 0) started++;
      if (fixAll(fixed, release, one) !== undefined) wrong.push(`${one.id} has more to fix: ${fixed}`);
      if (one.accepted && refusalsOf(fixed, release, one).length > 0)
        wrong.push(`${one.id} is refused now: ${fixed}`);
    }
    const share = (100 * started) / refused.length;
    console.info(
      `${release}: ${share.toFixed(1)}% of ${refused.length} refused launches start after "fix all".`,
    );
    expect(wrong.slice(0, 3)).toEqual([]);
  });
});
