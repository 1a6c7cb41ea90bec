/**
 * The code blocks of a reStructuredText page, read line by line: directives with code, and literal blocks after a
 * paragraph that ends with `::`. Everything else is prose.
 */

import { spanFrom } from "../../launch/launch";
import { type Line, linesOf } from "../../launch/lines";
import { joinParts } from "../console";
import { toFile, verbatim } from "../embedded";
import type { CodeBlock } from "../markdown/code";
import { inlineCode } from "../markdown/inline";
import type { Outline } from "../outline";
import { substituted } from "./literal";

/** Directives whose body is code. */
const CODE = /^(?:code|code-block|sourcecode|prompt|parsed-literal|highlight-?block)$/;
const DIRECTIVE = /^([ \t]*(?:[-*+•][ \t]+)?)\.\.[ \t]+([\w:.+-]+?)[ \t]?::(?:[ \t]+(.*))?$/;
/** `.. [1] note`, `.. _target:`, `.. |name| image::` and directives are not comments. */
const COMMENT = /^[ \t]*\.\.(?:[ \t]+(?![[_|])(?![\w:.+-]+[ \t]?::).*)?$/;
const OPTION = /^[ \t]*:[\w -]+:(?:[ \t].*)?$/;
const LITERAL = /^(?![ \t]*\.\.[ \t]).*::[ \t]*$/;
const BULLETS = /^[ \t]*(?:(?:[-*+•‣⁃]|\(?(?:\d+|[A-Za-z#])[.)])[ \t]+)*/;

/** The code blocks, and where they end. */
export function outlineOfBlocks(text: string): Outline {
  const pieces = restructuredTextBlocks(text).flatMap(({ language, embedded }) => {
    const [start, end] = [toFile(embedded, 0), toFile(embedded, embedded.text.length)];
    return [
      { span: spanFrom(start, end), says: `${language} ${embedded.text}` },
      { span: spanFrom(end, end), says: `<${language}` },
    ];
  });
  return { pieces, faults: 0 };
}

/** The code blocks of a page, in order. */
export function restructuredTextBlocks(text: string): CodeBlock[] {
  const lines = linesOf(text);
  const blocks: CodeBlock[] = [];
  const prose: Line[][] = [[]];
  let literalLanguage = "";
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as Line;
    const directive = DIRECTIVE.exec(line.text);
    if (isBlank(line) || directive) prose.push([]);
    else if (!COMMENT.test(line.text)) prose.at(-1)?.push(line);
    const name = directive?.[2]?.toLowerCase() ?? "";
    if (name === "highlight") literalLanguage = (directive?.[3] ?? "").trim().toLowerCase();
    if (directive && CODE.test(name)) {
      const argument = (directive[3] ?? "").trim().toLowerCase();
      const language = /^\S*/.exec(argument)?.[0] ?? "";
      const own = bodyOf(lines, at + 1, columns(directive[1] ?? ""), true);
      const body = own.lines.length > 0 ? own : unindented(lines, own);
      const block = { language: name === "parsed-literal" ? "" : language, embedded: dedent(text, body) };
      const replaces =
        name === "parsed-literal" || body.options.some((option) => option.includes(":substitutions:"));
      const isParsed = name === "parsed-literal";
      blocks.push(replaces ? { ...block, embedded: substituted(block.embedded, isParsed, text) } : block);
      at = body.next;
    } else if (COMMENT.test(line.text)) at = bodyOf(lines, at + 1, indentOf(line), false).next;
    else if (LITERAL.test(line.text) && isBlank(lines[at + 1])) {
      const body = bodyOf(lines, at + 1, columns(BULLETS.exec(line.text)?.[0] ?? ""), false);
      blocks.push({ language: literalLanguage, embedded: dedent(text, body) });
      at = body.next;
    } else at++;
  }
  const page = verbatim(text, spanFrom(0, text.length));
  const inline = prose
    .map((own) =>
      joinParts(
        page,
        own.map(({ start, next }) => spanFrom(start, next)),
      ),
    )
    .flatMap((paragraph) => inlineCode(paragraph, DOUBLE_BACKQUOTES));
  return [...blocks, ...inline].sort((a, b) => toFile(a.embedded, 0) - toFile(b.embedded, 0));
}

/** ``code``, or a role such as :code:`code`. */
const DOUBLE_BACKQUOTES = /(``|:(?:code|command|samp|kbd):`)([^`]+)`+/g;

interface Body {
  readonly lines: readonly Line[];
  readonly options: readonly string[];
  /** Index of the line after the body. */
  readonly next: number;
}

/** The lines with more indentation than their parent, with blank lines between them. */
function bodyOf(lines: readonly Line[], from: number, indent: number, hasOptions: boolean): Body {
  let start = from;
  const options: string[] = [];
  while (hasOptions && OPTION.test(lines[start]?.text ?? "")) options.push(lines[start++]?.text ?? "");
  let next = start;
  for (let at = start; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (isBlank(line)) continue;
    if (indentOf(line) <= indent) break;
    next = at + 1;
  }
  return { lines: lines.slice(start, next), options, next: Math.max(next, start) };
}

/** A transcript without indentation: the page shows it as text, but it is meant as code. */
function unindented(lines: readonly Line[], { options, next }: Body): Body {
  let start = next;
  while (start < lines.length && isBlank(lines[start])) start++;
  if (!/^[ \t]*\$[ \t]/.test(lines[start]?.text ?? "")) return { lines: [], options, next };
  let end = start;
  while (end < lines.length && !isBlank(lines[end])) end++;
  return { lines: lines.slice(start, end), options, next: end };
}

/** A body without its common indentation. */
function dedent(text: string, { lines }: Body) {
  const depth = Math.min(...lines.filter((line) => !isBlank(line)).map(indentOf));
  const parts = lines.map((line) =>
    spanFrom(isBlank(line) ? line.end : line.start + widthOf(line, depth), line.next),
  );
  return joinParts(verbatim(text, spanFrom(0, text.length)), parts);
}

function isBlank(line: Line | undefined): boolean {
  return line === undefined || line.text.trim() === "";
}

function indentOf({ text }: Line): number {
  return columns(/^[ \t]*/.exec(text)?.[0] ?? "");
}

/** The width of white space in columns; a tab extends to the next multiple of eight. */
function columns(text: string): number {
  let column = 0;
  for (const char of text) column = after(column, char);
  return column;
}

function after(column: number, char: string | undefined): number {
  return char === "\t" ? (Math.floor(column / 8) + 1) * 8 : column + 1;
}

/** The number of characters of a line for a depth in columns. */
function widthOf({ text }: Line, depth: number): number {
  let width = 0;
  for (let column = 0; column < depth && width < text.length; width++) column = after(column, text[width]);
  return width;
}
