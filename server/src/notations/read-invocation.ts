/** Reads the words before LightLLM's arguments: the interpreter, and the programs that start it. */
import type { CommandWord } from "../launch/command-line";
import type { Invocation, RunPlace, Wrapper, WrapperOption } from "../launch/invocation";
import { placeOfWord, type Span, spanFrom, spanOver, type Word } from "../launch/launch";
import type { LaunchSite } from "../launch/site";
import { programStart } from "./program";
import { siteIn } from "./wrapper-site";
import { SHELLS, WRAPPERS, type WrapperSyntax } from "./wrappers";

/** Context in which a command runs: a container file, or the command that has it as a string. */
export interface Outside {
  readonly wrappers: readonly Wrapper[];
  readonly place: RunPlace;
  /** What the file says about the place. */
  readonly site?: LaunchSite;
  /** Start of the outermost command. */
  readonly start?: number;
}

/** No context. */
export const HERE: Outside = { wrappers: [], place: { kind: "here" } };

/** In a container of an image, as in a container file. */
export function inImage(kind: "container" | "pod", image: Word | undefined, site?: LaunchSite): Outside {
  return { wrappers: [], place: { kind, ...(image && { image }) }, ...(site && { site }) };
}

/** The context of a string or here-document of a command: the words before it, inside the command's own context. */
export function startedBy(words: readonly CommandWord[], outside: Outside): Outside {
  const wrappers = wrappersIn(words);
  const start = outside.start ?? (words[0] && placeOfWord(words[0]).start);
  return {
    wrappers: [...outside.wrappers, ...wrappers],
    place: placeOf(wrappers, outside),
    ...siteIn(wrappers, outside.site),
    ...(start !== undefined && { start }),
  };
}

function placeOf(wrappers: readonly Wrapper[], { place }: Outside): RunPlace {
  return wrappers.findLast((one) => one.place)?.place ?? place;
}

/**
 * How the words of a command start LightLLM.
 *
 * @param start index of LightLLM's first argument. @param otherwise the place for words that name no program.
 */
export function invocationOf(
  words: readonly CommandWord[],
  start: number,
  outside: Outside,
  otherwise: number,
): Invocation {
  const program = programStart(words, start);
  const inFront = words.slice(0, program ?? otherProgram(words.slice(0, start)));
  const { interpreter, options, wrapped } = interpreterIn(inFront, program !== undefined);
  const wrappers = wrappersIn(wrapped);
  return {
    ...(interpreter && { interpreter }),
    options,
    wrappers: [...outside.wrappers, ...wrappers],
    place: placeOf(wrappers, outside),
    ...siteIn(wrappers, outside.site),
    span: spanOfAll(words.slice(0, start), outside, otherwise),
  };
}

/** Start of another program that runs LightLLM: `./serve.sh --tp 8`. It may be an image. */
function otherProgram(words: readonly CommandWord[]): number {
  return endOfWrappers(words) === words.length ? words.length : words.length - 1;
}

function spanOfAll(words: readonly CommandWord[], { start }: Outside, otherwise: number): Span {
  const [first, ...rest] = words;
  if (!first) return spanFrom(otherwise, otherwise);
  const own = spanOver([first, ...rest]);
  const { end } = placeOfWord(words.at(-1) ?? first);
  const from = start ?? own.start;
  return from <= end && from <= own.start ? spanFrom(from, end) : own;
}

/** Options of Python that take a separate value. */
const VALUED = /^-[bBdEhiIOqsSuvx]*[XW]$/;
const PYTHON = /^(?:i?python|pypy)[\d.]*(?:\.exe)?$/i;

/** Whether the name of a word is Python, in any folder. */
function isPython(word: CommandWord): boolean {
  return PYTHON.test(baseName(word.text ?? ""));
}

/** The interpreter at the end of the words before the module, and the words before it. */
function interpreterIn(words: readonly CommandWord[], isProgram: boolean) {
  const none = { interpreter: undefined, options: [], wrapped: words };
  if (!isProgram) return none;
  let at = words.length - 1;
  while (at > 0 && (startOf(words[at]).startsWith("-") || VALUED.test(startOf(words[at - 1])))) at--;
  const candidate = words[at];
  if (!candidate) return none;
  const found = { interpreter: candidate, options: words.slice(at + 1), wrapped: words.slice(0, at) };
  if (isPython(candidate)) return found;
  // Any other word counts only where a program is expected: `$PYTHON`, but not the 8 of `torchrun --nproc_per_node 8`.
  return endOfWrappers(words) === at && !WRAPPERS.has(baseName(startOf(candidate))) ? found : none;
}

/** End of the known programs that start another, from the first word on. */
function endOfWrappers(words: readonly CommandWord[]): number {
  let at = 0;
  while (at < words.length) {
    const syntax = WRAPPERS.get(baseName(startOf(words[at])));
    if (!syntax) return at;
    at = read(words, at, syntax).end;
    while (at < words.length && isAssignment(words[at])) at++;
  }
  return at;
}

/** The programs that start each other, outermost first. */
export function wrappersIn(words: readonly CommandWord[]): Wrapper[] {
  const found: Wrapper[] = [];
  for (let at = 0; at < words.length; ) {
    const program = baseName(startOf(words[at]));
    const syntax = WRAPPERS.get(program);
    const { end, place, options } = syntax
      ? read(words, at, syntax)
      : { end: nextWrapper(words, at + 1), place: undefined, options: [] };
    let to = end;
    while (to < words.length && isAssignment(words[to])) to++;
    const own = words.slice(at, to);
    at = to;
    const [first, ...rest] = own;
    // `A=1 program` in a list or on a remote machine starts nothing by itself.
    if (!first || (found.length === 0 && own.every(isAssignment))) continue;
    found.push({
      program,
      words: own,
      span: spanOver([first, ...rest]),
      ...(place && { place, options }),
    });
  }
  return found;
}

/** End of the words of an unknown program: the next known one. */
function nextWrapper(words: readonly CommandWord[], from: number): number {
  const next = words.findIndex((word, at) => at >= from && WRAPPERS.has(baseName(word.text ?? "")));
  return next < 0 ? words.length : next;
}

interface Read {
  /** Index after its last word. */
  readonly end: number;
  readonly place?: RunPlace | undefined;
  readonly options: readonly WrapperOption[];
}

/** Reads the words of a known program up to the program that it starts. */
function read(words: readonly CommandWord[], start: number, syntax: WrapperSyntax): Read {
  let at = start + 1;
  const given: WrapperOption[] = [];
  const operands: CommandWord[] = [];
  const { operands: needs = 0, verbs } = syntax;
  const dashes = needs > 0 ? words.findIndex((word, index) => index >= at && word.text === "--") : -1;
  while (at < words.length) {
    const word = words[at] as CommandWord;
    const text = startOf(word);
    if (text === "--") {
      at++;
      break;
    }
    if (text.length > 1 && text.startsWith("-")) {
      at = readOption(words, at, syntax, given);
      continue;
    }
    if (syntax.assigns && isAssignment(word)) {
      at++;
      continue;
    }
    if (verbs) {
      const verb = verbs[word.text ?? ""];
      return verb ? read(words, at, verb) : { end: nextWrapper(words, at), options: [] };
    }
    // `docker run $OPTIONS image`: any number of words, but an operand if there is no other.
    const mayBeOptions = text === "" && word.splits === true && at + 1 < words.length;
    if (!mayBeOptions && operands.length >= needs) break;
    if (mayBeOptions) given.push({ name: "" });
    else operands.push(word);
    at++;
    // `--` ends the options of `kubectl exec pod -c name -- program`.
    if (operands.length === needs && dashes < at) break;
  }
  const last = words[at - 1];
  // The word was the value of an unknown option.
  if (operands.length < needs && last && at - 1 > start && !startOf(last).startsWith("-"))
    operands.push(last);
  return { end: at, place: placeIn(syntax, operands[0], given), options: given };
}

/** Reads an option with its value. @returns the index of the next word. */
function readOption(
  words: readonly CommandWord[],
  at: number,
  { valued, switches }: WrapperSyntax,
  given: WrapperOption[],
): number {
  const word = words[at] as CommandWord;
  const text = startOf(word);
  const takes = (option: string) => (switches ? !switches.has(option) : (valued?.has(option) ?? false));
  const equals = text.indexOf("=");
  if (equals > 0) {
    given.push({ name: text.slice(0, equals), value: { ...word, text: word.text?.slice(equals + 1) } });
    return at + 1;
  }
  const value = words[at + 1];
  const next = (option: string) => {
    given.push({ name: option, ...(value && { value }) });
    return Math.min(at + 2, words.length);
  };
  if (text.startsWith("--") || valued?.has(text)) {
    if (takes(text)) return next(text);
    given.push({ name: text });
    return at + 1;
  }
  for (let letter = 1; letter < text.length; letter++) {
    const option = `-${text[letter]}`;
    if (!takes(option)) {
      given.push({ name: option });
      continue;
    }
    if (letter === text.length - 1) return next(option);
    given.push({ name: option, value: { ...word, text: word.text?.slice(letter + 1) } });
    return at + 1;
  }
  return at + 1;
}

function placeIn(
  { place, operandIs, host = [], image = [] }: WrapperSyntax,
  operand: Word | undefined,
  given: readonly WrapperOption[],
): RunPlace | undefined {
  const written = (option: string) => given.findLast(({ name, value }) => name === option && value)?.value;
  const among = (options: readonly string[]) => options.flatMap((option) => written(option) ?? [])[0];
  const operandAs = (kind: WrapperSyntax["operandIs"]) => (operandIs === kind ? operand : undefined);
  const named = {
    host: operandAs("host") ?? among(host),
    image: operandAs("image") ?? among(image),
    name: operandAs("name"),
  };
  // Slurm starts a container if it has an image.
  if (place === "remote" && !named.image) return { kind: place, ...(named.host && { host: named.host }) };
  if (place === undefined) return undefined;
  return {
    kind: place === "pod" ? "pod" : "container",
    ...(named.image && { image: named.image }),
    ...(named.name && { name: named.name }),
  };
}

/**
 * Where the command begins that starts LightLLM among the words of another one: at its variables, at the programs that
 * start it, or at the interpreter. Undefined without a known interpreter.
 *
 * @param end index of LightLLM's first argument.
 */
export function commandStart(words: readonly CommandWord[], end: number): number | undefined {
  const program = programStart(words, end) ?? end - 1;
  const { interpreter } = interpreterIn(words.slice(0, program), true);
  if (!interpreter) return undefined;
  const at = words.indexOf(interpreter);
  for (let first = 0; first < at; first++) {
    const own = words.slice(first, at);
    const isFirst = isAssignment(own[0]) || WRAPPERS.has(baseName(own[0]?.text ?? ""));
    const set = own.findIndex((word) => !isAssignment(word));
    if (isFirst && (set < 0 || endOfWrappers(own.slice(set)) === own.length - set)) return first;
  }
  return at;
}

/** Whether a word is a known program that starts another. */
export function isWrapper(word: CommandWord): boolean {
  return WRAPPERS.has(baseName(startOf(word)));
}

/** Whether a program is a shell that runs the string after its words: `bash -lc`. */
export function runsString({ program, words }: Wrapper): boolean {
  const option = words.at(-1)?.text ?? "";
  return SHELLS.has(program) && /^-[a-z]*c$/i.test(option);
}

/** The known beginning of a word. */
function startOf(word: CommandWord | undefined): string {
  return word?.text ?? word?.knownStart ?? "";
}

function baseName(text: string): string {
  return text.slice(Math.max(text.lastIndexOf("/"), text.lastIndexOf("\\")) + 1);
}

function isAssignment(word: CommandWord | undefined): boolean {
  return /^[A-Za-z_]\w*=/.test(startOf(word));
}
