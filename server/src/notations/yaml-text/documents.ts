/** Splits a YAML stream at its `---` lines and parses each document, keeping what did not change since last time. */
import { Composer, type CST, type Document, Lexer, Parser, type YAMLError } from "yaml";
import { DEEPEST, tooDeep } from "../../launch/bounds";
import { type Span, spanFrom } from "../../launch/launch";
import { maskTemplates } from "../templates";
import { repair } from "./repair";

/** One document of a stream. Positions in `tree` count from `start`. */
export interface YamlDocument {
  readonly start: number;
  readonly end: number;
  /** The text as it was parsed: templates masked, as long as what is written. */
  readonly text: string;
  /** The text as the user wrote it. */
  readonly written: string;
  /** Where templates stand, counted from the start of the file: what is written there is not known. */
  readonly unknown: readonly Span[];
  readonly tree: Document.Parsed;
  readonly errors: readonly YAMLError[];
  /** Half-typed lines, such as a key without its colon, that were taken out so that the rest stays readable. */
  readonly unfinished: readonly Span[];
  /** Quotes that are never closed; the text behind them was read as a plain scalar. */
  readonly unclosed: readonly Span[];
  /** Lines indented too deep, taken out likewise. */
  readonly misplaced: readonly Span[];
}

type Parsed = Omit<YamlDocument, "start" | "end" | "text" | "written" | "unknown">;

/** Parses of the last version of a file, by the text of the document. */
export type ParseCache = Map<string, Parsed>;

const OPTIONS = {
  version: "1.1",
  uniqueKeys: false,
  strict: true,
  logLevel: "silent",
  prettyErrors: false,
} as const;
/** `%YAML 1.1` and its like belong to the stream, not to a document. */
const ONLY_DIRECTIVES = /^\uFEFF?\s*%(?:[^\n]*\n\s*[%#])*[^\n]*\s*$/;
const MARKER = /^---(?=[ \t\r\n]|$)|^\.\.\.(?=[ \t\r\n]|$)/gm;

/** The documents of a text in order. `cache` holds the parses of the version before and is brought up to date. */
export function parseStream(written: string, cache: ParseCache): YamlDocument[] {
  const { text, unknown } = maskTemplates(written);
  const before = new Map(cache);
  cache.clear();
  const documents: YamlDocument[] = [];
  for (const { start, end } of slices(text)) {
    const slice = text.slice(start, end);
    if (ONLY_DIRECTIVES.test(slice)) continue;
    const parsed = before.get(slice) ?? cache.get(slice) ?? parse(slice, start);
    cache.set(slice, parsed);
    documents.push({ start, end, text: slice, written: written.slice(start, end), unknown, ...parsed });
  }
  return documents;
}

/** Where each document stands: from behind one marker's dashes to the next marker. */
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

function parse(slice: string, start: number): Parsed {
  const { text, ...repaired } = repair(slice, (readable) => parseBounded(readable, start).errors);
  const tree = parseBounded(text, start);
  return { tree, errors: tree.errors, ...repaired };
}

/**
 * What the package's own `parseDocument` does, with the depth of nesting looked at in between: its first half works through
 * a text of any depth, its second recurses. Throws `BeyondBounds`.
 */
function parseBounded(text: string, start: number): Document.Parsed {
  const composer = new Composer(OPTIONS);
  const [document] = composer.compose(tokensOf(text, start), true, text.length);
  return document as Document.Parsed;
}

function* tokensOf(text: string, start: number): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    // Beside the collections, the document itself and a scalar are in the making.
    if (parser.stack.length > DEEPEST + 2) throw tooDeep(start + parser.offset);
  }
  yield* parser.end();
}
