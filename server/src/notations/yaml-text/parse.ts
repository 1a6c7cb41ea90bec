/** Parses the text of one YAML document after masking incomplete lines. */
import {
  Composer,
  type CST,
  type Document,
  Lexer,
  type ParsedNode,
  Parser,
  type ScalarTag,
  type Tags,
  type YAMLError,
} from "yaml";
import { DEEPEST, tooDeep } from "../../launch/bounds";
import { lenientLexer, setHandles } from "./internals";
import { type AroundDocument, refusalOf } from "./pyyaml";
import { type Repairs, repair } from "./repair";
import { readSimpleLines } from "./simple-lines";
import { type Links, linksIn } from "./tree";

/** A parsed text, with the parts that were masked so that the rest is readable. */
export interface ParsedText extends Repairs {
  /** The text with nothing masked. */
  readonly text: string;
  /** The document's node; `null` if it has none. */
  readonly root: ParsedNode | null;
  /** Whether PyYAML reads every line of it. */
  readonly isSimple: boolean;
  /** The parser's errors; none if PyYAML reads the text. */
  readonly errors: readonly YAMLError[];
  readonly links: Links;
  readonly around: AroundDocument;
}

const OPTIONS = {
  version: "1.1",
  uniqueKeys: false,
  strict: true,
  logLevel: "silent",
  prettyErrors: false,
  customTags: (tags: Tags) => tags.filter((tag) => typeof tag === "string" || !isImplicit(tag as ScalarTag)),
} as const;

/**
 * Whether a plain scalar has the tag because of its text. `scalars.ts` reads such scalars as PyYAML does, so the package
 * leaves them strings, which takes less time.
 */
function isImplicit({ default: isDefault, test }: ScalarTag): boolean {
  return Boolean(isDefault && test);
}

/**
 * Maximum number of repairs: a masked line may reveal new errors, so a text is parsed again after each repair. A text
 * without incomplete lines is parsed once.
 */
const MOST_REPAIRS = 4;

/** @param start offset of the text in its file. @throws BeyondBounds if it is nested too deeply. */
export function parseText(text: string, start: number, around: AroundDocument): ParsedText {
  const simple = readSimpleLines(text, around);
  if (!simple) return parseWithPackage(text, start, around);
  const nothingMasked = { unfinished: [], unclosed: [], misplaced: [] };
  return { text, ...simple, isSimple: true, errors: [], around, ...nothingMasked };
}

/** Like `parseText`, also for a text of simple lines. */
export function parseWithPackage(original: string, start: number, around: AroundDocument): ParsedText {
  const repairs = { unfinished: [], unclosed: [], misplaced: [] };
  let text = original;
  const parse = (lexer: Lexer) => parseBounded(text, { start, lexer, ...around });
  let tree = parse(new Lexer());
  if (tree.errors.length > 0 && !refusalOf(text, around)) {
    tree = parse(lenientLexer());
    const errors = tree.errors.filter(({ code }) => code === "TAG_RESOLVE_FAILED");
    return { text, ...read(tree), errors, around, ...repairs };
  }
  for (let round = 0; round < MOST_REPAIRS; round++) {
    const repaired = repair(text, tree.errors, repairs);
    if (repaired === text) break;
    text = repaired;
    tree = parse(new Lexer());
  }
  return { text: original, ...read(tree), errors: tree.errors, around, ...repairs };
}

function read({ contents }: Document.Parsed): Pick<ParsedText, "root" | "isSimple" | "links"> {
  return { root: contents, isSimple: false, links: linksIn(contents) };
}

interface Parse extends Pick<AroundDocument, "handles"> {
  readonly start: number;
  readonly lexer: Lexer;
}

/**
 * Like the package's own `parseDocument`, with a check of the nesting depth in between: its first half accepts any depth,
 * its second recurses.
 */
function parseBounded(text: string, { start, lexer, handles }: Parse): Document.Parsed {
  const composer = new Composer(OPTIONS);
  setHandles(composer, handles);
  const [document] = composer.compose(tokensOf(text, start, lexer), true, text.length);
  return document as Document.Parsed;
}

function* tokensOf(text: string, start: number, lexer: Lexer): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of lexer.lex(text)) {
    yield* parser.next(lexeme);
    // Beside the collections, the document itself and a scalar are in the making.
    if (parser.stack.length > DEEPEST + 2) throw tooDeep(start + parser.offset);
  }
  yield* parser.end();
}
