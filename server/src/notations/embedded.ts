/** Text of one language inside another: a shell command in a string, a code block in a page. */
import { type Quoting, type Span, spanFrom } from "../launch/launch";
import type { Origin } from "../launch/origin";
import { inDoubleQuotes, inPython } from "../launch/visible-text";
import type { PossibleWords } from "./possible-words";
import { inCommandQuotes } from "./unit-text";

/** A text, the place of each of its characters in the file, and its quoting in the file. */
export interface Embedded {
  readonly text: string;
  /** The offset in the file of each offset of `text`, its end included; a single number if the text is contiguous. */
  readonly offsets: number | readonly number[];
  /** Innermost first. */
  readonly quoting: readonly Quoting[];
  /** Variables are substituted before the text is read, as in an unquoted here-document. */
  readonly expands?: boolean;
  /**
   * Values substituted before the text is read, such as templates, by their offsets in the file. The text has a `HOLE`
   * for each.
   */
  readonly holes?: PutIn;
  /** The origins of known characters that are not literal, by their offsets in the file. */
  readonly known?: PutIn;
  /** The words that a substituted value may stand for, by its offset in the file. */
  readonly mayBe?: ReadonlyMap<number, PossibleWords>;
  /** Where characters end that the next one does not follow in the file, by their offsets: those of a variable's value. */
  readonly ends?: ReadonlyMap<number, number>;
  /**
   * The offsets in the file of references that are filled in before the text is read, as `${PORT:-8000}` by Compose: the
   * text's own variables are others.
   */
  readonly filled?: ReadonlySet<number>;
  /** Where whole lines above the text belong in the file, if not at its start: above the instruction of a Dockerfile. */
  readonly linesAbove?: number;
  /** The line ends of the file, where the text has others. */
  readonly lineEnd?: "\r\n" | "\n";
  /** The text of the file, if a word is not written as `quoting` describes. */
  readonly file?: string;
}

export type PutIn = ReadonlyMap<number, Origin>;

/** Placeholder for a substituted value: a letter for the shell, which no user writes. */
export const HOLE = "\uE000";

/** Characters after a hole that belong to it, so that the text keeps its length. */
export const FILLER = "\uE001";

/** The origin of the text at an offset; undefined if the file has this character itself. */
export function putInAt(embedded: Embedded, offset: number): Origin | undefined {
  const { text, holes, known } = embedded;
  return (text[offset] === HOLE ? holes : known)?.get(toFile(embedded, offset));
}

/** Whether a reference is filled in before the text is read. */
export function isFilledIn(embedded: Embedded, offset: number): boolean {
  return embedded.filled?.has(toFile(embedded, offset)) ?? false;
}

/** Context of an embedded text in its file. */
export function aroundOf({
  text,
  offsets,
  quoting,
  ...around
}: Embedded): Omit<Embedded, "text" | "offsets" | "quoting"> {
  return around;
}

/** A literal part of a file. */
export function verbatim(file: string, { start, end }: Span, quoting: readonly Quoting[] = []): Embedded {
  return { text: file.slice(start, end), offsets: start, quoting };
}

/** The offset in the file of an offset in the embedded text. */
export function toFile({ offsets }: Embedded, offset: number): number {
  return typeof offsets === "number" ? offsets + offset : (offsets[offset] ?? offsets.at(-1) ?? 0);
}

/** The span in the file of a span in the embedded text. */
export function spanInFile(embedded: Embedded, { start, end }: Span): Span {
  const from = toFile(embedded, start);
  const after = end > start ? embedded.ends?.get(toFile(embedded, end - 1)) : undefined;
  return spanFrom(from, after !== undefined && after >= from ? after : toFile(embedded, end));
}

/** Joins two texts of a file into one, with a blank between them. */
export function oneAfterOther(first: Embedded, second: Embedded): Embedded {
  const holes = [...(first.holes ?? []), ...(second.holes ?? [])];
  const known = [...(first.known ?? []), ...(second.known ?? [])];
  const mayBe = [...(first.mayBe ?? []), ...(second.mayBe ?? [])];
  return {
    text: `${first.text} ${second.text}`,
    offsets: [...placesOf(first), ...placesOf(second)],
    quoting: second.quoting,
    ...(holes.length > 0 && { holes: new Map(holes) }),
    ...(known.length > 0 && { known: new Map(known) }),
    ...(mayBe.length > 0 && { mayBe: new Map(mayBe) }),
    ...((first.ends || second.ends) && { ends: new Map([...(first.ends ?? []), ...(second.ends ?? [])]) }),
    ...((first.filled || second.filled) && {
      filled: new Set([...(first.filled ?? []), ...(second.filled ?? [])]),
    }),
    ...(second.file !== undefined && { file: second.file }),
  };
}

function placesOf(embedded: Embedded): number[] {
  return Array.from({ length: embedded.text.length + 1 }, (_, at) => toFile(embedded, at));
}

/** How many blanks the file has before each line of the text, as in a block of YAML. */
export function indentInFile({ text, offsets, linesAbove, lineEnd = "\n" }: Embedded): number {
  if (typeof offsets === "number" || linesAbove !== undefined) return 0;
  // An empty line has no indentation.
  const gaps = [...text.matchAll(/\n(?=[^\r\n])/g)].map(
    ({ index }) => (offsets[index + 1] ?? 0) - (offsets[index] ?? 0) - lineEnd.length,
  );
  return gaps.length > 0 ? Math.max(0, Math.min(...gaps)) : 0;
}

/** A text inside an embedded one, with the offset of each of its characters there. */
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

/** A text, escaped for all its enclosing quotes. */
export function escapeFor(text: string, quoting: readonly Quoting[]): string {
  return quoting.reduce((written, one) => ESCAPES[one](written), text);
}

const ESCAPES: Readonly<Record<Quoting, (text: string) => string>> = {
  "shell-single": (text) => text.replaceAll("'", "'\\''"),
  "shell-double": (text) => text.replace(/[\\"$`]/g, "\\$&"),
  "shell-backquote": (text) => text.replace(/[\\`]/g, "\\$&"),
  "shell-backquote-in-quotes": (text) => text.replace(/[\\`"]/g, "\\$&"),
  json: inDoubleQuotes,
  "yaml-single": (text) => text.replaceAll("'", "''"),
  "yaml-double": inDoubleQuotes,
  "python-single": (text) => inPython(text.replace(/[\\']/g, "\\$&")),
  "unit-single": (text) => inCommandQuotes(text, "'"),
  "unit-double": (text) => inCommandQuotes(text, '"'),
  "python-double": (text) => inPython(text.replace(/[\\"]/g, "\\$&")),
};
