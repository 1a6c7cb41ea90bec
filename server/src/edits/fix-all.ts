/** "Fix all": applies all spelling fixes of a file, and the spelling fixes that become possible after them. */

import { type LaunchDocument, withText } from "../analysis/document";
import { isWithin, type Launch, type Span, type TextChange } from "../launch/launch";
import { hasNewErrors, tallyAt } from "./compared-readings";
import { spellingFixes, type WrittenFix } from "./fixes";
import { readingOf, readText } from "./reading";
import { applyEdits, changedLines, TakenPlaces } from "./text-edits";

/** Maximum number of rounds: fixes may overlap, and one may enable the next. A text that needs more is not changed. */
const MOST_ROUNDS = 10;

const found = new WeakMap<LaunchDocument, readonly TextChange[]>();

/** The edits that apply all spelling fixes of a file; cached per document. */
export function editsThatFixAll(launchDocument: LaunchDocument): readonly TextChange[] {
  const edits = found.get(launchDocument) ?? findEdits(launchDocument);
  found.set(launchDocument, edits);
  return edits;
}

/** Number of findings that "fix all" solves. */
export function countFixAll(launchDocument: LaunchDocument): number {
  return spellingFixes(launchDocument).length;
}

function findEdits(launchDocument: LaunchDocument): readonly TextChange[] {
  const { text } = launchDocument.file;
  const first = jointEdits(launchDocument);
  if (first.length === 0) return [];
  let fixed = withText(launchDocument, applyEdits(text, first));
  for (let round = 1; round < MOST_ROUNDS; round++) {
    const edits = jointEdits(fixed);
    if (edits.length === 0) return round === 1 ? first : changedLines(text, fixed.file.text);
    fixed = withText(fixed, applyEdits(fixed.file.text, edits));
  }
  return [];
}

/**
 * Fixes of a file that can be applied together. Each helps alone; if several fixes of a launch fail together, one is
 * applied.
 */
function jointEdits(launchDocument: LaunchDocument): TextChange[] {
  const before = readingOf(launchDocument);
  const launches = before.launches.map(({ launch }) => launch);
  let chosen = withoutOverlaps(spellingFixes(launchDocument)).map((fix) => ({
    fix,
    launch: fix.edits[0] ? launchHolding(launches, fix.edits[0].span) : -1,
  }));
  for (let tries = 0; tries < 3 && chosen.length > 0; tries++) {
    const edits = chosen.flatMap(({ fix }) => fix.edits).sort((a, b) => a.span.start - b.span.start);
    const after = readText(launchDocument, applyEdits(before.text, edits));
    const sameCount = after.launches.length >= before.launches.length;
    const isWorse = (launch: number) => {
      return !sameCount || hasNewErrors(tallyAt(before, launch), tallyAt(after, launch));
    };
    const worse = new Set([-1, ...launches.keys()].filter(isWorse));
    if (worse.size === 0) return edits;
    const seen = new Set<number>();
    chosen = chosen.filter(({ launch }) => {
      if (!worse.has(launch)) return true;
      if (seen.has(launch) || tries > 0) return false;
      seen.add(launch);
      return true;
    });
  }
  return [];
}

/** Index of the launch that an edit is in, the innermost if they are nested; -1 for none. */
function launchHolding(launches: readonly Launch[], edited: Span): number {
  const length = ({ start, end }: Span) => end - start;
  const around = launches.filter(({ span }) => isWithin(edited, span));
  const [innermost] = around.sort((a, b) => length(a.span) - length(b.span));
  return innermost ? launches.indexOf(innermost) : -1;
}

/** Fixes that can be applied together; of two that overlap, the first. */
function withoutOverlaps(fixes: readonly WrittenFix[]): WrittenFix[] {
  const places = new TakenPlaces();
  return fixes.filter(({ edits }) => places.take(edits));
}
