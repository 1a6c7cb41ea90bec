/** The only file that uses the Markdown parser. Inline syntax is not parsed: code in running text is found by its marks. */
import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/markdown";
import { type Span, spanFrom } from "../../launch/launch";
import { type Outline, outlineOfTree } from "../outline";
import { refuseDeepPage } from "./depth";

const INLINE = ["Escape", "Entity", "InlineCode", "HTMLTag", "Emphasis", "HardBreak", "Link", "Image"];
let blocks: typeof parser | undefined;

/** A code block of a page. */
export interface MarkdownCode {
  /** The info string after the fence; absent for an indented block. */
  readonly info?: string;
  /** The parts of the block's text in order, without quote marks and indentation. */
  readonly parts: readonly Span[];
}

/** Blocks of running text; a heading is one line. */
const PROSE = /^(?:Paragraph|ATXHeading[1-6]|SetextHeading[12])$/;

/** The code of a page. */
export interface PageCode {
  /** All code blocks: in lists, in block quotes, also unclosed ones. */
  readonly blocks: readonly MarkdownCode[];
  /** The parts of each block of running text, without quote marks. */
  readonly prose: readonly (readonly Span[])[];
}

/** The tree of a page without inline syntax. */
function parsed(text: string): Tree {
  blocks ??= parser.configure({ remove: INLINE });
  // For the parser, a line with a carriage return is not empty: it would end no block of HTML.
  return blocks.parse(text.replace(/\r\n/g, " \n"));
}

/** The blocks of a page. @throws BeyondBounds */
export function outlineOfPage(text: string): Outline {
  refuseDeepPage(text);
  return outlineOfTree(parsed(text).topNode, text, spanFrom);
}

/** The code blocks and the running text of a Markdown text, each in order. */
export function codeOfPage(text: string): PageCode {
  const found: MarkdownCode[] = [];
  const prose: Span[][] = [];
  parsed(text).iterate({
    enter(at) {
      const { name, node } = at;
      if (PROSE.test(name)) prose.push(betweenMarks(node));
      if (name !== "FencedCode" && name !== "CodeBlock") return true;
      const parts = node.getChildren("CodeText").map(({ from, to }) => spanFrom(from, to));
      const info = node.getChild("CodeInfo");
      const fenced = name === "FencedCode" && { info: info ? text.slice(info.from, info.to) : "" };
      found.push({ ...fenced, parts });
      return false;
    },
  });
  return { blocks: found, prose };
}

/** The parts of running text between the marks of a block quote. */
function betweenMarks(node: SyntaxNode): Span[] {
  const marks = node.getChildren("QuoteMark");
  const starts = [node.from, ...marks.map(({ to }) => to)];
  return starts.map((start, at) => spanFrom(start, marks[at]?.from ?? node.to));
}
