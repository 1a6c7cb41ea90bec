/** Reads a YAML stream document by document, each one again only when its text or its place has changed. */
import { type Span, spanFrom } from "../../launch/launch";
import { maskTemplates } from "../templates";
import { type ParsedText, parseText } from "./parse";

/** One document of a stream. Positions in `tree` count from `start`. */
export interface YamlDocument extends ParsedText {
  readonly start: number;
  readonly end: number;
  /** The text as the user wrote it; `text` has its templates masked, and is as long. */
  readonly written: string;
  /** Where its templates are, counted from the start of the file: what is written there is not known. */
  readonly unknown: readonly Span[];
}

/** `%YAML 1.1` and its like belong to the stream, not to a document. */
const ONLY_DIRECTIVES = /^\uFEFF?\s*%(?:[^\n]*\n\s*[%#])*[^\n]*\s*$/;
const MARKER = /^---(?=[ \t\r\n]|$)|^\.\.\.(?=[ \t\r\n]|$)/gm;

interface Reading<T> {
  readonly start: number;
  readonly written: string;
  readonly value: T;
}

/** A parse, and what was read of it at each place where its text is. */
interface Kept<T> {
  readonly parsed: ParsedText;
  readonly readings: Reading<T>[];
}

type Version<T> = ReadonlyMap<string, Kept<T>>;

/** The documents of a file, of which `T` is read. Keeps those of the last two versions: a fix is tried out, then taken back. */
export class YamlStream<T> {
  private versions: readonly Version<T>[] = [];

  /**
   * What is read of each document of a text, in order.
   *
   * @param mayHold whether a document can hold anything of interest, by its text; the others are not parsed.
   * @throws BeyondBounds where a document is nested too deeply.
   */
  read(
    written: string,
    readDocument: (document: YamlDocument) => T,
    mayHold: (written: string) => boolean = () => true,
  ): T[] {
    const { text, unknown } = maskTemplates(written);
    const version = new Map<string, Kept<T>>();
    const values: T[] = [];
    let template = 0;
    for (const { start, end } of slices(text)) {
      const slice = text.slice(start, end);
      const own = written.slice(start, end);
      const from = template;
      while ((unknown[template]?.start ?? Number.POSITIVE_INFINITY) < end) template++;
      if (ONLY_DIRECTIVES.test(slice) || !mayHold(own)) continue;
      const before = [version, ...this.versions].flatMap((one) => one.get(slice) ?? []);
      const parsed = before[0]?.parsed ?? parseText(slice, start);
      const reading = before
        .flatMap(({ readings }) => readings)
        .find((one) => one.start === start && one.written === own) ?? {
        start,
        written: own,
        value: readDocument({
          ...parsed,
          start,
          end,
          written: own,
          unknown: unknown.slice(from, template),
        }),
      };
      const kept = version.get(slice) ?? { parsed, readings: [] };
      kept.readings.push(reading);
      version.set(slice, kept);
      values.push(reading.value);
    }
    this.versions = [version, ...this.versions.slice(0, 1)];
    return values;
  }
}

/** Where each document is: from behind one marker's dashes to the next marker. */
function slices(text: string): Span[] {
  const found: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(MARKER)) {
    found.push(spanFrom(start, match.index));
    start = match.index + 3;
  }
  found.push(spanFrom(start, text.length));
  return found;
}
