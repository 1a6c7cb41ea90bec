/** Edits of a text: to apply them, and to find those that turn one text into another. */
import { diffLines } from "diff";
import type { TextChange } from "../launch/launch";

/** Applies edits that do not overlap to a text; of several at one place the first comes first, as in an editor. */
export function applyEdits(text: string, edits: readonly TextChange[]): string {
  const backwards = [...edits].reverse().sort((a, b) => b.span.start - a.span.start);
  return backwards.reduce(
    (result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end),
    text,
  );
}

/** Whether two places neither overlap nor are one. */
export function apart(a: TextChange["span"], b: TextChange["span"]): boolean {
  return a.end <= b.start || b.end <= a.start ? !(a.start === b.start && a.end === b.end) : false;
}

/** The one edit that turns `before` into `after`, without what both begin and end with. */
export function changedPart(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same])
    same++;
  return [{ span: { start, end: before.length - same }, newText: after.slice(start, after.length - same) }];
}

/** The edits of whole lines that turn `before` into `after`, from top to bottom. */
export function changedLines(before: string, after: string): TextChange[] {
  const edits: TextChange[] = [];
  let start = 0;
  for (const { added, removed, value } of diffLines(before, after)) {
    const end = added ? start : start + value.length;
    const last = edits.at(-1);
    // What is taken out and what takes its place is one edit.
    if (added && last?.span.end === start && last.newText === "")
      edits[edits.length - 1] = { ...last, newText: value };
    else if (added || removed) edits.push({ span: { start, end }, newText: added ? value : "" });
    start = end;
  }
  return edits;
}
