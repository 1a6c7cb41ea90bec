/** Parses the text of one YAML document, half-typed lines set aside. */
import { Composer, type CST, type Document, Lexer, Parser, type YAMLError } from "yaml";
import { DEEPEST, tooDeep } from "../../launch/bounds";
import { type Repairs, repair } from "./repair";
import { type Links, linksIn } from "./tree";

/** A parsed text, with what had to be set aside so that the rest is readable. */
export interface ParsedText extends Repairs {
  /** The text with nothing set aside. */
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
 * Each half-typed line can lay bare what it had swallowed, so that a text is parsed again after each repair; a text without
 * one is parsed once.
 */
const MOST_REPAIRS = 4;

/** @param start where the text begins in its file. @throws BeyondBounds where it is nested too deeply. */
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
 * What the package's own `parseDocument` does, with the depth of nesting looked at in between: its first half works through
 * a text of any depth, its second recurses.
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
