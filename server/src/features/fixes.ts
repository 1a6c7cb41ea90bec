/** A finding's cures as edits of the text, however the rule stated them. */
import type { Finding } from "../judgement/finding";
import type { Launch, LaunchChange, TextChange, TextFix } from "../launch/launch";
import type { Notation } from "../notations";
import { Rewriting } from "./rewriting";
import { apart, changedPart } from "./text-edits";

/** A cure as edits. */
export interface WrittenFix extends TextFix {
  /** Never part of "fix all": it throws away what is written with nothing in its place, or guesses. */
  readonly drastic?: boolean;
}

/** Every cure of a finding that the notation can write, the preferred one first. */
export function fixesOf(finding: Finding, notation: Notation, text: string): WrittenFix[] {
  const written = finding.fixes.map(({ title, preferred, drastic, changes }) => ({
    title,
    preferred,
    ...(drastic && { drastic }),
    edits: finding.launch ? editsOf(changes, finding.launch, notation, text) : [],
  }));
  return [...(finding.textFixes ?? []), ...written]
    .filter(({ edits }) => edits.length > 0)
    .sort((a, b) => Number(b.preferred) - Number(a.preferred));
}

/** Changes of a launch as edits; where two would meet in one place, they are made one after the other. */
function editsOf(
  changes: readonly LaunchChange[],
  launch: Launch,
  notation: Notation,
  text: string,
): readonly TextChange[] {
  const written = changes.map((change) => notation.write(text, launch, change));
  const edits = written.flat();
  const meet = edits.some((edit, at) => edits.slice(at + 1).some((other) => !apart(edit.span, other.span)));
  if (!meet) return edits;
  const index = notation
    .find(text)
    .launches.findIndex(({ span }) => span.start === launch.span.start && span.end === launch.span.end);
  if (index < 0) return [];
  const rewriting = new Rewriting(text, notation);
  rewriting.perform(changes.map((change) => ({ index, stated: launch, change })));
  return changedPart(text, rewriting.text);
}

/** The edits of as many cures as can be made at once; of two that overlap, the first in the text is made. */
export function withoutOverlaps(fixes: readonly TextFix[]): TextChange[] {
  const chosen: TextChange[] = [];
  for (const { edits } of fixes) {
    const free = edits.every(({ span }) => chosen.every((other) => apart(span, other.span)));
    if (free) chosen.push(...edits);
  }
  return chosen.sort((a, b) => a.span.start - b.span.start);
}
