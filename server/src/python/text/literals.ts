/** String literals: their text, and the place of each character. */
import { type Quoting, type Span, spanFrom } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import type { PythonNode } from "./python-parser";

/** A part of a string: known characters, or an expression whose text is unknown. */
export type StringPiece =
  | {
      readonly known: true;
      readonly text: string;
      readonly offsets: readonly number[];
      readonly end: number;
      /** It is in an f-string, so a remaining brace is a literal brace. */
      readonly final?: boolean;
      /** The names that the value comes from. */
      readonly origins?: readonly Origin[];
    }
  | {
      readonly known: false;
      readonly span: Span;
      readonly expression?: PythonNode;
      /** The string that it is, if it is not empty. */
      readonly mayBe?: Text;
    };

/** A string made of pieces, and how to quote new text in it. */
export interface Text {
  readonly pieces: readonly StringPiece[];
  readonly span: Span;
  readonly quoting: readonly Quoting[];
}

/** The beginning of a literal: prefix letters and quotes. */
export interface Opening {
  readonly raw: boolean;
  readonly format: boolean;
  readonly quotes: string;
  /** Offset of its text. */
  readonly start: number;
}

const OPENING = /^([A-Za-z]{0,2})('''|"""|'|")/;

/** The beginning of the literal at a node; `undefined` if error recovery produced the node. */
export function openingOf({ from }: PythonNode, text: string): Opening | undefined {
  const match = OPENING.exec(text.slice(from, from + 5));
  if (!match) return undefined;
  const [whole, prefix = "", quotes = ""] = match;
  return { raw: /r/i.test(prefix), format: /[ft]/i.test(prefix), quotes, start: from + whole.length };
}

/** Placeholders of `format` and `%`; `${NAME}` belongs to the shell. */
export const TEMPLATE =
  /(?<!\$)\{(?:[A-Za-z_]\w*(?:[.[][^{}\s]*)?|\d*)(?:![rsa])?(?::[^{}\s]*)?\}|%(?:\([^()\s]+\))?[-+#0]*\d*(?:\.\d+)?[sdifr](?![\w%])/g;

/** Offset of the first placeholder; -1 if there is none. */
export function templateAt(text: string): number {
  return text.search(TEMPLATE);
}

/** Whether a string has placeholders such as `{port}` to be filled in later. */
export function isTemplate({ pieces }: Text): boolean {
  return pieces.some(
    (piece) => piece.known && !piece.final && piece.text.includes("{") && templateAt(piece.text) >= 0,
  );
}

/** The quoting of new text in a literal; a raw literal has no escapes. */
export function literalQuoting({ raw, quotes }: Opening): Quoting[] {
  if (raw) return [];
  return [quotes.startsWith("'") ? "python-single" : "python-double"];
}

/** The text of a `String`, of a `FormatString`, or of several adjacent ones. */
export function literalText(node: PythonNode, text: string): Text | undefined {
  const span = spanFrom(node.from, node.to);
  if (node.name === "ContinuedString") {
    const parts: Text[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      // While a closing bracket is missing, the parser may report something else as a string.
      const part = openingOf(child, text) && literalText(child, text);
      if (part) parts.push(part);
    }
    const first = parts[0];
    return (
      first && {
        pieces: parts.flatMap(({ pieces }) => pieces),
        span: spanFrom(span.start, parts.at(-1)?.span.end ?? span.end),
        quoting: first.quoting,
      }
    );
  }
  const opening = openingOf(node, text);
  if (!opening || (node.name !== "String" && node.name !== "FormatString")) return undefined;
  const closed =
    node.to - opening.quotes.length >= opening.start &&
    text.startsWith(opening.quotes, node.to - opening.quotes.length);
  const end = closed ? node.to - opening.quotes.length : node.to;
  const pieces: StringPiece[] = [];
  let at = opening.start;
  for (const replacement of node.getChildren("FormatReplacement")) {
    pieces.push(decode(text, spanFrom(at, replacement.from), opening));
    const expression = replacement.firstChild?.nextSibling;
    const plain = expression && /^\s*\}$/.test(text.slice(expression.to, replacement.to));
    pieces.push({
      known: false,
      span: spanFrom(replacement.from, replacement.to),
      ...(plain && { expression }),
    });
    at = replacement.to;
  }
  pieces.push(decode(text, spanFrom(at, end), opening));
  return {
    pieces: pieces.filter((piece) => !piece.known || piece.text !== ""),
    span,
    quoting: literalQuoting(opening),
  };
}

const SIMPLE: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
const NUMERIC = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3}))/;

/** The characters of a part of a literal that has no expressions in it. */
function decode(text: string, { start, end }: Span, { raw, format }: Opening): StringPiece {
  let decoded = "";
  const offsets: number[] = [];
  const write = (written: string, at: number) => {
    decoded += written;
    for (let unit = 0; unit < written.length; unit++) offsets.push(at);
  };
  for (let at = start; at < end; ) {
    const char = text[at] ?? "";
    const next = text[at + 1] ?? "";
    if (char === "\r" && next === "\n") at += 1;
    else if (format && (char === "{" || char === "}") && next === char) {
      write(char, at);
      at += 2;
    } else if (char !== "\\" || raw || at + 1 >= end) {
      write(char, at);
      at += 1;
    } else if (next === "\n" || next === "\r") at += text.startsWith("\r\n", at + 1) ? 3 : 2;
    else at += readEscape(text.slice(at, Math.min(at + 10, end)), (written) => write(written, at));
  }
  return { known: true, text: decoded, offsets, end, ...(format && { final: true }) };
}

/** Decodes one escape and returns its length. Python keeps an unknown escape unchanged. */
function readEscape(source: string, write: (text: string) => void): number {
  const simple = SIMPLE[source[1] ?? ""];
  if (simple !== undefined) {
    write(simple);
    return 2;
  }
  const numeric = NUMERIC.exec(source);
  if (!numeric) {
    write("\\");
    return 1;
  }
  const code = numeric[4]
    ? Number.parseInt(numeric[4], 8)
    : Number.parseInt(numeric[1] ?? numeric[2] ?? numeric[3] ?? "", 16);
  write(code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd");
  return numeric[0].length;
}
