/** Writes changes of a launch as edits of a shell command; keeps continuation lines, quotes and escapes. */

import {
  type Argument,
  isWithin,
  type Launch,
  placeOfWord,
  type Span,
  spanFrom,
  type TextChange,
} from "../../launch/launch";
import type { LaunchChange } from "../../launch/launch-change";
import { lineStartAt } from "../../launch/lines";
import { escapeFor } from "../embedded";
import { closingQuote, quoteWord, requoteWord } from "./quote";

/** The edits of a change of a launch in shell form. */
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
  /** A word with as few quotes as possible. */
  quote(word: string): string;
  /** Replaces a word, with the same quotes. */
  requote(word: string, source: string): string;
  /** Continues a line. */
  readonly backslash: string;
}

/** The edits of a change of a launch whose words are separated by white space. */
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

/** Removes an argument; words of it that are elsewhere are removed there. */
function removeWhole(text: string, { span, flagSpan, words }: Argument): TextChange[] {
  const last = words.at(-1);
  if (!last || placeOfWord(last).end === span.end) return [removeArgument(text, span)];
  return removeAll(text, [flagSpan, ...words.map(placeOfWord)]);
}

/** Removes words, consecutive ones together. */
function removeAll(text: string, places: readonly Span[]): TextChange[] {
  return wordRuns(text, places).map((span) => removeArgument(text, span));
}

/** The places of words, with consecutive ones merged. */
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

/** Removes the value of a switch with its separator; enclosing quotes stay closed. */
function takeValue(
  text: string,
  { span, flagSpan, words, valueSpan, valueSource, joined }: Argument,
): TextChange[] {
  const newText = joined ? closingQuote(valueSource) : "";
  const after = spanFrom(flagSpan.end, isWithin(valueSpan, span) ? valueSpan.end : flagSpan.end);
  const others = words.map(placeOfWord).filter((place) => !isWithin(place, span));
  return [...(after.start < after.end ? [{ span: after, newText }] : []), ...removeAll(text, others)];
}

/** Removes an argument, with its line if nothing else is on it. */
export function removeArgument(text: string, { start, end }: Span): TextChange {
  const lineStart = lineStartAt(text, start);
  const before = text.slice(lineStart, start);
  const after = /^[ \t]*(\\?)(\r?\n|$)/.exec(text.slice(end));
  const alone = /^[ \t]*$/.test(before) && lineStart > 0;
  if (alone && after) {
    const continues = after[1] === "\\";
    if (continues) return { span: spanFrom(lineStart, end + after[0].length), newText: "" };
    // The last line of the command: also removes the backslash of the previous line.
    const lineBefore = text.slice(lineStartAt(text, lineStart - 1), lineStart);
    const previous = /[ \t]*\\\r?\n$/.exec(lineBefore);
    if (previous) return { span: spanFrom(lineStart - previous[0].length, end), newText: "" };
    // An element of an array on its own line.
    return { span: spanFrom(lineStart, end + after[0].length), newText: "" };
  }
  const first = /^[ \t]*$/.test(before) && lineStart > 0;
  const gap = first ? /^[ \t]+/.exec(text.slice(end)) : /[ \t]+$/.exec(before);
  const space = gap?.[0].length ?? 0;
  return { span: first ? spanFrom(start, end + space) : spanFrom(start - space, end), newText: "" };
}

/** A new argument: on its own continuation line if the launch has such lines, else after the last word. */
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
