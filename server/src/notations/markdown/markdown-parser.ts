/** The only file that uses the Markdown parser. Only blocks are needed, so inline syntax is not parsed. */
import { parser } from "@lezer/markdown";
import { type Span, spanFrom } from "../../launch/launch";

const INLINE = ["Escape", "Entity", "InlineCode", "HTMLTag", "Emphasis", "HardBreak", "Link", "Image"];
let blocks: typeof parser | undefined;

/** A code block of a page. */
export interface MarkdownCode {
  /** The info string after the fence; absent for an indented block. */
  readonly info?: string;
  /** The parts of the block's text in order, without quote marks and indentation. */
  readonly parts: readonly Span[];
}

/** All code blocks of a Markdown text: in lists, in block quotes, also unclosed ones. */
export function codeBlocksOf(text: string): MarkdownCode[] {
  const found: MarkdownCode[] = [];
  blocks ??= parser.configure({ remove: INLINE });
  blocks.parse(text).iterate({
    enter(at) {
      const { name } = at;
      if (name !== "FencedCode" && name !== "CodeBlock") return true;
      const { node } = at;
      const parts = node.getChildren("CodeText").map(({ from, to }) => spanFrom(from, to));
      const info = node.getChild("CodeInfo");
      const fenced = name === "FencedCode" && { info: info ? text.slice(info.from, info.to) : "" };
      found.push({ ...fenced, parts });
      return false;
    },
  });
  return found;
}
