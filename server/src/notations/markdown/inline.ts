/** Code in the running text of a page: `` `python -m lightllm.server.api_server --tp 2` ``, also over lines. */
import { spanFrom } from "../../launch/launch";
import { linesOf } from "../../launch/lines";
import { joinParts } from "../console";
import type { Embedded } from "../embedded";
import { mayHoldLaunch } from "../program";
import type { CodeBlock } from "./code";

/** A line of a table, whose cells end the code in them. */
const ROW = /^[ \t]*\|/;

/**
 * The inline code of a paragraph that may contain a launch.
 *
 * @param marks the code with its marks; its text is the second group.
 */
export function inlineCode(paragraph: Embedded, marks: RegExp): CodeBlock[] {
  if (!mayHoldLaunch(paragraph.text)) return [];
  return stretchesOf(paragraph).flatMap((stretch) =>
    [...stretch.text.matchAll(marks)].flatMap(({ 0: whole, 2: code = "", index }): CodeBlock[] => {
      if (!mayHoldLaunch(code)) return [];
      const start = index + whole.indexOf(code);
      const { text, ...own } = joinParts(stretch, [spanFrom(start, start + code.length)]);
      // A line end in running text is white space.
      return [{ language: "", embedded: { ...own, text: text.replace(/[\r\n]/g, " ") }, isInline: true }];
    }),
  );
}

/** The paragraph, or each row of a table. */
function stretchesOf(paragraph: Embedded): Embedded[] {
  if (!ROW.test(paragraph.text)) return [paragraph];
  return linesOf(paragraph.text).map(({ start, end }) => joinParts(paragraph, [spanFrom(start, end)]));
}
