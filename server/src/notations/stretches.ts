/** Which words of a command line stand side by side, where they come from several places of a text. */
import type { CommandWord } from "../launch/command-line";
import type { Span } from "../launch/launch";

/** A word, and where it stands in the text unless that is in the command itself. */
export interface FoundWord {
  readonly word: CommandWord;
  readonly at?: Span | undefined;
  /** The text that the place is in, where that is another one. */
  readonly text?: string | undefined;
}

/** What may stand between two words of one stretch: quotes, commas, the breaks of lines, comments. */
const BETWEEN = /^(?:[\s"',]|\\\r?\n|(?<=[\s,])#[^\n]*\n)*$/;

/** Marks the words of each stretch outside the command with where it begins. */
export function inStretches(found: readonly FoundWord[], text: string): CommandWord[] {
  let before: { readonly place: Span; readonly text: string } | undefined;
  let elsewhere = 0;
  return found.map(({ word, at, text: own = text }) => {
    if (!at) return word;
    const last = before?.text === own ? before.place : undefined;
    const isInSame = last && last.start === at.start && last.end === at.end;
    const isBehind = last && last.end <= at.start && BETWEEN.test(own.slice(last.end, at.start));
    if (!isInSame && !isBehind) elsewhere = word.span.start;
    before = { place: at, text: own };
    return { ...word, elsewhere };
  });
}
