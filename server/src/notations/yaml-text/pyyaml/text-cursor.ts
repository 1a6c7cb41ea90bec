/** Reads a text character by character, with the lines and columns that PyYAML counts. */

/** What PyYAML takes for a line end, and the end of the text. */
const BREAKS = "\r\n\x85\u2028\u2029";
export const END = "\0";

export function isBreak(char: string): boolean {
  return BREAKS.includes(char);
}

/** A line end, or the end of the text. */
export function isLineEnd(char: string): boolean {
  return char === END || BREAKS.includes(char);
}

/** A space, or a line end. */
export function isSpace(char: string): boolean {
  return char === " " || isLineEnd(char);
}

/** A space, a tab, or a line end. */
export function isBlank(char: string): boolean {
  return char === "\t" || isSpace(char);
}

/** A character of a name: an anchor, a directive, the handle of a tag. */
export function isNameCharacter(char: string): boolean {
  return /^[0-9A-Za-z_-]$/.test(char);
}

/** A position in a text. */
export class Characters {
  at = 0;
  line = 0;
  private lineStart: number;

  /** @param column where the text begins in its first line. */
  constructor(
    readonly text: string,
    column: number,
  ) {
    // The byte order mark takes no column.
    if (column === 0 && text.startsWith("\uFEFF")) this.forward();
    this.lineStart = this.at - column;
  }

  get column(): number {
    return this.at - this.lineStart;
  }

  peek(distance = 0): string {
    return this.text[this.at + distance] ?? END;
  }

  forward(count = 1): void {
    this.at += count;
  }

  skip(matches: (char: string) => boolean): void {
    while (this.at < this.text.length && matches(this.peek())) this.at++;
  }

  /** Skips spaces and a comment. */
  skipComment(): void {
    this.skip((char) => char === " ");
    if (this.peek() === "#") this.skip((char) => !isBreak(char));
  }

  /** Skips one line end; whether there was one. */
  lineBreak(): boolean {
    const char = this.peek();
    if (!isBreak(char)) return false;
    this.forward(char === "\r" && this.peek(1) === "\n" ? 2 : 1);
    this.line++;
    this.lineStart = this.at;
    return true;
  }
}
