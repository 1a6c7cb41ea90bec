/** Reads a YAML stream document by document; rereads a document only if its text or its place has changed. */
import { type Span, spanFrom } from "../../launch/launch";
import { decidesReading, partFrom, type TextPart } from "../parts";
import { maskTemplates } from "../templates";
import { maskLineEnds } from "./line-ends";
import { type ParsedText, parseText } from "./parse";
import type { AroundDocument, Marker } from "./pyyaml";

/** One document of a stream. Positions of its nodes count from `start`. */
export interface YamlDocument extends ParsedText {
  readonly start: number;
  readonly end: number;
  /** The text as the user wrote it; `text` has its templates masked, with the same length. */
  readonly written: string;
  /** Places of templates as offsets in the file; their text is unknown. */
  readonly unknown: readonly Span[];
}

const TAG_DIRECTIVE = /^%TAG +(\S+) +(\S+)/gm;
const MARKER = /^---(?=[ \t\r\n]|$)|^\.\.\.(?=[ \t\r\n]|$)/gm;

interface Reading<T> {
  readonly written: string;
  readonly value: T;
}

/** A parse, and its results where the text is this one. Thousands of documents may have the same text. */
interface Kept<T> {
  readonly parsed: ParsedText;
  readonly byStart: Map<number, Reading<T>>;
  /** The first result for each text as written: texts with other templates have one parse. */
  readonly byWritten: Map<string, Reading<T>>;
}

type Version<T> = ReadonlyMap<string, Kept<T>>;

/** The documents of a file with results `T`. Caches the last two versions, because a fix is tested and then undone. */
export class YamlStream<T> {
  private versions: readonly Version<T>[] = [];

  /**
   * The results for the documents of a text, in order.
   *
   * @param readDocument gets the result for the same text at an earlier place, if there was one.
   * @param mayHold whether the text of a document may have content of interest; other documents are not parsed.
   * @throws BeyondBounds if a document is nested too deeply.
   */
  read(
    written: string,
    readDocument: (document: YamlDocument, earlier: T | undefined) => T,
    mayHold: (written: string) => boolean = () => true,
  ): T[] {
    const { text, unknown } = maskLineEnds(maskTemplates(written), slices);
    const version = new Map<string, Kept<T>>();
    const values: T[] = [];
    let template = 0;
    for (const { start, end, around } of slices(text)) {
      const slice = text.slice(start, end);
      const key = `${around.before} ${around.after} ${JSON.stringify(around.handles)} ${slice}`;
      const own = written.slice(start, end);
      const from = template;
      while ((unknown[template]?.start ?? Number.POSITIVE_INFINITY) < end) template++;
      if (!mayHold(own)) continue;
      const before = [version, ...this.versions].flatMap((one) => one.get(key) ?? []);
      const parsed = before[0]?.parsed ?? parseText(slice, start, around);
      const document = { ...parsed, start, end, written: own, unknown: unknown.slice(from, template) };
      const first = (find: (one: Kept<T>) => Reading<T> | undefined) => before.map(find).find(Boolean);
      const earlier = first(({ byWritten }) => byWritten.get(own));
      const here = first(({ byStart }) => byStart.get(start));
      const reading =
        here?.written === own ? here : { written: own, value: readDocument(document, earlier?.value) };
      const kept = version.get(key) ?? { parsed, byStart: new Map(), byWritten: new Map() };
      kept.byStart.set(start, reading);
      if (!kept.byWritten.has(own)) kept.byWritten.set(own, reading);
      version.set(key, kept);
      values.push(reading.value);
    }
    this.versions = [version, ...this.versions.slice(0, 1)];
    return values;
  }
}

/**
 * The documents of a stream that are read without one another, with the marker above each. The first may have what
 * belongs to the whole file.
 */
export function partsOfStream(written: string, isPart: (document: string) => boolean): TextPart[] {
  const all = slices(maskTemplates(written).text);
  return all.slice(1).flatMap(({ start, end, around: { before, after, handles } }, at) => {
    const own = written.slice(start, end);
    const isOwn = before === "---" && after !== "..." && Object.keys(handles).length === 0;
    if (!isOwn || decidesReading(own) || !isPart(own)) return [];
    // The document above the last one is still followed by a marker.
    return [partFrom(start - 3, end, "", at === all.length - 2 ? "---\n" : undefined)];
  });
}

interface Slice extends Span {
  readonly around: AroundDocument;
}

/** The place of each document: from the end of a marker's dashes to the next marker. */
function slices(text: string): Slice[] {
  const found: Slice[] = [];
  let start = 0;
  let before: Marker = "";
  let handles: AroundDocument["handles"] = {};
  const add = (end: number, after: Marker) => {
    found.push(Object.assign(spanFrom(start, end), { around: { before, after, handles } }));
    handles = after === "---" ? handlesIn(text.slice(start, end)) : {};
    before = after;
  };
  for (const match of text.matchAll(MARKER)) {
    add(match.index, match[0] as Marker);
    start = match.index + 3;
  }
  add(text.length, "");
  return found;
}

/** The handles of tags that directives set for the next document. */
function handlesIn(text: string): AroundDocument["handles"] {
  if (!text.includes("%TAG")) return {};
  const found = [...text.matchAll(TAG_DIRECTIVE)];
  return Object.fromEntries(found.map(([, handle = "", prefix = ""]) => [handle, prefix]));
}
