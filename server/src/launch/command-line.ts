/** Groups the words of a command line into arguments, for every notation that has words. */
import {
  type Argument,
  type Launch,
  placeOfWord,
  type Span,
  spanFrom,
  spanOver,
  type Word,
  type WordPart,
} from "./launch";
import { originsOf } from "./origin";

/** A word of a command line. */
export interface CommandWord extends Word {
  /** The known beginning of a partly unknown word: `--tp=` of `--tp=$N`. */
  readonly knownStart?: string;
  /** The words that an unknown word may stand for, for each branch that adds some. */
  readonly possible?: readonly (readonly CommandWord[])[];
}

/** A word that begins a new argument: dashes and a letter; not a negative number, `-` or `--`. */
const FLAG = /^-+[A-Za-z_]/;

/**
 * The arguments of the words after the program's name. A flag takes all words up to the next flag; the argument parser
 * decides later how many of them it uses. Words before the first flag make an argument without a flag.
 */
export function argumentsOf(words: readonly CommandWord[]): Argument[] {
  const found: Argument[] = [];
  let group: CommandWord[] = [];
  const close = () => {
    if (group.length > 0) found.push(argumentOf(group));
    group = [];
  };
  for (const word of words) {
    if (FLAG.test(word.text ?? word.knownStart ?? "")) close();
    group.push(word);
  }
  close();
  return found;
}

/** The certain and the possible arguments of the words after the program's name, as fields of a launch. */
export function argumentsIn(words: readonly CommandWord[]): Pick<Launch, "arguments" | "possible"> {
  const possible = possibleIn(words);
  return { arguments: argumentsOf(words), ...(possible.length > 0 && { possible }) };
}

/** The arguments that branches may add, each with a flag of its own: words before it may belong to any flag. */
function possibleIn(words: readonly CommandWord[]): Argument[] {
  const branches = new Set(words.flatMap(({ possible = [] }) => possible));
  return [...branches]
    .flatMap((added) => argumentsOf(added))
    .filter(({ flag }) => flag !== "")
    .slice(0, MOST_POSSIBLE);
}

/** Limit for the arguments that branches may add. */
const MOST_POSSIBLE = 1000;

function argumentOf(all: readonly CommandWord[]): Argument {
  const [first, ...rest] = all.map(withoutPossible);
  const head = first as CommandWord;
  const known = head.text ?? head.knownStart ?? "";
  const equals = known.indexOf("=");
  // In `--m$X`, the flag is unknown; it may not even be a flag.
  if (!FLAG.test(known) || (head.text === undefined && equals < 0)) {
    const { start } = placeOfWord(head);
    return assemble("", { ...head, span: spanFrom(start, start) }, [head, ...rest]);
  }
  if (equals < 0) return assemble(known, head, rest);
  return assemble(
    known.slice(0, equals),
    flagPart(head),
    [valuePart(head, known.slice(equals + 1)), ...rest],
    true,
  );
}

function withoutPossible(word: CommandWord): CommandWord {
  if (!word.possible) return word;
  const { possible: _, ...own } = word;
  return own;
}

/** The arguments of the words before the first one that begins at a place. */
export function argumentsBefore(all: readonly Argument[], place: number): Argument[] {
  const begins = (span: Span) => span.start === place;
  const at = all.findIndex(
    ({ flag, flagSpan, words }) =>
      (flag !== "" && begins(flagSpan)) || words.some((word) => begins(placeOfWord(word))),
  );
  const last = all[at];
  if (!last) return [...all];
  const before = all.slice(0, at);
  const { flag, flagSpan, words } = last;
  if (flag !== "" && begins(flagSpan)) return before;
  const kept = words.slice(
    0,
    words.findIndex((word) => begins(placeOfWord(word))),
  );
  const [first, ...others] = kept;
  if (flag === "" && !first) return before;
  const valueSpan = first ? spanOver([first, ...others]) : spanFrom(flagSpan.end, flagSpan.end);
  const argument: Argument = {
    ...last,
    shape: shapeOf(kept),
    words: kept,
    valueSpan,
    valueSource: kept.map(({ source }) => source).join(" "),
    span: flag === "" ? valueSpan : spanOver([{ span: flagSpan }, ...kept]),
  };
  return [...before, argument];
}

function shapeOf({ length }: readonly Word[]): Argument["shape"] {
  return length === 0 ? "bare" : length === 1 ? "word" : "list";
}

/** The flag of `--flag=value`, as far as its text is known. */
function flagPart(word: CommandWord): CommandWord {
  const at = word.source.indexOf("=");
  const length = at < 0 ? word.source.length : at;
  return {
    ...word,
    source: word.source.slice(0, length),
    span: spanFrom(word.span.start, word.span.start + length),
  };
}

function valuePart(word: CommandWord, value: string): Word {
  const at = word.source.indexOf("=");
  const start = at < 0 ? word.span.end : word.span.start + at + 1;
  const { knownStart = "", parts, ...rest } = word;
  const valueParts = parts && partsAfter(parts, knownStart.indexOf("=") + 1);
  return {
    ...rest,
    text: word.text === undefined ? undefined : value,
    source: word.source.slice(at + 1),
    span: spanFrom(start, word.span.end),
    ...(valueParts && { parts: valueParts }),
  };
}

/** The remaining parts of a word after its first characters; `undefined` if those are not plain text. */
export function partsAfter(parts: readonly WordPart[], length: number): readonly WordPart[] | undefined {
  const [first, ...rest] = parts;
  if (first?.kind !== "text" || first.text.length < length) return undefined;
  const text = first.text.slice(length);
  return text === "" ? rest : [{ kind: "text", text }, ...rest];
}

function assemble(flag: string, head: Word, words: readonly Word[], joined = false): Argument {
  const [first, ...others] = words;
  const valueSpan = first ? spanOver([first, ...others]) : spanFrom(head.span.end, head.span.end);
  // Problems of the flag are shown where it is written, even if it comes from a variable.
  const { span, elsewhere } = head;
  const flagPlace = { span, ...(elsewhere !== undefined && { elsewhere }) };
  const origins = flag === "" ? [] : originsOf(head);
  return {
    flag,
    written: flag === "" ? "" : head.source,
    flagSpan: head.span,
    ...(origins.length > 0 && { flagOrigins: origins }),
    shape: shapeOf(words),
    ...(joined && { joined }),
    words,
    valueSpan,
    valueSource: words.map(({ source }) => source).join(" "),
    span: spanOver([flagPlace, ...words]),
    counts: true,
    inherited: false,
  };
}

/** Whether an offset is between the words of an argument: after its flag and before one of its values. */
export function isBetweenWords({ flagSpan, words }: Argument, offset: number): boolean {
  return flagSpan.end < offset && words.some(({ span }) => offset < span.start);
}
