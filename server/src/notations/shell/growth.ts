/** Variables and arrays that a branch or loop may have appended to: their earlier content stays certain. */
import { spanFrom } from "../../launch/launch";
import type { ShellValue } from "./scope";
import type { WordPiece } from "./word-piece";

/** An unknown number of unknown elements. */
export const SOME: ShellValue = {
  pieces: [{ text: "", places: [], known: false, quoted: false, fromVariable: true }],
  span: spanFrom(0, 0),
};

/** Values that branches give to a variable, or append to it; several elements for an array. */
export type Alternatives = readonly (readonly ShellValue[])[];

/** Limit for the alternatives of a variable. */
const MOST_ALTERNATIVES = 32;

/** Alternatives without further ones inside: what a part may be is an alternative of its own. */
export function flattened(alternatives: Alternatives): Alternatives {
  const found = new Set<readonly ShellValue[]>();
  for (const values of alternatives) {
    const pieces = values.flatMap((value) => value.pieces);
    for (const { possible } of pieces) for (const inner of possible?.values ?? []) found.add(inner);
    if (!pieces.some(({ known, text }) => known && text.trim() !== "")) continue;
    const isFlat = pieces.every(({ possible }) => possible === undefined);
    found.add(isFlat ? values : values.map(withoutPossible));
  }
  return [...found].slice(0, MOST_ALTERNATIVES);
}

function withoutPossible({ pieces, ...value }: ShellValue): ShellValue {
  return { ...value, pieces: pieces.map(({ possible, ...piece }) => piece) };
}

/**
 * An array after branches of which at most one runs; `"unknown"` unless each only appended to it.
 *
 * @param after the elements at the end of each branch that sets it.
 */
export function grown(
  before: readonly ShellValue[] | "unknown" | undefined,
  after: readonly (readonly ShellValue[] | "unknown" | undefined)[],
): readonly ShellValue[] | "unknown" {
  if (!before || before === "unknown") return "unknown";
  const added: (readonly ShellValue[])[] = [];
  for (const elements of after) {
    if (!elements || elements === "unknown") return "unknown";
    if (!before.every((element, at) => elements[at] === element)) return "unknown";
    added.push(elements.slice(before.length));
  }
  return [...before, someOf(added)];
}

/** An unknown number of elements, perhaps those of a branch. */
function someOf(added: Alternatives): ShellValue {
  const possible = { values: flattened(added), quoted: false };
  return { ...SOME, pieces: SOME.pieces.map((piece) => ({ ...piece, possible })) };
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
  const possible = added.map((pieces) => [{ ...before, pieces }]);
  return withMore(name, before, isApart ? separators[0] : undefined, possible);
}

/**
 * A value with unknown text after it.
 *
 * @param separator white space at the beginning of that text, if it is certain.
 * @param possible the text of each branch.
 */
export function withMore(
  name: string,
  value: ShellValue,
  separator?: WordPiece,
  possible: Alternatives = [],
): ShellValue {
  const last = value.pieces.at(-1);
  if (last?.places === MORE) {
    const values = flattened([...(last.possible?.values ?? []), ...possible]);
    return { ...value, pieces: value.pieces.with(-1, { ...last, possible: { values, quoted: false } }) };
  }
  const more: WordPiece = {
    possible: { values: flattened(possible), quoted: false },
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
