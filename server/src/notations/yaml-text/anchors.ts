/** The anchors and aliases of a YAML text. */
import { Lexer } from "yaml";
import { spanFrom } from "../../launch/launch";
import { maskTemplates } from "../templates";
import { NameCollector, type TextName } from "../text-names";

/** Marks of the lexer that are not in the text: the start of a document, the end of a flow, a scalar. */
const SCALAR = "\u001f";
const CONTROL: readonly string[] = ["\u0002", "\u0018", SCALAR];

/** The anchors of a text with their aliases. An alias belongs to the last anchor before it; a document begins anew. */
export function anchorsIn(written: string): readonly TextName[] {
  const { text } = maskTemplates(written);
  const all: TextName[] = [];
  let names = new NameCollector("anchor");
  let at = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (CONTROL.includes(token)) {
      isScalar = token === SCALAR;
      continue;
    }
    const span = spanFrom(at + 1, at + token.length);
    const name = token.slice(1);
    if (!isScalar && name !== "" && token[0] === "&") names.begin(name, span);
    else if (!isScalar && name !== "" && token[0] === "*") names.used(name, span);
    else if (token === "---" && !isScalar) {
      all.push(...names.names());
      names = new NameCollector("anchor");
    }
    isScalar = false;
    at += token.length;
  }
  return [...all, ...names.names()];
}
