/** Adds the comment that sets the release of a launch, or removes it. */

import { TextDocument } from "vscode-languageserver-textdocument";
import type { TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { isReadAlike, type LaunchDocument, rangeOf } from "../analysis/document";
import { nearestLaunch } from "../analysis/nearest-launch";
import { directiveText } from "../launch/directive-comment";
import { type Directive, findDirectives, modelineOf } from "../launch/directives";
import { isWithin } from "../launch/launch";
import { remembered } from "../launch/remembered";
import { commentAboveLaunch, sayTheSame } from "./comment-above";
import { keepsAround } from "./kept-around";

type Modeline = Extract<Directive, { kind: "release" }>;

/**
 * The edit that sets the release of the launch at an offset, or nearest to it: a new comment above the launch, or a new
 * value in its comment. A comment at the top of the file still applies to the launches after the first.
 * Undefined if there is no launch, no place for a comment, or if a launch would be lost or get other words.
 *
 * @param release its name; `null` removes the comments that apply to the launch.
 */
export function releaseEdit(
  launchDocument: LaunchDocument,
  offset: number,
  release: string | null,
): WorkspaceEdit | undefined {
  const index = nearestLaunch(launchDocument, offset);
  return index === undefined ? undefined : editOfLaunch(JSON.stringify([index, release]), launchDocument);
}

/** Remembered, because it is tested on the whole text, and each finding of a launch may offer the same. */
const editOfLaunch = remembered((key: string, launchDocument: LaunchDocument): WorkspaceEdit | undefined => {
  const [index, release] = JSON.parse(key) as [number, string | null];
  const edits = release === null ? removal(launchDocument, index) : naming(launchDocument, index, release);
  if (!edits || changesLaunches(launchDocument, edits)) return undefined;
  return { changes: { [launchDocument.document.uri]: edits } };
});

/** Whether launches are lost or get other words by edits: the line of a comment may be needed by the text around it. */
function changesLaunches(launchDocument: LaunchDocument, edits: TextEdit[]): boolean {
  const { document, file, notation } = launchDocument;
  if (edits.length === 0) return false;
  const text = TextDocument.applyEdits(document, edits);
  return (
    !isReadAlike(launchDocument, text) ||
    !keepsAround(notation, file.text, text) ||
    !sayTheSame(notation.find(text), file)
  );
}

function naming(launchDocument: LaunchDocument, index: number, release: string): TextEdit[] | undefined {
  const { document, file, directives } = launchDocument;
  const modeline = modelineOf(file, index, directives);
  const previousEnd = file.launches[index - 1]?.span.end ?? 0;
  if (!modeline || modeline.span.start < previousEnd) {
    const insertion = commentAboveLaunch(
      launchDocument,
      index,
      directiveText("release", release),
      (after, own) => {
        const counting = modelineOf(after, index, findDirectives(after.text, after.notation.comments));
        return counting?.release === release && isWithin(counting.span, own);
      },
    );
    if (!insertion) return undefined;
    const { position, newText } = insertion;
    return [{ range: { start: position, end: position }, newText }];
  }
  if (modeline.release === release) return [];
  const written = file.text.slice(modeline.span.start, modeline.span.end);
  return [
    {
      range: rangeOf(document, modeline.valueSpan),
      newText: written.includes("=") ? release : `=${release}`,
    },
  ];
}

/** Removes every comment that applies to the launch, also those that would apply after others are removed. */
function removal({ document, file, directives }: LaunchDocument, index: number): TextEdit[] {
  const found: Modeline[] = [];
  for (;;) {
    const modeline = modelineOf(
      file,
      index,
      directives.filter((one) => !found.some((other) => other === one)),
    );
    if (!modeline) break;
    found.push(modeline);
  }
  return found.map(({ span }) => {
    const { line } = document.positionAt(span.start);
    // A byte order mark stays first.
    const start = { line, character: line === 0 && file.text.startsWith("\uFEFF") ? 1 : 0 };
    // The last line has no line after it.
    const end = document.positionAt(document.offsetAt({ line: line + 1, character: 0 }));
    return { range: { start, end }, newText: "" };
  });
}
