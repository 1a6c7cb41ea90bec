/** Reads a YAML stream document by document; rereads a document only if its text or its place has changed. */
import { type Span, spanFrom } from "../../launch/launch";
import { maskTemplates } from "../templates";
import { type ParsedText, parseText } from "./parse";

/** One document of a stream. Positions in `tree` count from `start`. */
export interface YamlDocument extends ParsedText {
  readonly start: number;
  readonly end: number;
  /** The text as the user wrote it; `text` has its templates masked, with the same length. */
  readonly written: string;
  /** Places of templates as offsets in the file; their text is unknown. */
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

/** A parse, and its results at each place that has this text. */
interface Kept<T> {
  readonly parsed: ParsedText;
  readonly readings: Reading<T>[];
}

type Version<T> = ReadonlyMap<string, Kept<T>>;

/** The documents of a file with results `T`. Caches the last two versions, because a fix is tested and then undone. */
export class YamlStream<T> {
  private versions: readonly Version<T>[] = [];

  /**
   * The results for the documents of a text, in order.
   *
   * @param mayHold whether the text of a document may have content of interest; other documents are not parsed.
   * @throws BeyondBounds if a document is nested too deeply.
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

/** The place of each document: from the end of a marker's dashes to the next marker. */
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
