/** The launch as one command, on one line or with a line for each flag. */
import { knownWord, type PortableLaunch } from "../portable";
import { aboutFlag, joinedCommentLines } from "./comment-lines";
import type { WriteOptions } from "./options";
import { MODULE_WORDS } from "./program";
import { assignment, SCRIPT, type ShellDialect, shellArgument, shellWord } from "./shell-words";

/** The command of each launch, each on a line. */
export function writeCommands(launches: readonly PortableLaunch[], options: WriteOptions): string {
  return launches.map((launch) => `${command(launch, options.python)}\n`).join("");
}

/** The environment in front of the program, and its arguments behind it. */
function command({ environment, arguments: given }: PortableLaunch, python: string): string {
  return [
    ...environment.map((variable) => assignment(variable)),
    program(python, SCRIPT),
    ...given.map((argument) => shellArgument(argument)),
  ].join(" ");
}

/**
 * The command that takes the place of its shell, a flag on each line, and above it what is said of the flags: no comment can
 * stand between continued lines. A word may hold line breaks of its own.
 */
export function execLines(
  { arguments: given }: PortableLaunch,
  python: string,
  dialect: ShellDialect = SCRIPT,
): string[] {
  const words = [
    `exec ${program(python, dialect)}`,
    ...given.map((argument) => `  ${shellArgument(argument, dialect)}`),
  ];
  return [
    ...joinedCommentLines(given.flatMap(aboutFlag)).map(dialect.escape),
    ...words.map((line, at) => (at < words.length - 1 ? `${line} \\` : line)),
  ];
}

function program(python: string, dialect: ShellDialect): string {
  return [python, ...MODULE_WORDS].map((word) => shellWord(knownWord(word), dialect)).join(" ");
}
