/** Splits a value into words like systemd: at white space, with quotes and the escapes of C. */
import { type Span, spanFrom } from "../../launch/launch";
import { type Embedded, toFile } from "../embedded";

/** A word with its quotes and escapes decoded, before any substitution. */
export interface UnitWord {
  readonly text: string;
  /** The place in the file of each character, and of the end. */
  readonly offsets: readonly number[];
  /** As written, quotes included. */
  readonly span: Span;
  readonly source: string;
  /** The quote around the whole word. */
  readonly quote: "" | '"' | "'";
}

const SHORT: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  s: " ",
  "\\": "\\",
  '"': '"',
  "'": "'",
};
const CODED = /^(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3}))/;

/** The words of a value in order. */
export function unitWords(value: Embedded): UnitWord[] {
  const words: UnitWord[] = [];
  const { text } = value;
  for (let at = 0; ; ) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    if (at >= text.length) return words;
    const { word, end } = wordAt(value, at);
    words.push(word);
    at = end;
  }
}

function wordAt(value: Embedded, start: number): { readonly word: UnitWord; readonly end: number } {
  const { text } = value;
  let decoded = "";
  const offsets: number[] = [];
  let quote = "";
  let at = start;
  for (; at < text.length && (quote !== "" || !/\s/.test(text[at] ?? "")); at++) {
    const char = text[at] ?? "";
    const place = toFile(value, at);
    if (quote !== "" && char === quote) quote = "";
    else if (quote === "" && (char === '"' || char === "'")) quote = char;
    else {
      const coded = char === "\\" ? escapeAt(text, at + 1) : undefined;
      const added = coded?.text ?? char;
      decoded += added;
      for (let index = 0; index < added.length; index++) offsets.push(place);
      at += coded?.length ?? 0;
    }
  }
  const last = toFile(value, at - 1) + 1;
  const source = text.slice(start, at);
  const around = /^(["'])(?:(?!\1)[^\\]|\\.)*\1$/s.exec(source)?.[1];
  return {
    word: {
      text: decoded,
      offsets: [...offsets, around ? last - 1 : last],
      span: spanFrom(toFile(value, start), last),
      source,
      quote: around === '"' || around === "'" ? around : "",
    },
    end: at,
  };
}

/** The character of an escape; undefined for a literal backslash. */
function escapeAt(text: string, at: number): { readonly text: string; readonly length: number } | undefined {
  const short = SHORT[text[at] ?? ""];
  if (short !== undefined) return { text: short, length: 1 };
  const [whole, hex, four, eight, octal] = CODED.exec(text.slice(at, at + 9)) ?? [];
  if (whole === undefined) return undefined;
  const code =
    octal === undefined ? Number.parseInt(hex ?? four ?? eight ?? "", 16) : Number.parseInt(octal, 8);
  // A word cannot contain a NUL.
  return code === 0 || code > 0x10ffff
    ? undefined
    : { text: String.fromCodePoint(code), length: whole.length };
}

/**
 * The words of `$NAME` from its value: split at white space, quotes removed, a backslash escapes the next character.
 */
export function splitValue(value: string): string[] {
  const words: string[] = [];
  const word = /(?:"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|\\.|[^\s"'\\])+/gs;
  for (const [written] of value.matchAll(word)) {
    const parts = written.matchAll(/"((?:\\.|[^"\\])*)"?|'((?:\\.|[^'\\])*)'?|(\\.|[^"'\\]+)/gs);
    words.push(
      [...parts]
        .map(([, double, single, bare]) => (double ?? single ?? bare ?? "").replace(/\\(.)/gs, "$1"))
        .join(""),
    );
  }
  return words;
}
