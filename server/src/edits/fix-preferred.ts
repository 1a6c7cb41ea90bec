/** Applies the preferred fixes of a file one after the other: those whose title says what they cost, too. */
import { type LaunchDocument, withText } from "../analysis/document";
import { reportedFindings } from "../analysis/reported-findings";
import type { Finding } from "../judgement/finding";
import { editsThatFixAll } from "./fix-all";
import { fixesOf } from "./fixes";
import { applyEdits } from "./text-edits";

/** Limit for fixes of a file, each of which is tested on the text. */
const MOST_FIXES = 200;

/**
 * The text of a file after all fixes that may be made without asking.
 *
 * @param preferred whether also preferred choices are made; a made-up value never is.
 */
export function fixedText(launchDocument: LaunchDocument, preferred: boolean): string {
  let current = fixedInBulk(launchDocument);
  if (!preferred) return current.file.text;
  const left = new Set<string>();
  for (let fixes = 0; fixes < MOST_FIXES; fixes++) {
    const next = withOneFix(current, left);
    if (!next) break;
    current = fixedInBulk(next);
  }
  return current.file.text;
}

function fixedInBulk(launchDocument: LaunchDocument): LaunchDocument {
  const edits = editsThatFixAll(launchDocument);
  return edits.length === 0
    ? launchDocument
    : withText(launchDocument, applyEdits(launchDocument.file.text, edits));
}

/** @param left the findings that no fix solves; this adds to them. */
function withOneFix(current: LaunchDocument, left: Set<string>): LaunchDocument | undefined {
  for (const finding of reportedFindings(current)) {
    const key = JSON.stringify([finding.code, finding.flag, finding.message]);
    if (left.has(key)) continue;
    const fix = fixesOf(current, finding).find(({ kind, preferred }) => preferred && kind !== "stand-in");
    const next = fix && withText(current, applyEdits(current.file.text, fix.edits));
    if (next && isBetter(current, next)) return next;
    left.add(key);
  }
  return undefined;
}

function isBetter(before: LaunchDocument, after: LaunchDocument): boolean {
  const errors = (findings: readonly Finding[]) =>
    findings.filter(({ effect }) => effect === "refused").length;
  const [old, now] = [reportedFindings(before), reportedFindings(after)];
  return (
    after.launches.length === before.launches.length && now.length < old.length && errors(now) <= errors(old)
  );
}
