/** Groups consecutive words of a command line that come from several places of a text. */
import type { CommandWord } from "../launch/command-line";
import type { Span } from "../launch/launch";

/** A word with its place in the text, if that is outside the command. */
export interface FoundWord {
  readonly word: CommandWord;
  readonly at?: Span | undefined;
  /** The text of the place, if it is another one. */
  readonly text?: string | undefined;
}

/** Text allowed between two consecutive words: quotes, commas, line breaks, comments. */
const BETWEEN = /^(?:[\s"',]|\\\r?\n|(?<=[\s,])#[^\n]*\n)*$/;

/** Marks the words of each group outside the command with the start of the group. */
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
