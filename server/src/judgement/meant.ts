/** The certain meaning of words that argparse refuses, so that later steps can be judged too. */
import type { Flag, Release } from "../catalogue/types";
import type { Argument, Word } from "../launch/launch";
import { remembered, rememberedFor } from "../launch/remembered";
import { type Assignment, converts, type Fault } from "./argparse";
import { counterparts } from "./engine-flags";
import { fold, nearest, surelyMeant } from "./nearest";
import type { RuleContext } from "./rules/rule";

/** Words that users write to turn a switch off or on. */
export const NO = /^(false|no|off|0)$/i;
export const YES = /^(true|yes|on|1)$/i;

const SPLIT = /[\s,;\uff0c\uff1b\u3001]+/;
/** A value without signs of other notations around it: a sign of assignment, curly quotes, a separator. */
function bareValue(text: string): string {
  const inside = text
    .trim()
    .replace(/^[=:]/, "")
    .replace(/[,;\uff0c\uff1b\u3001]$/, "");
  return inside
    .trim()
    .replace(/^[\u2018\u201c]|[\u2019\u201d]$/g, "")
    .trim();
}

/** The values of a list flag that are written as one word: `0,1`, `0 1`, `[0,1]`, `fa3,triton`. */
export function severalInOne(flag: Flag, { text }: Word): string[] | undefined {
  if (flag.arity !== "many" || text === undefined) return undefined;
  const items = text
    .replace(/^\s*[[(]|[\])]\s*$/g, "")
    .split(SPLIT)
    .filter(Boolean);
  const fits = (item: string) => (flag.choices ? flag.choices.includes(item) : converts(item, flag));
  return items.length > 1 && items.every(fits) ? items : undefined;
}

/** Whether a number has the same meaning everywhere: `1,500` depends on the country, and `8k` may be 8000 or 8192. */
export function isClear(text: string): boolean {
  return !/^[+-]?\d{1,3},\d{3}$|[kKmM]$/.test(bareValue(text));
}

/**
 * Numbers that the flag accepts and that `8.0`, `16k`, `16,384`, `0.9f`, `90%` or `"8 "` may mean, most likely first.
 */
export function numbersMeant(text: string, flag: Flag): string[] {
  const trimmed = bareValue(text);
  const scaled = /^([+-]?\d+(?:\.\d+)?)\s*([kKmM])(i?)$/.exec(trimmed);
  if (scaled) {
    const [, digits = "", unit = "", binary = ""] = scaled;
    const power = unit.toLowerCase() === "k" ? 1 : 2;
    const values = (binary ? [1024] : [1024, 1000]).map((base) => Number(digits) * base ** power);
    return values.filter((value) => flag.kind === "number" || Number.isInteger(value)).map(String);
  }
  if (/^[+-]?\d{1,3}(?:,\d{3})+$/.test(trimmed)) return [trimmed.replaceAll(",", "")];
  if (flag.kind === "number") {
    const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(trimmed);
    if (percent) return [String(Number(percent[1]) / 100)];
    return /^\d+,\d+$/.test(trimmed) ? [trimmed.replace(",", ".")] : [];
  }
  const value = Number(trimmed);
  return trimmed !== "" && Number.isInteger(value) && Math.abs(value) < 2 ** 53 ? [String(value)] : [];
}

/** Possible meanings of an unknown flag name. */
export interface NameGuess {
  /** At most three names, nearest first. */
  readonly near: readonly string[];
  /** The certain meaning, if there is one. */
  readonly sure: string | undefined;
}

const namesOf = rememberedFor((release: Release) => [...release.byName.keys()]);

/** The possible meanings of an unknown flag name. */
export const guessName = remembered((name, release: Release): NameGuess => {
  const names = namesOf(release);
  return { near: nearest(name, names), sure: surelyMeant(name, names) };
});

/** The flag that an unknown name certainly means. */
function flagSurelyMeant(name: string, release: Release): Flag | undefined {
  const folded = release.byName.get(`--${fold(name)}`);
  const sure = folded ? undefined : guessName(name, release).sure;
  return folded ?? (sure === undefined ? undefined : release.byName.get(sure));
}

/**
 * What a flag that the parser refuses certainly means: a misspelt flag, or one of another engine. A flag that is also
 * given correctly is left out.
 */
export function assignmentsMeant(
  fault: Fault,
  context: RuleContext,
  given: readonly Assignment[],
): Assignment[] {
  if (fault.kind !== "unknown" && fault.kind !== "ambiguous") return [];
  const misspelt = fault.kind === "unknown" ? assignmentMeant(fault, context.release) : undefined;
  const meant = misspelt ? [misspelt] : ofOtherEngine(fault.argument, context);
  return meant.filter(({ flag }) => !given.some((other) => other.flag === flag));
}

/** The flags that are meant by a name that the parser does not know. */
export function flagsMeant(argument: Argument, context: RuleContext): readonly Flag[] {
  const sure = flagSurelyMeant(argument.flag, context.release);
  return sure ? [sure] : counterparts(argument, context).flatMap(({ flags }) => flags);
}

/** The assignments of a flag of another engine; values are unknown if they may mean something else in LightLLM. */
function ofOtherEngine(argument: Argument, context: RuleContext): Assignment[] {
  const [found, other] = counterparts(argument, context);
  if (!found || other || found.isUsual) return [];
  return found.flags.flatMap((flag, at): Assignment[] => {
    if (flag.arity === "none") return argument.words.length === 0 ? [{ flag, argument, words: [] }] : [];
    const [first] = argument.words;
    if (!first) return [];
    const texts = found.isCertain ? (found.words?.[at] ?? [first.text]) : [undefined];
    return [{ flag, argument, words: texts.map((text) => wordMeant({ ...first, text }, flag)) }];
  });
}

/** The assignment of a misspelt flag with its name corrected; undefined if the meaning is uncertain. */
function assignmentMeant(
  { argument }: { readonly argument: Argument },
  release: Release,
): Assignment | undefined {
  const flag = flagSurelyMeant(argument.flag, release);
  if (!flag) return undefined;
  const [first, second] = argument.words;
  if (flag.arity !== "none") {
    const words = argument.words.map((word) => wordMeant(word, flag));
    return words.length > 0
      ? { flag, argument, words: flag.arity === "one" ? words.slice(0, 1) : words }
      : undefined;
  }
  const isOn = !first || (!second && first.text !== undefined && YES.test(first.text));
  return isOn ? { flag, argument, words: [] } : undefined;
}

/** The assignment with refused words replaced by their certain meaning, or by an unknown value. */
export function wordsMeant({ flag, argument, words }: Assignment, faults: readonly Fault[]): Assignment {
  const isRefused = (word: Word) => faults.some((fault) => "word" in fault && fault.word === word);
  const [only] = words;
  const several = words.length === 1 && only && isRefused(only) ? severalInOne(flag, only) : undefined;
  const meant = several
    ? several.map((text) => ({ ...(only as Word), text }))
    : words.map((word) => (isRefused(word) ? wordMeant(word, flag) : word));
  return { flag, argument, words: meant };
}

function wordMeant(word: Word, flag: Flag): Word {
  const { text } = word;
  if (text === undefined) return word;
  if (!converts(text, flag)) {
    const [number, other] = numbersMeant(text, flag);
    return { ...word, text: other === undefined && isClear(text) ? number : undefined };
  }
  if (!flag.choices || flag.choices.includes(text)) return word;
  const choices = flag.choices.filter((choice) => choice !== null).map(String);
  return { ...word, text: surelyMeant(text, choices) };
}
