/** The cursor in a launch that is a shell command. */

import { isBetweenWords } from "../../launch/command-line";
import {
  type Argument,
  type Launch,
  type LaunchFile,
  type Span,
  spanFrom,
  touches,
  type Word,
  writtenFor,
} from "../../launch/launch";
import { lineAt, lineEndAt, lineStartAt } from "../../launch/lines";
import type { Cursor } from "../notation";
import { endOfOpenWord } from "../open-quote";
import { closingQuote } from "./quote";

/** The cursor inside a launch; `undefined` on the words before LightLLM's arguments. */
export function cursorInShell({ text }: LaunchFile, launch: Launch, offset: number): Cursor | undefined {
  for (const argument of writtenFor(launch)) {
    const { flagSpan, joined, words } = argument;
    if (argument.flag !== "" && touches(flagSpan, offset)) {
      return isWhollyWritten(text, flagSpan) ? flagAt(text, launch, argument, offset) : undefined;
    }
    for (const [index, word] of words.entries()) {
      if (!touches(word.span, offset)) continue;
      // Several words, such as what a branch adds, or a command.
      if (word.splits && /\s/.test(word.source) && !opensQuote(text, word.span.start)) return undefined;
      if (/^-/.test(unquoted(word.source)) && !joined)
        return isWhollyWritten(text, word.span) ? flagWordAt(launch, word, offset, text) : undefined;
      return valueAt(text, launch, argument, word, offset, index);
    }
    if (joined && words.length === 1 && words[0]?.source === "" && offset === argument.span.end) {
      return {
        kind: "value",
        launch,
        flag: argument.flag,
        replace: spanFrom(offset, offset),
        typed: "",
        quote: "",
        separator: "",
        inFlow: false,
      };
    }
  }
  return gapAt(text, launch, offset);
}

/** Whether a word is written as it is. A variable in it or next to it may bring more than one word, even the program. */
function isWhollyWritten(text: string, { start, end }: Span): boolean {
  return !/[$`]/.test(text.slice(start, end + 1));
}

function unquoted(source: string): string {
  return source.replace(/^\\*["']/, "");
}

function flagAt(text: string, launch: Launch, argument: Argument, offset: number): Cursor {
  const { flagSpan, joined, words } = argument;
  const replace = insideQuotes(text, flagSpan);
  return {
    kind: "flag",
    launch,
    replace,
    typed: text.slice(replace.start, Math.max(replace.start, offset)),
    hasValue: Boolean(joined) || words.length > 0,
    ...(joined && { joined }),
    takesValue: true,
  };
}

/** `-` and `--` begin a flag here, although LightLLM would read them as values. */
function flagWordAt(launch: Launch, word: Word, offset: number, text: string): Cursor {
  const replace = insideQuotes(text, word.span);
  return {
    kind: "flag",
    launch,
    replace,
    typed: text.slice(replace.start, Math.max(replace.start, offset)),
    hasValue: false,
    takesValue: true,
  };
}

function valueAt(
  text: string,
  launch: Launch,
  argument: Argument,
  word: Word,
  offset: number,
  index: number,
): Cursor {
  // In `"--flag=value"`, the quote that ends here began before the flag.
  const closing = argument.joined ? closingQuote(word.source) : "";
  const inside = insideQuotes(text, word.span);
  const replace = spanFrom(inside.start, inside.end - closing.length);
  const quote = replace.start > word.span.start ? (text[replace.start - 1] ?? "") : closing;
  const typed = text.slice(replace.start, Math.max(replace.start, offset));
  return {
    kind: "value",
    launch,
    flag: argument.flag,
    replace,
    typed,
    quote,
    separator: "",
    inFlow: false,
    index,
  };
}

/** A word without its quotes, which may be escaped; if the closing quote is missing, one word on its line. */
function insideQuotes(text: string, { start, end }: Span): Span {
  const [opening] = /^\\*["']/.exec(text.slice(start, end)) ?? [""];
  if (opening === "") return spanFrom(start, end);
  const from = start + opening.length;
  const isClosed = text.slice(from, end).endsWith(opening);
  return spanFrom(from, isClosed ? end - opening.length : endOfOpenWord(text, from, end));
}

/** Between words: a new flag, or another value of the previous flag; undefined between a flag and its values. */
function gapAt(text: string, launch: Launch, offset: number): Cursor | undefined {
  const before = launch.arguments.filter(({ span }) => span.end < offset).at(-1);
  const first = launch.arguments[0];
  if (launch.arguments.some((argument) => isBetweenWords(argument, offset))) return undefined;
  if (first ? offset < first.span.start : offset < launch.span.end) return undefined;
  if (offset > launch.span.end || !/[ \t\n]/.test(text[offset - 1] ?? "")) return undefined;
  const rest = text.slice(offset, offset + 80);
  // For systemd, a `;` separates commands only as a word of its own.
  if (launch.form.kind === "unit" && !/^(?:$|\s|\\\r?\n)/.test(rest)) return undefined;
  if (!ENDS_WORD.test(rest) && !(offset === launch.span.end && ENDS_COMMAND.test(rest))) return undefined;
  if (isIndentation(text, launch, offset)) return undefined;
  const replace = spanFrom(offset, offset);
  return {
    kind: "gap",
    launch,
    replace,
    typed: "",
    quote: "",
    separator: "",
    inFlow: false,
    ...(before && { before }),
  };
}

/** Whether a quote at a place is not closed on its line: it is being typed, and ends at a later one. */
function opensQuote(text: string, start: number): boolean {
  const quote = text[start] ?? "";
  return /["']/.test(quote) && text.slice(start, lineEndAt(text, start)).split(quote).length === 2;
}

/**
 * What ends a word that is inserted before it: white space, a sign of the shell, a backslash whose next line begins with
 * white space. A comment's `#` or a word would continue it.
 */
const ENDS_WORD = /^(?:$|[\s;&|()<>]|\\\r?\n\s)/;

/** What ends a command that it is not part of: the quote or the bracket around it. Inside a command, a quote begins a word. */
const ENDS_COMMAND = /^\\*["'`\]]/;

/** Whether a place is in the indentation of a line, or has less indentation than the enclosing file requires. */
function isIndentation(text: string, { notation, span }: Launch, offset: number): boolean {
  const { start, end } = lineAt(text, offset);
  if (/[^ \t>]/.test(text.slice(start, offset))) return false;
  if (/\S/.test(text.slice(offset, end))) return true;
  const first = lineAt(text, span.start);
  return notation.isIndented && offset - start < first.text.search(/\S|$/);
}

/** The cursor in a variable's name: before a launch, after `env`, or in an `export` above its launch. */
export function variableInShell(
  { text, launches }: LaunchFile,
  around: Launch | undefined,
  offset: number,
): Cursor | undefined {
  const line = text.slice(lineStartAt(text, offset), offset);
  const exported = /^[ \t]*export[ \t]+(?:\w+=\S*[ \t]+)*([A-Za-z_]\w*)?$/.exec(line);
  const launch = exported ? launches.find(({ span }) => span.start >= offset) : around;
  const prefix = exported ?? /(?:^|[ \t;&(])([A-Z_][A-Z0-9_]*)$/.exec(line);
  if (!launch || !prefix) return undefined;
  const first = launch.arguments[0]?.span.start ?? launch.span.end;
  if (!exported && (offset > first || offset < launch.span.start)) return undefined;
  const typed = prefix[1] ?? "";
  const rest = /^\w*/.exec(text.slice(offset))?.[0] ?? "";
  const replace = spanFrom(offset - typed.length, offset + rest.length);
  return { kind: "variable", launch, replace, typed, suffix: text[replace.end] === "=" ? "" : "=" };
}
