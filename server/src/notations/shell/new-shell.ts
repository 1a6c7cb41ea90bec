/** Commands that start a shell: the strings that it runs, and the variables that it gets. */
import { LONGEST_WORD } from "../../launch/bounds";
import type { CommandWord } from "../../launch/command-line";
import type { EnvironmentVariable } from "../../launch/launch";
import { type Embedded, oneAfterOther } from "../embedded";
import { mayHoldLaunch } from "../program";
import { environmentOf, environmentWords } from "./environment";
import { GivenVariables } from "./given";
import { endsInBackslash } from "./literal-pieces";
import { ShellScope } from "./scope";
import type { Command, ShellWord } from "./shell-parser";
import type { WordContext } from "./word-piece";
import { embeddedOf, isReadOtherwise, shellWords } from "./words";

/** Programs that run a string as a shell command. */
const RUNS_STRINGS =
  /^(?:ba|da|z|k|a)?sh$|^(?:eval|ssh|tmux|screen|su|sudo|watch|script|parallel|xargs|setsid|nohup|docker|podman|kubectl|srun|numactl|timeout|exec|env|command|time|nsys|stdbuf)$/;
/** A word as written, and the words that the program receives for it. */
interface ReadWord {
  readonly written: ShellWord;
  readonly words: readonly CommandWord[];
}

export function commandWords(command: Command, reading: WordContext): ReadWord[] {
  const written = [command.name, ...command.suffix].filter((one): one is ShellWord => one?.type === "Word");
  const isLast = endsInBackslash(reading.embedded);
  return written
    .filter(({ text, end }) => !(isLast && text === "\\" && end === reading.embedded.text.length))
    .map((word) => ({ written: word, words: shellWords(word, reading) }));
}

/** The name of a program without its folder. */
export function baseName(word: CommandWord | undefined): string {
  return word?.text?.split("/").at(-1) ?? "";
}

/** The strings of a command that a shell will run, each with the words before it. */
export function commandStrings(
  { redirects }: Command,
  all: readonly ReadWord[],
  words: readonly CommandWord[],
  reading: WordContext,
): CommandString[] {
  if (!words.some((word) => RUNS_STRINGS.test(baseName(word)))) return [];
  const read = (written: ShellWord, index: number) => ({
    embedded: embeddedOf(written, reading),
    before: all.slice(0, index).flatMap((one) => one.words),
  });
  const joined = readAgain(all, reading);
  if (joined) return [joined];
  const strings = all.map(({ written }, index) => read(written, index));
  for (const one of redirects)
    if (one.type === "HereString" && one.target) strings.push(read(one.target, all.length));
  return strings.filter(({ embedded: { text } }) => /[\s$]/.test(text));
}

/** Commands that join their arguments with blanks, for a shell to read. */
const JOINS = /^(?:eval|ssh)$/;

/** A string that a shell will run, with the words before it. */
export interface CommandString {
  readonly embedded: Embedded;
  readonly before: readonly CommandWord[];
}

/** The arguments of `eval` and `ssh` as one text, if the shell that reads them again may get other words. */
export function readAgain(all: readonly ReadWord[], reading: WordContext): CommandString | undefined {
  const at = all.findIndex(({ words }) => JOINS.test(baseName(words[0])));
  if (at < 0) return undefined;
  const from = at + 1 + (baseName(all[at]?.words[0]) === "ssh" ? wordsOfHost(all.slice(at + 1)) : 0);
  const given = all.slice(from);
  if (!given.some(({ words }) => words.length === 0 || words.some(isReadOtherwise))) return undefined;
  const [first, ...others] = given.map(({ written }) => embeddedOf(written, reading));
  if (!first) return undefined;
  // Where several words are written, each has its own quotes.
  const around = others.length > 0 ? { quoting: reading.embedded.quoting } : {};
  return {
    embedded: { ...others.reduce(oneAfterOther, first), ...around },
    before: all.slice(0, from).flatMap(({ words }) => words),
  };
}

/** How many words of `ssh` are before the command: options and the host. */
function wordsOfHost(given: readonly ReadWord[]): number {
  let at = 0;
  for (let word = given[at]; word?.written.text.startsWith("-"); word = given[at])
    at += /^-[a-zA-Z]*[BbcDEeFIiJLlmOoPpQRSWw]$/.test(word.written.text) ? 2 : 1;
  return at + 1;
}

/** Whether a text uses a variable whose value may contain a launch. */
export function mayRun(text: string, scope: ShellScope): boolean {
  if (!text.includes("$")) return false;
  return [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].some(([, name = ""]) => {
    const value = scope.value(name);
    return (
      value !== undefined && value !== "unknown" && value.pieces.some((piece) => mayHoldLaunch(piece.text))
    );
  });
}

/** Programs that start others without the variables of the script. */
const CLEARS = /^(?:sudo|su|doas|runuser|tmux|screen|ssh|at|batch|crontab)$/;

/** A command that starts a shell. */
interface Started {
  readonly command: Command;
  /** The words before the text that the shell reads. */
  readonly before: readonly CommandWord[];
  readonly reading: WordContext;
  /** Whether the shell runs where the command runs, not in a container or on another machine. */
  readonly isHere: boolean;
}

function keepsEnvironment(before: readonly CommandWord[]): boolean {
  return !before.some((word) => CLEARS.test(baseName(word)));
}

/** The variables of a new shell: those that it gets from the command, from the script and from the file. */
export function newShell({ command, before, reading, isHere }: Started): ShellScope {
  const { scope } = reading;
  const keeps = isHere && keepsEnvironment(before);
  const passed = keeps
    ? environmentOf(command, before, reading)
    : environmentWords(command, before, reading.embedded);
  const exported = scope.exported();
  const isCurrent = (variable: EnvironmentVariable) => {
    if (!exported.includes(variable)) return true;
    const now = scope.value(variable.name);
    const text = now === "unknown" ? undefined : now?.pieces.map((piece) => piece.text).join("");
    return text === variable.value.text;
  };
  const given = new GivenVariables(
    passed.filter(isCurrent),
    LONGEST_WORD,
    keeps ? scope.givenAround : undefined,
  );
  const inner = ShellScope.of(scope.allowance, given);
  for (const variable of passed) inner.export(variable);
  return inner;
}
