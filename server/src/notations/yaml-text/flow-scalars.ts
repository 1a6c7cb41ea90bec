/** Plain and quoted YAML scalars: lines are folded, and double quotes have escapes. */
import { type Span, spanFrom } from "../../launch/launch";
import type { DecodedText } from "./decode";
import { TextBuilder } from "./text-builder";

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\u0085",
  _: "\u00a0",
  L: "\u2028",
  P: "\u2029",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  "\t": "\t",
};

const CODE_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** A scalar without quotes, possibly of several lines. */
export function decodePlain(source: string, { start, end }: Span): DecodedText {
  const places = new TextBuilder();
  for (let at = start; at < end; ) at = lineBreak(source, at, end, places) ?? character(source, at, places);
  return places.done(end);
}

/** A scalar in single quotes, in which `''` is a literal quote. */
export function decodeSingle(source: string, span: Span): DecodedText {
  const { start, end } = inside(source, span);
  const places = new TextBuilder();
  for (let at = start; at < end; ) {
    const folded = lineBreak(source, at, end, places);
    if (folded !== undefined) at = folded;
    else if (source.startsWith("''", at)) {
      places.add("'", at);
      at += 2;
    } else at = character(source, at, places);
  }
  return places.done(end);
}

/** A scalar in double quotes. */
export function decodeDouble(source: string, span: Span): DecodedText {
  const { start, end } = inside(source, span);
  const places = new TextBuilder();
  for (let at = start; at < end; ) {
    if (source[at] === "\\") at = unescapeAt(source, at, end, places);
    else at = lineBreak(source, at, end, places) ?? character(source, at, places);
  }
  return places.done(end);
}

/** The text between the quotes; the closing one may be missing. */
function inside(source: string, { start, end }: Span): Span {
  const closed = end > start + 1 && source[end - 1] === source[start];
  return spanFrom(start + 1, closed ? end - 1 : end);
}

function character(source: string, at: number, places: TextBuilder): number {
  places.copy(source, at, at + 1);
  return at + 1;
}

function unescapeAt(source: string, at: number, end: number, places: TextBuilder): number {
  const name = source[at + 1] ?? "";
  const escapedBreak = /^\r?\n[ \t]*/.exec(source.slice(at + 1, end));
  if (escapedBreak) return at + 1 + escapedBreak[0].length;
  const digits = CODE_DIGITS[name];
  if (digits !== undefined) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
    const valid = Number.isInteger(code) && code <= 0x10ffff;
    places.add(valid ? String.fromCodePoint(code) : source.slice(at, at + 2 + digits), at);
    return Math.min(at + 2 + digits, end);
  }
  places.add(ESCAPES[name] ?? source.slice(at, at + 2), at);
  return Math.min(at + 2, end);
}

/** A single line break with surrounding white space becomes a space; n line breaks become n - 1 newlines. */
function lineBreak(source: string, at: number, end: number, places: TextBuilder): number | undefined {
  const char = source[at];
  if (char !== " " && char !== "\t" && char !== "\r" && char !== "\n") return undefined;
  let next = at;
  const breaks: number[] = [];
  while (next < end && /[ \t\r\n]/.test(source[next] ?? "")) {
    if (source[next] === "\n") breaks.push(next);
    next++;
  }
  const [first, ...others] = breaks;
  if (first === undefined) {
    places.copy(source, at, next);
    return next;
  }
  if (others.length === 0) places.add(" ", first);
  for (const other of others) places.add("\n", other);
  return next;
}
