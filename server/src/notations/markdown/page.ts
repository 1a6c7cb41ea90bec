/** What Markdown and reStructuredText have in common: shell commands in blocks of code. */

import {
  type Launch,
  type LaunchChange,
  type Span,
  spanFrom,
  type TextChange,
  type VariableChange,
} from "../../launch/launch";
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
import { type BlockCache, type CodeBlock, findInBlocks } from "./code";

/** The notation of pages whose code blocks a function finds. */
export function pageNotation(traits: NotationTraits, blocksOf: (text: string) => CodeBlock[]): Notation {
  return {
    ...traits,
    find(text, cache?: BlockCache) {
      const page = { notation: traits, text, launches: [], problems: [] } as const;
      return mayHoldLaunch(text)
        ? { ...page, ...findInBlocks(text, blocksOf(withoutMark(text)), traits, cache) }
        : page;
    },
    newCache: (): BlockCache => new Map(),
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

/** The quote marks of a block quote, or the prompts of a transcript's continuation lines, with the indentation around. */
const MARKS = /^(?:(?:[ \t]*>)+[ \t]*|(?:[ \t]*>)*[ \t]*\$[ \t]+)/;

/** The edits of a change. */
function writeInPage(text: string, launch: Launch, change: LaunchChange): TextChange[] {
  return behindMarks(text, marksIn(text, launch.span), (plain) => writeInShell(plain, launch, change));
}

/** The edits of a change of a variable, in front of the launch or in an export above it. */
function writeVariableInPage(text: string, change: VariableChange): TextChange[] {
  const placed = placedChange(change);
  if (!placed) return [];
  const { span, behind, whole } = placed.variable.place;
  const lines = spanFrom(span.start, Math.max(span.end, behind ?? 0));
  const marks = whole ? [markBefore(text, whole.start)] : marksIn(text, lines);
  return behindMarks(text, marks, (plain) => writeVariableInShell(plain, placed.variable, placed.change));
}

/**
 * The edits that a writer makes of shell text in a page. Marks in front of its lines are shown to the writer as
 * indentation, and written again in front of the lines that it adds.
 */
function behindMarks(
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

/** A prompt as it stands in front of a command. */
const PROMPT = /[$#%>❯➜][ \t]+$/;

/** What is no shell text in front of a command that begins its line. */
function markBefore(text: string, start: number): Span {
  const lineStart = lineStartAt(text, start);
  const before = text.slice(lineStart, start);
  return spanFrom(lineStart, PROMPT.test(before) || MARKS.test(before) ? start : lineStart);
}

/** The marks in front of the lines of a span, the line that it begins on left out. */
function marksIn(text: string, { start, end }: Span): Span[] {
  const marks: Span[] = [];
  for (let at = nextLineAt(text, start); at < end; at = nextLineAt(text, at)) {
    const mark = MARKS.exec(text.slice(at, lineEndAt(text, at)));
    if (mark) marks.push(spanFrom(at, at + mark[0].length));
  }
  return marks;
}
