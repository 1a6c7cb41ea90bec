/** The words that the branches of a program may put in the place of an unknown word. */
import type { CommandWord } from "../launch/command-line";

/** The words of each branch. */
export type PossibleWords = readonly (readonly CommandWord[])[];

/** Limit for the branches of a word. */
const MOST_BRANCHES = 32;

/** Branches without further ones inside: what one of their words may be is a branch of its own. */
export function branchesOf(branches: PossibleWords): PossibleWords {
  const found = new Set<readonly CommandWord[]>();
  for (const words of branches) {
    for (const { possible } of words) for (const inner of possible ?? []) found.add(inner);
    const isFlat = words.every(({ possible }) => possible === undefined);
    found.add(isFlat ? words : words.map(({ possible, ...word }) => word));
  }
  return [...found].filter((words) => words.some(({ text }) => text !== undefined)).slice(0, MOST_BRANCHES);
}

/** An unknown word with what it may stand for. */
export function withPossible<W extends CommandWord>(word: W, branches: PossibleWords): W {
  const possible = branchesOf(branches);
  return possible.length > 0 ? { ...word, possible } : word;
}
