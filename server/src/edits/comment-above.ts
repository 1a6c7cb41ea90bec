/** Finds the place for a comment about a launch: a line of its own above it. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type LaunchDocument, withText } from "../analysis/document";
import { type LaunchFile, problemsIn, type Span, spanFrom, type TextChange } from "../launch/launch";
import { lineAt } from "../launch/lines";
import { commentAbove } from "./comment-line";
import { PartialText } from "./partial-text";
import { applyEdits } from "./text-edits";
import { unitAround, unitsOf } from "./units";

/** A new line with a comment, and its place. */
type Insertion = ReturnType<typeof commentAbove>;

/** Further condition on the file with the comment, and on the launch in it. */
type Fits = (after: LaunchFile, own: Span) => boolean;

/** Maximum number of lines above a launch to try: its enclosing keys and brackets take a few. */
const MOST_LINES = 40;

/**
 * The nearest place above a launch where a comment changes nothing else: inside a folded scalar, a continued command or
 * a string, it would become part of the text. Each place is tested.
 *
 * @param index the launch's index in the file. @param comment without `#`. @param fits further condition.
 */
export function commentAboveLaunch(
  launchDocument: LaunchDocument,
  index: number,
  comment: string,
  fits: Fits = () => true,
): Insertion | undefined {
  const { document, file, directives } = launchDocument;
  const launch = file.launches[index];
  if (!launch) return undefined;
  const first = document.positionAt(launch.start ?? launch.span.start).line;
  const previousEnd = file.launches[index - 1]?.span.end ?? 0;
  const last = Math.max(document.positionAt(previousEnd).line, first - MOST_LINES);
  const forNextLine = new Set(
    directives
      .filter(({ kind }) => kind === "disable-next-line" || kind === "args")
      .map(({ span }) => document.positionAt(span.start).line),
  );
  for (let line = first; line >= last; line--) {
    const above = line === 0 ? "" : textOfLine(document, line - 1);
    // A comment for the next line must stay directly above it.
    if (/\\\s*$/.test(above) || forNextLine.has(line - 1) || textOfLine(document, line).trim() === "")
      continue;
    const insertion = commentAbove(document, line, comment);
    if (leavesAlone(launchDocument, insertion, fits)) return insertion;
  }
  return undefined;
}

/**
 * The edit that inserts a comment above a launch, as `commentAboveLaunch` finds it. If the notation knows the part of the
 * text that the launch is in, only that is read.
 */
export function editAboveLaunch(
  launchDocument: LaunchDocument,
  index: number,
  comment: string,
): TextChange | undefined {
  return inPart(launchDocument, index, comment) ?? editOf(launchDocument, index, comment);
}

function inPart(launchDocument: LaunchDocument, index: number, comment: string): TextChange | undefined {
  const launch = launchDocument.file.launches[index];
  const unit = launch && unitAround(unitsOf(launchDocument), launch.span);
  const part = unit && PartialText.of(launchDocument, [unit]);
  const there = part?.indexOf(index);
  if (!part || there === undefined) return undefined;
  const edit = editOf(withText({ ...launchDocument, cache: undefined }, part.before.text), there, comment);
  const span = edit && part.spanInDocument(edit.span);
  return span && part.read([edit]) ? { ...edit, span } : undefined;
}

function editOf(launchDocument: LaunchDocument, index: number, comment: string): TextChange | undefined {
  const insertion = commentAboveLaunch(launchDocument, index, comment);
  if (!insertion) return undefined;
  const start = launchDocument.document.offsetAt(insertion.position);
  return { span: spanFrom(start, start), newText: insertion.newText };
}

/** Whether the comment leaves all launches unchanged. */
function leavesAlone(
  { document, file, notation }: LaunchDocument,
  insertion: Insertion,
  fits: Fits,
): boolean {
  const { position, newText } = insertion;
  const start = document.offsetAt(position);
  const after = notation.find(applyEdits(file.text, [{ span: spanFrom(start, start), newText }]));
  return (
    sayTheSame(after, file) &&
    problemsIn(after).length === problemsIn(file).length &&
    fits(after, spanFrom(start, start + newText.length))
  );
}

/** Whether two versions of a file have the same launches with the same words and variables, also those that do not count. */
export function sayTheSame(one: LaunchFile, other: LaunchFile): boolean {
  return wordsOf(one) === wordsOf(other);
}

/** The launches of a file as text for comparison. */
function wordsOf({ launches }: LaunchFile): string {
  return JSON.stringify(
    launches.map((launch) => [
      launch.arguments.map(({ flag, words, counts }) => [flag, counts, words.map(said)]),
      launch.environment.map(({ name, value }) => [name, said(value)]),
    ]),
  );
}

/** What a word says, or how it is written if nobody knows. */
function said({ text, source }: { readonly text?: string | undefined; readonly source: string }): unknown {
  return text ?? [source];
}

function textOfLine(document: TextDocument, line: number): string {
  return lineAt(document.getText(), document.offsetAt({ line, character: 0 })).text;
}
