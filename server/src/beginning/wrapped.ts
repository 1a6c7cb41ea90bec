/** Comments of several lines. */

/** With the comment sign, a line is as wide as an editor beside others shows it. */
const WIDTH = 80;

/** A text as lines; words are never cut. */
export function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
