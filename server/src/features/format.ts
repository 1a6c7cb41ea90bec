/** Format Document: takes away white space at the ends of a launch's lines. It leaves everything that has a reason. */
import type { TextEdit } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf, withText } from "../analysis/document";
import { leavesWords } from "../edits/compared-readings";
import { applyEdits } from "../edits/text-edits";
import { type Span, spanFrom, type TextChange } from "../launch/launch";

/** Limit for lines that are tried one by one. */
const MOST_TRIED = 50;

/** The edits, each of which leaves every launch and the meaning of the text as they are. */
export function formatEdits(launchDocument: LaunchDocument): TextEdit[] {
  const changes = launchDocument.launches.flatMap(({ launch }) =>
    lineEnds(launchDocument.file.text, launch.span),
  );
  return allowed(launchDocument, changes).map(({ span, newText }) => ({
    range: rangeOf(launchDocument.document, span),
    newText,
  }));
}

function lineEnds(text: string, { start, end }: Span): TextChange[] {
  return [...text.slice(start, end).matchAll(/[ \t]+(?=\r?\n|$)/g)]
    .map(({ index, 0: { length } }) => spanFrom(start + index, start + index + length))
    .filter((span) => /^(?:$|\r?\n)/.test(text.slice(span.end, span.end + 2)))
    .map((span) => ({ span, newText: "" }));
}

/** All changes if they harm nothing together, else those that harm nothing alone, such as spaces that a value ends with. */
function allowed(launchDocument: LaunchDocument, changes: readonly TextChange[]): readonly TextChange[] {
  const leaves = (some: readonly TextChange[]) =>
    some.length > 0 &&
    leavesWords(launchDocument, withText(launchDocument, applyEdits(launchDocument.file.text, some)));
  if (leaves(changes)) return changes;
  if (changes.length < 2 || changes.length > MOST_TRIED) return [];
  const alone = changes.filter((change) => leaves([change]));
  return leaves(alone) ? alone : [];
}
