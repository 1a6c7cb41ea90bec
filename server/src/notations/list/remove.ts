/** Removes elements from a list, with their commas and lines. */

import { type Span, spanFrom, type TextChange } from "../../launch/launch";
import { lineStartAt, signsBefore, wholeLines } from "../../launch/lines";

import type { ListStyle } from "./read-command";

/** Removes the elements of a span, with whole lines if they have nothing else. */
export function removeElements(text: string, span: Span, style: ListStyle): TextChange {
  return { span: style === "yaml-block" ? blockLines(text, span) : flowPart(text, span), newText: "" };
}

/** The lines of block items; of `- - item` only the item. */
function blockLines(text: string, { start, end }: Span): Span {
  const lineStart = lineStartAt(text, start);
  if (/-[ \t]+-/.test(text.slice(lineStart, start))) return spanFrom(start, end);
  return wholeLines(text, spanFrom(start, end));
}

function flowPart(text: string, { start, end }: Span): Span {
  const comma = /^[ \t]*,/.exec(text.slice(end));
  const lineStart = lineStartAt(text, start);
  const opensLine = /^[ \t]*$/.test(text.slice(lineStart, start));
  if (!comma) return lastPart(text, spanFrom(start, end), opensLine);
  const after = end + comma[0].length;
  const rest = /^[ \t]*(?:[\\`][ \t]*|#[^\n]*)?(?:\r?\n|$)/.exec(text.slice(after));
  if (rest && opensLine) return spanFrom(lineStart, after + rest[0].length);
  if (rest) {
    const space = signsBefore(text, start, /[ \t]/).length;
    // No white space stays after an opening bracket or after a comma.
    return spanFrom(start - space, after);
  }
  return spanFrom(start, after + (/^[ \t]*/.exec(text.slice(after))?.[0].length ?? 0));
}

/** The last elements: removes the comma before them, and the white space around it. */
function lastPart(text: string, { start, end }: Span, opensLine: boolean): Span {
  const before = /[ \t]*,(?:[ \t\r\n]|[\\`][ \t]*\r?\n)*$/.exec(signsBefore(text, start, /[ \t\r\n,\\`]/));
  if (before) return spanFrom(start - before[0].length, end);
  const lineStart = lineStartAt(text, start);
  const rest = /^[ \t]*(?:\r?\n)/.exec(text.slice(end));
  if (opensLine && rest) return spanFrom(lineStart, end + rest[0].length);
  return spanFrom(start, end);
}
