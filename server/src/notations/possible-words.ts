/** The words that the branches of a program may put in the place of an unknown word. */
import type { CommandWord } from "../launch/command-line";

/** The words of each branch. */
export type PossibleWords = readonly (readonly CommandWord[])[];

/** Limit for the branches of a word. */
const MOST_BRANCHES = 32;

/** Branches without further ones inside: what one of their words may be is a branch of its own. */
export function branchesOf(branches: PossibleWords): PossibleWords {
  const found = new Set<readonly CommandWord[]>();
  for (const branch of eachBranch(branches)) {
    if (branch.some(({ text }) => text !== undefined)) found.add(branch);
    if (found.size >= MOST_BRANCHES) break;
  }
  return [...found];
}

function* eachBranch(branches: PossibleWords): Generator<readonly CommandWord[]> {
  for (const words of branches) {
    for (const { possible } of words) yield* possible ?? [];
    const isFlat = words.every(({ possible }) => possible === undefined);
    yield isFlat ? words : words.map(({ possible, ...word }) => word);
  }
}

/** An unknown word with what it may stand for. */
export function withPossible<W extends CommandWord>(word: W, branches: PossibleWords): W {
  const possible = branchesOf(branches);
  return possible.length > 0 ? { ...word, possible } : word;
}
