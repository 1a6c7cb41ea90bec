/** The LightLLM version of a script: the image of its container, and packages or sources installed before. */
import { Allowance } from "../../launch/bounds";
import type { CommandWord } from "../../launch/command-line";
import { type Pin, spanFrom } from "../../launch/launch";
import { type Embedded, spanInFile, toFile } from "../embedded";
import { type Installed, type PlacedText, pinOfImage, pinOfRequirement, pinOfTag } from "../pins";
import { argumentsStart } from "../program";
import { visitCommands } from "./commands";
import type { GivenVariables } from "./given";
import { piecesOf } from "./pieces";
import { ShellScope } from "./scope";
import { type Command, parseShell, type ShellWord } from "./shell-parser";
import type { WordContext } from "./word-piece";
import { shellWords } from "./words";

/** Programs that run a command in an image, and those that pass their words to one. */
const CONTAINERS = /^(?:docker|podman|nerdctl|kubectl|singularity|apptainer|enroot|srun)$/;
const INSTALLERS = /^(?:pip[\d.]*|uv|git|cd|pushd)$/;
const BEFORE_INSTALLERS = /^(?:sudo|env|time|command|conda|mamba|python[\d.]*)$/;
/** Options whose value looks like an image but is not one. */
const OTHER_VALUES =
  /^(?:-v|--volume|-e|--env|-l|--label|--name|-h|--hostname|-w|--workdir|--mount|--network-alias)$/;
/** Maximum number of versions to keep. */
const MOST = 4;

function baseName(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1);
}

function wordsIn({ name, suffix }: Command): ShellWord[] {
  return [name, ...suffix].filter((one): one is ShellWord => one?.type === "Word");
}

/** The text of a word with certain variables substituted; parts from several places have the place of the word. */
function readWord(word: ShellWord, reading: WordContext): PlacedText {
  const { embedded } = reading;
  if (!word.parts && !/[\\\uE000]/.test(word.text)) {
    const spanOf = (start: number, end: number) =>
      spanInFile(embedded, spanFrom(word.pos + start, word.pos + end));
    return { text: word.text, spanOf };
  }
  const pieces = piecesOf(word, reading);
  const text = pieces.map((piece) => piece.text).join("");
  const chars = pieces.flatMap(({ places, home = embedded }) => places.map((place) => ({ place, home })));
  const spanOf = (start: number, end: number) => {
    const first = chars[start] ?? { place: word.pos, home: embedded };
    const { place: last, home } = chars[end - 1] ?? { place: word.end - 1, home: embedded };
    const after = last + 1;
    const isInWord = home === embedded && word.pos <= first.place && first.place < after && after <= word.end;
    const isOnePlace = home === first.home && (after - first.place === end - start || isInWord);
    if (chars.length !== text.length || !isOnePlace)
      return spanInFile(embedded, spanFrom(word.pos, word.end));
    return spanFrom(toFile(home, first.place), toFile(home, after));
  };
  return { text, spanOf };
}

/**
 * The words of the last command of a text, which is one line of a Dockerfile, with given variables. @throws
 * BeyondBounds
 */
export function readWords(
  embedded: Embedded,
  given: GivenVariables,
): { readonly texts: readonly PlacedText[]; readonly words: readonly CommandWord[] } {
  const script = parseShell(embedded.text);
  let texts: PlacedText[] = [];
  let words: CommandWord[] = [];
  if (!script) return { texts, words };
  visitCommands(script, embedded, ShellScope.of(new Allowance(embedded.text.length), given), {
    command(command, scope) {
      const reading = { embedded, scope };
      texts = wordsIn(command).map((word) => readWord(word, reading));
      words = wordsIn(command).flatMap((word) => shellWords(word, reading));
    },
    hereDocument: () => undefined,
  });
  return { texts, words };
}

/** The image of LightLLM in which a command runs a program. */
export function imageOf(command: Command, reading: WordContext): Pin | undefined {
  const words = wordsIn(command);
  return words.slice(0, FIRST).some(({ value }) => isContainer(value))
    ? imageAmong(words.map((word) => readWord(word, reading)))
    : undefined;
}

/** The image of LightLLM in which a command in list form runs a program. */
export function imageInList(words: readonly PlacedText[]): Pin | undefined {
  return words.slice(0, FIRST).some(({ text }) => isContainer(text)) ? imageAmong(words) : undefined;
}

/** The program is among this number of words, after `sudo` and similar programs. */
const FIRST = 6;

function isContainer(word: string): boolean {
  return CONTAINERS.test(baseName(word));
}

/** The first image of LightLLM among words, before the program that it runs. */
export function imageAmong(words: readonly PlacedText[]): Pin | undefined {
  const program = argumentsStart(words) ?? words.length;
  for (const [at, { text, spanOf }] of words.slice(0, program).entries()) {
    if (OTHER_VALUES.test(words[at - 1]?.text ?? "")) continue;
    const option = /^--(?:container-)?image=/.exec(text)?.[0].length ?? 0;
    if (text.startsWith("-") && option === 0) continue;
    const pin = pinOfImage({
      text: text.slice(option),
      spanOf: (start, end) => spanOf(start + option, end + option),
    });
    if (pin) return pin;
  }
  return undefined;
}

/** The installed packages after a command. */
export function installedBy(command: Command, reading: WordContext, before: Installed): Installed {
  const first = baseName(command.name?.value ?? "");
  if (!INSTALLERS.test(first) && !BEFORE_INSTALLERS.test(first)) return before;
  const all = wordsIn(command);
  if (!before.inSources && !all.some(({ text }) => mayPin(text))) return before;
  const at = all.findIndex(({ value }) => INSTALLERS.test(baseName(value)));
  const words = all.slice(at).map((word) => readWord(word, reading));
  const program = at < 0 ? "" : baseName(words[0]?.text ?? "");
  if (program === "cd" || program === "pushd")
    return { ...before, inSources: entersSources(words[1], before) };
  if (program === "git") return fetched(words.slice(1), before);
  const installs = words.findIndex(({ text }) => text === "install");
  if (program === "" || installs < 0) return before;
  return words
    .slice(installs + 1)
    .reduce((installed, word) => withPin(pinOfRequirement(word), installed), before);
}

/** Whether a word may name LightLLM, directly or in a variable. */
function mayPin(text: string): boolean {
  return text.includes("$") || /lightllm/i.test(text);
}

function withPin(pin: Pin | undefined, { packages, inSources }: Installed): Installed {
  return { packages: pin ? [pin, ...packages].slice(0, MOST) : packages, inSources };
}

function entersSources(folder: PlacedText | undefined, { inSources }: Installed): boolean {
  if (!folder) return false;
  return /[$`]/.test(folder.text) ? inSources : /lightllm/i.test(folder.text);
}

const REPOSITORY = /(?:^|[/:])lightllm(?:\.git)?\/?$/i;

/** `git clone -b v1.1.0 …/lightllm`; `git checkout v1.1.0` in the clone. */
function fetched(words: readonly PlacedText[], before: Installed): Installed {
  const command = words.findIndex(({ text }) => /^(?:clone|checkout|switch)$/.test(text));
  if (command < 0) return before;
  const given = words.slice(command + 1);
  if (words[command]?.text === "clone") {
    const address = given.find(
      ({ text }, at) => /^[^-].*[/:]/.test(text) && !BRANCH.test(given[at - 1]?.text ?? ""),
    );
    if (!address) return before;
    const inSources = REPOSITORY.test(address.text);
    return withPin(inSources ? branchPin(given) : undefined, { ...before, inSources });
  }
  const folder = words.slice(0, command).find((_, at) => words[at - 1]?.text === "-C");
  const own = folder ? entersSources(folder, before) : before.inSources;
  // After `--` there are files, which are checked out alone.
  if (!own || given.some(({ text }) => text === "--")) return before;
  const [tag] = given.flatMap((word) => pinOfTag(word) ?? []);
  const stays =
    given.every(({ text }) => text.startsWith("-")) || given.some(({ text }) => NEW_BRANCH.test(text));
  // Any other branch or commit has an unknown version.
  return tag || stays ? withPin(tag, before) : { ...before, packages: [] };
}

const BRANCH = /^(?:-b|--branch)$/;
const NEW_BRANCH = /^-[bBcC]$|^--create$/;

function branchPin(given: readonly PlacedText[]): Pin | undefined {
  for (const [at, { text, spanOf }] of given.entries()) {
    const joined = /^--branch=/.exec(text)?.[0].length;
    if (joined !== undefined) {
      return pinOfTag({
        text: text.slice(joined),
        spanOf: (start, end) => spanOf(start + joined, end + joined),
      });
    }
    const next = given[at + 1];
    if (BRANCH.test(text) && next) return pinOfTag(next);
  }
  return undefined;
}
