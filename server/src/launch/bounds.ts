/**
 * How much of a text is read. Parsers recurse, and a process that comes to the end of its stack dies with all documents it
 * has open: so what is longer, or nested deeper, than a launch can be is not read, and one diagnostic says so.
 */
import { type Span, spanFrom, type TextProblem } from "./launch";
import { lineAt } from "./lines";

/** The longest text that is read, in UTF-16 units: a file, or a file that is brought in. */
export const LONGEST_TEXT = 1_000_000;

/** How many brackets, blocks, lists or quotes may stand in each other. */
export const DEEPEST = 100;

/** How long one word may become when variables are put in, in UTF-16 units; Linux starts nothing with one of 131,072 bytes. */
export const LONGEST_WORD = 32_768;

/** Arguments, words and environment variables that one launch may have of each. */
export const MOST_WORDS = 10_000;

/** How often the length of a text its variables may be put in, all together. */
const MOST_OFTEN = 64;

/** A text that goes beyond a bound, thrown before anything recurses into it. */
export class BeyondBounds extends Error {
  /**
   * @param at where in the text that is read it does.
   * @param why a clause: "it is nested more than 100 levels deep here".
   */
  constructor(
    readonly at: number,
    readonly why: string,
  ) {
    super(why);
  }
}

/** What is nested too deeply, from a place on. */
export function tooDeep(at: number): BeyondBounds {
  return new BeyondBounds(at, `it is nested more than ${DEEPEST} levels deep here`);
}

/** Brackets that nothing closes: more of them than a text has in its quotes and comments. */
const MOST_OPEN = 256;
const OPENING = "([{";
const CLOSING = ")]}";

/**
 * Refuses brackets in brackets without end, before a parser takes a time that grows with the square of their number. Quotes
 * and comments are not told apart, so that this alone is no bound on depth.
 *
 * @param kinds how many of `(`, `[` and `{`, in this order, are brackets of the language.
 * @throws BeyondBounds
 */
export function refuseOpenBrackets(text: string, kinds: 1 | 3): void {
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    const opening = OPENING.indexOf(char);
    if (opening >= 0 && opening < kinds && ++open > MOST_OPEN) throw tooDeep(at);
    const closing = CLOSING.indexOf(char);
    if (closing >= 0 && closing < kinds && open > 0) open--;
  }
}

/** What variables may still become in a text. Past the bound, what a variable stands for is unknown. */
export class Allowance {
  private left: number;

  /** @param length of the text that the variables stand in. */
  constructor(length: number) {
    this.left = LONGEST_WORD + MOST_OFTEN * length;
  }

  /** Whether a value of a length may be put in once more. */
  allows(length: number): boolean {
    if (length > LONGEST_WORD || length > this.left) return false;
    this.left -= length;
    return true;
  }
}

/** The code of what is said of a text that is not read. */
export const NOT_CHECKED = "not-checked";

/** The longest part of a line that a diagnostic marks. */
const LONGEST_MARK = 200;

/** What a diagnostic marks for a place: from there to the end of its line, as far as that is not too much. */
export function markedPart(text: string, at: number): Span {
  const { start, end } = lineAt(text, Math.min(at, text.length));
  const last = start + text.slice(start, end).trimEnd().length;
  const from = Math.min(at, last);
  return spanFrom(from, Math.min(last, from + LONGEST_MARK));
}

/** What is said of a text that is not read, at the place where it first goes beyond a bound. */
export function notCheckedAt(span: Span, what: "file" | "text" | "launch", why: string): TextProblem {
  const message = `This ${what} is not checked: ${why}.`;
  return { code: NOT_CHECKED, span, message, fixes: [] };
}
