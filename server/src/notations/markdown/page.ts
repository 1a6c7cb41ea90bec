/** Common parts of Markdown and reStructuredText: shell commands in code blocks. */

import { type Launch, type Span, spanFrom, type TextChange } from "../../launch/launch";
import type { LaunchChange, VariableChange } from "../../launch/launch-change";
import { lineEndAt, lineStartAt, nextLineAt, withoutMark } from "../../launch/lines";
import type { NotationTraits } from "../../launch/notation-traits";
import { launchAround } from "../launch-around";
import type { Notation } from "../notation";
import { mayHoldLaunch } from "../program";
import { cursorInShell } from "../shell/cursor";
import { insertFlagWord, insertValueWord } from "../shell/quote";
import { writeInShell } from "../shell/write";
import { writeVariableInShell } from "../shell/write-variable";
import { placedChange } from "../written-variable";
import { type BlockCache, type CodeBlock, findInBlocks, partsOfBlocks } from "./code";

/** A notation for pages whose code blocks `blocksOf` finds. */
export function pageNotation(
  traits: NotationTraits,
  blocksOf: (text: string) => CodeBlock[],
  outline: NonNullable<Notation["outline"]>,
): Notation {
  return {
    ...traits,
    find(text, cache?: BlockCache) {
      const page = { notation: traits, text, launches: [], problems: [] } as const;
      return mayHoldLaunch(text)
        ? { ...page, ...findInBlocks(text, blocksOf(withoutMark(text)), traits, cache) }
        : page;
    },
    outline,
    newCache: (): BlockCache => new Map(),
    partsOf: (text) => (mayHoldLaunch(text) ? partsOfBlocks(text, blocksOf(withoutMark(text)), traits) : []),
    cursorAt(file, offset) {
      const launch = launchAround(file, offset);
      return launch && cursorInShell(file, launch, offset);
    },
    writeVariable: (text, _launch, change) => writeVariableInPage(text, change),
    write: writeInPage,
    flagText: (name) => name,
    insertFlag: insertFlagWord,
    insertValue: insertValueWord,
    switchWords: [],
  };
}

/** Marks of a block quote, or prompts of a transcript's continuation lines, with surrounding indentation. */
const MARKS = /^(?:(?:[ \t]*>)+[ \t]*|(?:[ \t]*>)*[ \t]*\$[ \t]+)/;

/** The edits of a change. */
function writeInPage(text: string, launch: Launch, change: LaunchChange): TextChange[] {
  return writeWithoutMarks(text, marksIn(text, launch.span), (plain) => writeInShell(plain, launch, change));
}

/** The edits of a change of a variable: before the launch, or in an export above it. */
function writeVariableInPage(text: string, change: VariableChange): TextChange[] {
  const placed = placedChange(change);
  if (!placed) return [];
  const { span, nextStart, whole } = placed.variable.place;
  const lines = spanFrom(span.start, Math.max(span.end, nextStart ?? 0));
  const marks = whole ? [markBefore(text, whole.start)] : marksIn(text, lines);
  return writeWithoutMarks(text, marks, (plain) =>
    writeVariableInShell(plain, placed.variable, placed.change),
  );
}

/**
 * Runs a writer of shell text on a page. The writer sees marks at the beginning of lines as indentation; they are
 * written again before each new line.
 */
function writeWithoutMarks(
  text: string,
  marks: readonly Span[],
  write: (plain: string) => TextChange[],
): TextChange[] {
  if (marks.length === 0) return write(text);
  let plain = text;
  for (const { start, end } of marks)
    plain = plain.slice(0, start) + " ".repeat(end - start) + plain.slice(end);
  const written = text.slice(marks[0]?.start, marks[0]?.end);
  const prefix = (indent: string) =>
    indent.length < written.length ? written : written + indent.slice(written.length);
  return write(plain).map(({ span, newText }) => ({
    span,
    newText: newText.replace(/(?<=\n)[ \t]*/g, prefix),
  }));
}

/** A prompt before a command. */
const PROMPT = /[$#%>❯➜][ \t]+$/;

/** The text before a command on its line that is not shell text. */
function markBefore(text: string, start: number): Span {
  const lineStart = lineStartAt(text, start);
  const before = text.slice(lineStart, start);
  return spanFrom(lineStart, PROMPT.test(before) || MARKS.test(before) ? start : lineStart);
}

/** The marks of the lines of a span, except its first line. */
function marksIn(text: string, { start, end }: Span): Span[] {
  const marks: Span[] = [];
  for (let at = nextLineAt(text, start); at < end; at = nextLineAt(text, at)) {
    const mark = MARKS.exec(text.slice(at, lineEndAt(text, at)));
    if (mark) marks.push(spanFrom(at, at + mark[0].length));
  }
  return marks;
}
