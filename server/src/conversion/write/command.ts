/** The launch as one command, on one line or with a line for each flag. */
import { escapeFor } from "../../notations/embedded";
import { knownWord, type PortableLaunch, type PortableVariable } from "../portable";
import { aboutFlag, joinedCommentLines } from "./comment-lines";
import {
  assignment,
  isOfShells,
  SCRIPT,
  type ShellDialect,
  shellArgument,
  shellWord,
  TYPED,
} from "./shell-words";
import { MODULE_WORDS } from "./start-command";
import type { WriteOptions } from "./write-options";

/** The commands of all launches, one line each. */
export function writeCommands(launches: readonly PortableLaunch[], options: WriteOptions): string {
  return launches.map((launch) => `${command(launch, options.python)}\n`).join("");
}

/** The environment, the program and its arguments. */
function command(launch: PortableLaunch, python: string): string {
  const line = commandLine(launch, python);
  return mayNameHistory(launch) ? `bash -c '${escapeFor(line, ["shell-single"])}'` : line;
}

/**
 * An exclamation mark that a terminal's shell would replace by an earlier command, also in double quotes: `${A:-x!y}`. Only single
 * quotes protect it, so another shell gets the command.
 */
const HISTORY = /(?<!\$\{?)!/;

function mayNameHistory({ environment, arguments: given }: PortableLaunch): boolean {
  const words = [...environment.map(({ value }) => value), ...given.flatMap(({ values }) => values)];
  return words.some(({ parts }) => parts.some((part) => part.kind === "shell" && HISTORY.test(part.source)));
}

function commandLine({ environment, arguments: given }: PortableLaunch, python: string): string {
  return [
    ...environment.filter((one) => !isOfShells(one)).map((variable) => assignment(variable, TYPED)),
    ...program(python, environment.filter(isOfShells), TYPED),
    ...given.map((argument) => shellArgument(argument, TYPED)),
  ].join(" ");
}

/**
 * The command that replaces its shell, one flag per line; comments about flags are above it, because no comment can be
 * between continued lines. Words may contain line breaks. Sets variables with `env` if a shell cannot set them.
 */
export function execLines(
  { arguments: given, environment }: PortableLaunch,
  python: string,
  dialect: ShellDialect = SCRIPT,
): string[] {
  const words = [
    `exec ${program(python, environment.filter(isOfShells), dialect).join(" ")}`,
    ...given.map((argument) => `  ${shellArgument(argument, dialect)}`),
  ];
  return [
    ...joinedCommentLines(given.flatMap(aboutFlag)).map(dialect.escape),
    ...words.map((line, at) => (at < words.length - 1 ? `${line} \\` : line)),
  ];
}

function program(python: string, environment: readonly PortableVariable[], dialect: ShellDialect): string[] {
  const env = environment.length > 0 ? ["env", ...environment.map((one) => assignment(one, dialect))] : [];
  return [...env, ...[python, ...MODULE_WORDS].map((word) => shellWord(knownWord(word), dialect))];
}
