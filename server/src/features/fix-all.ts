/** "Fix all": what is left of a file's findings once every preferred cure was made, and what that made way for. */
import type { TextChange } from "../launch/launch";
import { heardFindings } from "./diagnostics";
import { type LaunchDocument, withText } from "./document";
import { fixesOf, type WrittenFix, withoutOverlaps } from "./fixes";
import { applyEdits, changedLines } from "./text-edits";

/**
 * After so many rounds cures are left to the next "fix all". Two cures may meet at one place, and one cure may make
 * way for the next; no launch of LightLLM's recorded verdicts takes more than five rounds.
 */
const MOST_ROUNDS = 6;

/** The preferred cure of every finding that has one, but for those that only the user should choose. */
export function preferredFixes(launchDocument: LaunchDocument): WrittenFix[] {
  const { notation, file } = launchDocument;
  return heardFindings(launchDocument)
    .flatMap((finding) => fixesOf(finding, notation, file.text).slice(0, 1))
    .filter(({ preferred, drastic }) => preferred && !drastic);
}

const found = new WeakMap<LaunchDocument, readonly TextChange[]>();

/** The edits of a file after which it has no preferred cure left; found once, as an editor asks wherever the cursor goes. */
export function editsThatFixAll(launchDocument: LaunchDocument): readonly TextChange[] {
  const edits = found.get(launchDocument) ?? findEdits(launchDocument);
  found.set(launchDocument, edits);
  return edits;
}

function findEdits(launchDocument: LaunchDocument): TextChange[] {
  const { text } = launchDocument.file;
  const first = withoutOverlaps(preferredFixes(launchDocument));
  let mended = applyEdits(text, first);
  let rounds = 1;
  for (; rounds < MOST_ROUNDS; rounds++) {
    const edits = withoutOverlaps(preferredFixes(withText(launchDocument, mended)));
    if (edits.length === 0) break;
    mended = applyEdits(mended, edits);
  }
  return rounds === 1 ? first : changedLines(text, mended);
}
