/**
 * Tests fixes by reading the text after them: the finding must be gone, no new error may appear, and all launches must
 * still exist with the same words everywhere else. Every fix is tested here before it is offered or applied.
 */

import { isReadAlike, type LaunchDocument } from "../analysis/document";
import { findingsAlike } from "../analysis/reported-findings";
import type { Finding } from "../judgement/finding";
import type { Span, TextChange } from "../launch/launch";
import type { Notation } from "../notations";
import { changedFlags, divides, hasMoreErrors, hasNewErrors, tallyAt, unknownIn } from "./compared-readings";
import type { WrittenFix } from "./fixes";
import { keepsAround } from "./kept-around";
import { PartialText } from "./partial-text";
import { merged, type Reading, readingOf, readText, tallyKey } from "./reading";
import { applyEdits, keepsBrackets, placeAfter, TakenPlaces } from "./text-edits";
import { groupedUnits, type Unit, unitAround, unitsOf, withNext } from "./units";

/** A fix to test. */
export interface Candidate {
  readonly finding: Finding;
  readonly fix: WrittenFix;
}

/** Options of the tests. */
export interface TrialOptions {
  /**
   * Whether the fixes will be applied together. Then those of a launch are tested together, and one by one only if that
   * fails.
   */
  readonly together?: boolean;
  /** The length from which a text is not read as a whole for each test, if its notation knows parts. */
  readonly partsFrom?: number;
}

/** The cost of judging one argument, as a length of text to read in UTF-16 units. */
const COST_OF_WORD = 1000;

/**
 * Limit for the text that is read to test the fixes of one request, in UTF-16 units: a few seconds at most. Fixes that
 * are not tested by then are not offered.
 */
const MOST_READ = 30_000_000;

/**
 * Up to this total cost, in UTF-16 units, each fix is tested alone. A here-document or a quote can make one launch depend
 * on the text of another; a joint test of fixes for both launches can then miss damage.
 */
const MOST_ALONE = 1_500_000;

/** Added to the limit of `MOST_READ` for each launch, because a text with many launches has many fixes. */
const MOST_FOR_LAUNCH = 2_000_000;

/** A shorter text is read as a whole. */
const SHORTEST_WITH_PARTS = 10_000;

/** A text for trials: that of a document, or a part of it. */
interface TrialText {
  readonly notation: Notation;
  readonly before: Reading;
  /** The reading after edits; undefined if it is not certain. */
  read(edits: readonly TextChange[]): Reading | undefined;
}

/** What is left of the limit of a request. */
interface Budget {
  left: number;
}

/**
 * The candidates that help. Fixes of different launches are tested together, so that a file with many launches is read
 * about as often as one launch has fixes.
 */
export function helpful(
  launchDocument: LaunchDocument,
  candidates: readonly Candidate[],
  { together = false, partsFrom = SHORTEST_WITH_PARTS }: TrialOptions = {},
): Set<WrittenFix> {
  const good = new Set<WrittenFix>();
  if (candidates.length === 0) return good;
  const before = readingOf(launchDocument);
  const budget = { left: MOST_READ + MOST_FOR_LAUNCH * before.launches.length };
  let waiting = trialsOf(launchDocument, before, candidates);
  if (before.text.length >= partsFrom) {
    const { groups, others } = inParts(launchDocument, waiting);
    const uncertain = groups.flatMap(({ text, trials }) => tested(text, trials, together, budget, good));
    waiting = [...others, ...uncertain.map(({ whole }) => whole ?? [])].flat();
  }
  const read = (edits: readonly TextChange[]) => readText(launchDocument, applyEdits(before.text, edits));
  tested({ notation: launchDocument.notation, before, read }, waiting, together, budget, good);
  for (const fix of good)
    if (!isReadAlike(launchDocument, applyEdits(before.text, fix.edits))) good.delete(fix);
  return good;
}

/** Tests fixes on a text. @param good the fixes that help are added here. @returns the trials without a certain result. */
function tested(
  text: TrialText,
  all: readonly Trial[],
  together: boolean,
  budget: Budget,
  good: Set<WrittenFix>,
): readonly Trial[] {
  const { before } = text;
  // Only a notation's own fix adds what is missing.
  const trials = all.filter(({ fix, edits }) => !fix.touches || keepsBrackets(before.text, edits));
  const costs = before.launches.map(({ launch }) => COST_OF_WORD * launch.arguments.length);
  // An unchanged launch is not judged again.
  const costOf = (round: readonly Trial[]) =>
    [...new Set(round.map(({ launch }) => launch))].reduce(
      (sum, launch) => sum + (costs[launch] ?? 0),
      before.text.length,
    );
  const uncertain: Trial[] = [];
  const judge = (round: readonly Trial[]): void => {
    budget.left -= costOf(round);
    if (budget.left < 0) return;
    const edits = round.flatMap((one) => one.edits);
    const after = text.read(edits);
    const isKept = after !== undefined && keepsAround(text.notation, before.text, after.text, edits);
    const intact = isKept && isIntact(before, after, round);
    const single = round.length === 1;
    if (intact && (single || !together)) {
      for (const one of round) if (isImproved(before, after, [one])) good.add(one.fix);
    } else if (intact && groupsOf(round).every((group) => isImproved(before, after, group))) {
      for (const { fix } of round) good.add(fix);
    } else if (!single) {
      const half = round.length >> 1;
      judge(round.slice(0, half));
      judge(round.slice(half));
    } else if (after === undefined) uncertain.push(...round);
    else if (isKept && round[0] && helpsUnreadable(before, after, round[0])) good.add(round[0].fix);
  };
  const costAlone = trials.reduce((sum, one) => sum + costOf([one]), 0);
  if (!together && costAlone <= MOST_ALONE) {
    for (const one of trials) judge([one]);
    return uncertain;
  }
  let waiting = trials;
  while (waiting.length > 0 && budget.left > 0) {
    const { round, later } = nextRound(waiting, together);
    judge(round);
    waiting = later;
  }
  return uncertain;
}

function trialsOf(
  launchDocument: LaunchDocument,
  before: Reading,
  candidates: readonly Candidate[],
): readonly Trial[] {
  const { launches, findings, file } = launchDocument;
  const indices = new Map(launches.map(({ launch }, index) => [launch, index]));
  const placeOf = ({ launch }: Finding) => (launch && indices.get(launch)) ?? -1;
  const ofWriting = new Set(file.problems.map(({ code }) => code));
  // A directive concerns the whole file, wherever it is.
  const ofComments = new Set(findings.filter(({ code }) => !ofWriting.has(code)));
  return candidates.map(({ finding, fix }): Trial => {
    const { span } = finding;
    const { edits } = fix;
    if (ofComments.has(finding)) return { finding, fix, span, edits, places: [-1], launch: -1 };
    const places = findingsAlike(launchDocument, finding).map(placeOf);
    const place = placeOf(finding);
    return { finding, fix, span, edits, places, launch: place < 0 ? launchAtEdits(before, edits) : place };
  });
}

/** Trials on the parts of a text that their fixes concern, and those that concern more. */
function inParts(
  launchDocument: LaunchDocument,
  trials: readonly Trial[],
): { groups: { text: PartialText; trials: readonly Trial[] }[]; others: readonly Trial[] } {
  const units = unitsOf(launchDocument);
  const byUnit = new Map<Unit, Trial[]>();
  const others: Trial[] = [];
  for (const one of trials) {
    const unit = unitAround(units, one.span);
    const isInside = unit && one.edits.every(({ span }) => unitAround(units, span) === unit);
    if (!isInside) others.push(one);
    else byUnit.set(unit, [...(byUnit.get(unit) ?? []), one]);
  }
  const grouped = groupedUnits(launchDocument, byUnit.keys());
  if (grouped.length === 0) return { groups: [], others: trials };
  const groups = grouped.flatMap((kept) => {
    const text =
      PartialText.of(launchDocument, kept) ?? PartialText.of(launchDocument, withNext(kept, units));
    const own = kept.flatMap((unit) =>
      (byUnit.get(unit) ?? []).map((whole) => ({ whole, inside: text && inPart(whole, text, unit) })),
    );
    others.push(...own.flatMap(({ whole, inside }) => (inside ? [] : whole)));
    return text ? [{ text, trials: own.flatMap(({ inside }) => inside ?? []) }] : [];
  });
  return { groups, others };
}

/** A trial in a reduced text; undefined if a launch that it concerns is left out. */
function inPart(whole: Trial, text: PartialText, unit: Unit): Trial | undefined {
  const places = whole.places.map((place) => text.indexOf(place));
  const launch = text.indexOf(whole.launch);
  if (launch === undefined) return undefined;
  const known = places.filter((place) => place !== undefined);
  if (known.length < places.length) return undefined;
  const edits = whole.edits.map((edit) => ({ ...edit, span: text.spanOf(edit.span, unit) }));
  return { ...whole, whole, span: text.spanOf(whole.span, unit), edits, places: known, launch };
}

/** The trials, grouped by rule and flag. */
function groupsOf(round: readonly Trial[]): Trial[][] {
  const groups = new Map<string, Trial[]>();
  for (const one of round) {
    const key = tallyKey(one.finding);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(one);
  }
  return [...groups.values()];
}

interface Trial extends Candidate {
  /** The place of the finding and the edits of the fix, in the text of the trial. */
  readonly span: Span;
  readonly edits: readonly TextChange[];
  /** The trial in the whole text, if this one is in a part of it. */
  readonly whole?: Trial;
  /** Index of the launch of each finding that the fix has to solve, -1 for none; several may be alike. */
  readonly places: readonly number[];
  /** Index of the launch that the fix may change, -1 for none. */
  readonly launch: number;
}

/** The launch that edits touch, the position directly after its end included: missing parts go there. */
function launchAtEdits({ launches }: Reading, edits: readonly TextChange[]): number {
  return launches.findIndex(({ launch: { span } }) =>
    edits.some((edit) => span.start <= edit.span.end && edit.span.start <= span.end),
  );
}

/**
 * Fixes that do not affect each other: at most one per launch unless they are tested together, or a single one outside
 * all launches.
 */
function nextRound(waiting: readonly Trial[], together: boolean): { round: Trial[]; later: Trial[] } {
  const round: Trial[] = [];
  const later: Trial[] = [];
  const launches = new Set<number>();
  const places = new TakenPlaces();
  for (const one of waiting) {
    // An edit outside all launches, such as a comment that sets the release, may affect all of them.
    const fits =
      one.launch < 0 ? round.length === 0 : !launches.has(-1) && (together || !launches.has(one.launch));
    if (fits && places.take(one.edits)) {
      round.push(one);
      launches.add(one.launch);
    } else later.push(one);
  }
  return { round, later };
}

/**
 * Whether all launches still exist, have new words only where a fix writes them, and are not worse if they have no fix.
 * A fix may change only its own launch, because in a joint test its effects on other launches cannot be attributed.
 */
function isIntact(before: Reading, after: Reading, round: readonly Trial[]): boolean {
  if (before.launches.length !== after.launches.length) return false;
  const ofText = round.some(({ fix }) => !fix.touches);
  const isOutside = round.some(({ places }) => places.includes(-1));
  if (!isOutside && hasNewErrors(before.outside, after.outside)) return false;
  const fixed = new Map<number, Trial[]>();
  for (const one of round) fixed.set(one.launch, [...(fixed.get(one.launch) ?? []), one]);
  return before.launches.every((old, index) => {
    const now = after.launches[index];
    if (!now) return false;
    const own = fixed.get(index);
    if (!own && hasNewErrors(old.tally, now.tally)) return false;
    if (!ofText && old.environment !== now.environment) return false;
    // A notation's own fix may reveal more of the launch.
    if (own?.some(({ fix }) => !fix.touches)) return true;
    const writing = round.length === 1 ? round : (own ?? []);
    const flags = new Set(writing.flatMap(({ fix }) => fix.touches ?? []));
    if (writing.every(writesLiterally) && unknownIn(now.launch, flags) > unknownIn(old.launch, flags))
      return false;
    return changedFlags(old.words, now.words).every((flag) => flags.has(flag));
  });
}

/** Whether a fix writes nothing whose value is known only later: no variable, no template. */
function writesLiterally({ edits }: Trial): boolean {
  return edits.every(({ newText }) => !/[$`{%]/.test(newText));
}

/** Whether the launches (or the text outside all launches) are better after fixes for one rule and flag. */
function isImproved(before: Reading, after: Reading, group: readonly Trial[]): boolean {
  const concerned = new Set(group.flatMap(({ places, launch }) => [...places, launch]));
  const worse = [...concerned].some((one) => hasNewErrors(tallyAt(before, one), tallyAt(after, one)));
  return !worse && isGone(before, after, group);
}

function isGone(before: Reading, after: Reading, group: readonly Trial[]): boolean {
  const toSolve = new Map<number, number>();
  for (const place of group.flatMap(({ places }) => places))
    toSolve.set(place, (toSolve.get(place) ?? 0) + 1);
  return group.every((one) => {
    const { finding, places } = one;
    const countAt = (reading: Reading, place: number) =>
      tallyAt(reading, place).get(tallyKey(finding))?.count ?? 0;
    return [...new Set(places)].every((place) => {
      const fewer = countAt(before, place) - countAt(after, place);
      // A notation problem may hide the next one of its kind; so it must be gone from its place.
      return (
        fewer >= (toSolve.get(place) ?? 0) ||
        (isOfWriting(before, finding) && fewer >= 0 && !isThere(after, one))
      );
    });
  });
}

/** Whether a finding is a notation problem. */
function isOfWriting({ problems }: Reading, { code }: Finding): boolean {
  return problems.some((problem) => problem.code === code);
}

/** Whether a notation problem is still at its place. */
function isThere({ problems }: Reading, { finding: { code }, span, edits }: Trial): boolean {
  const place = placeAfter(span, edits);
  return problems.some(
    (other) => other.code === code && other.span.start <= place.end && place.start <= other.span.end,
  );
}

/** Whether a notation's fix makes more launches readable, with the others unchanged and no new problems. */
function helpsUnreadable(before: Reading, after: Reading, trial: Trial): boolean {
  if (trial.fix.touches || after.launches.length <= before.launches.length) return false;
  if (divides(before, after, trial.launch)) return !isThere(after, trial) && !hasMoreErrors(before, after);
  const whole = ({ launches, outside }: Reading) =>
    launches.map(({ tally }) => tally).reduce((sum, tally) => merged(sum, tally), outside);
  if (hasNewErrors(whole(before), whole(after))) return false;
  const said = (reading: Reading) => reading.launches.map(({ words }) => JSON.stringify([...words]));
  const now = said(after);
  return !isThere(after, trial) && said(before).every((words) => now.includes(words));
}
