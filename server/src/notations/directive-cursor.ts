/** The cursor in a `# lightllm: …` comment, the same in every notation. */

import { directiveComment } from "../launch/directive-comment";
import { DIRECTIVE_WORDS } from "../launch/directives";
import { spanFrom } from "../launch/launch";
import { lineStartAt } from "../launch/lines";
import type { Cursor } from "./notation";

/**
 * The cursor in a directive comment on its own line; undefined elsewhere.
 *
 * @param signs the comment signs of the text's notation.
 */
export function directiveCursor(text: string, offset: number, signs: readonly string[]): Cursor | undefined {
  const before = text.slice(lineStartAt(text, offset), offset);
  const comment = directiveComment(before, signs);
  if (!comment) return undefined;
  const { word, value, bodyStart, valueStart } = comment;
  const list = before.slice(value === undefined ? bodyStart : valueStart).trimStart();
  const typed = value === undefined ? list : list.slice(list.lastIndexOf(",") + 1).trimStart();
  const rest = /^[^\s,]*/.exec(text.slice(offset))?.[0] ?? "";
  const replace = spanFrom(offset - typed.length, offset + rest.length);
  const known = DIRECTIVE_WORDS.find((candidate) => value !== undefined && candidate === word);
  return { kind: "directive", replace, typed, ...(known && { directive: known }) };
}
