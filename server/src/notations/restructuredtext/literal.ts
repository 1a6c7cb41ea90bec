/** Blocks in which reStructuredText replaces `|name|`: what will stand there is not known. */
import { PUT_IN } from "../as-written";
import { type Embedded, toFile } from "../embedded";

const SUBSTITUTION = /\|[A-Za-z][\w .:+-]*\|_{0,2}/y;

/** The text with its substitutions as unknown variables; `escapes`: a backslash makes a text of the backslash or bar after it. */
export function substituted(block: Embedded, escapes: boolean): Embedded {
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
      write(PUT_IN, at);
      at += name.length;
    } else if (escapes && /[\\|]/.test(block.text[at + 1] ?? "") && block.text[at] === "\\") {
      write(block.text[at + 1] ?? "", at);
      at += 2;
    } else write(block.text[at] ?? "", at++);
  }
  offsets.push(toFile(block, block.text.length));
  return { text, offsets, quoting: block.quoting };
}
