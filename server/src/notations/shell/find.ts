/** Finds the launches in shell text: commands that start LightLLM, in whatever wrapper, string or here-document. */

import { Allowance, BeyondBounds, markedPart, notCheckedAt } from "../../launch/bounds";
import { argumentsOf, type CommandWord } from "../../launch/command-line";
import {
  type Launch,
  type NotationId,
  type Pin,
  type Span,
  spanFrom,
  type TextProblem,
} from "../../launch/launch";
import { lineStartAt } from "../../launch/lines";
import { type Embedded, spanInFile, toFile, within } from "../embedded";
import { type Around, type Installed, NOTHING_AROUND, pinsOf } from "../pins";
import { argumentsStart, mayHoldLaunch } from "../program";
import { visitCommands } from "./commands";
import { environmentOf } from "./environment";
import { type Command, type HereDoc, parseShell, type ShellWord } from "./parser";
import { imageOf, installedBy } from "./pins";
import { Scope } from "./scope";
import { maskPlaceholders, trapsOf } from "./traps";
import { embeddedOf, type Reading, wordsOf } from "./words";

export interface FoundInShell {
  readonly launches: Launch[];
  readonly problems: TextProblem[];
  /** What the commands have installed, for what runs after them. */
  readonly installed: Installed;
}

/** What is found while the text is gone through. */
interface Found extends FoundInShell {
  installed: Installed;
}

/** Programs that run a string as a shell command. */
const RUNS_STRINGS =
  /^(?:ba|da|z|k|a)?sh$|^(?:eval|ssh|tmux|screen|su|sudo|watch|script|parallel|xargs|setsid|nohup|docker|podman|kubectl|srun|numactl|timeout|exec|env|command|time|nsys|stdbuf)$/;
/** Programs that only speak of a command. */
const ONLY_SPEAKS =
  /^(?:echo|printf|e?grep|pgrep|pkill|cat|sed|awk|log\w*|info|warn|error|die|fail|usage|alias|#)$/;
/** Strings in strings in strings: deeper than anyone writes. */
const DEEPEST = 4;

/** The launches in shell text that stands in a file of a notation; `around` is what pins a version outside of the text. */
export function findInShell(
  embedded: Embedded,
  notation: NotationId,
  { images, installed }: Around = NOTHING_AROUND,
): FoundInShell {
  const found: Found = { launches: [], problems: [], installed };
  search(
    { original: embedded, images, depth: 0 },
    notation,
    new Scope(new Allowance(embedded.text.length)),
    found,
  );
  const seen = new Set<string>();
  const launches = found.launches
    .sort((a, b) => a.span.start - b.span.start)
    .filter(({ arguments: given, span }) => {
      // A command kept in a variable and run twice is still written once.
      const places = given.flatMap(({ flagSpan, words }) => [
        flagSpan.start,
        ...words.map((word) => word.span.start),
      ]);
      const key = places.length > 0 ? places.join() : String(span.start);
      return !seen.has(key) && seen.add(key);
    });
  return { ...found, launches };
}

/** A text to search, in a string of another one or not, and the images that it runs in. */
interface Searched {
  readonly original: Embedded;
  readonly images: readonly Pin[];
  readonly depth: number;
}

function search(
  { original, images, depth }: Searched,
  notation: NotationId,
  scope: Scope,
  found: Found,
): void {
  const mayCheckOut = found.installed.inSources && original.text.includes("git ");
  if (depth > DEEPEST || !(mayHoldLaunch(original.text) || mayCheckOut)) return;
  const { text, placeholders } = maskPlaceholders(original.text);
  const embedded = { ...original, text };
  const hidden = placeholders.map((span) => spanInFile(original, span));
  const script = parsedOrTold(text, original, found);
  if (!script) return;
  const argumentsNext = markedLines(text);
  visitCommands(script, embedded, scope, {
    command(command, here) {
      const reading: Reading = { embedded, scope: here };
      found.installed = installedBy(command, reading, found.installed);
      const words = commandWords(command, reading);
      const start = argumentsStart(words) ?? markedStart(command, words, text, argumentsNext);
      if (start !== undefined && !ONLY_SPEAKS.test(baseName(words[0]))) {
        const around = { images: imagesAround(command, reading, images), installed: found.installed };
        const launch = launchOf({ command, words, start, reading, notation, hidden, around });
        found.launches.push(launch);
        found.problems.push(...trapsOf(command, launch, original, placeholders));
        return;
      }
      // A new shell has only what is exported; what the string itself expands is expanded in it already.
      const evaluates = baseName(words[0]) === "eval";
      const strings = commandStrings(command, words, reading);
      const inside = strings.length > 0 ? imagesAround(command, reading, images) : images;
      for (const inner of strings) {
        const scope = evaluates ? here.elsewhere() : new Scope(here.allowance);
        search({ original: inner, images: inside, depth: depth + 1 }, notation, scope, found);
      }
    },
    hereDocument(document, command, here) {
      if (isOnlyPrinted(command, text)) return;
      const inner = document.delimiter?.quoted ? new Scope(here.allowance) : here.elsewhere();
      const inside = imagesAround(command, { embedded, scope: here }, images);
      const body = { ...bodyText(document.body, original), expands: !document.delimiter?.quoted };
      search({ original: body, images: inside, depth: depth + 1 }, notation, inner, found);
    },
  });
}

/** The script; nothing where the text cannot be read, which is told where it goes beyond a bound. */
function parsedOrTold(text: string, original: Embedded, { problems }: Found): ReturnType<typeof parseShell> {
  try {
    return parseShell(text);
  } catch (error) {
    if (!(error instanceof BeyondBounds)) throw error;
    const line = spanInFile(original, markedPart(text, error.at));
    problems.push(notCheckedAt(line, "text", error.why));
    return undefined;
  }
}

/** The image that a command runs something in, before those that it stands in itself. */
function imagesAround(command: Command, reading: Reading, images: readonly Pin[]): readonly Pin[] {
  const own = imageOf(command, reading);
  return own ? [own, ...images] : images;
}

function commandWords(command: Command, reading: Reading): CommandWord[] {
  const written = [command.name, ...command.suffix].filter((one): one is ShellWord => one?.type === "Word");
  // A backslash that ends the text continues nothing, and the shell drops it.
  return written.filter(({ text }) => text !== "\\").flatMap((word) => wordsOf(word, reading));
}

function baseName(word: CommandWord | undefined): string {
  return word?.text?.split("/").at(-1) ?? "";
}

/** The strings of a command that a shell will run. */
function commandStrings(command: Command, words: readonly CommandWord[], reading: Reading): Embedded[] {
  if (!words.some((word) => RUNS_STRINGS.test(baseName(word)))) return [];
  const strings = [command.name, ...command.suffix].filter((one): one is ShellWord => one?.type === "Word");
  if (baseName(words[0]) === "eval" && strings.length === 2)
    return strings.slice(1).map((word) => embeddedOf(word, reading));
  const hereStrings = command.redirects.flatMap((one) =>
    one.type === "HereString" && one.target ? [one.target] : [],
  );
  return [...strings, ...hereStrings]
    .map((word) => embeddedOf(word, reading))
    .filter(({ text }) => /\s/.test(text));
}

/** `cat <<EOF` without a file or a pipe behind it shows its text to people and starts nothing. */
function isOnlyPrinted(command: Command, text: string): boolean {
  if (!ONLY_SPEAKS.test(command.name?.value ?? "")) return false;
  const written = command.redirects.some(
    (one) => one.type === "Redirect" && /^(?:>|>>|>\||&>)$/.test(one.operator),
  );
  return !written && !text.slice(command.pos).split("\n", 1)[0]?.includes("|");
}

function bodyText({ pos, end }: HereDoc["body"], embedded: Embedded): Embedded {
  return within(embedded, embedded.text.slice(pos, end), pos, []);
}

/** The lines below a `# lightllm: args` comment: what stands there are LightLLM's arguments, whatever starts it. */
function markedLines(text: string): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const match of text.matchAll(/^[ \t]*#[ \t]*lightllm:[ \t]*args[ \t]*\r?\n/gm)) {
    lines.add(match.index + match[0].length);
  }
  return lines;
}

function markedStart(
  command: Command,
  words: readonly CommandWord[],
  text: string,
  marked: ReadonlySet<number>,
): number | undefined {
  if (marked.size === 0 || !marked.has(lineStartAt(text, command.pos))) return undefined;
  const first = words.findIndex((word) => /^--?[A-Za-z]/.test(word.text ?? word.knownStart ?? ""));
  return first < 0 ? words.length : first;
}

interface FoundCommand {
  readonly command: Command;
  readonly words: readonly CommandWord[];
  readonly start: number;
  readonly reading: Reading;
  readonly notation: NotationId;
  /** Where placeholders stand in the file. */
  readonly hidden: readonly Span[];
  readonly around: Around;
}

function launchOf({ command, words, start, reading, notation, hidden, around }: FoundCommand): Launch {
  const { embedded } = reading;
  const behind = words.slice(start).map((word) => withoutPlaceholder(word, hidden));
  const program = words[start - 1]?.span;
  const { name } = reading.scope;
  return {
    ...(name !== undefined && { name }),
    notation,
    form: { kind: "shell", quoting: embedded.quoting },
    span: launchSpan(command, words, start, embedded),
    ...(program && { head: program }),
    arguments: argumentsOf(behind),
    environment: environmentOf(command, words.slice(0, start), reading),
    ...pinsOf(around),
  };
}

/** A `<placeholder>` stands for something only the reader knows. */
function withoutPlaceholder(word: CommandWord, hidden: readonly Span[]): CommandWord {
  if (!hidden.some(({ start, end }) => start < word.span.end && word.span.start < end)) return word;
  const at = word.text?.search(/[xX]/) ?? 0;
  return {
    text: undefined,
    span: word.span,
    source: word.source,
    ...(at > 0 && word.text && { knownStart: word.text.slice(0, at) }),
  };
}

/** From the command's first word to where another argument could be typed behind its last. */
function launchSpan(
  command: Command,
  words: readonly CommandWord[],
  start: number,
  embedded: Embedded,
): Span {
  const written = [...command.suffix].filter((one) => one.type === "Word");
  const lastWritten = written.at(-1) ?? command.name;
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
