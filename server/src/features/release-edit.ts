/** Writes the release that shall judge a launch into its file, or takes it out again. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { type Directive, findDirectives, modelineOf } from "../launch/directives";
import type { Launch, LaunchFile } from "../launch/launch";
import { type LaunchDocument, rangeOf } from "./document";
import { nearestLaunch } from "./nearest-launch";
import { commentAbove } from "./silence";
import { applyEdits } from "./text-edits";

/** A line of its own that goes in at a place. */
type Insertion = ReturnType<typeof commentAbove>;

type Modeline = Extract<Directive, { kind: "release" }>;

/** How many lines above a launch are tried: the keys and brackets that it stands in take a few. */
const MOST_LINES = 40;

/**
 * The edit that has a release judge the launch at an offset, or nearest to it: a comment above the launch, or another value
 * in the one that is there. A comment at the head of the file stays as it is for the launches behind the first.
 * Nothing where there is no launch, or no place for a comment.
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
  return edits && { changes: { [launchDocument.document.uri]: edits } };
}

function naming(launchDocument: LaunchDocument, index: number, release: string): TextEdit[] | undefined {
  const { document, file, directives } = launchDocument;
  const modeline = modelineOf(file, index, directives);
  const previousEnd = file.launches[index - 1]?.span.end ?? 0;
  if (!modeline || modeline.span.start < previousEnd) {
    const insertion = aboveLaunch(launchDocument, index, release);
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
    return {
      range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } },
      newText: "",
    };
  });
}

/**
 * The nearest place above a launch where the comment counts and nothing else changes: inside a folded scalar, a
 * continued command or a string it would become one of its words. Each place is tried out.
 */
function aboveLaunch(launchDocument: LaunchDocument, index: number, release: string): Insertion | undefined {
  const { document, file } = launchDocument;
  const launch = file.launches[index];
  if (!launch) return undefined;
  const first = firstLine(launchDocument, launch);
  const previousEnd = file.launches[index - 1]?.span.end ?? 0;
  const last = Math.max(document.positionAt(previousEnd).line, first - MOST_LINES);
  for (let line = first; line >= last; line--) {
    const above = line === 0 ? "" : lineAt(document, line - 1);
    // A comment for the next line stays right above it.
    const belongs = /\\\s*$/.test(above) || /^\s*#\s*lightllm:\s*(?:disable-next-line|args)\b/.test(above);
    if (belongs || lineAt(document, line).trim() === "") continue;
    const insertion = commentAbove(document, line, `lightllm: release=${release}`);
    if (countsFor(launchDocument, index, release, insertion)) return insertion;
  }
  return undefined;
}

/** The first line of a launch that says something. */
function firstLine({ document }: LaunchDocument, { span }: Launch): number {
  const from = document.positionAt(span.start).line;
  const to = document.positionAt(span.end).line;
  for (let line = from; line <= to; line++) {
    if (!/^\s*(?:$|#|---|%)/.test(lineAt(document, line).replace("\uFEFF", ""))) return line;
  }
  return from;
}

/** Whether the comment, once it is in, names the launch's release and leaves all launches as they are. */
function countsFor(
  { document, file, notation }: LaunchDocument,
  index: number,
  release: string,
  { position, newText }: Insertion,
): boolean {
  const at = document.offsetAt(position);
  const text = applyEdits(file.text, [{ span: { start: at, end: at }, newText }]);
  const after = notation.find(text);
  const modeline = modelineOf(after, index, findDirectives(text));
  const isOurs = modeline && modeline.span.start >= at && modeline.span.end <= at + newText.length;
  return isOurs === true && modeline.release === release && wordsOf(after) === wordsOf(file);
}

/** What the launches of a file say, and how many faults its writing has. */
function wordsOf({ launches, problems }: LaunchFile): string {
  const words = launches.map((launch) =>
    launch.arguments.map(({ flag, words, counts }) => [flag, counts, words.map(({ text }) => text)]),
  );
  return JSON.stringify([words, problems.length]);
}

/** A line without its end. */
function lineAt(document: TextDocument, line: number): string {
  const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
  return document.getText(range).replace(/\r?\n$/, "");
}
