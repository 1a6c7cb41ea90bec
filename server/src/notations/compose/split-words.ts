/** The words of a string that Compose splits itself, as the shell text that has the same words. */

import { spanFrom } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import { type Embedded, HOLE, isFilledIn, toFile } from "../embedded";
import { signAt } from "./signs";

/**
 * Compose (go-shellwords) splits at white space, line ends included. It knows quotes and backslashes, but no comments: `#`
 * begins a word. Outside single quotes a backslash makes the next character literal, also a line end, which a shell would
 * remove. References are filled in before, in single quotes as well. At a sign such as `>` it stops.
 */
export function splitByCompose(embedded: Embedded): Embedded {
  if (!/[\n\\#'<>$]/.test(embedded.text)) return embedded;
  return new Splitter(embedded).text();
}

/** A reference without blanks and quotes; other ones are kept as they are. */
const REFERENCE = /^\$(?:\w+|\{[^{}\s'"\\]*\})/;

class Splitter {
  private written = "";
  private readonly offsets: number[] = [];
  private readonly holes: Map<number, Origin>;
  private quote = "";
  /** Where the word at hand begins in the result. */
  private word = 0;

  constructor(private readonly embedded: Embedded) {
    this.holes = new Map(embedded.holes);
  }

  text(): Embedded {
    const { text } = this.embedded;
    for (let at = 0; at < text.length; ) at = this.step(at);
    const offsets = [...this.offsets, toFile(this.embedded, text.length)];
    return {
      ...this.embedded,
      text: this.written,
      offsets,
      ...(this.holes.size > 0 && { holes: this.holes }),
    };
  }

  private write(chars: string, from: number, to = from): void {
    for (let at = 0; at < chars.length; at++)
      this.offsets.push(toFile(this.embedded, Math.min(from + at, to)));
    this.written += chars;
  }

  /** Reads what begins at an offset; the offset after it. */
  private step(at: number): number {
    const { text } = this.embedded;
    const char = text[at] ?? "";
    const next = text[at + 1];
    if (char === "\\" && this.quote !== "'" && next !== undefined) {
      this.escaped(next, at);
      return at + 2;
    }
    if (char === "$") return this.dollar(at);
    if (char === '"' || char === "'") {
      if (this.quote === "") this.quote = char;
      else if (this.quote === char) this.quote = "";
    }
    if (this.quote !== "") this.write(char, at);
    else if (char === "<" || char === ">") return this.stop(at);
    else if (char === "#") this.write(/(?:^|\s)$/.test(this.written) ? "\\#" : "#", at);
    else this.write(char === "\n" ? " " : char, at);
    if (this.quote === "" && /\s/.test(char)) this.word = this.written.length;
    return at + 1;
  }

  private dollar(at: number): number {
    const { text } = this.embedded;
    const reference = isFilledIn(this.embedded, at) ? (REFERENCE.exec(text.slice(at))?.[0] ?? "") : "";
    const end = at + Math.max(1, reference.length);
    const isValue = this.quote === "'" && reference !== "" && !/\s/.test(this.quotedAround(at));
    if (isValue) this.write(`'"`, at);
    // `$'` and `$"` are a dollar before a quote.
    const isLoose = reference === "" && this.quote === "" && /["']/.test(text[end] ?? "");
    this.write(isLoose ? "\\$" : text.slice(at, end), at, end - 1);
    if (isValue) this.write(`"'`, end - 1);
    return end;
  }

  /** The text of the quotes around an offset; a text with blanks is for a shell, which finds the reference itself. */
  private quotedAround(at: number): string {
    const { text } = this.embedded;
    const [start, end] = [text.lastIndexOf("'", at), text.indexOf("'", at)];
    return text.slice(start + 1, end < 0 ? text.length : end);
  }

  /** Compose drops a redirection and all after it, also a word before it that begins with a digit. */
  private stop(at: number): number {
    const { text } = this.embedded;
    const word = this.written.slice(this.word);
    if (text[at] === ">" && /^["']?\d/.test(word)) {
      this.written = this.written.slice(0, this.word);
      this.offsets.length = this.word;
    }
    this.write(";", at);
    this.word = this.written.length;
    return at + (signAt(text, at)?.length ?? 1);
  }

  /** A character after a backslash, as a shell has to read it. */
  private escaped(next: string, at: number): void {
    // Releases of Compose differ: `\n` is `n` or a line end.
    if (next === "n" || next === "t") this.unknown(at);
    else if (this.quote !== "")
      if ('"\\$`'.includes(next)) this.write(`\\${next}`, at, at + 1);
      else this.write(next, at);
    else if (next === "\n") this.write("'\n'", at, at + 1);
    else this.write(`\\${next}`, at, at + 1);
  }

  private unknown(at: number): void {
    const { embedded } = this;
    const span = spanFrom(toFile(embedded, at), toFile(embedded, at + 2));
    const source = embedded.text.slice(at, at + 2);
    this.holes.set(span.start, { from: "expression", language: "template", source, span });
    this.write(this.quote === "" ? `"${HOLE}"` : HOLE, at);
  }
}
