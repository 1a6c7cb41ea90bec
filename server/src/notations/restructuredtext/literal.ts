/** Blocks in which reStructuredText substitutes `|name|`, with an unknown value. */
import { spanFrom } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import { type Embedded, HOLE, toFile } from "../embedded";

const SUBSTITUTION = /\|[A-Za-z][\w .:+-]*\|_{0,2}/y;

/** The text with a hole for each substitution; `escapes`: a backslash makes the next backslash or bar literal. */
export function substituted(block: Embedded, escapes: boolean, file: string): Embedded {
  const holes = new Map<number, Origin>();
  // A line of the file may end with CR, which the text leaves out.
  const ends = new Map<number, number>(block.ends);
  let text = "";
  const offsets: number[] = [];
  const write = (written: string, at: number) => {
    for (const char of written) {
      text += char;
      offsets.push(toFile(block, at));
    }
  };
  for (let at = 0; at < block.text.length; ) {
    SUBSTITUTION.lastIndex = at;
    const name = SUBSTITUTION.exec(block.text)?.[0];
    if (name) {
      write(HOLE, at);
      const span = spanFrom(toFile(block, at), toFile(block, at + name.length - 1) + 1);
      ends.set(span.start, span.end);
      holes.set(span.start, { from: "expression", language: "template", source: name, span });
      at += name.length;
    } else if (escapes && /[\\|]/.test(block.text[at + 1] ?? "") && block.text[at] === "\\") {
      write(block.text[at + 1] ?? "", at);
      at += 2;
    } else write(block.text[at] ?? "", at++);
  }
  offsets.push(toFile(block, block.text.length));
  return { text, offsets, quoting: block.quoting, holes, ends, file };
}
