/** Edits of a text: applies them, and computes those that turn one text into another. */
import { diffLines } from "diff";
import { type Span, spanFrom, type TextChange } from "../launch/launch";

/** Applies edits that do not overlap; edits at the same place are applied in their order, as in an editor. */
export function applyEdits(text: string, edits: readonly TextChange[]): string {
  const inOrder = [...edits].sort((a, b) => a.span.start - b.span.start);
  const parts: string[] = [];
  let end = 0;
  for (const { span, newText } of inOrder) {
    parts.push(text.slice(end, Math.max(end, span.start)), newText);
    end = Math.max(end, span.end);
  }
  return parts.join("") + text.slice(end);
}

/** Characters per block; each block has its own list of places. */
const BLOCK = 1024;

/** The places that edits have taken; a lookup costs the same for any number of edits. */
export class TakenPlaces {
  private readonly blocks = new Map<number, TextChange[]>();

  /** Takes the places of edits. @returns true if all were free; otherwise none is taken. */
  take(edits: readonly TextChange[]): boolean {
    const free = edits.every((edit) =>
      blocksOf(edit).every((block) =>
        (this.blocks.get(block) ?? []).every((other) => apart(edit.span, other.span)),
      ),
    );
    if (!free) return false;
    for (const edit of edits) {
      for (const block of blocksOf(edit)) {
        const known = this.blocks.get(block) ?? [];
        this.blocks.set(block, known);
        known.push(edit);
      }
    }
    return true;
  }
}

function blocksOf({ span }: TextChange): number[] {
  const first = Math.floor(Math.max(0, span.start - 1) / BLOCK);
  const last = Math.floor(span.end / BLOCK);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** Whether two places neither overlap nor are equal. */
export function apart(a: TextChange["span"], b: TextChange["span"]): boolean {
  return a.end <= b.start || b.end <= a.start ? !(a.start === b.start && a.end === b.end) : false;
}

/** Whether two edits do the same. */
export function isSameChange(a: TextChange, b: TextChange): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}

/** The single edit that turns `before` into `after`, without their common start and end. */
export function changedPart(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same])
    same++;
  return [{ span: spanFrom(start, before.length - same), newText: after.slice(start, after.length - same) }];
}

/** The edits of whole lines that turn `before` into `after`, from top to bottom. */
export function changedLines(before: string, after: string): TextChange[] {
  const edits: TextChange[] = [];
  let start = 0;
  for (const { added, removed, value } of diffLines(before, after)) {
    const end = added ? start : start + value.length;
    const last = edits.at(-1);
    // A removal and the insertion at its place are one edit.
    if (added && last?.span.end === start && last.newText === "")
      edits[edits.length - 1] = { ...last, newText: value };
    else if (added || removed) edits.push({ span: spanFrom(start, end), newText: added ? value : "" });
    start = end;
  }
  return edits;
}

/** Whether edits take away and add closing brackets only with their opening ones, as in `${PORT:-8000}`. */
export function keepsBrackets(text: string, edits: readonly TextChange[]): boolean {
  const gone = edits.map(({ span }) => text.slice(span.start, span.end)).join("");
  const added = edits.map(({ newText }) => newText).join("");
  return ["()", "[]", "{}"].every((pair) => excess(gone, pair) === excess(added, pair));
}

/** How many more opening than closing brackets a text has. */
function excess(text: string, pair: string): number {
  let sum = 0;
  for (const char of text) sum += char === pair[0] ? 1 : char === pair[1] ? -1 : 0;
  return sum;
}

/** The new place of a span after edits. */
export function placeAfter({ start, end }: Span, edits: readonly TextChange[]): Span {
  const shift = (offset: number, isStart: boolean) =>
    edits.reduce((at, { span, newText }) => {
      const isBefore = isStart ? span.end <= offset && span.start < offset : span.end <= offset;
      return isBefore ? at + newText.length - (span.end - span.start) : at;
    }, offset);
  const from = shift(start, true);
  return spanFrom(from, Math.max(from, shift(end, false)));
}
