/** The words of a string that Compose splits itself, as the shell text that has the same words. */
import { type Embedded, toFile } from "../embedded";

/**
 * Compose (go-shellwords) splits at white space, line ends included. It knows quotes and backslashes, but no comments: `#`
 * begins a word. Outside single quotes a backslash makes the next character literal, also a line end, which a shell would
 * remove; `\n` and `\t` become a line end and a tab.
 */
export function splitByCompose(embedded: Embedded): Embedded {
  const { text: written } = embedded;
  if (!/[\n\\#]/.test(written)) return embedded;
  let quote = "";
  let text = "";
  const offsets: number[] = [];
  const write = (chars: string, ...places: number[]) => {
    text += chars;
    for (let at = 0; at < chars.length; at++)
      offsets.push(toFile(embedded, places[at] ?? places.at(-1) ?? 0));
  };
  for (let at = 0; at < written.length; at++) {
    const char = written[at] ?? "";
    const next = written[at + 1];
    if (char === "\\" && quote !== "'" && next !== undefined) {
      escaped(next, quote, at, write);
      at++;
      continue;
    }
    if (char === '"' || char === "'") quote = quote === "" ? char : quote === char ? "" : quote;
    if (quote !== "" || !/[\n#]/.test(char)) write(char, at);
    else if (char === "\n") write(" ", at);
    else write(/(?:^|\s)$/.test(text) ? "\\#" : "#", at);
  }
  return { ...embedded, text, offsets: [...offsets, toFile(embedded, written.length)] };
}

const LETTERS: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
]);

/** A character after a backslash, as a shell has to read it. */
function escaped(
  next: string,
  quote: string,
  at: number,
  write: (chars: string, ...places: number[]) => void,
) {
  const char = LETTERS.get(next) ?? next;
  if (quote !== "") {
    if ('"\\$`'.includes(char)) write(`\\${char}`, at, at + 1);
    else write(char, at);
  } else if (next === "\n") write("'\n'", at, at + 1);
  else if (char === next) write(`\\${char}`, at, at + 1);
  else write(`'${char}'`, at);
}
