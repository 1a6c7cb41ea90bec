/** Tests edits on the text around the launches: what they do not touch must be there as before. */
import { BeyondBounds } from "../launch/bounds";
import type { TextChange } from "../launch/launch";
import type { Notation } from "../notations";
import type { Outline, Piece } from "../notations/outline";
import { changedLines } from "./text-edits";

/** The last text of each notation: many edits of one text are tested. */
const lastOutlines = new WeakMap<
  Notation,
  { readonly text: string; readonly outline: Outline | undefined }
>();

/**
 * Whether after edits the text is still what it was around them: the same keys and values, instructions, statements, blocks, and no
 * more faults.
 */
export function keepsAround(
  notation: Notation,
  before: string,
  after: string,
  edits: readonly TextChange[] = changedLines(before, after),
): boolean {
  if (!notation.outline || before === after) return true;
  const known = lastOutlines.get(notation);
  const old = known?.text === before ? known.outline : outlineOf(notation, before);
  lastOutlines.set(notation, { text: before, outline: old });
  if (!old) return true;
  const now = outlineOf(notation, after);
  if (!now || now.faults > old.faults) return false;
  if (old.faults > 0) return true;
  const there = new Set(now.pieces.map((piece) => keyOf(piece, 0)));
  return old.pieces.every((piece) => {
    const moved = movedBy(piece, edits);
    return moved === undefined || there.has(keyOf(piece, moved));
  });
}

function outlineOf(notation: Notation, text: string): Outline | undefined {
  try {
    return notation.outline?.(text);
  } catch (error) {
    if (error instanceof BeyondBounds || error instanceof RangeError) return undefined;
    throw error;
  }
}

function keyOf({ span, says }: Piece, by: number): string {
  return `${span.start + by} ${span.end + by} ${says}`;
}

/** By how much edits move a piece; undefined if they touch it. */
function movedBy({ span }: Piece, edits: readonly TextChange[]): number | undefined {
  let by = 0;
  for (const { span: edited, newText } of edits) {
    if (edited.start <= span.end && span.start <= edited.end) return undefined;
    if (edited.end < span.start) by += newText.length - (edited.end - edited.start);
  }
  return by;
}
