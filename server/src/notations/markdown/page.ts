/** What Markdown and reStructuredText have in common: shell commands in blocks of code. */
import type { Launch, LaunchChange, Span, TextChange } from "../../launch/launch";
import { launchAround } from "../launch-around";
import type { Notation } from "../notation";
import { mayHoldLaunch } from "../program";
import { cursorInShell } from "../shell/cursor";
import { insertFlagWord, insertValueWord } from "../shell/quote";
import { writeInShell } from "../shell/write";
import { type CodeBlock, findInBlocks } from "./code";

/** The notation of pages whose code blocks a function finds. */
export function pageNotation(
  id: "markdown" | "restructuredtext",
  blocksOf: (text: string) => CodeBlock[],
): Notation {
  return {
    id,
    find(text) {
      const page = { notation: id, text, launches: [], problems: [] } as const;
      return mayHoldLaunch(text) ? { ...page, ...findInBlocks(text, blocksOf(text), id) } : page;
    },
    newCache: () => undefined,
    cursorAt(file, offset) {
      const launch = launchAround(file, offset);
      return launch && cursorInShell(file, launch, offset);
    },
    writeVariable: () => [],
    write: writeInPage,
    flagText: (name) => name,
    insertFlag: insertFlagWord,
    insertValue: insertValueWord,
    switchWords: [],
  };
}

/** The quote marks of a block quote, or the prompts of a transcript's continuation lines, with the indentation around. */
const MARKS = /^(?:(?:[ \t]*>)+[ \t]*|(?:[ \t]*>)*[ \t]*\$[ \t]+)/;

/**
 * The edits of a change. Quote marks in front of continuation lines are shown to the shell's writer as indentation, and
 * written again in front of the lines that it adds.
 */
function writeInPage(text: string, launch: Launch, change: LaunchChange): TextChange[] {
  const marks = marksIn(text, launch.span);
  if (marks.length === 0) return writeInShell(text, launch, change);
  let plain = text;
  for (const { start, end } of marks)
    plain = plain.slice(0, start) + " ".repeat(end - start) + plain.slice(end);
  const written = text.slice(marks[0]?.start, marks[0]?.end);
  const prefix = (indent: string) =>
    indent.length < written.length ? written : written + indent.slice(written.length);
  return writeInShell(plain, launch, change).map(({ span, newText }) => ({
    span,
    newText: newText.replace(/(?<=\n)[ \t]*/g, prefix),
  }));
}

/** The marks in front of the lines of a launch, the line that it begins on left out. */
function marksIn(text: string, { start, end }: Span): Span[] {
  const marks: Span[] = [];
  for (let at = text.indexOf("\n", start) + 1; at > 0 && at < end; at = text.indexOf("\n", at) + 1) {
    const newline = text.indexOf("\n", at);
    const mark = MARKS.exec(text.slice(at, newline < 0 ? text.length : newline));
    if (mark) marks.push({ start: at, end: at + mark[0].length });
  }
  return marks;
}
