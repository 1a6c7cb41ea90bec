/** Reads a command line from one list, or from two consecutive ones: entry point and arguments. */
import type { BuiltService } from "../../launch/built-service";
import { argumentsOf, type CommandWord } from "../../launch/command-line";
import {
  type EnvironmentVariable,
  type Launch,
  type LaunchForm,
  type Span,
  spanFrom,
  type TextProblem,
  withProblems,
} from "../../launch/launch";
import type { NotationTraits } from "../../launch/notation-traits";
import { assignedIn } from "../assigned";
import { type Around, type Installed, pinsOf } from "../pins";
import { argumentsStart, mayHoldLaunch } from "../program";
import { HERE, invocationOf, type Outside, startedBy } from "../read-invocation";
import { findInShell, type ShellContext } from "../shell/find";
import { GivenVariables } from "../shell/given";
import { typographicDashes, typographicQuotes } from "../typographic";
import type { ListItem } from "./items";
import { listEdits, literallyPassed, shellNeeded, signAmong } from "./needs-shell";
import { notTextProblem } from "./not-text";
import { elementsWithSpace, unsplitCommand } from "./problems";

/** A list in a file. */
export interface CommandList {
  readonly items: readonly ListItem[];
  readonly style: ListStyle;
  /** The whole list, with brackets if it has them; an element may be added there. */
  readonly span: Span;
  /** Included from elsewhere in the file, as by an alias or a merge key. */
  readonly apart?: boolean;
}

export type ListStyle = Extract<LaunchForm, { kind: "list" }>["style"];

/** Context of a command. */
export interface CommandContext {
  readonly text: string;
  readonly notation: NotationTraits;
  readonly environment: readonly EnvironmentVariable[];
  /** Whether the lists have only LightLLM's arguments from the first flag on, without its name. */
  readonly onlyArguments?: boolean;
  /** Whether the first list may only be arguments of a program that the file does not name. */
  readonly mayBeArguments?: boolean;
  /** Whether the image of the command may have an entry point, such as a shell, that the file does not name. */
  readonly mayHaveShell?: boolean;
  /** What only a shell would replace in a word, and nothing here does; not known if absent. */
  readonly keeps?: RegExp;
  /** Versions of LightLLM named near the command. */
  readonly around?: Around;
  /** The programs and the place that run the command. */
  readonly outside?: Outside;
}

export interface FoundLaunches {
  readonly launches: readonly Launch[];
  readonly problems: readonly TextProblem[];
  /** Packages that a shell command has installed, for later commands. */
  readonly installed?: Installed;
  /** Images that the file builds and starts. */
  readonly builds?: readonly BuiltService[];
}

export const NOTHING_FOUND: FoundLaunches = { launches: [], problems: [] };

/** The launches of a command line in list form: usually one or none, more if a shell runs a script in it. */
export function readCommand(lists: readonly CommandList[], context: CommandContext): FoundLaunches {
  const items = lists.flatMap(({ items, span }, at) =>
    at === 0 ? items : items.map((item) => ({ ...item, word: { ...item.word, elsewhere: span.start } })),
  );
  const last = lists.at(-1);
  const words = items.map(({ word }) => word);
  const start = context.onlyArguments ? firstFlag(words) : argumentsStart(words);
  const begins = context.onlyArguments || context.mayBeArguments ? [] : words.slice(0, start);
  const isHere = lists[0]?.apart !== true;
  const before = shellNeeded(begins, listEdits(context.text, lists[0]?.style ?? "json", isHere));
  if (start === undefined || !last) {
    const isProgram = !context.onlyArguments && !context.mayBeArguments && lists[0] !== undefined;
    const style = lists[0]?.style ?? "json";
    const mayHaveShell = context.mayHaveShell === true && lists.length === 1;
    const unsplit = isProgram ? unsplitCommand(context.text, words, style, mayHaveShell) : undefined;
    return withProblem(inStrings(items, context), before ?? unsplit);
  }
  const given = words.slice(start);
  const program = words[start - 1]?.span;
  const launch: Launch = {
    notation: context.notation,
    form: { kind: "list", style: last.style },
    span: spanOf(lists, last),
    invocation: invocationOf(words, start, context.outside ?? HERE, lists[0]?.span.start ?? last.span.start),
    ...(program && { head: program }),
    arguments: argumentsOf(given),
    environment: merged(context.environment, assignedIn(words.slice(0, Math.max(0, start - 1)))),
    ...(context.around && pinsOf(context.around)),
  };
  const notTexts = items.flatMap(({ notText }) => (notText ? [notTextProblem(notText)] : []));
  const after = before ? undefined : signAmong(given);
  const shells = [before, after].filter((one) => one !== undefined);
  const isStarted = context.keeps && !context.onlyArguments && !context.mayBeArguments;
  const literal = isStarted && context.keeps ? literallyPassed(given, context.keeps) : [];
  const problems = [
    ...shells,
    ...elementsWithSpace(context.text, launch, given),
    ...typographicDashes(given),
    ...typographicQuotes(given),
    ...notTexts,
    ...literal,
  ];
  return { launches: [withProblems(launch, problems)], problems: [] };
}

function withProblem(found: FoundLaunches, problem: TextProblem | undefined): FoundLaunches {
  if (!problem) return found;
  const launches = found.launches.map((launch) =>
    withProblems(launch, [...(launch.problems ?? []), problem]),
  );
  return { ...found, launches };
}

function firstFlag(words: readonly CommandWord[]): number {
  const first = words.findIndex(({ text, knownStart }) => /^--?[A-Za-z]/.test(text ?? knownStart ?? ""));
  return first < 0 ? words.length : first;
}

/** `sh -c "…"`: an element that names the program and has white space is a shell command, and what follows `-c`. */
function inStrings(items: readonly ListItem[], context: CommandContext): FoundLaunches {
  const words = items.map(({ word }) => word);
  const found = items.flatMap(({ embedded }, at) => {
    const isRun = /^-\w*c$/.test(words[at - 1]?.text ?? "") && embedded.text.includes("$");
    if (!isRun && !(/\s/.test(embedded.text) && mayHoldLaunch(embedded.text))) return [];
    const outside = startedBy(words.slice(0, at), context.outside ?? HERE);
    return [readShell(embedded, { ...context, outside })];
  });
  return joinLaunches(found);
}

/** Options for reading a shell command. */
export type ShellReading = Pick<ShellContext, "holds" | "splitOnly">;

/** The launches of a shell command, with the environment from its context. */
export function readShell(
  embedded: ListItem["embedded"],
  context: CommandContext,
  how: ShellReading = {},
): FoundLaunches {
  const { environment, notation, around, outside } = context;
  const given = new GivenVariables(environment);
  const found = findInShell(embedded, notation, { ...how, given, around, outside });
  if (environment.length === 0) return found;
  return {
    ...found,
    launches: found.launches.map((launch) => ({
      ...launch,
      environment: merged(environment, launch.environment),
    })),
  };
}

/** Variables that the command sets take precedence over those from its context. */
function merged(
  given: readonly EnvironmentVariable[],
  set: readonly EnvironmentVariable[],
): EnvironmentVariable[] {
  const own = new Set(set.map(({ name }) => name));
  return [...given.filter(({ name }) => !own.has(name)), ...set];
}

/** The launches of a named part of the file. */
export function withName(name: string | undefined, found: FoundLaunches): FoundLaunches {
  if (name === undefined || name === "") return found;
  return { ...found, launches: found.launches.map((launch) => ({ ...launch, name })) };
}

/** Combines several results. */
export function joinLaunches(found: readonly FoundLaunches[]): FoundLaunches {
  const builds = found.flatMap((one) => one.builds ?? []);
  return {
    launches: found.flatMap(({ launches }) => launches),
    problems: found.flatMap(({ problems }) => problems),
    ...(builds.length > 0 && { builds }),
  };
}

function spanOf(lists: readonly CommandList[], last: CommandList): Span {
  if (lists.some(({ apart }) => apart)) return last.span;
  return spanFrom(
    Math.min(...lists.map(({ span }) => span.start)),
    Math.max(...lists.map(({ span }) => span.end)),
  );
}
