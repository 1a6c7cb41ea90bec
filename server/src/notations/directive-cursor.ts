/** What is being written in a `# lightllm: …` comment, the same in every notation. */

import { DIRECTIVE_WORDS } from "../launch/directives";
import { spanFrom } from "../launch/launch";
import { lineStartAt } from "../launch/lines";
import type { Cursor } from "./notation";

/** The cursor in such a comment on a line of its own; nothing elsewhere. */
export function directiveCursor(text: string, offset: number): Cursor | undefined {
  const before = text.slice(lineStartAt(text, offset), offset).replace(/^\uFEFF/, "");
  const match = /^[ \t]*#[ \t]*lightllm:[ \t]*(.*)$/.exec(before);
  if (!match) return undefined;
  const body = match[1] ?? "";
  const equals = body.indexOf("=");
  const word = equals < 0 ? undefined : body.slice(0, equals).trim();
  const typed = equals < 0 ? body : body.slice(Math.max(equals, body.lastIndexOf(",")) + 1).trimStart();
  const rest = /^[^\s,]*/.exec(text.slice(offset))?.[0] ?? "";
  const replace = spanFrom(offset - typed.length, offset + rest.length);
  const known = DIRECTIVE_WORDS.find((candidate) => candidate === word);
  return { kind: "directive", replace, typed, ...(known && { directive: known }) };
}
