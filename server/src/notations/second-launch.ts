/** Launches with another launch among their words: something that ends a command is missing between the two. */
import {
  type Launch,
  type LaunchFile,
  placeOfWord,
  type Span,
  spanFrom,
  type TextFix,
  type TextProblem,
  type Word,
  withProblems,
} from "../launch/launch";
import { meaningOf } from "../launch/meaning";
import { shortened } from "../launch/visible-text";
import { say } from "../messages";
import { argumentsStart } from "./program";
import { commandStart } from "./read-invocation";

/** The file, with a problem in each launch that goes on with another one. */
export function withSecondLaunches(file: LaunchFile): LaunchFile {
  if (!file.launches.some(mayHoldSecond)) return file;
  const launches = file.launches.map((launch) => {
    const problem = secondIn(file.text, launch);
    return problem ? withProblems(launch, [...(launch.problems ?? []), problem]) : launch;
  });
  return launches.some((launch, at) => launch !== file.launches[at]) ? { ...file, launches } : file;
}

/** By the meaning of a launch, so that the words of a moved one are not read again. */
const holding = new WeakMap<object, boolean>();

/** Whether some flag of a launch is not one of LightLLM's, but Python's for a module; avoids reading all words. */
function mayHoldSecond(launch: Launch): boolean {
  const meaning = meaningOf(launch);
  const known = holding.get(meaning);
  if (known !== undefined) return known;
  const found = launch.arguments.some(({ flag, words }) => /^-\w*m/.test(flag) || words.some(isFile));
  holding.set(meaning, found);
  return found;
}

function isFile({ text }: Word): boolean {
  return text?.endsWith("api_server.py") ?? false;
}

function secondIn(text: string, launch: Launch): TextProblem | undefined {
  const words = wordsOf(launch);
  const end = argumentsStart(words);
  const last = words.at(-1);
  if (end === undefined || !last) return undefined;
  const certain = commandStart(words, end);
  const at = certain ?? Math.max(0, end - 2);
  const first = words[at];
  if (!first) return undefined;
  const start = placeOfWord(first).start;
  const misread = spanFrom(start, Math.max(start, placeOfWord(last).end));
  const isKnown = launch.problems?.some((one) => one.misread && one.misread.start <= start) ?? false;
  if (isKnown) return undefined;
  const name = words[end - 1];
  return {
    code: "second-launch",
    span: spanFrom(start, Math.max(placeOfWord(first).end, name ? placeOfWord(name).end : start)),
    message: say("program.second-launch", { word: shortened(first.text ?? first.source) }),
    misread,
    ofOther: true,
    fixes: certain === undefined ? [] : fixesOf(text, launch, words, certain, misread),
  };
}

/** All words after the program's name, in order. */
function wordsOf({ arguments: given }: Launch): Word[] {
  const all: Word[] = [];
  for (const { flag, flagSpan, written, joined, words } of given) {
    const [first, ...rest] = words;
    // Where a flag is, its values say, or the word before it.
    const elsewhere = first ? first.elsewhere : all.at(-1)?.elsewhere;
    const place = { ...(elsewhere !== undefined && { elsewhere }) };
    if (flag === "") all.push(...words);
    else if (joined && first)
      all.push({ ...first, text: undefined, span: spanFrom(flagSpan.start, first.span.end) }, ...rest);
    else all.push({ text: flag, source: written, span: flagSpan, ...place }, ...words);
  }
  return all;
}

/** What may be missing between the commands; without a shell, the second one cannot be there. */
function fixesOf(
  text: string,
  { form }: Launch,
  words: readonly Word[],
  at: number,
  { start, end }: Span,
): TextFix[] {
  const previous = words[at - 1];
  // A value that a variable brings can stand for several words elsewhere.
  const { elsewhere } = previous ?? words[at] ?? {};
  const isHere = words
    .slice(Math.max(0, at - 1))
    .every((word) => word.elsewhere === elsewhere && isLiteral(text, word));
  if (!isHere) return [];
  const between = text.slice(previous ? placeOfWord(previous).end : start, start);
  if (form.kind === "shell" && form.splitOnly !== true) {
    const put = (newText: string) => [{ span: spanFrom(start, start), newText }];
    return [
      { title: say("program.run-both"), kind: "choice", preferred: true, edits: put("& ") },
      { title: say("program.run-after"), kind: "choice", preferred: false, edits: put("; ") },
    ];
  }
  if (!previous || !/^[\s,-]*$/.test(between)) return [];
  const edits = [{ span: spanFrom(start - between.length, end), newText: "" }];
  return [{ title: say("program.remove-second"), kind: "choice", preferred: false, edits }];
}

/** Whether a word stands as such in the launch. */
function isLiteral(text: string, { span, source, spanInLaunch, origins, parts }: Word): boolean {
  if (spanInLaunch || (origins?.length ?? 0) > 0) return false;
  return parts !== undefined || text.slice(span.start, span.end).includes(source);
}
