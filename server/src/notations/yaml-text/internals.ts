/**
 * What the YAML package keeps private and PyYAML's reading needs: indentation where PyYAML asks for none, and the tags of
 * `%TAG` lines before a document. `package.json` pins the version, and `test/notations/pyyaml.test.ts` holds the results.
 */
import { type Composer, Lexer } from "yaml";

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
