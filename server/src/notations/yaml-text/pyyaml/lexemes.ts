/** Scalars, and what may stand before them, as PyYAML's scanner delimits them. */

import { StopReading } from "./refusal";
import { type Characters, END, isBlank, isBreak, isLineEnd, isNameCharacter } from "./text-cursor";

/** Skips a plain scalar. @returns whether it ended after a line end. */
export function skipPlain(source: Characters, indent: number, inFlow: boolean): boolean {
  let ended = false;
  while (source.peek() !== "#") {
    const start = source.at;
    source.skip((char) => !endsPlain(char, source.peek(1), inFlow));
    if (source.at === start) break;
    ended = false;
    const before = source.at;
    source.skip((char) => char === " ");
    if (isBreak(source.peek())) {
      ended = true;
      while (source.peek() === " " || source.lineBreak()) if (source.peek() === " ") source.forward();
    }
    if (source.at === before || (!inFlow && source.column < indent)) break;
  }
  return ended;
}

function endsPlain(char: string, next: string, inFlow: boolean): boolean {
  if (isBlank(char) || (inFlow && ",?[]{}".includes(char))) return true;
  return char === ":" && (isBlank(next) || (inFlow && ",[]{}".includes(next)));
}

const ESCAPES = '0abt\tnvfre "\\/N_LP';
const HEXADECIMAL: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Skips a quoted scalar. PyYAML does not ask for any indentation of its further lines. */
export function skipQuoted(source: Characters): void {
  const start = source.at;
  const quote = source.peek();
  source.forward();
  while (source.peek() !== quote || (quote === "'" && source.peek(1) === quote)) {
    const char = source.peek();
    if (char === END) throw new StopReading("open-quote", start, source.at);
    if (isBreak(char)) source.lineBreak();
    else if (char === quote) source.forward(2);
    else if (char === "\\" && quote === '"') skipEscape(source);
    else source.forward();
  }
  source.forward();
}

function skipEscape(source: Characters): void {
  const start = source.at;
  source.forward();
  const char = source.peek();
  const digits = HEXADECIMAL[char];
  if (isBreak(char)) source.lineBreak();
  else if (digits !== undefined) {
    const code = source.text.slice(source.at + 1, source.at + 1 + digits);
    if (!/^[0-9A-Fa-f]+$/.test(code) || code.length < digits || Number.parseInt(code, 16) > 0x10ffff)
      throw new StopReading("escape", start, start + 2);
    source.forward(1 + digits);
  } else if (char !== END && ESCAPES.includes(char)) source.forward();
  else throw new StopReading("escape", start, start + 2);
}

/** Skips a block scalar, from its `|` or `>`. @param indent the indentation of the collection around it. */
export function skipBlock(source: Characters, indent: number): void {
  const start = source.at;
  source.forward();
  const marks = /^(?:[-+]?[1-9]?|[1-9][-+])(?=[ \r\n\x85\u2028\u2029]|$)/.exec(
    source.text.slice(source.at, source.at + 3),
  );
  if (!marks) throw new StopReading("block-header", start, lineEnd(source));
  source.forward(marks[0].length);
  source.skipComment();
  if (!isLineEnd(source.peek())) throw new StopReading("block-header", start, lineEnd(source));
  source.lineBreak();
  const least = Math.max(indent + 1, 1);
  const digit = /[1-9]/.exec(marks[0])?.[0];
  let depth = digit ? least + Number(digit) - 1 : least;
  if (!digit) {
    let most = 0;
    while (source.peek() === " " || source.lineBreak()) {
      if (source.peek() === " ") source.forward();
      most = Math.max(most, source.column);
    }
    depth = Math.max(least, most);
  } else skipBlankLines(source, depth);
  while (source.column === depth && source.peek() !== END) {
    source.skip((char) => !isBreak(char));
    source.lineBreak();
    skipBlankLines(source, depth);
  }
}

function skipBlankLines(source: Characters, depth: number): void {
  do source.skip((char) => char === " " && source.column < depth);
  while (source.lineBreak());
}

/** The name of an anchor or alias, from its `&` or `*`. */
export function skipAnchor(source: Characters): void {
  const start = source.at;
  source.forward();
  source.skip(isNameCharacter);
  const next = source.peek();
  if (source.at === start + 1 || !(isBlank(next) || "?:,]}%@`".includes(next)))
    throw new StopReading("anchor-name", start, source.at + 1);
}

const URI = String.raw`(?:[0-9A-Za-z\-;/?:@&=+$,_.!~*'()[\]]|%[0-9A-Fa-f]{2})+`;
/** With angle brackets, alone, with a handle such as `!!`, or with the handle `!`. */
const TAG = new RegExp(String.raw`^!(?:<${URI}>|(?![^ ])|([\w-]*!)${URI}|(?![^ ]*!)()${URI})(?= |$)`);

/** A tag, from its `!`. @returns its handle, `!!`; `undefined` if it needs none. */
export function skipTag(source: Characters): string | undefined {
  const start = source.at;
  const end = lineEnd(source);
  const [whole, handle, none] = TAG.exec(source.text.slice(start, end)) ?? [];
  if (whole === undefined) throw new StopReading("tag-name", start, end);
  // PyYAML takes commas and brackets for a part of the tag, and then knows no such tag.
  if (!whole.startsWith("!<") && /[,[\]]/.test(whole))
    throw new StopReading("tag-name", start, start + whole.length);
  source.forward(whole.length);
  return handle === undefined ? (none === undefined ? undefined : "!") : `!${handle}`;
}

const DIRECTIVE = new RegExp(
  String.raw`^%(?:(?:YAML +(\d+)\.\d+|TAG +(!(?:[\w-]*!)?) +${URI})(?: +#.*| *)|(?!(?:YAML|TAG)(?![\w-]))[\w-]+(?: .*)?)$`,
);

/** What a line such as `%YAML 1.1` says. */
export interface YamlDirective {
  readonly version?: number;
  readonly handle?: string;
}

/** Skips a directive, from its `%`. */
export function skipDirective(source: Characters): YamlDirective {
  const start = source.at;
  const end = lineEnd(source);
  const [whole, version, handle] = DIRECTIVE.exec(source.text.slice(start, end)) ?? [];
  if (whole === undefined) throw new StopReading("directive", start, end);
  source.forward(end - start);
  source.lineBreak();
  return { ...(version && { version: Number(version) }), ...(handle && { handle }) };
}

function lineEnd(source: Characters): number {
  let end = source.at;
  while (end < source.text.length && !isBreak(source.text[end] ?? END)) end++;
  return end;
}
