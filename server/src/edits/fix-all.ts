/** "Fix all": applies all spelling fixes of a file, and the spelling fixes that become possible after them. */

import { isReadAlike, type LaunchDocument, withText } from "../analysis/document";
import { isWithin, type Launch, type Span, type TextChange } from "../launch/launch";
import { hasNewErrors, tallyAt } from "./compared-readings";
import { spellingFixes, type WrittenFix } from "./fixes";
import { keepsAround } from "./kept-around";
import { readingOf, readText } from "./reading";
import { applyEdits, changedLines, TakenPlaces } from "./text-edits";

/** Maximum number of rounds: fixes may overlap, and one may enable the next. A text that needs more is not changed. */
const MOST_ROUNDS = 10;

/** What "fix all" does to a file. */
export interface FixAll {
  readonly edits: readonly TextChange[];
  /** The fixes in the order of the text. */
  readonly fixes: readonly MadeFix[];
  /** The text after them. */
  readonly text: string;
}

/** One of them. */
export interface MadeFix {
  readonly title: string;
  /** Where it is in the text after all of them. */
  readonly offset: number;
}

const found = new WeakMap<LaunchDocument, FixAll>();

/** All spelling fixes of a file; cached per document. */
export function fixAllOf(launchDocument: LaunchDocument): FixAll {
  const all = found.get(launchDocument) ?? findFixes(launchDocument);
  found.set(launchDocument, all);
  return all;
}

/** The edits that apply all spelling fixes of a file. */
export function editsThatFixAll(launchDocument: LaunchDocument): readonly TextChange[] {
  return fixAllOf(launchDocument).edits;
}

/** Number of findings that "fix all" solves. */
export function countFixAll(launchDocument: LaunchDocument): number {
  return spellingFixes(launchDocument).length;
}

function findFixes(launchDocument: LaunchDocument): FixAll {
  const { text } = launchDocument.file;
  const nothing: FixAll = { edits: [], fixes: [], text };
  let fixed = launchDocument;
  let made: readonly MadeFix[] = [];
  let first: readonly TextChange[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fixes = jointFixes(fixed);
    if (fixes.length === 0) {
      const after = fixed.file.text;
      const inOrder = [...made].sort((a, b) => a.offset - b.offset);
      return { edits: round === 1 ? first : changedLines(text, after), fixes: inOrder, text: after };
    }
    const edits = editsOf(fixes);
    if (round === 0) first = edits;
    const news = fixes.flatMap(({ title, edits: [edit] }) =>
      edit ? [{ title, offset: edit.span.start }] : [],
    );
    made = [...made, ...news].map(({ title, offset }) => ({ title, offset: moved(offset, edits) }));
    fixed = withText(fixed, applyEdits(fixed.file.text, edits));
  }
  return nothing;
}

/** An offset after edits of the text. */
function moved(offset: number, edits: readonly TextChange[]): number {
  const before = edits.filter(({ span }) => span.start < offset);
  return before.reduce((at, { span, newText }) => at + newText.length - (span.end - span.start), offset);
}

/** The edits of fixes, from top to bottom. */
function editsOf(fixes: readonly WrittenFix[]): TextChange[] {
  return fixes.flatMap(({ edits }) => edits).sort((a, b) => a.span.start - b.span.start);
}

/**
 * Fixes of a file that can be applied together. Each helps alone; if several fixes of a launch fail together, one is
 * applied.
 */
function jointFixes(launchDocument: LaunchDocument): WrittenFix[] {
  const before = readingOf(launchDocument);
  const launches = before.launches.map(({ launch }) => launch);
  let chosen = withoutOverlaps(spellingFixes(launchDocument)).map((fix) => ({
    fix,
    launch: fix.edits[0] ? launchHolding(launches, fix.edits[0].span) : -1,
  }));
  for (let tries = 0; tries < 3 && chosen.length > 0; tries++) {
    const fixes = chosen.map(({ fix }) => fix);
    const edits = editsOf(fixes);
    const after = readText(launchDocument, applyEdits(before.text, edits));
    if (!isReadAlike(launchDocument, after.text)) return [];
    if (!keepsAround(launchDocument.notation, before.text, after.text, edits)) return [];
    const sameCount = after.launches.length >= before.launches.length;
    const isWorse = (launch: number) => {
      return !sameCount || hasNewErrors(tallyAt(before, launch), tallyAt(after, launch));
    };
    const worse = new Set([-1, ...launches.keys()].filter(isWorse));
    if (worse.size === 0) return fixes;
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
