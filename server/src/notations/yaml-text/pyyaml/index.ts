/** Whether PyYAML, with which LightLLM's users read their configs, accepts the syntax of a document. */
import { type AroundDocument, checkGrammar } from "./grammar";
import { StopReading, type SyntaxRefusal } from "./refusal";
import { tokensOf } from "./tokens";

export type { AroundDocument, Marker } from "./grammar";
export type { RefusalKind, SyntaxRefusal } from "./refusal";

/**
 * Comments, blank lines, and keys with at most one plain word: PyYAML reads all of them. Many configs have no other lines,
 * so this test saves reading them a second time.
 */
const PLAIN_LINES = /^(?:(?: *#[\t -~]*| *|[A-Za-z]\w{0,99}:(?: +[\w./-]*\w)? *)(?:\r?\n|$))*$/;

function isPlain(text: string, { before, after }: AroundDocument): boolean {
  return before !== "..." && after !== "..." && PLAIN_LINES.test(text);
}

/** The first fault of syntax that PyYAML finds in the text of one document; `undefined` if it reads all of it. */
export function refusalOf(text: string, around: AroundDocument): SyntaxRefusal | undefined {
  if (isPlain(text, around)) return undefined;
  try {
    checkGrammar(tokensOf(text, around.before.length), around);
  } catch (error) {
    if (!(error instanceof StopReading)) throw error;
    const { kind, start, end } = error;
    return { kind, start, end: Math.min(end, text.length) };
  }
  return undefined;
}
