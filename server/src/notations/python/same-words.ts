/** Launches made of the same words: a list and its string, or a command that is used several times. */
import type { Launch } from "../../launch/launch";
import type { PythonNode } from "../../python/text/python-parser";
import type { PythonWord } from "./lists";

/** A launch in list form, before lists that share words are compared. */
export interface ListLaunch {
  readonly root: PythonNode;
  readonly words: readonly PythonWord[];
  readonly start: number;
}

/** Lists and strings made of the same words, as by `" ".join(cmd)` and `shlex.split(cmd)`: the longer one counts. */
export function eachOnce(lists: readonly ListLaunch[], launches: readonly Launch[]) {
  const same = (list: ListLaunch, { head }: Launch) => {
    const module = list.words[list.start - 1]?.span;
    return head && module && head.start < module.end && module.start < head.end;
  };
  const isLonger = (list: ListLaunch, launch: Launch) => list.words.length - list.start >= sizeOf(launch);
  const inLists = launches.filter((launch) =>
    lists.some((list) => same(list, launch) && isLonger(list, launch)),
  );
  const left = launches.filter((launch) => !inLists.includes(launch));
  return { lists: lists.filter((list) => !left.some((launch) => same(list, launch))), launches: left };
}

/** The number of words of a launch. */
function sizeOf({ arguments: given }: Launch): number {
  return given.reduce((size, { flag, words, joined }) => {
    return size + words.length + (flag === "" || joined ? 0 : 1);
  }, 0);
}

/** Whether a list is the beginning of another, or the same list again. */
export function isPartOf(one: ListLaunch, other: ListLaunch, earlier: boolean): boolean {
  if (one.words.length > other.words.length || (one.words.length === other.words.length && !earlier))
    return false;
  return one.words.every(
    (word, at) =>
      word.span.start === other.words[at]?.span.start && word.span.end === other.words[at]?.span.end,
  );
}

/**
 * One launch for each string. One that is the beginning of others, as `cmd` of `cmd + " --tp 2"`, is none of its own; the
 * others share its words, which are written elsewhere.
 */
export function ofTexts(launches: readonly Launch[]): Launch[] {
  const same = (one: Launch, other: Launch) =>
    one !== other && one.head !== undefined && one.head.start === other.head?.start;
  const distinct = launches.filter((one, at) => {
    return !launches.some((other, index) => same(one, other) && isBeginning(one, other, index < at));
  });
  return distinct.map((launch, at) => {
    const [first] = distinct.slice(0, at).filter((other) => same(launch, other));
    if (!first) return launch;
    const own = new Set(first.arguments.map(({ flagSpan }) => flagSpan.start));
    return {
      ...launch,
      arguments: launch.arguments.map((argument) =>
        own.has(argument.flagSpan.start) ? { ...argument, inherited: true } : argument,
      ),
    };
  });
}

/** Whether a launch has the first words of another one, or the same words as an earlier one. */
function isBeginning(one: Launch, other: Launch, earlier: boolean): boolean {
  if (sizeOf(one) > sizeOf(other) || (sizeOf(one) === sizeOf(other) && !earlier)) return false;
  return one.arguments.every(({ flagSpan, words }, at) => {
    const argument = other.arguments[at];
    if (argument?.flagSpan.start !== flagSpan.start) return false;
    return words.every((word, index) => argument.words[index]?.span.start === word.span.start);
  });
}
