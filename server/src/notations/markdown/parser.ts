/** The one place that knows the Markdown parser. Only blocks matter here, so inline syntax is not parsed at all. */
import { parser } from "@lezer/markdown";
import { type Span, spanFrom } from "../../launch/launch";

const INLINE = ["Escape", "Entity", "InlineCode", "HTMLTag", "Emphasis", "HardBreak", "Link", "Image"];
let blocks: typeof parser | undefined;

/** A code block of a page. */
export interface MarkdownCode {
  /** The info string behind the fence; absent for a block that is indented. */
  readonly info?: string;
  /** The block's text in the order of the page, without quote marks and indentation. */
  readonly parts: readonly Span[];
}

/** The code blocks of a Markdown text, wherever they stand: in lists, in block quotes, not closed yet. */
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
