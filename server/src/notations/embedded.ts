/** Text of one language inside another: a shell command in a string, a block of code in a page. */
import { type Quoting, type Span, spanFrom } from "../launch/launch";
import type { Origin } from "../launch/origin";
import { inDoubleQuotes, inPython } from "../launch/visible-text";
import { inCommandQuotes } from "./unit-text";

/** A text, where each of its characters stands in the file, and how the file wraps it. */
export interface Embedded {
  readonly text: string;
  /** The offset in the file of each offset of `text`, its end included; a number when they run side by side. */
  readonly offsets: number | readonly number[];
  /** Innermost first. */
  readonly quoting: readonly Quoting[];
  /** Variables are put in before the text is read, as in an unquoted here-document. */
  readonly expands?: boolean;
  /** What is put in before the text is read, such as a template, by where it begins in the file. The text has a `HOLE` there. */
  readonly holes?: PutIn;
  /** What characters of the text come from that are known and not written as they are, by the place of each in the file. */
  readonly known?: PutIn;
  /** The file, where a word is written in another way than `quoting` tells. */
  readonly file?: string;
}

export type PutIn = ReadonlyMap<number, Origin>;

/** The character in the place of what is put in: a letter to a shell, and nothing that anyone writes. */
export const HOLE = "\uE000";

/** Characters after a hole that belong to it, so that the text keeps its length. */
export const FILLER = "\uE001";

/** The origin of the text at an offset; undefined if the file has this character itself. */
export function putInAt(embedded: Embedded, offset: number): Origin | undefined {
  const { text, holes, known } = embedded;
  return (text[offset] === HOLE ? holes : known)?.get(toFile(embedded, offset));
}

/** How the file around an embedded text is read. */
export function aroundOf({
  text,
  offsets,
  quoting,
  ...around
}: Embedded): Omit<Embedded, "text" | "offsets" | "quoting"> {
  return around;
}

/** A part of a file that stands there as it is. */
export function verbatim(file: string, { start, end }: Span, quoting: readonly Quoting[] = []): Embedded {
  return { text: file.slice(start, end), offsets: start, quoting };
}

/** The place in the file of an offset of the embedded text. */
export function toFile({ offsets }: Embedded, offset: number): number {
  return typeof offsets === "number" ? offsets + offset : (offsets[offset] ?? offsets.at(-1) ?? 0);
}

/** A span of the embedded text as a span of the file. */
export function spanInFile(embedded: Embedded, { start, end }: Span): Span {
  return spanFrom(toFile(embedded, start), toFile(embedded, end));
}

/** A text inside an embedded one, whose characters stand at the given offsets of it. */
export function within(
  outer: Embedded,
  text: string,
  offsets: number | readonly number[],
  quoting: Quoting[],
): Embedded {
  const around = { quoting: [...quoting, ...outer.quoting], ...aroundOf(outer) };
  if (typeof offsets === "number" && typeof outer.offsets === "number") {
    return { text, offsets: outer.offsets + offsets, ...around };
  }
  const places = Array.from({ length: text.length + 1 }, (_, at) =>
    toFile(outer, typeof offsets === "number" ? offsets + at : (offsets[at] ?? offsets.at(-1) ?? 0)),
  );
  return { text, offsets: places, ...around };
}

/** A text as it must be written to arrive through all its wrappings. */
export function escapeFor(text: string, quoting: readonly Quoting[]): string {
  return quoting.reduce((written, one) => ESCAPES[one](written), text);
}

const ESCAPES: Readonly<Record<Quoting, (text: string) => string>> = {
  "shell-single": (text) => text.replaceAll("'", "'\\''"),
  "shell-double": (text) => text.replace(/[\\"$`]/g, "\\$&"),
  json: inDoubleQuotes,
  "yaml-single": (text) => text.replaceAll("'", "''"),
  "yaml-double": inDoubleQuotes,
  "python-single": (text) => inPython(text.replace(/[\\']/g, "\\$&")),
  "unit-single": (text) => inCommandQuotes(text, "'"),
  "unit-double": (text) => inCommandQuotes(text, '"'),
  "python-double": (text) => inPython(text.replace(/[\\"]/g, "\\$&")),
};
