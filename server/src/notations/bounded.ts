/** Reads texts within the limits for all notations, so that no text ends the process. */

import { BeyondBounds, LONGEST_TEXT, MOST_WORDS, markedPart, notCheckedAt } from "../launch/bounds";
import { headOf, type Launch, type LaunchFile } from "../launch/launch";
import { meaningOf } from "../launch/meaning";
import type { NotationTraits } from "../launch/notation-traits";
import { say } from "../messages";
import { withModuleNames } from "./module-name";
import type { Notation } from "./notation";
import type { TextPart } from "./parts";
import { mayHoldLaunch } from "./program";
import { withSecondLaunches } from "./second-launch";
import { withSharedSites } from "./shared-sites";

/** Wraps a notation so that `find` never throws: a text that cannot be read becomes one diagnostic. */
export function bounded(notation: Notation): Notation {
  const { find, findIn, newCache, partsOf } = notation;
  const read = (text: string, cache: unknown) =>
    readBounded(notation, text, () =>
      withSecondLaunches(withModuleNames(withSharedSites(find(text, cache)))),
    );
  const hasCache = newCache() !== undefined;
  return {
    ...notation,
    find: (text, cache) =>
      cache instanceof LastTexts ? cache.read(text, () => read(text, undefined)) : read(text, cache),
    newCache: () => (hasCache ? newCache() : new LastTexts()),
    ...(findIn && {
      findIn: (text, environment) => readBounded(notation, text, () => findIn(text, environment)),
    }),
    ...(partsOf && {
      partsOf: (text) => (text.length > LONGEST_TEXT ? [] : partsOrNone(() => partsOf(text))),
    }),
  };
}

/** The result of `read`; no launches if the text exceeds a limit. */
export function readBounded(notation: NotationTraits, text: string, read: () => LaunchFile): LaunchFile {
  if (text.length > LONGEST_TEXT) return unreadable(notation, text, new BeyondBounds(0, tooLong(text)));
  if (hasOldLineEnds(text))
    return unreadable(notation, text, new BeyondBounds(text.indexOf("\r"), say("check.old-line-ends")));
  try {
    const file = read();
    return file.launches.some(hasTooMany) ? withoutLongLaunches(file) : file;
  } catch (error) {
    return unreadable(notation, text, error);
  }
}

/** Whether the lines of a text end with CR alone, except perhaps the last one. */
function hasOldLineEnds(text: string): boolean {
  const end = text.indexOf("\n");
  return (end < 0 || end === text.length - 1) && /\r[^\n]/.test(text);
}

/** How many texts are kept: the text of a document, and those of a fix that is tested, applied and read again. */
const MOST_TEXTS = 3;

/** The cache of a notation that has none of its own: the last texts, which are often read more than once. */
class LastTexts {
  private readonly files = new Map<string, LaunchFile>();

  read(text: string, readAgain: () => LaunchFile): LaunchFile {
    const file = this.files.get(text) ?? readAgain();
    this.files.delete(text);
    this.files.set(text, file);
    const [oldest] = this.files.keys();
    if (this.files.size > MOST_TEXTS && oldest !== undefined) this.files.delete(oldest);
    return file;
  }
}

/** The parts of a text; none if the text exceeds a limit. */
function partsOrNone(read: () => readonly TextPart[]): readonly TextPart[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof BeyondBounds || error instanceof RangeError) return [];
    throw error;
  }
}

/** A file without launches, with the problem of an error and its place. */
export function unreadable(notation: NotationTraits, text: string, error: unknown): LaunchFile {
  const { at, why } = error instanceof BeyondBounds ? error : { at: 0, why: whyNot(error) };
  const isOurs = notation.purpose === "config" || mayHoldLaunch(text);
  const problems = isOurs ? [notCheckedAt(markedPart(text, at), "file", why)] : [];
  return { notation, text, launches: [], problems };
}

function withoutLongLaunches(file: LaunchFile): LaunchFile {
  const long = file.launches.filter(hasTooMany);
  const why = say("check.many-words", { most: MOST_WORDS });
  return {
    ...file,
    launches: file.launches.filter((launch) => !long.includes(launch)),
    problems: [
      ...file.problems,
      ...long.map((launch) => notCheckedAt(markedPart(file.text, headOf(launch).start), "launch", why)),
    ],
  };
}

/** By the meaning of a launch, so that the words of a moved one are not read again. */
const tooMany = new WeakMap<object, boolean>();

function hasTooMany(launch: Launch): boolean {
  const meaning = meaningOf(launch);
  const known = tooMany.get(meaning) ?? countsTooMany(launch);
  tooMany.set(meaning, known);
  return known;
}

function countsTooMany({ arguments: given, environment }: Launch): boolean {
  if (given.length > MOST_WORDS || environment.length > MOST_WORDS) return true;
  return given.reduce((count, { words }) => count + words.length, 0) > MOST_WORDS;
}

function tooLong({ length }: string): string {
  return say("check.too-long", { count: length, most: LONGEST_TEXT });
}

function whyNot(error: unknown): string {
  if (error instanceof RangeError) return say("check.too-deep");
  return say("check.failed", { error: error instanceof Error ? error.message : String(error) });
}
