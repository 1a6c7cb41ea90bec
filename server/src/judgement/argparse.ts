/**
 * Parses a launch's words like Python's argparse: the flag that each word belongs to, and every error.
 *
 * Follows `ArgumentParser._parse_known_args` of CPython 3.11: abbreviations allowed, no positionals, `-h` and `--help`
 * in addition to LightLLM's flags. Argparse stops at the first error; this parser continues, so that an editor can show
 * all.
 */
import type { Flag, Release } from "../catalogue/types";
import type { Argument, Launch, Word } from "../launch/launch";
import { readInteger, readNumber } from "../python/numbers";

/** A flag with the words that argparse assigns to it. */
export interface Assignment {
  readonly flag: Flag;
  readonly argument: Argument;
  readonly words: readonly Word[];
}

/** An error of argparse, or something that it accepts silently and the user should know. */
export type Fault =
  | { readonly kind: "unknown"; readonly argument: Argument }
  | { readonly kind: "ambiguous"; readonly argument: Argument; readonly names: readonly string[] }
  | { readonly kind: "abbreviated"; readonly argument: Argument; readonly flag: Flag }
  | { readonly kind: "help"; readonly argument: Argument }
  | { readonly kind: "missing"; readonly argument: Argument; readonly flag: Flag; readonly found?: Word }
  | ({ readonly kind: "switchValue" } & WordsOfFlag)
  | ({ readonly kind: "surplus" } & WordsOfFlag)
  | { readonly kind: "stray"; readonly argument: Argument; readonly words: readonly Word[] }
  | ({ readonly kind: "type" } & WordOfFlag)
  | ({ readonly kind: "choice" } & WordOfFlag)
  | {
      readonly kind: "repeated";
      readonly argument: Argument;
      readonly flag: Flag;
      readonly earlier: Argument;
    };

interface WordsOfFlag {
  readonly argument: Argument;
  readonly flag: Flag;
  readonly words: readonly Word[];
}

interface WordOfFlag {
  readonly argument: Argument;
  readonly flag: Flag;
  readonly word: Word;
}

export interface ParsedArguments {
  readonly assignments: readonly Assignment[];
  readonly faults: readonly Fault[];
  /** Whether there may be more flags: in unknown words such as `$EXTRA_ARGS` and `"$@"`, or after a stray `--`. */
  readonly open: boolean;
}

/** Interpretation of a word; `explicit` is the text after its `=`. */
export type WordMeaning =
  | { readonly kind: "value" }
  | {
      readonly kind: "flag";
      readonly flag: Flag;
      readonly name: string;
      readonly exact: boolean;
      readonly explicit?: string;
    }
  | { readonly kind: "help"; readonly explicit?: string }
  | { readonly kind: "unknown" }
  | { readonly kind: "ambiguous"; readonly names: readonly string[] };

const HELP = ["-h", "--help"];
const NEGATIVE_NUMBER = /^-\d+$|^-\d*\.\d+$/;
const VALUE = { kind: "value" } as const;

/** The interpretation of a word (`_parse_optional`), before values are assigned. */
export function readWord(text: string, release: Release): WordMeaning {
  if (!text.startsWith("-") || text.length === 1) return VALUE;
  const exact = exactly(text, release);
  if (exact) return exact;
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  const explicit = equals < 0 ? {} : { explicit: text.slice(equals + 1) };
  if (equals >= 0) {
    const before = exactly(name, release);
    if (before) return { ...before, ...explicit };
  }
  // `-hx` is `-h` with attached text; no other flag has a short form.
  if (text.startsWith("-h")) return { kind: "help", explicit: text.slice(2) };
  const names = text.startsWith("--") ? namesBeginningWith(name, release) : [];
  const only = names[0];
  if (names.length > 1) return { kind: "ambiguous", names };
  if (only !== undefined) {
    const flag = release.byName.get(only);
    return flag
      ? { kind: "flag", flag, name: only, exact: false, ...explicit }
      : { kind: "help", ...explicit };
  }
  return NEGATIVE_NUMBER.test(text) || text.includes(" ") ? VALUE : { kind: "unknown" };
}

type Exact = Extract<WordMeaning, { kind: "flag" | "help" }>;

function exactly(name: string, release: Release): Exact | undefined {
  const flag = release.byName.get(name);
  if (flag) return { kind: "flag", flag, name, exact: true };
  return HELP.includes(name) ? { kind: "help" } : undefined;
}

function namesBeginningWith(prefix: string, release: Release): readonly string[] {
  const names: string[] = HELP.filter((name) => name.startsWith(prefix));
  for (const name of release.byName.keys()) if (name.startsWith(prefix)) names.push(name);
  return names;
}

/** A word of the command line, and its argument. */
interface Token {
  readonly text: string | undefined;
  readonly argument: Argument;
  /** The value; undefined for the flag itself. */
  readonly word: Word | undefined;
  readonly reading: WordMeaning | { readonly kind: "separator" };
}

/** The words that LightLLM receives, each interpreted. */
function tokensOf(given: readonly Argument[], release: Release): Token[] {
  const tokens: Token[] = [];
  let separated = false;
  const add = (text: string | undefined, argument: Argument, word: Word | undefined) => {
    let reading: Token["reading"] = VALUE;
    if (!separated && text === "--") {
      reading = { kind: "separator" };
      separated = true;
    } else if (!separated && text !== undefined) reading = readWord(text, release);
    tokens.push({ text, argument, word, reading });
  };
  for (const argument of given) {
    if (!argument.counts || argument.shape === "absent" || argument.shape === "unfinished") continue;
    const [first, ...rest] = argument.words;
    if (argument.joined) {
      add(
        first?.text === undefined ? `${argument.flag}=?` : `${argument.flag}=${first.text}`,
        argument,
        undefined,
      );
      for (const word of rest) add(word.text, argument, word);
    } else {
      if (argument.flag !== "") add(argument.flag, argument, undefined);
      for (const word of argument.words) add(word.text, argument, word);
    }
  }
  return tokens;
}

/** Assigns the words of a launch to the flags of a release. */
export function parseArguments(launch: Launch, release: Release): ParsedArguments {
  return new Parser(tokensOf(launch.arguments, release), launch).parse(absentFlags(launch, release));
}

/**
 * Assigns the words that branches may add, each flag on its own, because their combination is unknown. A value that is
 * missing may follow.
 */
export function parsePossible(launch: Launch, release: Release): readonly ParsedArguments[] {
  return (launch.possible ?? []).map((argument) => {
    const parsed = new Parser(tokensOf([argument], release), launch).parse([]);
    return { ...parsed, faults: parsed.faults.filter(({ kind }) => kind !== "missing") };
  });
}

/** A flag that the notation leaves out is not passed to LightLLM, but a wrong name is still reported. */
function absentFlags(launch: Launch, release: Release): Fault[] {
  return launch.arguments
    .filter(({ counts, shape }) => counts && shape === "absent")
    .filter(({ flag }) => !["flag", "help"].includes(readWord(flag, release).kind))
    .map((argument) => ({ kind: "unknown", argument }));
}

class Parser {
  private readonly assignments = new Map<Flag, Assignment>();
  private readonly faults: Fault[] = [];
  private open = false;
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly launch: Launch,
  ) {}

  parse(first: readonly Fault[]): ParsedArguments {
    this.faults.push(...first);
    // Words after `--` were meant as flags, and are now not set.
    const separated = this.tokens.some(({ reading }) => reading.kind === "separator");
    const isCutOff = (this.launch.problems ?? []).some(({ cutsOff }) => cutsOff);
    this.open = separated || isCutOff || (this.launch.open ?? false);
    while (this.at < this.tokens.length) this.takeOne(this.tokens[this.at] as Token);
    return { assignments: [...this.assignments.values()], faults: this.faults, open: this.open };
  }

  private takeOne(token: Token): void {
    const { reading, argument } = token;
    switch (reading.kind) {
      case "flag":
        this.at++;
        if (!reading.exact) this.faults.push({ kind: "abbreviated", argument, flag: reading.flag });
        this.takeFlag(token, reading);
        return;
      case "help":
        this.at++;
        this.faults.push({ kind: "help", argument });
        this.values();
        return;
      case "ambiguous":
        this.at++;
        this.faults.push({ kind: "ambiguous", argument, names: reading.names });
        this.values();
        return;
      case "unknown":
        this.at++;
        if (token.word) {
          // Argparse reads a value such as `-1,` as a flag; no user means that.
          this.faults.push({ kind: "stray", argument, words: [token.word, ...this.values()] });
          return;
        }
        // Words after an unknown flag are refused with it.
        this.faults.push({ kind: "unknown", argument });
        this.values();
        return;
      case "separator":
        this.at++;
        this.faults.push({
          kind: "stray",
          argument,
          words: [token.word ?? asWord(token.text, argument), ...this.values()],
        });
        return;
      case "value": {
        const words = this.leftOver();
        if (words.length > 0) this.faults.push({ kind: "stray", argument, words });
      }
    }
  }

  /** The values at this position; a flag's values end at `--`. */
  private values(limit = Number.POSITIVE_INFINITY): Word[] {
    const words: Word[] = [];
    for (; this.at < this.tokens.length; this.at++) {
      const { reading, text, argument, word } = this.tokens[this.at] as Token;
      if (reading.kind !== "value" || words.length >= limit) break;
      words.push(word ?? asWord(text, argument));
    }
    return words;
  }

  /** Words that belong to no flag, up to the first unknown one: it may be a flag, and the next words its values. */
  private leftOver(): readonly Word[] {
    const words = this.values();
    const unknown = words.findIndex(({ text }) => text === undefined);
    if (unknown < 0) return words;
    this.open = true;
    return words.slice(0, unknown);
  }

  private takeFlag(token: Token, reading: Extract<WordMeaning, { kind: "flag" }>): void {
    const { argument } = token;
    const { flag } = reading;
    if (reading.explicit !== undefined) {
      this.takeExplicit(argument, flag, reading.explicit);
      return;
    }
    if (flag.arity === "none") {
      const words = this.leftOver();
      if (words.length > 0) this.faults.push({ kind: "switchValue", argument, flag, words });
      this.assign({ flag, argument, words: [] });
      return;
    }
    // A YAML key is unique, so a list repeats a flag that collects values: one occurrence for each item.
    const repeats = flag.repeat === "append" && this.launch.form.kind === "mapping";
    const words = this.values(flag.arity === "many" || repeats ? undefined : 1);
    if (words.length === 0) {
      const next = this.tokens[this.at];
      const found = next?.argument === argument ? next.word : undefined;
      if (found) this.at++;
      this.faults.push({ kind: "missing", argument, flag, ...(found && { found }) });
    }
    this.judgeValues(argument, flag, words);
    this.assign({ flag, argument, words });
    const surplus = this.leftOver();
    if (surplus.length > 0 && words.every(({ text }) => text !== undefined)) {
      this.faults.push({ kind: "surplus", argument, flag, words: surplus });
    }
  }

  private takeExplicit(argument: Argument, flag: Flag, explicit: string): void {
    const [first] = argument.words;
    const word: Word =
      argument.joined && first ? first : { text: explicit, span: argument.span, source: explicit };
    if (flag.arity === "none") this.faults.push({ kind: "switchValue", argument, flag, words: [word] });
    // Argparse removes a value `--` like a separator, and accepts that no value is left.
    const words = flag.arity === "none" || explicit === "--" ? [] : [word];
    this.judgeValues(argument, flag, words);
    this.assign({ flag, argument, words });
    const stray = this.leftOver();
    if (stray.length > 0) this.faults.push({ kind: "surplus", argument, flag, words: stray });
  }

  private judgeValues(argument: Argument, flag: Flag, words: readonly Word[]): void {
    for (const word of words) {
      if (word.text === undefined) continue;
      if (!converts(word.text, flag)) this.faults.push({ kind: "type", argument, flag, word });
      else if (flag.choices && !flag.choices.includes(word.text)) {
        this.faults.push({ kind: "choice", argument, flag, word });
      }
    }
  }

  private assign(assignment: Assignment): void {
    const { flag, argument, words } = assignment;
    const earlier = this.assignments.get(flag);
    if (earlier && flag.repeat === "last") {
      this.faults.push({ kind: "repeated", argument, flag, earlier: earlier.argument });
    }
    // The last occurrence is used, so it moves to the end.
    this.assignments.delete(flag);
    const collected = earlier && flag.repeat === "append" ? [...earlier.words, ...words] : words;
    this.assignments.set(flag, { flag, argument, words: collected });
  }
}

function asWord(text: string | undefined, { flagSpan, written }: Argument): Word {
  return { text, span: flagSpan, source: written };
}

/** Whether the flag's type accepts the word; false for a switch. */
export function converts(text: string, flag: Flag): boolean {
  if (flag.kind === "integer") return readInteger(text) !== undefined;
  return flag.kind === "number" ? readNumber(text) !== undefined : true;
}
