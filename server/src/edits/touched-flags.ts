/** The flags whose arguments a change of a launch affects: a fix may change the words of these only. */

import {
  type Argument,
  isWithin,
  type Launch,
  placeOfWord,
  type Span,
  type Word,
  writtenFor,
} from "../launch/launch";
import type { LaunchChange } from "../launch/launch-change";
import { rememberedFor } from "../launch/remembered";

/** The flags of a launch by what is written for them, so that a launch with thousands of faults is searched once. */
interface WrittenFlags {
  readonly byWord: ReadonlyMap<Word, readonly string[]>;
  /** By the offset at which the flag begins. */
  readonly byStart: ReadonlyMap<number, readonly string[]>;
  /** Arguments with unknown words, because a branch may add what is there. */
  readonly unknown: readonly Argument[];
}

const writtenFlags = rememberedFor((launch: Launch): WrittenFlags => {
  const byWord = new Map<Word, string[]>();
  const byStart = new Map<number, string[]>();
  const add = <Key>(map: Map<Key, string[]>, key: Key, flag: string) => {
    const flags = map.get(key);
    if (!flags) map.set(key, [flag]);
    else if (flags.at(-1) !== flag) flags.push(flag);
  };
  for (const { flag, flagSpan, words } of writtenFor(launch)) {
    add(byStart, flagSpan.start, flag);
    for (const word of words) add(byWord, word, flag);
  }
  const unknown = launch.arguments.filter(({ words }) => words.some(({ text }) => text === undefined));
  return { byWord, byStart, unknown };
});

/** The flags whose arguments a change affects. */
export function flagsTouched(launch: Launch, change: LaunchChange): string[] {
  const { byWord } = writtenFlags(launch);
  const holding = (words: readonly Word[]) => words.flatMap((word) => byWord.get(word) ?? []);
  switch (change.kind) {
    case "add":
      return [change.flag];
    case "rename":
      return [change.argument.flag, ...writtenAt(change.argument.flagSpan, launch), change.to];
    case "setWord":
      return [...holding([change.word]), ...flagsAround([change.word.span], launch)];
    case "removeWords":
      return [...holding(change.words), ...flagsAround(change.words.map(placeOfWord), launch)];
    default:
      return [change.argument.flag, ...writtenAt(change.argument.flagSpan, launch)];
  }
}

/** The flags with an unknown word that contains a place. */
function flagsAround(places: readonly Span[], launch: Launch): string[] {
  const holds = ({ text, span }: Word) => text === undefined && places.some((place) => isWithin(place, span));
  return writtenFlags(launch)
    .unknown.filter(({ words }) => words.some(holds))
    .map(({ flag }) => flag);
}

/** The flag as written at a place; a rule may pass an argument with a corrected flag. */
function writtenAt(flagSpan: Span, launch: Launch): string[] {
  return [...(writtenFlags(launch).byStart.get(flagSpan.start) ?? []), ...flagsAround([flagSpan], launch)];
}
