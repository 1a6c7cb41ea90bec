/** The cursor in a launch that is a list. */

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
import { lineEndAt, lineStartAt } from "../../launch/lines";
import type { Cursor } from "../notation";
import { endOfOpenWord } from "../open-quote";
import { usualQuote, writeElement, writeInside } from "./elements";

type FlagCursor = Extract<Cursor, { kind: "flag" }>;
type ValueCursor = Extract<Cursor, { kind: "value" }>;

/** The cursor inside a launch; `undefined` on the words before LightLLM's arguments and between elements. */
export function cursorInList({ text }: LaunchFile, launch: Launch, offset: number): Cursor | undefined {
  for (const argument of writtenFor(launch)) {
    const { flag, flagSpan, joined, words } = argument;
    const part = insideQuotes(text, flagSpan);
    if (flag !== "" && touches(part.span, offset)) {
      const hasValue = Boolean(joined) || words.length > 0;
      return flagCursor(launch, part, offset, text, { hasValue, ...(joined && { joined }) });
    }
    for (const [index, word] of words.entries()) {
      if (word.splits) continue;
      const isJoined = Boolean(joined) && index === 0;
      const inside = isJoined ? withoutClosingQuote(text, word) : insideQuotes(text, word.span);
      if (touches(inside.span, offset))
        return wordCursor({ text, launch, argument, inside, offset, index, isJoined });
    }
  }
  return gapCursor(text, launch, offset);
}

interface Place {
  readonly span: Span;
  /** The quote around it; empty if there is none. */
  readonly quote: string;
}

/** The text between an element's quotes; an unclosed quote was removed for parsing. */
function insideQuotes(text: string, { start, end }: Span): Place {
  const quote = /^[A-Za-z]{0,2}(["'])/.exec(text.slice(start, Math.min(end, start + 3)));
  if (!quote) {
    const before = text[start - 1] ?? "";
    const open = /["']/.test(before) && text[end] !== before;
    if (!open) return { span: spanFrom(start, end), quote: "" };
    return { span: spanFrom(start, endOfOpenWord(text, start, end)), quote: before };
  }
  const from = start + quote[0].length;
  const closed = end > from && text[end - 1] === quote[1];
  const to = closed ? end - 1 : endOfOpenWord(text, from, end);
  return { span: spanFrom(from, to), quote: quote[1] ?? "" };
}

function withoutClosingQuote(text: string, { span }: Word): Place {
  const quote = /["']/.exec(text[span.end - 1] ?? "")?.[0] ?? "";
  return { span: spanFrom(span.start, span.end - quote.length), quote };
}

function flagCursor(
  launch: Launch,
  { quote, span: replace }: Place,
  offset: number,
  text: string,
  { hasValue, joined }: Pick<FlagCursor, "hasValue" | "joined">,
): Cursor {
  const typed = text.slice(replace.start, offset);
  return { kind: "flag", launch, replace, typed, hasValue, quote, ...(joined && { joined }) };
}

interface WordPlace {
  readonly text: string;
  readonly launch: Launch;
  readonly argument: Argument;
  readonly inside: Place;
  readonly offset: number;
  readonly index: number;
  readonly isJoined: boolean;
}

function wordCursor({ text, launch, argument, inside, offset, index, isJoined }: WordPlace): Cursor {
  const { quote, span: replace } = inside;
  const written = text.slice(replace.start, replace.end);
  const inFlow = isFlow(launch);
  if (!isJoined) {
    // The beginning of a flag: `-`, `--`, or any text before the first flag.
    if (/^-(?!\.?\d)/.test(written) || (argument.flag === "" && written !== ""))
      return flagCursor(launch, inside, offset, text, { hasValue: false });
    if (written === "") {
      const before = { ...argument, words: argument.words.slice(0, index) };
      const known = argument.flag === "" ? {} : { before };
      return { kind: "gap", launch, replace, typed: "", quote, separator: "", inFlow, ...known };
    }
  }
  const typed = text.slice(replace.start, offset);
  return {
    kind: "value",
    launch,
    flag: argument.flag,
    replace,
    typed,
    quote,
    separator: "",
    inFlow,
    index,
    ...(isJoined && { joined: true }),
  };
}

function isFlow({ form }: Launch): boolean {
  return form.kind === "list" && form.style === "yaml-flow";
}

/** A place for a whole new element. */
function gapCursor(text: string, launch: Launch, offset: number): Cursor | undefined {
  if (!touches(launch.span, offset) || !isAfterProgram(text, launch, offset)) return undefined;
  const line = text.slice(lineStartAt(text, offset), offset);
  const rest = text.slice(offset, lineEndAt(text, offset));
  if (launch.arguments.some((argument) => isBetweenWords(argument, offset))) return undefined;
  // The beginning of a flag is not yet an item of a list in the list.
  const isBegun = /^[ \t]*-[ \t]+-$/.test(line) && rest.trim() === "";
  if (isBegun) {
    const place = { span: spanFrom(offset - 1, offset), quote: "" };
    return flagCursor(launch, place, offset, text, { hasValue: false });
  }
  const freshItem = /^[ \t]*(?:-[ \t]+)*-[ \t]*$/.test(line) && rest.trim() === "";
  const freshElement =
    /[,[(](?:[ \t\r\n]|[\\`][ \t]*\r?\n)*$/.test(text.slice(launch.span.start, offset)) &&
    /^[ \t]*(?:[\])},\\`]|$)/.test(rest);
  if (!freshItem && !freshElement) return undefined;
  const next = text.slice(offset).match(/(?!(?:[\\`][ \t]*)?\r?\n)\S/)?.[0] ?? "]";
  const before = launch.arguments.filter(({ span }) => span.end <= offset).at(-1);
  return {
    kind: "gap",
    launch,
    replace: spanFrom(offset, offset),
    typed: "",
    quote: "",
    separator: freshItem && line.endsWith("-") ? " " : "",
    inFlow: isFlow(launch),
    ...(!freshItem && !/[\])},]/.test(next) && { suffix: "," }),
    ...(before && before.flag !== "" && { before }),
  };
}

const PROGRAM = "api_server";

/** Whether a place is after the program's name; before it, nothing is completed. */
function isAfterProgram(text: string, { span, arguments: given }: Launch, offset: number): boolean {
  const first = given[0];
  if (first && first.span.start <= offset) return true;
  return (
    text.slice(span.start, offset).includes(PROGRAM) || !text.slice(span.start, span.end).includes(PROGRAM)
  );
}

/** The text to insert for a flag: a separate element if the cursor is not inside quotes. */
export function insertFlagElement(name: string, cursor: FlagCursor): string {
  const { launch, joined, quote, separator = "", suffix = "" } = cursor;
  if (quote || joined || launch.form.kind !== "list") return name;
  const element = writeElement(name, launch.form.style, usualQuote(launch, launch.form.style, "flags"));
  return separator + element + suffix;
}

/** The text to insert for a word of a value, in the same way. */
export function insertValueElement(word: string, cursor: ValueCursor): string {
  const { launch, quote, separator, joined, suffix = "" } = cursor;
  if (launch.form.kind !== "list") return separator + word;
  const { style } = launch.form;
  if (quote !== "") return writeInside(word, style, quote);
  return joined ? word : separator + writeElement(word, style, usualQuote(launch, style, "values")) + suffix;
}
