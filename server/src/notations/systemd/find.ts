/** Finds the launches of a unit file: commands of a service that start LightLLM, directly or through a shell. */

import { BeyondBounds } from "../../launch/bounds";
import { argumentsOf, type CommandWord } from "../../launch/command-line";
import { type EnvironmentVariable, type Launch, spanFrom, withProblems } from "../../launch/launch";
import { say } from "../../messages";
import { assignedIn } from "../assigned";
import { isMarkedAsArguments } from "../list/marked";
import { type FoundLaunches, joinLaunches, NOTHING_FOUND, readShell, withName } from "../list/read-command";
import { argumentsStart, mayHoldLaunch } from "../program";
import { HERE, invocationOf, startedBy } from "../read-invocation";
import { typographicDashes, typographicQuotes } from "../typographic";
import { expandedWords, shellTextOf } from "./expand";
import {
  blankSigns,
  continuedSettings,
  ignoredLines,
  misplacedKeys,
  notExpanded,
  shellStart,
  shellSyntax,
  unsetVariables,
} from "./problems";
import { type ServiceEnvironment, serviceEnvironment } from "./service-environment";
import { specifiersIn } from "./specifiers";
import { systemdTraits } from "./traits";
import { type UnitAssignment, unitLines } from "./unit-lines";
import { type UnitWord, unitWords } from "./unit-words";

/** The keys whose values are command lines. */
const COMMANDS = /^Exec(?:Condition|StartPre|Start|StartPost|Reload|Stop|StopPost)$/;

/** One command of a command line. */
interface UnitCommand {
  readonly assignment: UnitAssignment;
  /** Without the prefixes `-@+!:` of the program, and without the name that `@` sets. */
  readonly words: readonly UnitWord[];
  /** Whether variables are substituted: not after `:`. */
  readonly expands: boolean;
}

/** The launches of a text. @throws BeyondBounds */
export function findInUnit(text: string): FoundLaunches {
  const unit = unitLines(text);
  const ofService = unit.assignments.filter(({ section }) => section === "Service");
  const environment = serviceEnvironment(ofService);
  const mayBeSetElsewhere = isAddition(ofService);
  const name = nameOf(ofService);
  const commands = ofService.filter(isInForce).flatMap(commandsOf);
  const context = { text, environment, mayBeSetElsewhere };
  const found = joinLaunches(commands.map((command) => readCommandLine(command, context)));
  const isOurs = found.launches.length > 0 || unit.assignments.some(({ value }) => mayHoldLaunch(value.text));
  const ignored = isOurs
    ? [...misplacedKeys(unit.assignments), ...blankSigns(ofService), ...ignoredLines(unit.strays, text)]
    : [];
  return withName(name, { launches: found.launches, problems: [...found.problems, ...ignored] });
}

/** Whether another file or program sets variables, too: an empty `ExecStart=` resets the command of the unit's main file. */
function isAddition(assignments: readonly UnitAssignment[]): boolean {
  return assignments.some(({ key, value }) => key === "PAMName" || (COMMANDS.test(key) && value.text === ""));
}

/** The name of the service in the journal. */
function nameOf(assignments: readonly UnitAssignment[]): string | undefined {
  const name = assignments.findLast(({ key }) => key === "SyslogIdentifier")?.value.text;
  const [only, other] = specifiersIn(name ?? "");
  return only?.kind === "text" && !other && only.text !== "" ? only.text : undefined;
}

/** Whether it is a command that no later empty value of its key resets. */
function isInForce({ key }: UnitAssignment, at: number, all: readonly UnitAssignment[]): boolean {
  if (!COMMANDS.test(key)) return false;
  return !all.slice(at).some((later) => later.key === key && later.value.text === "");
}

/** Limit for the commands of one line; the words of a launch have their own limit. */
const MOST_COMMANDS = 1_000;

function commandsOf(assignment: UnitAssignment): UnitCommand[] {
  const commands: UnitCommand[] = [];
  let words: UnitWord[] = [];
  const close = () => {
    if (words.length > 0) commands.push(commandOf(assignment, words));
    words = [];
  };
  for (const word of unitWords(assignment.value)) {
    if (word.source === ";") close();
    else words.push(word);
    if (commands.length > MOST_COMMANDS)
      throw new BeyondBounds(assignment.span.start, say("check.many-commands"));
  }
  close();
  return commands;
}

/** Prefixes of the program, in any order. */
const PREFIX = /^[-@:+!]+/;

function commandOf(assignment: UnitAssignment, [first, ...rest]: readonly UnitWord[]): UnitCommand {
  const word = first as UnitWord;
  const prefix = PREFIX.exec(word.source)?.[0] ?? "";
  const length = prefix.length;
  const program: UnitWord = {
    ...word,
    text: word.text.slice(length),
    offsets: word.offsets.slice(length),
    source: word.source.slice(length),
    span: spanFrom(word.span.start + length, word.span.end),
  };
  const given = prefix.includes("@") ? rest.slice(1) : rest;
  return { assignment, words: [program, ...given], expands: !prefix.includes(":") };
}

/** The service around a command. */
interface Service {
  readonly text: string;
  readonly environment: ServiceEnvironment;
  /** Whether what this file does not set may be set all the same. */
  readonly mayBeSetElsewhere: boolean;
}

function readCommandLine(
  { assignment, words, expands }: UnitCommand,
  { text, environment, mayBeSetElsewhere }: Service,
): FoundLaunches {
  const known = expands ? environment : undefined;
  const all = words.map((written) => ({ written, words: expandedWords(written, known) }));
  const received = all.flatMap((one) => one.words);
  const isMarked = isMarkedAsArguments(text, assignment.span.start, systemdTraits.comments);
  const start = argumentsStart(received) ?? (isMarked ? firstFlag(received) : undefined);
  if (start !== undefined) {
    const launch = launchOf(text, words, received, start, environment.variables);
    const unset = known && !mayBeSetElsewhere ? unsetVariables(words, known) : [];
    const problems = [
      ...shellSyntax(words),
      ...shellStart(words, start),
      ...notExpanded(words),
      ...unset,
      ...continuedSettings(text, words),
      ...typographicDashes(words),
      ...typographicQuotes(words),
    ];
    return { launches: [withProblems(launch, problems)], problems: [] };
  }
  const strings = all.map(({ written }, at): FoundLaunches => {
    const embedded = shellTextOf(written, known);
    if (!/\s/.test(embedded.text) || !mayHoldLaunch(embedded.text)) return NOTHING_FOUND;
    const outside = startedBy(
      all.slice(0, at).flatMap((one) => one.words),
      HERE,
    );
    const context = { text, notation: systemdTraits, environment: environment.variables, outside };
    return readShell(embedded, context);
  });
  return joinLaunches(strings);
}

function firstFlag(words: readonly CommandWord[]): number {
  const first = words.findIndex(({ text, knownStart }) => /^--?[A-Za-z]/.test(text ?? knownStart ?? ""));
  return first < 0 ? words.length : first;
}

function launchOf(
  text: string,
  written: readonly UnitWord[],
  words: readonly CommandWord[],
  start: number,
  environment: readonly EnvironmentVariable[],
): Launch {
  const program = words[start - 1]?.span;
  const from = written[0]?.span.start ?? 0;
  const last = written.at(-1)?.span.end ?? from;
  const free = /^[ \t]*/.exec(text.slice(last))?.[0].length ?? 0;
  const own = assignedIn(words.slice(0, Math.max(0, start - 1)));
  const ownNames = new Set(own.map(({ name }) => name));
  return {
    notation: systemdTraits,
    form: { kind: "unit" },
    span: spanFrom(from, last + free),
    invocation: invocationOf(words, start, HERE, from),
    ...(program && { head: program }),
    arguments: argumentsOf(words.slice(start)),
    environment: [...environment.filter(({ name }) => !ownNames.has(name)), ...own],
  };
}
