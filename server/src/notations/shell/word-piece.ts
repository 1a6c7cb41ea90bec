/** A piece of a word of shell text: its value as far as it is known, and where that is written. */
import type { Origin } from "../../launch/origin";
import type { Embedded } from "../embedded";
import type { PossibleWords } from "../possible-words";
import type { Alternatives } from "./growth";
import type { ShellScope, ShellValue } from "./scope";

/** Context of words: their text, and the variables that are certain. */
export interface WordContext {
  readonly embedded: Embedded;
  readonly scope: ShellScope;
  /** The text is only split into words: `$(…)` is plain text. */
  readonly splitOnly?: boolean;
}

/** A part of a word. */
export interface WordPiece {
  /** Its value; the source as written if that is unknown. */
  readonly text: string;
  /** The offset in the shell text of each character. */
  readonly places: readonly number[];
  /** The text that the places refer to, if it is another one. */
  readonly home?: Embedded;
  readonly known: boolean;
  /** Whether quotes prevent splitting. */
  readonly quoted: boolean;
  /** Whether it comes from a variable, so that it is written elsewhere. */
  readonly fromVariable: boolean;
  /** Its origins, if it is not literal. */
  readonly origins?: readonly Origin[];
  /** The unknown origin, if it is inside the known value of a variable. */
  readonly open?: Origin;
  /** It is substituted before the shell reads the text, which has a `HOLE` for it. */
  readonly isPutIn?: boolean;
  /** The elements of an array, each a separate word. */
  readonly elements?: readonly ShellValue[];
  /** The text or elements that an unknown piece may stand for, for each branch that adds some. */
  readonly possible?: Possible;
  /** The same for a piece of a text that a shell reads again, as words. */
  readonly possibleWords?: PossibleWords;
}

/** Texts or elements that branches may add. */
export interface Possible {
  readonly values: Alternatives;
  /** Whether quotes prevent splitting. */
  readonly quoted: boolean;
}

/** What a piece may stand for, in the quotes of its use. */
export function possibleAs(quoted: boolean, { possible }: WordPiece): Pick<WordPiece, "possible"> {
  return possible ? { possible: { ...possible, quoted } } : {};
}

/** An array next to other text makes words that cannot be separated here. */
export function withoutElements(piece: WordPiece): WordPiece {
  if (!piece.elements) return piece;
  const { elements: _, ...rest } = piece;
  return { ...rest, known: false };
}

export function openOf({ known, open, origins }: WordPiece): Pick<WordPiece, "open"> {
  const origin = open ?? origins?.[0];
  return !known && origin ? { open: origin } : {};
}

/** The origins of pieces, each once. */
export function originsOfPieces(pieces: readonly Pick<WordPiece, "origins">[]): readonly Origin[] {
  const [first, second] = pieces;
  if (!second) return first?.origins ?? NO_ORIGINS;
  const all = new Set<Origin>();
  let last: readonly Origin[] | undefined;
  for (const { origins } of pieces) {
    // The pieces of one variable share their list.
    if (origins === undefined || origins === last) continue;
    last = origins;
    for (const origin of origins) all.add(origin);
  }
  return all.size > 0 ? [...all] : NO_ORIGINS;
}

const NO_ORIGINS: readonly Origin[] = [];

export function isPlain({ known, elements }: WordPiece): boolean {
  return known && !elements;
}
