/** Finds the launches in shell text: commands that start LightLLM, in any wrapper, string or here-document. */

import { Allowance, BeyondBounds, markedPart, notCheckedAt } from "../../launch/bounds";
import { argumentsIn, type CommandWord } from "../../launch/command-line";
import type { Course } from "../../launch/course";
import {
  type Launch,
  type Pin,
  type Span,
  spanFrom,
  type TextProblem,
  withProblems,
} from "../../launch/launch";
import type { NotationTraits } from "../../launch/notation-traits";
import { type Embedded, spanInFile, toFile, within } from "../embedded";
import { type Around, type Installed, NOTHING_AROUND, pinsOf } from "../pins";
import { argumentsStart, mayHoldLaunch } from "../program";
import { HERE, invocationOf, type Outside, startedBy } from "../read-invocation";
import { withReplaced, withReplacedText } from "../replaced-words";
import { batchSite } from "../slurm-site";
import { assignmentsIn } from "./assignments";
import { insideBackquotes } from "./backquotes";
import { blankAssignment } from "./blank-assignment";
import { visitCommands } from "./commands";
import { coursesIn } from "./courses";
import { environmentOf } from "./environment";
import { withFiltered } from "./filters";
import type { GivenVariables } from "./given";
import { MarkedLines } from "./marked-lines";
import { baseName, commandStrings, commandWords, mayRun, newShell, readAgain } from "./new-shell";
import { maskPlaceholders } from "./placeholders";
import { type Assignments, ShellScope } from "./scope";
import { imageOf, installedBy } from "./script-pins";
import { type Command, type HereDoc, parseShell, type ShellWord } from "./shell-parser";
import { trapsOf } from "./traps";
import type { WordContext } from "./word-piece";

export interface FoundInShell {
  readonly launches: Launch[];
  readonly problems: TextProblem[];
  /** Packages installed by the commands, for later commands. */
  readonly installed: Installed;
}

/** Context of a shell text. */
export interface ShellContext {
  /** Versions of LightLLM named near the text. */
  readonly around?: Around | undefined;
  /** Variables that the file sets around the text. */
  readonly given?: GivenVariables | undefined;
  /** The programs and the place that run the text. */
  readonly outside?: Outside | undefined;
  /**
   * Whether the text contains LightLLM's arguments: `"after-program"` nothing else, because the program is named
   * elsewhere; `"from-first-flag"` in its first line, whatever starts them.
   */
  readonly holds?: "after-program" | "from-first-flag" | undefined;
  /** The text is split into words like by a shell, but no shell runs it. */
  readonly splitOnly?: boolean;
}

/** Results while the text is visited. */
interface Found extends FoundInShell {
  installed: Installed;
}

/** Programs that only print a command. */
const ONLY_PRINTS =
  /^(?:echo|printf|e?grep|pgrep|pkill|cat|sed|awk|log\w*|info|warn|error|die|fail|usage|alias|#)$/;
/** Limit for strings inside strings. */
const DEEPEST = 4;

/** The launches in shell text of a notation's file. */
export function findInShell(
  embedded: Embedded,
  notation: NotationTraits,
  { around = NOTHING_AROUND, given, outside = HERE, holds, splitOnly = false }: ShellContext = {},
): FoundInShell {
  const { images, installed } = around;
  const found: Found = { launches: [], problems: [], installed };
  search(
    { original: embedded, images, outside, depth: 0, splitOnly, course: [], ...(holds && { holds }) },
    notation,
    ShellScope.of(new Allowance(embedded.text.length), given),
    found,
  );
  return { ...found, launches: eachOnce(found.launches.sort((a, b) => a.span.start - b.span.start)) };
}

/** A command in a variable that is run twice is one launch. */
function eachOnce(launches: readonly Launch[]): Launch[] {
  const once = new Map<string, Launch>();
  for (const launch of launches) {
    const { arguments: given, span, problems = [] } = launch;
    const places = given.flatMap(({ flagSpan, words }) => [
      flagSpan.start,
      ...words.map((word) => word.span.start),
    ]);
    const key = places.length > 0 ? places.join() : String(span.start);
    const first = once.get(key);
    if (!first) once.set(key, launch);
    else if (problems.length > 0)
      once.set(key, withProblems(first, [...(first.problems ?? []), ...problems]));
  }
  return [...once.values()];
}

/** A text to search, possibly in a string of another one, with its context. */
interface Searched extends Pick<ShellContext, "holds"> {
  readonly original: Embedded;
  /** The images that it runs in. */
  readonly images: readonly Pin[];
  readonly outside: Outside;
  readonly depth: number;
  readonly splitOnly: boolean;
  /** The parts of the outer scripts that hold it. */
  readonly course: Course;
}

function search(searched: Searched, notation: NotationTraits, scope: ShellScope, found: Found): void {
  const { images, depth, holds, splitOnly } = searched;
  const original = holds === "after-program" ? afterWord(searched.original) : searched.original;
  const mayCheckOut = found.installed.inSources && original.text.includes("git ");
  if (
    depth > DEEPEST ||
    !(holds || mayHoldLaunch(original.text) || mayCheckOut || mayRun(original.text, scope))
  )
    return;
  const { text, placeholders } = maskPlaceholders(original.text);
  const job = batchSite(original);
  const outside = job ? { ...searched.outside, site: job } : searched.outside;
  const embedded = withPlaceholders({ ...original, text }, original.text, placeholders);
  const script = parsedOrReported(text, original, found);
  if (!script) return;
  let courses: ReadonlyMap<Command, Course> | undefined;
  const courseOf = (command: Command): Course => {
    courses ??= coursesIn(script, embedded, searched.course);
    return courses.get(command) ?? searched.course;
  };
  const isOpen = (script.errors?.length ?? 0) > 0;
  const marked = new MarkedLines(text, holds === "from-first-flag");
  // Each is said once, with the first launch after it.
  const blanks: TextProblem[] = [];
  let assignments: Assignments | undefined;
  scope.setIn(() => {
    assignments ??= assignmentsIn(script, embedded);
    return assignments;
  });
  const first = holds === "after-program" ? 0 : undefined;
  visitCommands(script, embedded, scope, {
    command(command, here) {
      const reading: WordContext = { embedded, scope: here, splitOnly };
      const blank = blankAssignment(command, embedded);
      if (blank) blanks.push(blank);
      found.installed = installedBy(command, reading, found.installed);
      const all = commandWords(command, reading);
      const written = all.flatMap(({ words }) => words);
      const words = withReplaced(written);
      const start =
        command.pos === first ? 1 : (argumentsStart(words) ?? marked.argumentsStart(command, words));
      const isCommand = start !== undefined && !ONLY_PRINTS.test(baseName(words[0]));
      if (isCommand && !readAgain(all, reading)) {
        const around = { images: imagesAround(command, reading, images), installed: found.installed };
        const endsAt = words.length < written.length ? words.at(-1)?.span.end : undefined;
        const launch = launchOf({
          command,
          isOpen,
          words,
          start,
          endsAt,
          reading,
          notation,
          around,
          outside,
        });
        const placed = splitOnly ? launch : { ...launch, course: courseOf(command) };
        const traps = trapsOf(command, launch, original, placeholders);
        found.launches.push(withProblems(placed, [...blanks.splice(0), ...traps]));
        return;
      }
      // A new shell has only exported variables; the string's own expansions are already done.
      const evaluates = baseName(words[0]) === "eval";
      const strings = commandStrings(command, all, written, reading);
      const inside = strings.length > 0 ? imagesAround(command, reading, images) : images;
      for (const { embedded: inner, before } of strings) {
        const around = startedBy(before, outside);
        const started = { command, before, reading, isHere: around.place === outside.place };
        const scope = evaluates ? here.elsewhere() : newShell(started);
        search(
          {
            original: withReplacedText(inner, written, before.length),
            images: inside,
            outside: around,
            depth: depth + 1,
            splitOnly: false,
            course: courseOf(command),
          },
          notation,
          scope,
          found,
        );
      }
    },
    backquotes(substitution, isQuoted, command, here) {
      search(
        {
          original: insideBackquotes(substitution, isQuoted, original),
          images,
          outside,
          depth: depth + 1,
          splitOnly,
          course: courseOf(command),
        },
        notation,
        here.elsewhere(),
        found,
      );
    },
    hereDocument(document, command, here, through) {
      const reader = through.at(-1);
      if (isOnlyPrinted(command, reader)) return;
      const reading: WordContext = { embedded, scope: here, splitOnly };
      const inside = reader ? imagesAround(reader, reading, images) : images;
      const written = { ...bodyText(document.body, original), expands: !document.delimiter?.quoted };
      const body = withFiltered(written, through, script);
      const runs = reader && !writesFile(reader) ? commandWords(reader, reading) : [];
      const words = runs.flatMap(({ words }) => words);
      const around = startedBy(words, outside);
      const isHere = words.length > 0 && around.place === outside.place;
      const started = { command: reader ?? command, before: words, reading, isHere };
      const inner = document.delimiter?.quoted ? newShell(started) : here.elsewhere();
      search(
        {
          original: body,
          images: inside,
          outside: around,
          depth: depth + 1,
          splitOnly: false,
          course: courseOf(reader ?? command),
        },
        notation,
        inner,
        found,
      );
    },
  });
}

/** The text with the origins of its placeholders, which the reader of the file fills in. */
function withPlaceholders(embedded: Embedded, text: string, placeholders: readonly Span[]): Embedded {
  if (placeholders.length === 0) return embedded;
  const holes = new Map(embedded.holes);
  for (const place of placeholders) {
    const span = spanInFile(embedded, place);
    const source = text.slice(place.start, place.end);
    holes.set(span.start, { from: "expression", language: "placeholder", source, span });
  }
  return { ...embedded, holes };
}

/**
 * Words after the name of a program that is not in the text: `if` and `A=1` are plain words there, not shell syntax.
 */
function afterWord(embedded: Embedded): Embedded {
  const start = toFile(embedded, 0);
  const offsets = Array.from({ length: embedded.text.length + 1 }, (_, at) => toFile(embedded, at));
  return { ...embedded, text: `_ ${embedded.text}`, offsets: [start, start, ...offsets] };
}

/** The parsed script; undefined if the text cannot be read. Reports a text that exceeds a limit. */
function parsedOrReported(
  text: string,
  original: Embedded,
  { problems }: Found,
): ReturnType<typeof parseShell> {
  try {
    return parseShell(text);
  } catch (error) {
    if (!(error instanceof BeyondBounds)) throw error;
    const line = spanInFile(original, markedPart(text, error.at));
    problems.push(notCheckedAt(line, "text", error.why));
    return undefined;
  }
}

/** The images of a command: its own image, then those of its context. */
function imagesAround(command: Command, reading: WordContext, images: readonly Pin[]): readonly Pin[] {
  const own = imageOf(command, reading);
  return own ? [own, ...images] : images;
}

/** `cat <<EOF` without a file or pipe prints its text and starts nothing. */
function isOnlyPrinted(command: Command, reader: Command | undefined): boolean {
  if (!ONLY_PRINTS.test(command.name?.value ?? "")) return false;
  return reader === command && !writesFile(command);
}

function writesFile({ redirects }: Command): boolean {
  return redirects.some((one) => one.type === "Redirect" && /^(?:>|>>|>\||&>)$/.test(one.operator));
}

function bodyText({ pos, end }: HereDoc["body"], embedded: Embedded): Embedded {
  return within(embedded, embedded.text.slice(pos, end), pos, []);
}

interface FoundCommand {
  readonly command: Command;
  /** Whether something in its text has no end. */
  readonly isOpen: boolean;
  readonly words: readonly CommandWord[];
  readonly start: number;
  /** Where the words end, if others follow that belong to the program that starts LightLLM. */
  readonly endsAt?: number | undefined;
  readonly reading: WordContext;
  readonly notation: NotationTraits;
  readonly around: Around;
  readonly outside: Outside;
}

function launchOf(found: FoundCommand): Launch {
  const { command, isOpen, words, start, reading, notation, around, outside } = found;
  const { embedded, splitOnly } = reading;
  const program = words[start - 1]?.span;
  const { name } = reading.scope;
  const span = launchSpan(found, embedded);
  return {
    ...(name !== undefined && { name }),
    notation,
    form: {
      kind: "shell",
      quoting: embedded.quoting,
      ...(splitOnly && { splitOnly }),
      ...(isOpen && { isOpen }),
    },
    span,
    invocation: invocationOf(words, start, outside, span.start),
    ...(program && { head: program }),
    ...argumentsIn(words.slice(start)),
    environment: environmentOf(command, words.slice(0, start), reading),
    ...pinsOf(around),
  };
}

/** From the command's first word to the place where another argument could be typed after its last. */
function launchSpan({ command, words, start, endsAt }: FoundCommand, embedded: Embedded): Span {
  const written = [...command.suffix].filter((one) => one.type === "Word");
  const isOwn = (word: ShellWord) => endsAt === undefined || toFile(embedded, word.end) <= endsAt;
  const lastWritten = written.findLast(isOwn) ?? command.name;
  const own = spanInFile(embedded, spanFrom(command.pos, lastWritten?.end ?? command.end));
  const given = words.slice(start);
  const inside =
    given.length === 0 || given.some(({ span }) => own.start <= span.start && span.end <= own.end);
  if (inside) {
    const end = lastWritten?.end ?? command.end;
    const free = /^(?:[ \t]*\\\r?\n)*[ \t]*/.exec(embedded.text.slice(end))?.[0].length ?? 0;
    return spanFrom(own.start, toFile(embedded, end + free));
  }
  const places = given.length > 0 ? given : words;
  return spanFrom(
    Math.min(own.start, ...places.map(({ span }) => span.start)),
    Math.max(...places.map(({ span }) => span.end)),
  );
}
