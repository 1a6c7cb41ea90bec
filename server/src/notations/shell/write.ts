/** Writes changes of a launch back as edits of a shell command: continuation lines, quotes and escapes kept. */

import {
  type Argument,
  isWithin,
  type Launch,
  type LaunchChange,
  placeOfWord,
  type Span,
  spanFrom,
  type TextChange,
} from "../../launch/launch";
import { lineStartAt } from "../../launch/lines";
import { escapeFor } from "../embedded";
import { closingQuote, quoteWord, requoteWord } from "./quote";

/** The edits that make a change of a launch written as a shell command. */
export function writeInShell(text: string, launch: Launch, change: LaunchChange): TextChange[] {
  const quoting = launch.form.kind === "shell" ? launch.form.quoting : [];
  return writeWords(text, launch, change, {
    quote: (word) => quoteWord(word, quoting),
    requote: (word, source) => requoteWord(word, source, quoting),
    backslash: escapeFor("\\", quoting),
  });
}

/** How the words of a command line are written. */
export interface WordStyle {
  /** A word with as few quotes as it needs. */
  quote(word: string): string;
  /** A word in the place of another one, in the quotes of that. */
  requote(word: string, source: string): string;
  /** What continues a line. */
  readonly backslash: string;
}

/** The edits that make a change of a launch whose words follow each other, separated by white space. */
export function writeWords(
  text: string,
  launch: Launch,
  change: LaunchChange,
  style: WordStyle,
): TextChange[] {
  switch (change.kind) {
    case "rename":
      return [{ span: change.argument.flagSpan, newText: style.requote(change.to, change.argument.written) }];
    case "setWord":
      return [{ span: change.word.span, newText: style.requote(change.to, change.word.source) }];
    case "set":
      return setWords(text, change.argument, change.words, style);
    case "switch":
      return change.on ? takeValue(text, change.argument) : removeWhole(text, change.argument);
    case "leaveOut":
    case "remove":
      return removeWhole(text, change.argument);
    case "removeWords":
      return removeAll(text, change.words.map(placeOfWord));
    case "add":
      return [add(text, launch, change, style)];
  }
}

/** Takes an argument out; words of it that stand elsewhere each in their place. */
function removeWhole(text: string, { span, flagSpan, words }: Argument): TextChange[] {
  const last = words.at(-1);
  if (!last || placeOfWord(last).end === span.end) return [removeArgument(text, span)];
  return removeAll(text, [flagSpan, ...words.map(placeOfWord)]);
}

/** Takes words out, those that stand side by side together. */
function removeAll(text: string, places: readonly Span[]): TextChange[] {
  return wordRuns(text, places).map((span) => removeArgument(text, span));
}

/** The places of words, those that stand side by side as one. */
function wordRuns(text: string, places: readonly Span[]): Span[] {
  const runs: Span[] = [];
  for (const span of places) {
    const before = runs.at(-1);
    if (before && before.end <= span.start && /^(?:\s|\\\r?\n)*$/.test(text.slice(before.end, span.start)))
      runs[runs.length - 1] = spanFrom(before.start, span.end);
    else runs.push(span);
  }
  return runs;
}

function setWords(
  text: string,
  argument: Argument,
  words: readonly string[],
  style: WordStyle,
): TextChange[] {
  const only = words[0];
  const before = argument.words[0];
  if (words.length === 1 && only !== undefined && argument.words.length === 1 && before) {
    return [{ span: before.span, newText: style.requote(only, before.source) }];
  }
  const written = words.map((word) => style.quote(word)).join(" ");
  const gap = argument.words.length === 0 ? " " : "";
  const others = argument.words.map(placeOfWord).filter((place) => !isWithin(place, argument.valueSpan));
  return [{ span: argument.valueSpan, newText: gap + written }, ...removeAll(text, others)];
}

/** Takes the value of a switch away, and what stands between flag and value; quotes around both stay closed. */
function takeValue(
  text: string,
  { span, flagSpan, words, valueSpan, valueSource, joined }: Argument,
): TextChange[] {
  const newText = joined ? closingQuote(valueSource) : "";
  const behind = spanFrom(flagSpan.end, isWithin(valueSpan, span) ? valueSpan.end : flagSpan.end);
  const others = words.map(placeOfWord).filter((place) => !isWithin(place, span));
  return [...(behind.start < behind.end ? [{ span: behind, newText }] : []), ...removeAll(text, others)];
}

/** Takes an argument out, and its line along when nothing else stands on it. */
export function removeArgument(text: string, { start, end }: Span): TextChange {
  const lineStart = lineStartAt(text, start);
  const before = text.slice(lineStart, start);
  const behind = /^[ \t]*(\\?)(\r?\n|$)/.exec(text.slice(end));
  const alone = /^[ \t]*$/.test(before) && lineStart > 0;
  if (alone && behind) {
    const continues = behind[1] === "\\";
    if (continues) return { span: spanFrom(lineStart, end + behind[0].length), newText: "" };
    // The last line of the command: the backslash of the line above goes with it.
    const previous = /[ \t]*\\\r?\n$/.exec(text.slice(0, lineStart));
    if (previous) return { span: spanFrom(lineStart - previous[0].length, end), newText: "" };
    // An element of an array, on a line of its own.
    return { span: spanFrom(lineStart, end + behind[0].length), newText: "" };
  }
  const first = /^[ \t]*$/.test(before) && lineStart > 0;
  const gap = first ? /^[ \t]+/.exec(text.slice(end)) : /[ \t]+$/.exec(before);
  const space = gap?.[0].length ?? 0;
  return { span: first ? spanFrom(start, end + space) : spanFrom(start - space, end), newText: "" };
}

/** A new argument: on a continuation line of its own where the launch has them, else behind the last. */
function add(
  text: string,
  launch: Launch,
  { flag, words, after }: Extract<LaunchChange, { kind: "add" }>,
  { quote, backslash }: WordStyle,
): TextChange {
  const own = launch.arguments.filter(
    ({ span }) => launch.span.start <= span.start && span.end <= launch.span.end,
  );
  const last = after ?? own.at(-1);
  const written = [flag, ...words.map((word) => quote(word))].join(" ");
  const at = last
    ? last.span.end
    : text.slice(launch.span.start, launch.span.end).trimEnd().replace(/\\$/, "").trimEnd().length +
      launch.span.start;
  const command = text.slice(launch.span.start, launch.span.end);
  const continued = new RegExp(`${backslash.replaceAll("\\", "\\\\")}(\\r?\\n)([ \\t]*)--?[A-Za-z]`).exec(
    command,
  );
  if (!continued) return { span: spanFrom(at, at), newText: ` ${written}` };
  return { span: spanFrom(at, at), newText: ` ${backslash}${continued[1]}${continued[2]}${written}` };
}
