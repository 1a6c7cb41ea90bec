/**
 * Limits for the text that is read. Parsers recurse, and a stack overflow would end the process for all open documents.
 * So a text that is longer or more deeply nested than any real launch is not read, and one diagnostic reports it.
 */
import { say } from "../messages";
import { type Span, spanFrom, type TextProblem } from "./launch";
import { lineAt } from "./lines";

/** Maximum length of a text in UTF-16 units: of a file, and of an included file. */
export const LONGEST_TEXT = 1_000_000;

/** Maximum nesting of brackets, blocks, lists and quotes. */
export const DEEPEST = 100;

/** Maximum length of a word after variables are substituted, in UTF-16 units. Linux rejects a word of 131,072 bytes. */
export const LONGEST_WORD = 32_768;

/** Maximum number each of arguments, words and environment variables in a launch. */
export const MOST_WORDS = 10_000;

/** Total length of all substituted values, as a multiple of the text's length. */
const SUBSTITUTION_FACTOR = 64;

/** A text exceeds a limit; thrown before anything recurses into it. */
export class BeyondBounds extends Error {
  /**
   * @param at offset in the text that is read.
   * @param why a clause: "it is nested more than 100 levels deep here".
   */
  constructor(
    readonly at: number,
    readonly why: string,
  ) {
    super(why);
  }
}

/** The error for nesting that is too deep, at a place. */
export function tooDeep(at: number): BeyondBounds {
  return new BeyondBounds(at, say("check.nested", { most: DEEPEST }));
}

/** Maximum number of unclosed brackets: more than a real text has in its quotes and comments. */
const MOST_OPEN = 256;
const OPENING = "([{";
const CLOSING = ")]}";

/**
 * Rejects too many open brackets, because the parser's time grows with the square of their number. Quotes and comments
 * are not recognized, so this check alone does not limit the depth.
 *
 * @param kinds how many of `(`, `[` and `{`, in this order, are brackets of the language.
 * @param most maximum number of open ones.
 * @throws BeyondBounds
 */
export function refuseOpenBrackets(text: string, kinds: 1 | 3, most = MOST_OPEN): void {
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    const opening = OPENING.indexOf(char);
    if (opening >= 0 && opening < kinds && ++open > most) throw tooDeep(at);
    const closing = CLOSING.indexOf(char);
    if (closing >= 0 && closing < kinds && open > 0) open--;
  }
}

/** Budget for substituting variables in a text. When it is used up, values of variables are unknown. */
export class Allowance {
  private left: number;

  /** @param length of the text that contains the variables. */
  constructor(length: number) {
    this.left = LONGEST_WORD + SUBSTITUTION_FACTOR * length;
  }

  /** Whether the budget allows one more value of this length. */
  allows(length: number): boolean {
    if (length > LONGEST_WORD || length > this.left) return false;
    this.left -= length;
    return true;
  }
}

/** Code of the diagnostic for a text that is not read. */
export const NOT_CHECKED = "not-checked";

/** Maximum length of the range that a diagnostic marks. */
const LONGEST_MARK = 200;

/** The range of a diagnostic at a place: from there to the end of the line, up to the maximum length. */
export function markedPart(text: string, at: number): Span {
  const { start, end } = lineAt(text, Math.min(at, text.length));
  const last = start + text.slice(start, end).trimEnd().length;
  const from = Math.min(at, last);
  return spanFrom(from, Math.min(last, from + LONGEST_MARK));
}

/** The problem of a text that is not read, at the place where it first exceeds a limit. */
export function notCheckedAt(span: Span, what: "file" | "text" | "launch", why: string): TextProblem {
  const message = say(`check.not-checked-${what}`, { why });
  return { code: NOT_CHECKED, span, message, fixes: [] };
}
