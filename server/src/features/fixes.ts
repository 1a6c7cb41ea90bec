/** A finding's cures as edits of the text, however the rule stated them. */
import type { Finding } from "../judgement/finding";
import type { Launch, TextChange, TextFix } from "../launch/launch";
import type { Notation } from "../notations";

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
    edits: finding.launch
      ? changes.flatMap((change) => notation.write(text, finding.launch as Launch, change))
      : [],
  }));
  return [...(finding.textFixes ?? []), ...written]
    .filter(({ edits }) => edits.length > 0)
    .sort((a, b) => Number(b.preferred) - Number(a.preferred));
}

/** Applies edits that do not overlap to a text; of several at one place the first comes first, as in an editor. */
export function applyEdits(text: string, edits: readonly TextChange[]): string {
  const backwards = [...edits].reverse().sort((a, b) => b.span.start - a.span.start);
  return backwards.reduce(
    (result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end),
    text,
  );
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

function apart(a: TextChange["span"], b: TextChange["span"]): boolean {
  return a.end <= b.start || b.end <= a.start ? !(a.start === b.start && a.end === b.end) : false;
}
