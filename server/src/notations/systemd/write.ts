/** Writes changes of a launch in a command line of systemd, and of the variables of its service. */
import { type Launch, type Span, spanFrom, type TextChange, type Word } from "../../launch/launch";
import type { LaunchChange, VariableChange } from "../../launch/launch-change";
import { lineBreakOf, wholeLines } from "../../launch/lines";
import { originsOf } from "../../launch/origin";
import { writeInShell, writeWords } from "../shell/write";
import { writeVariableInShell } from "../shell/write-variable";
import {
  insert,
  isBlankBetween,
  type PlacedVariable,
  placedChange,
  type VariableWriter,
} from "../written-variable";
import { commandWord, environmentWord, requotedWord } from "./unit-quote";

const STYLE = { quote: commandWord, requote: requotedWord, backslash: "\\" };

/** The edits of a change; empty if it affects words from `$NAME`, which are written elsewhere. */
export function writeInUnit(text: string, launch: Launch, change: LaunchChange): TextChange[] {
  if (launch.form.kind !== "unit") return writeInShell(text, launch, change);
  return wordsOf(change).some(isBroughtIn) ? [] : writeWords(text, launch, change, STYLE);
}

function wordsOf(change: LaunchChange): readonly Pick<Word, "origins" | "parts" | "splits">[] {
  if ("argument" in change) {
    const { flagOrigins, words } = change.argument;
    return [...(flagOrigins ? [{ origins: flagOrigins }] : []), ...words];
  }
  if (change.kind === "removeWords") return change.words;
  if (change.kind === "setWord") return [change.word];
  return change.after?.words ?? [];
}

/** Whether it comes from `$NAME`, which may contain more words. */
function isBroughtIn(word: Pick<Word, "origins" | "parts" | "splits">): boolean {
  return word.splits === true || originsOf(word).some(({ source }) => /^\$(?!\{)/.test(source));
}

/** The edits of a change of a variable. */
export function writeVariableInUnit(text: string, change: VariableChange): TextChange[] {
  const placed = placedChange(change);
  if (!placed) return [];
  const write = placed.variable.place.form.kind === "assignment" ? writeAssigned : writeVariableInShell;
  return write(text, placed.variable, placed.change);
}

const writeAssigned: VariableWriter = (text, variable, change) => {
  const { span } = variable.place;
  const quote = /^["']/.exec(text.slice(span.start, span.end))?.[0];
  switch (change.kind) {
    case "rename":
      return [{ span: variable.nameSpan, newText: change.to }];
    case "set":
      return [{ span, newText: environmentWord(variable.name, change.to, quote) }];
    case "remove":
      return [{ span: removed(text, variable), newText: "" }];
    case "add":
      return [added(text, variable, environmentWord(change.name, change.value))];
  }
};

/** The lines of an assignment with a single variable, or the word with its separator. */
function removed(text: string, { place: { span, previousEnd, nextStart, whole } }: PlacedVariable): Span {
  if (whole) return wholeLines(text, whole);
  if (nextStart !== undefined && isBlankBetween(text, span.end, nextStart))
    return spanFrom(span.start, nextStart);
  if (previousEnd !== undefined && isBlankBetween(text, previousEnd, span.start))
    return spanFrom(previousEnd, span.end);
  return span;
}

/** On a line of its own if the others are, else after the word. */
function added(text: string, { place: { span, whole } }: PlacedVariable, word: string): TextChange {
  return whole ? insert(whole.end, `${lineBreakOf(text)}Environment=${word}`) : insert(span.end, ` ${word}`);
}
