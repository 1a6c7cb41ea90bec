/** Writes the release that shall judge a launch into its file, or takes it out again. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf } from "../analysis/document";
import { nearestLaunch } from "../analysis/nearest-launch";
import { directiveText } from "../launch/directive-comment";
import { type Directive, findDirectives, modelineOf } from "../launch/directives";
import { isWithin } from "../launch/launch";
import { commentAboveLaunch } from "./comment-above";

type Modeline = Extract<Directive, { kind: "release" }>;

/**
 * The edit that has a release judge the launch at an offset, or nearest to it: a comment above the launch, or another value
 * in the one that is there. A comment at the head of the file stays as it is for the launches behind the first.
 * Nothing where there is no launch, no place for a comment, or where a launch would be lost by it.
 *
 * @param release its name; `null` takes away the comments that count for the launch.
 */
export function releaseEdit(
  launchDocument: LaunchDocument,
  offset: number,
  release: string | null,
): WorkspaceEdit | undefined {
  const index = nearestLaunch(launchDocument, offset);
  if (index === undefined) return undefined;
  const edits = release === null ? removal(launchDocument, index) : naming(launchDocument, index, release);
  if (!edits || losesLaunch(launchDocument, edits)) return undefined;
  return { changes: { [launchDocument.document.uri]: edits } };
}

/** Whether a launch is no longer read after edits: the line of a comment may be of use to the page around it. */
function losesLaunch(launchDocument: LaunchDocument, edits: TextEdit[]): boolean {
  const { document, notation, launches } = launchDocument;
  if (edits.length === 0) return false;
  return notation.find(TextDocument.applyEdits(document, edits)).launches.length !== launches.length;
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

/** Every comment that would count for the launch, once those below it are gone. */
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
    // A byte order mark stays in front.
    const start = { line, character: line === 0 && file.text.startsWith("\uFEFF") ? 1 : 0 };
    // Behind the last line there is no other.
    const end = document.positionAt(document.offsetAt({ line: line + 1, character: 0 }));
    return { range: { start, end }, newText: "" };
  });
}
