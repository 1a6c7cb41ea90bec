/** Compares two readings of a document: what is worse, and what says something else. */

import { isReadAlike, type LaunchDocument } from "../analysis/document";
import { type Launch, writtenFor } from "../launch/launch";
import { keepsAround } from "./kept-around";
import { type Reading, readingOf, type Tally } from "./reading";

export function changedFlags(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((flag) => a.get(flag) !== b.get(flag));
}

/** The findings of a launch, or for -1 of the text outside. */
export function tallyAt({ launches, outside }: Reading, launch: number): Tally {
  return launches[launch]?.tally ?? outside;
}

/** Whether a change, such as a new comment, leaves all launches, environments and findings as they are. */
export function leavesWords(launchDocument: LaunchDocument, changed: LaunchDocument): boolean {
  const before = readingOf(launchDocument);
  const after = readingOf(changed);
  return (
    isReadAlike(launchDocument, after.text) &&
    keepsAround(launchDocument.notation, before.text, after.text) &&
    launchDocument.notation.saysTheSame?.(before.text, after.text) !== false &&
    !hasNewErrors(before.outside, after.outside) &&
    before.launches.length === after.launches.length &&
    before.launches.every((old, index) => {
      const now = after.launches[index];
      return (
        now !== undefined &&
        (old.isBroken ||
          (old.environment === now.environment && changedFlags(old.words, now.words).length === 0)) &&
        !hasNewErrors(old.tally, now.tally)
      );
    })
  );
}

/**
 * Whether a launch became two, with its first words in the first one and its last words in the second one, and all else is
 * as before. What each of them lacks was not to be seen in the words of both.
 */
export function divides(before: Reading, after: Reading, launch: number): boolean {
  const own = before.launches[launch];
  const [first, second] = after.launches.slice(launch, launch + 2);
  if (!own || !first || !second || hasNewErrors(before.outside, after.outside)) return false;
  const others = after.launches.toSpliced(launch, 2);
  const isElse = before.launches.toSpliced(launch, 1).every((old, index) => {
    const now = others[index];
    return now && changedFlags(old.words, now.words).length === 0 && !hasNewErrors(old.tally, now.tally);
  });
  const all = argumentWords(own.launch);
  const start = argumentWords(first.launch);
  const end = argumentWords(second.launch);
  return (
    isElse &&
    others.length === before.launches.length - 1 &&
    start.every((word, at) => all[at] === word) &&
    end.every((word, at) => all[all.length - end.length + at] === word) &&
    start.length + end.length < all.length
  );
}

/** Whether a text has more errors of any kind than before. */
export function hasMoreErrors(before: Reading, after: Reading): boolean {
  const sum = ({ launches, outside }: Reading) =>
    [outside, ...launches.map(({ tally }) => tally)]
      .flatMap((tally) => [...tally.values()])
      .reduce((all, { errors }) => all + errors, 0);
  return sum(after) > sum(before);
}

/** The number of words of some flags that are not known. */
export function unknownIn(launch: Launch, flags: ReadonlySet<string>): number {
  return writtenFor(launch)
    .filter(({ flag }) => flags.has(flag))
    .flatMap(({ words }) => words)
    .filter(({ text }) => text === undefined).length;
}

/** The words of a launch in order; those that are not known as they are written. */
function argumentWords({ arguments: given }: Launch): string[] {
  return given.flatMap(({ flag, joined, words }) => {
    const texts = words.map(({ text, source }) => text ?? source);
    if (flag === "") return texts;
    return joined ? [`${flag}=${texts[0]}`, ...texts.slice(1)] : [flag, ...texts];
  });
}

/** Whether there is an error that was not there before, or more errors of one kind. */
export function hasNewErrors(before: Tally, after: Tally): boolean {
  for (const [key, { errors }] of after) if (errors > (before.get(key)?.errors ?? 0)) return true;
  return false;
}
