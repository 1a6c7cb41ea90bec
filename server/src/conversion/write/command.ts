/** The launch as one command, on one line or with a line for each flag. */
import { knownWord, type PortableLaunch, type PortableVariable } from "../portable";
import { aboutFlag, joinedCommentLines } from "./comment-lines";
import type { WriteOptions } from "./options";
import { MODULE_WORDS } from "./program";
import {
  assignment,
  isOfShells,
  SCRIPT,
  type ShellDialect,
  shellArgument,
  shellWord,
  TYPED,
} from "./shell-words";

/** The command of each launch, each on a line. */
export function writeCommands(launches: readonly PortableLaunch[], options: WriteOptions): string {
  return launches.map((launch) => `${command(launch, options.python)}\n`).join("");
}

/** The environment in front of the program, and its arguments behind it. */
function command({ environment, arguments: given }: PortableLaunch, python: string): string {
  return [
    ...environment.filter((one) => !isOfShells(one)).map((variable) => assignment(variable, TYPED)),
    ...program(python, environment.filter(isOfShells), TYPED),
    ...given.map((argument) => shellArgument(argument, TYPED)),
  ].join(" ");
}

/**
 * The command that takes the place of its shell, a flag on each line, and above it what is said of the flags: no comment can
 * stand between continued lines. A word may hold line breaks of its own. Of the environment it sets what no shell can.
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
