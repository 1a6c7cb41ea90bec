/** The types of edits, and random places in a text. */
import type { Catalogue } from "../../server/src/catalogue";
import type { LaunchFile } from "../../server/src/launch/launch";
import type { NotationId } from "../../server/src/notations";
import type { Random } from "../random";

/** A replacement in a text, by offsets. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The input of an edit. */
export interface EditContext {
  readonly text: string;
  readonly random: Random;
  readonly notation: NotationId;
  readonly catalogue: Catalogue;
  /** Another text of the notation to copy from. */
  readonly other: string;
  /** A text of any notation to copy from. */
  readonly foreign: string;
  /** The text as its notation reads it. */
  readonly file: LaunchFile;
}

/** A way to damage a text; `undefined` if the text has no place for it. */
export type Damage = (context: EditContext) => Edit | undefined;

export const insertion = (at: number, newText: string): Edit => ({ start: at, end: at, newText });

/** A place in a text, between any two UTF-16 units. */
export const anywhere = ({ text, random }: EditContext): number => random.below(text.length + 1);

/** The starts of the lines of a text. */
export function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
}

/** A random line of a text with its line end. */
export function someLine({ text, random }: EditContext): Edit {
  const starts = lineStarts(text);
  const at = random.below(starts.length);
  const [start = 0, end = text.length] = [starts[at], starts[at + 1]];
  return { start, end, newText: text.slice(start, end) };
}

/** A random word, run of white space or symbol of a text; `undefined` for an empty text. */
export function someToken({ text, random }: EditContext): Edit | undefined {
  const from = Math.max(0, random.below(text.length) - 40);
  const near = text.slice(from, from + 120);
  const tokens = [...near.matchAll(/[\w.-]+|\s+|[^\w\s]/g)];
  if (tokens.length === 0) return undefined;
  const { 0: newText, index } = random.pick(tokens);
  return { start: from + index, end: from + index + newText.length, newText };
}
