/** Parses the text of one YAML document after masking incomplete lines. */
import { Composer, type CST, type Document, Lexer, Parser, type YAMLError } from "yaml";
import { DEEPEST, tooDeep } from "../../launch/bounds";
import { type Repairs, repair } from "./repair";
import { type Links, linksIn } from "./tree";

/** A parsed text, with the parts that were masked so that the rest is readable. */
export interface ParsedText extends Repairs {
  /** The text with nothing masked. */
  readonly text: string;
  readonly tree: Document.Parsed;
  readonly errors: readonly YAMLError[];
  readonly links: Links;
}

const OPTIONS = {
  version: "1.1",
  uniqueKeys: false,
  strict: true,
  logLevel: "silent",
  prettyErrors: false,
} as const;

/**
 * Maximum number of repairs: a masked line may reveal new errors, so a text is parsed again after each repair. A text
 * without incomplete lines is parsed once.
 */
const MOST_REPAIRS = 4;

/** @param start offset of the text in its file. @throws BeyondBounds if it is nested too deeply. */
export function parseText(original: string, start: number): ParsedText {
  const repairs = { unfinished: [], unclosed: [], misplaced: [] };
  let text = original;
  let tree = parseBounded(text, start);
  for (let round = 0; round < MOST_REPAIRS; round++) {
    const repaired = repair(text, tree.errors, repairs);
    if (repaired === text) break;
    text = repaired;
    tree = parseBounded(text, start);
  }
  return { text: original, tree, errors: tree.errors, links: linksIn(tree.contents), ...repairs };
}

/**
 * Like the package's own `parseDocument`, with a check of the nesting depth in between: its first half accepts any depth,
 * its second recurses.
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
