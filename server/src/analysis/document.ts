/** A document as the features see it: its text, its launches, and what was judged of them. */

import { TextDocument } from "vscode-languageserver-textdocument";
import type { Position, Range } from "vscode-languageserver-types";
import type { Catalogue, Language, Release } from "../catalogue";
import type { Surroundings } from "../judgement/surroundings";
import { findDirectives, releaseDirectiveFor } from "../launch/directives";
import type { Launch, LaunchFile, Span } from "../launch/launch";
import { say } from "../messages";
import { launchAround, type Notation, unreadable } from "../notations";
import { type ChosenRelease, chooseRelease } from "./chosen-release";
import { type JudgedFile, type JudgedLaunch, judgeFile, type ReleaseSettings } from "./judge-file";

/** What the user set, in the shape of the `lightllm` settings section. */
export interface Settings extends ReleaseSettings {
  readonly language: Language;
}

/** Everything a feature works on; made anew for each version of a document. */
export interface LaunchDocument extends JudgedFile {
  readonly document: TextDocument;
  readonly notation: Notation;
  readonly catalogue: Catalogue;
  readonly settings: Settings;
  /** What is known of the files that its launches point to. */
  readonly surroundings?: Surroundings | undefined;
  /** From `notation.newCache()`: what is kept of the text for the next version, and for trying fixes out. */
  readonly cache?: unknown;
}

/** What may be at hand beside a document's text. */
export interface Beside {
  /** From `notation.newCache()`; may serve all versions of the document. */
  readonly cache?: unknown;
  /** What the files tell that launches point to; nothing is known of them where absent. */
  readonly surroundings?: Surroundings | undefined;
  /** The LightLLM of the workspace's own, where one was found and read. */
  readonly source?: Release | undefined;
}

/** Reads and judges a document. */
export function analyse(
  document: TextDocument,
  notation: Notation,
  settings: Settings,
  catalogue: Catalogue,
  { cache, surroundings, source = settings.source }: Beside = {},
): LaunchDocument {
  const text = document.getText();
  const asked = { ...settings, source };
  const judgeIt = (file: LaunchFile) => judgeFile(file, asked, catalogue, surroundings);
  const judged = orUnreadable(
    () => judgeIt(notation.find(text, cache)),
    (error) => judgeIt(unreadable(notation, text, error)),
  );
  return { document, notation, catalogue, settings: asked, surroundings, cache, ...judged };
}

/** What comes to the end of the stack is told like any other text that goes beyond a bound. */
function orUnreadable<T>(judge: () => T, otherwise: (error: RangeError) => T): T {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return otherwise(error);
  }
}

/** The same file with another text, judged as this one is. */
export function withText(launchDocument: LaunchDocument, text: string): LaunchDocument {
  const { document, notation, settings, catalogue, surroundings, cache } = launchDocument;
  const changed = TextDocument.create(document.uri, document.languageId, document.version, text);
  return analyse(changed, notation, settings, catalogue, { surroundings, cache });
}

export function rangeOf(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** The offset of a position; one behind the end of its line counts as the line's end. */
export function offsetOf(document: TextDocument, position: Position): number {
  return document.offsetAt(position);
}

/** The launch around an offset, or the one that a word there belongs to. */
export function launchAt({ file, launches }: LaunchDocument, offset: number): JudgedLaunch | undefined {
  const around = launchAround(file, offset);
  return launches.find(({ launch }) => launch === around);
}

/** The release that judges a launch, also one that was made up for an empty document. */
export function releaseOf(launchDocument: LaunchDocument, launch: Launch): ChosenRelease {
  const judged = launchDocument.launches.find((one) => one.launch === launch);
  if (judged) return judged.chosen;
  const { settings, catalogue, file } = launchDocument;
  const modeline = releaseDirectiveFor(
    findDirectives(file.text),
    launch.span,
    launch.span.start,
    file.text.length,
  )?.release;
  return chooseRelease(launch, { ...settings, modeline }, catalogue);
}

/** Why a release judges, as an end of the sentence "judged by v1.1.0 …". */
export function reasonInWords({ reason }: ChosenRelease): string {
  return say(`release.judged-by-${reason}`);
}
