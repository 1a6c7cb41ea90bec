/** Variables and arrays that a branch or loop may have appended to: their earlier content stays certain. */
import { spanFrom } from "../../launch/launch";
import type { WordPiece } from "./pieces";
import type { ShellValue } from "./scope";

/** An unknown number of unknown elements. */
export const SOME: ShellValue = {
  pieces: [{ text: "", places: [], known: false, quoted: false, fromVariable: true }],
  span: spanFrom(0, 0),
};

/** An array after a branch; `"unknown"` unless the branch only appended to it. */
export function grown(
  before: readonly ShellValue[] | "unknown" | undefined,
  inner: readonly ShellValue[] | "unknown" | undefined,
): readonly ShellValue[] | "unknown" {
  if (!before || !inner || before === "unknown" || inner === "unknown") return "unknown";
  return before.every((element, at) => inner[at] === element) ? [...before, SOME] : "unknown";
}

/**
 * A variable after branches of which at most one runs; `"unknown"` unless each only appended to it.
 *
 * @param after the value at the end of each branch that sets it.
 */
export function grownValue(
  name: string,
  before: ShellValue | "unknown" | undefined,
  after: readonly (ShellValue | "unknown" | undefined)[],
): ShellValue | "unknown" {
  if (!before || before === "unknown") return "unknown";
  const added: (readonly WordPiece[])[] = [];
  for (const value of after) {
    if (!value || value === "unknown" || !startsWith(value.pieces, before.pieces)) return "unknown";
    added.push(value.pieces.slice(before.pieces.length));
  }
  const separators = added.map(([first]) => first && separatorOf(first));
  const isApart = separators.every((separator) => separator !== undefined);
  return withMore(name, before, isApart ? separators[0] : undefined);
}

/** A value with unknown text after it. @param separator white space at the beginning of that text, if it is certain. */
export function withMore(name: string, value: ShellValue, separator?: WordPiece): ShellValue {
  if (value.pieces.at(-1)?.places === MORE) return value;
  const more: WordPiece = {
    text: "",
    places: MORE,
    known: false,
    quoted: false,
    fromVariable: true,
    origins: [{ from: "expression", language: "shell", source: "", of: { name, ...assignmentOf(value) } }],
  };
  return { ...value, pieces: [...value.pieces, ...(separator ? [separator] : []), more] };
}

/** Marks text that may have been appended. */
const MORE: readonly number[] = [];

function assignmentOf({ assigned, byScript }: ShellValue) {
  return { ...(assigned && { assigned }), ...(byScript && { byScript }) };
}

function startsWith(pieces: readonly WordPiece[], start: readonly WordPiece[]): boolean {
  return start.every(({ text, places, known }, at) => {
    const piece = pieces[at];
    // A copied value keeps the places of its characters.
    return piece?.text === text && piece.places === places && piece.known === known;
  });
}

/** White space at the end of a value. */
export function endOf({ pieces }: ShellValue): WordPiece | undefined {
  const last = pieces.at(-1);
  const place = last?.places.at(-1);
  return last?.known && place !== undefined ? { ...last, text: " ", places: [place] } : undefined;
}

/** The white space at the beginning of appended text. */
function separatorOf({ text, places, known, ...piece }: WordPiece): WordPiece | undefined {
  if (!known || !/^[ \t\n]/.test(text)) return undefined;
  return { ...piece, text: text.slice(0, 1), places: places.slice(0, 1), known };
}
