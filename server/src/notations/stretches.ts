/** Which words of a command line stand side by side, where they come from several places of a text. */
import type { CommandWord } from "../launch/command-line";
import type { Span } from "../launch/launch";

/** A word, and where it stands in the text unless that is in the command itself. */
export interface FoundWord {
  readonly word: CommandWord;
  readonly at?: Span | undefined;
}

/** What may stand between two words of one stretch: quotes, commas, the breaks of lines, comments. */
const BETWEEN = /^(?:[\s"',]|\\\r?\n|(?<=[\s,])#[^\n]*\n)*$/;

/** Marks the words of each stretch outside the command with where it begins. */
export function inStretches(found: readonly FoundWord[], text: string): CommandWord[] {
  let before: Span | undefined;
  let elsewhere = 0;
  return found.map(({ word, at }) => {
    if (!at) return word;
    const isInSame = before && before.start === at.start && before.end === at.end;
    const isBehind = before && before.end <= at.start && BETWEEN.test(text.slice(before.end, at.start));
    if (!isInSame && !isBehind) elsewhere = word.span.start;
    before = at;
    return { ...word, elsewhere };
  });
}
