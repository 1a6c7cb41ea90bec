/** A document for the features: its text, its launches, and their findings. */

import { TextDocument } from "vscode-languageserver-textdocument";
import type { Position, Range } from "vscode-languageserver-types";
import type { Catalogue, Language, Release } from "../catalogue";
import type { Surroundings } from "../judgement/surroundings";
import { findDirectives, releaseDirectiveFor } from "../launch/directives";
import type { Launch, LaunchFile, Span } from "../launch/launch";
import { say } from "../messages";
import { type Cursor, launchAround, type Notation, notationOf, unreadable } from "../notations";
import { type ChosenRelease, chooseRelease } from "./chosen-release";
import { surroundingsOf } from "./files-around";
import {
  type EvaluatedLaunch,
  evaluateLaunches,
  type JudgedFile,
  type JudgedLaunch,
  type JudgeSettings,
  judgeInSteps,
  lastOf,
} from "./judge-file";

/** The user's settings, in the form of the `lightllm` settings section. */
export interface Settings extends JudgeSettings {
  readonly language: Language;
}

/** A document whose launches have a release and values, but no findings: enough for completion. */
export interface EvaluatedDocument {
  readonly file: LaunchFile;
  readonly launches: readonly EvaluatedLaunch[];
  readonly document: TextDocument;
  readonly notation: Notation;
  readonly catalogue: Catalogue;
  readonly settings: Settings;
  /** Facts from the files that its launches name. */
  readonly surroundings?: Surroundings | undefined;
  /** From `notation.newCache()`: state that is reused for the next version and for testing fixes. */
  readonly cache?: unknown;
}

/** The input of every other feature; created for each version of a document. */
export interface LaunchDocument extends EvaluatedDocument, JudgedFile {
  readonly launches: readonly JudgedLaunch[];
  /** The launch that the user has only begun: what it lacks is not shown. */
  readonly begun?: Launch;
}

/** Optional context of a document. */
export interface Beside {
  /** From `notation.newCache()`; can be used for all versions of the document. */
  readonly cache?: unknown;
  /** Facts from the files that launches name; unknown if absent. */
  readonly surroundings?: Surroundings | undefined;
  /** The workspace's own LightLLM, if it was found and read. */
  readonly source?: Release | undefined;
}

/** Reads and judges a document. */
export function analyse(
  document: TextDocument,
  notation: Notation,
  settings: Settings,
  catalogue: Catalogue,
  beside: Beside = {},
): LaunchDocument {
  return lastOf(analyseInSteps(document, notation, settings, catalogue, beside));
}

/** Like `analyse`, one launch per step, so that the caller can do other work in between. */
export function* analyseInSteps(
  document: TextDocument,
  notation: Notation,
  settings: Settings,
  catalogue: Catalogue,
  { cache, surroundings: around, source = settings.source }: Beside = {},
): Generator<undefined, LaunchDocument> {
  const asked = { ...settings, source };
  const surroundings = surroundingsOf(document.uri, notation, around);
  const judgeIt = (file: LaunchFile) => judgeInSteps(file, asked, catalogue, surroundings);
  const judged = yield* orUnreadable(
    () => judgeIt(readOnce(document, notation, cache)),
    (error) => judgeIt(unreadable(notation, document.getText(), error)),
  );
  return { document, notation, catalogue, settings: asked, surroundings, cache, ...judged };
}

/** Reads a document, and evaluates only the launches at an offset: enough for completion there. */
export function evaluateAt(
  offset: number,
  document: TextDocument,
  notation: Notation,
  settings: Settings,
  catalogue: Catalogue,
  { cache, surroundings, source = settings.source }: Beside = {},
): EvaluatedDocument {
  const asked = { ...settings, source };
  const evaluated = (file: LaunchFile) => {
    const there = [launchAround(file, offset), launchOf(notation.cursorAt(file, offset))];
    const which = new Set(there.filter((launch) => launch !== undefined));
    return { file, launches: evaluateLaunches(file, which, asked, catalogue, surroundings) };
  };
  const evaluatedOrUnreadable = () => {
    try {
      return evaluated(readOnce(document, notation, cache));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return evaluated(unreadable(notation, document.getText(), error));
    }
  };
  return { document, notation, catalogue, settings: asked, surroundings, cache, ...evaluatedOrUnreadable() };
}

function launchOf(cursor: Cursor | undefined): Launch | undefined {
  return cursor && "launch" in cursor ? cursor.launch : undefined;
}

interface ReadFile {
  readonly version: number;
  readonly notation: Notation;
  readonly file: LaunchFile;
}

const lastRead = new WeakMap<TextDocument, ReadFile>();

/** The launches of a version of a document; cached. */
function readOnce(document: TextDocument, notation: Notation, cache: unknown): LaunchFile {
  const { version } = document;
  const before = lastRead.get(document);
  if (before?.version === version && before.notation === notation) return before.file;
  const file = notation.find(document.getText(), cache);
  lastRead.set(document, { version, notation, file });
  return file;
}

/** Turns a stack overflow into the problem of a text that exceeds a limit. */
function* orUnreadable<T>(
  judge: () => Generator<undefined, T>,
  otherwise: (error: RangeError) => Generator<undefined, T>,
): Generator<undefined, T> {
  let reason: RangeError;
  try {
    return yield* judge();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    reason = error;
  }
  return yield* otherwise(reason);
}

/** The same file with another text, judged in the same way. */
export function withText(launchDocument: LaunchDocument, text: string): LaunchDocument {
  const { document, notation, settings, catalogue, surroundings, cache } = launchDocument;
  const changed = TextDocument.create(document.uri, document.languageId, document.version, text);
  return analyse(changed, notation, settings, catalogue, { surroundings, cache });
}

/** Whether a document with another text is still read by the same notation, where its text has a say in that. */
export function isReadAlike({ document, file }: EvaluatedDocument, text: string): boolean {
  const { languageId, uri } = document;
  return notationOf(languageId, uri, text) === notationOf(languageId, uri, file.text);
}

export function rangeOf(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** The offset of a position; a position after the end of its line counts as the end of the line. */
export function offsetOf(document: TextDocument, position: Position): number {
  return document.offsetAt(position);
}

/** The launch around an offset, or the launch that a word there belongs to. */
export function launchAt({ file, launches }: LaunchDocument, offset: number): JudgedLaunch | undefined {
  const around = launchAround(file, offset);
  return launches.find(({ launch }) => launch === around);
}

/** The release that judges a launch, also for the placeholder launch of an empty document. */
export function releaseOf(launchDocument: EvaluatedDocument, launch: Launch): ChosenRelease {
  const judged = launchDocument.launches.find((one) => one.launch === launch);
  if (judged) return judged.chosen;
  const { settings, catalogue, file } = launchDocument;
  const modeline = releaseDirectiveFor(
    findDirectives(file.text, file.notation.comments),
    launch.span,
    launch.span.start,
    file.text.length,
  )?.release;
  return chooseRelease(launch, { ...settings, modeline }, catalogue);
}

/** The reason as the end of the sentence "judged by v1.1.0 …". */
export function reasonInWords({ reason, configured, ofDeployment }: ChosenRelease): string {
  if (ofDeployment) return say("release.judged-by-deployment");
  if (configured) return say("release.judged-by-configuration");
  return say(`release.judged-by-${reason}`);
}
