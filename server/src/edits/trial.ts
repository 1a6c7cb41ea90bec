/**
 * Whether fixes help, found by reading the text as it is after them: the finding is gone, no new error came, and all launches
 * are there as before with the same words everywhere else. Every fix passes through here before it is offered or made.
 */

import type { LaunchDocument } from "../analysis/document";
import type { Finding } from "../judgement/finding";
import { type Span, spanFrom, type TextChange } from "../launch/launch";
import type { WrittenFix } from "./fixes";
import { merged, type Reading, readingOf, readText, type Tally, tallyKey } from "./reading";
import { applyEdits, TakenPlaces } from "./text-edits";

/** A fix to be tried out. */
export interface Candidate {
  readonly finding: Finding;
  readonly fix: WrittenFix;
}

/** How fixes are tried. */
export interface TrialOptions {
  /** Whether they are to be made at once: then all of a launch are tried together, and singly only what fails so. */
  readonly together?: boolean;
}

/** To judge an argument takes about as long as to read so much text, in UTF-16 units. */
const COST_OF_WORD = 1000;

/**
 * How much text is read to try the fixes of a request out, in UTF-16 units: some seconds at most. What has had no turn by then
 * is not offered.
 */
const MOST_READ = 30_000_000;

/**
 * Those of the candidates that help. Fixes of different launches are tried in one reading of the text, so that a file of
 * many launches is read about as often as one launch has fixes.
 */
export function helpful(
  launchDocument: LaunchDocument,
  candidates: readonly Candidate[],
  { together = false }: TrialOptions = {},
): Set<WrittenFix> {
  const good = new Set<WrittenFix>();
  if (candidates.length === 0) return good;
  const before = readingOf(launchDocument);
  const words = launchDocument.launches.reduce((sum, { launch }) => sum + launch.arguments.length, 0);
  const cost = before.text.length + COST_OF_WORD * words;
  let left = MOST_READ;
  const judge = (round: readonly Trial[]): void => {
    left -= cost;
    if (left < 0) return;
    const edits = round.flatMap(({ fix }) => fix.edits);
    const after = readText(launchDocument, applyEdits(before.text, edits));
    const intact = isIntact(before, after, round);
    const single = round.length === 1;
    if (intact && (single || !together)) {
      for (const one of round) if (isMended(before, after, [one])) good.add(one.fix);
    } else if (intact && groupsOf(round).every((group) => isMended(before, after, group))) {
      for (const { fix } of round) good.add(fix);
    } else if (!single) {
      const half = round.length >> 1;
      judge(round.slice(0, half));
      judge(round.slice(half));
    } else if (round[0] && helpsUnreadable(before, after, round[0])) good.add(round[0].fix);
  };
  let waiting: readonly Trial[] = trialsOf(launchDocument, before, candidates);
  while (waiting.length > 0 && left > 0) {
    const { round, later } = nextRound(waiting, together);
    judge(round);
    waiting = later;
  }
  return good;
}

function trialsOf(
  { launches, findings, file }: LaunchDocument,
  before: Reading,
  candidates: readonly Candidate[],
): readonly Trial[] {
  const indices = new Map(launches.map(({ launch }, index) => [launch, index]));
  const ofWriting = new Set(file.problems.map(({ code }) => code));
  // A comment that steers us concerns the file, wherever it is.
  const ofComments = new Set(findings.filter(({ code }) => !ofWriting.has(code)));
  return candidates.map(({ finding, fix }) => {
    if (ofComments.has(finding)) return { finding, fix, place: -1, launch: -1 };
    const place = (finding.launch && indices.get(finding.launch)) ?? -1;
    return { finding, fix, place, launch: place < 0 ? launchAtEdits(before, fix.edits) : place };
  });
}

/** The trials of each rule, flag and place. */
function groupsOf(round: readonly Trial[]): Trial[][] {
  const groups = new Map<string, Trial[]>();
  for (const one of round) {
    const key = `${one.place} ${tallyKey(one.finding)}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(one);
  }
  return [...groups.values()];
}

interface Trial extends Candidate {
  /** The launch that the finding is said of, -1 for what is outside any. */
  readonly place: number;
  /** The launch that the fix may change, -1 for none. */
  readonly launch: number;
}

/** The launch that edits touch, also right behind its end: there stands what should be part of it. */
function launchAtEdits({ launches }: Reading, edits: readonly TextChange[]): number {
  return launches.findIndex(({ launch: { span } }) =>
    edits.some((edit) => span.start <= edit.span.end && edit.span.start <= span.end),
  );
}

/** Fixes none of which is in the place of another: at most one for each launch unless they are tried together, or one of no launch alone. */
function nextRound(waiting: readonly Trial[], together: boolean): { round: Trial[]; later: Trial[] } {
  const round: Trial[] = [];
  const later: Trial[] = [];
  const launches = new Set<number>();
  const places = new TakenPlaces();
  for (const one of waiting) {
    // What is of no launch, as a comment that names the release, may concern them all.
    const fits =
      one.launch < 0 ? round.length === 0 : !launches.has(-1) && (together || !launches.has(one.launch));
    if (fits && places.take(one.fix.edits)) {
      round.push(one);
      launches.add(one.launch);
    } else later.push(one);
  }
  return { round, later };
}

/**
 * Whether all launches are there, with other words only where a fix writes them, and no launch without a fix is worse. Of
 * several fixes each may change its own launch only: what one does to the launch of another cannot be told apart.
 */
function isIntact(before: Reading, after: Reading, round: readonly Trial[]): boolean {
  if (before.launches.length !== after.launches.length) return false;
  const ofText = round.some(({ fix }) => !fix.touches);
  const isOutside = round.some(({ place }) => place < 0);
  if (!isOutside && hasNewErrors(before.outside, after.outside)) return false;
  const fixed = new Map<number, Trial[]>();
  for (const one of round) fixed.set(one.launch, [...(fixed.get(one.launch) ?? []), one]);
  return before.launches.every((old, index) => {
    const now = after.launches[index];
    if (!now) return false;
    const own = fixed.get(index);
    if (!own && hasNewErrors(old.tally, now.tally)) return false;
    if (!ofText && old.environment !== now.environment) return false;
    // What a notation mends in its own writing may bring more of the launch to light.
    if (own?.some(({ fix }) => !fix.touches)) return true;
    const writing = round.length === 1 ? round : (own ?? []);
    const flags = new Set(writing.flatMap(({ fix }) => fix.touches ?? []));
    return changedFlags(old.words, now.words).every((flag) => flags.has(flag));
  });
}

function changedFlags(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((flag) => a.get(flag) !== b.get(flag));
}

/** Whether a launch, or what is outside of them, is better after fixes of findings that say the same of one place. */
function isMended(before: Reading, after: Reading, group: readonly Trial[]): boolean {
  const worse = group.some(({ place, launch }) =>
    [place, launch].some((one) => hasNewErrors(tallyAt(before, one), tallyAt(after, one))),
  );
  return !worse && isGone(before, after, group);
}

/** What is wrong with a launch, for -1 outside of any. */
export function tallyAt({ launches, outside }: Reading, launch: number): Tally {
  return launches[launch]?.tally ?? outside;
}

function isGone(before: Reading, after: Reading, group: readonly Trial[]): boolean {
  return group.every(({ finding, fix, place }) => {
    const countIn = (reading: Reading) => tallyAt(reading, place).get(tallyKey(finding))?.count ?? 0;
    const fewer = countIn(before) - countIn(after);
    // A fault of the writing may hide the next of its kind: what counts is that it is gone from its place.
    return fewer >= group.length || (finding.textFixes && fewer >= 0 && !isThere(after, finding, fix));
  });
}

/** Whether a fault of the writing is in its place still. */
function isThere({ problems }: Reading, { code, span }: Finding, { edits }: WrittenFix): boolean {
  const place = placeAfter(span, edits);
  return problems.some(
    (other) => other.code === code && other.span.start <= place.end && place.start <= other.span.end,
  );
}

/** A fix of the writing that makes more launches readable: the others are as they were, and nothing new is wrong. */
function helpsUnreadable(before: Reading, after: Reading, { finding, fix }: Trial): boolean {
  if (fix.touches || after.launches.length <= before.launches.length) return false;
  const whole = ({ launches, outside }: Reading) =>
    launches.map(({ tally }) => tally).reduce((sum, tally) => merged(sum, tally), outside);
  if (hasNewErrors(whole(before), whole(after))) return false;
  const said = (reading: Reading) => reading.launches.map(({ words }) => JSON.stringify([...words]));
  const now = said(after);
  return !isThere(after, finding, fix) && said(before).every((words) => now.includes(words));
}

/** Whether a change leaves all launches of a text, their environments and what is wrong with them as they are: those of a comment. */
export function leavesWords(launchDocument: LaunchDocument, changed: LaunchDocument): boolean {
  const before = readingOf(launchDocument);
  const after = readingOf(changed);
  return (
    launchDocument.notation.saysTheSame?.(before.text, after.text) !== false &&
    !hasNewErrors(before.outside, after.outside) &&
    before.launches.length === after.launches.length &&
    before.launches.every((old, index) => {
      const now = after.launches[index];
      return (
        now !== undefined &&
        (old.isBroken ||
          (old.environment === now.environment && changedFlags(old.words, now.words).length === 0)) &&
        !hasNewErrors(old.tally, now.tally)
      );
    })
  );
}

/** Whether something is said as an error that was not said so before, or more often than before. */
export function hasNewErrors(before: Tally, after: Tally): boolean {
  for (const [key, { errors }] of after) if (errors > (before.get(key)?.errors ?? 0)) return true;
  return false;
}

/** Where a place is once edits are made. */
function placeAfter({ start, end }: Span, edits: readonly TextChange[]): Span {
  const shift = (offset: number, isStart: boolean) =>
    edits.reduce((at, { span, newText }) => {
      const isBefore = isStart ? span.end <= offset && span.start < offset : span.end <= offset;
      return isBefore ? at + newText.length - (span.end - span.start) : at;
    }, offset);
  const from = shift(start, true);
  return spanFrom(from, Math.max(from, shift(end, false)));
}
