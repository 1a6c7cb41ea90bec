/**
 * What the YAML package keeps private. PyYAML's reading needs some of it: indentation where PyYAML asks for none, and the tags of
 * `%TAG` lines before a document. `package.json` pins the version, and `test/notations/pyyaml.test.ts` holds the results.
 */
import { type Composer, Lexer, type Pair, type ParsedNode, type Range, type Scalar } from "yaml";

interface LexerInternals {
  indentNext: number;
  parseQuotedScalar: () => Generator<string>;
  parseFlowCollection: () => Generator<string>;
}

interface ComposerInternals {
  readonly directives: { tags: Record<string, string> };
}

/** A lexer that lets further lines of quoted scalars and of `[ ]` and `{ }` begin in any column. */
export function lenientLexer(): Lexer {
  const lexer = new Lexer();
  const internals = lexer as unknown as LexerInternals;
  for (const name of ["parseQuotedScalar", "parseFlowCollection"] as const) {
    const parse = internals[name];
    internals[name] = function* () {
      const { indentNext } = internals;
      internals.indentNext = 0;
      const next = yield* parse.call(lexer);
      internals.indentNext = indentNext;
      return next;
    };
  }
  return lexer;
}

/** Sets the prefixes of tags for the next document. */
export function setHandles(composer: Composer, handles: Readonly<Record<string, string>>): void {
  Object.assign((composer as unknown as ComposerInternals).directives.tags, handles);
}

/** How the package tells its nodes apart. */
const NODE_TYPE = Symbol.for("yaml.node.type");
const SCALAR = Symbol.for("yaml.scalar");
const PAIR = Symbol.for("yaml.pair");

class LineScalar {
  constructor(
    readonly value: string,
    readonly source: string,
    readonly type: Scalar.Type,
    readonly range: Range,
  ) {}

  get [NODE_TYPE](): symbol {
    return SCALAR;
  }
}

class LinePair {
  constructor(
    readonly key: ParsedNode,
    readonly value: ParsedNode,
  ) {}

  get [NODE_TYPE](): symbol {
    return PAIR;
  }
}

/** A scalar as the package makes one, without the fields that only writing needs. */
export function lineScalar(value: string, type: Scalar.Type, range: Range): Scalar.Parsed {
  return new LineScalar(value, value, type, range) as unknown as Scalar.Parsed;
}

/** A key with its value. */
export function linePair(key: ParsedNode, value: ParsedNode): Pair<ParsedNode, ParsedNode> {
  return new LinePair(key, value) as unknown as Pair<ParsedNode, ParsedNode>;
}
