/** Compares two readings of a document: what is worse, and what says something else. */
import { isReadAlike, type LaunchDocument } from "../analysis/document";
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

/** Whether there is an error that was not there before, or more errors of one kind. */
export function hasNewErrors(before: Tally, after: Tally): boolean {
  for (const [key, { errors }] of after) if (errors > (before.get(key)?.errors ?? 0)) return true;
  return false;
}
