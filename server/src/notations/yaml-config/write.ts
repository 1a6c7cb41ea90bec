/** Writes changes of a launch as edits of YAML text. */

import { type Argument, type Launch, type Span, spanFrom, type TextChange } from "../../launch/launch";
import type { LaunchChange } from "../../launch/launch-change";
import { lineBreakOf, lineEndAt, lineStartAt, nextLineAt, signsBefore } from "../../launch/lines";
import { escapeReferences } from "../references";
import { requoted, writeScalar } from "../yaml-text/scalars";

/** The edits of a change; they do not overlap. */
export function writeChange(text: string, _launch: Launch, change: LaunchChange): TextChange[] {
  switch (change.kind) {
    case "rename":
      return [
        {
          span: change.argument.flagSpan,
          newText: requoted(text, change.argument.flagSpan, change.to.slice(2)),
        },
      ];
    case "setWord":
      return [{ span: change.word.span, newText: requoted(text, change.word.span, change.to) }];
    case "set":
      return [setValue(text, change.argument, words(change.words))];
    case "switch":
      return [setValue(text, change.argument, String(change.on))];
    case "leaveOut":
      return [setValue(text, change.argument, "null")];
    case "remove":
      return [remove(text, change.argument.span)];
    case "removeWords":
      // A mapping has no words that belong to no key.
      return [];
    case "add":
      return [add(text, change)];
  }
}

/** A new key on its own line, with the indentation of the previous one; inside `{ }` after a comma. */
function add(
  text: string,
  { launch, flag, words: given, after }: Extract<LaunchChange, { kind: "add" }>,
): TextChange {
  const entry = `${flag.slice(2)}: ${given.length > 0 ? words(given) : "true"}`;
  const last = after ?? launch.arguments.findLast(({ inherited }) => !inherited);
  if (!last) return addFirst(text, launch.span.end, entry);
  const { start, end } = last.span;
  const lineStart = lineStartAt(text, start);
  const indent = text.slice(lineStart, start);
  if (!/^\uFEFF?[ \t]*$/.test(indent)) return { span: spanFrom(end, end), newText: `, ${entry}` };
  const lineEnd = lineEndAt(text, end);
  return {
    span: spanFrom(lineEnd, lineEnd),
    newText: `${lineBreakOf(text)}${indent.replace("\uFEFF", "")}${entry}`,
  };
}

/** A key in a document that has none: on a line of its own, also after a line that nothing ends. */
function addFirst(text: string, at: number, entry: string): TextChange {
  if (lineStartAt(text, at) === at) return { span: spanFrom(at, at), newText: entry + lineBreakOf(text) };
  const lineEnd = lineEndAt(text, at);
  return { span: spanFrom(lineEnd, lineEnd), newText: lineBreakOf(text) + entry };
}

function words(list: readonly string[]): string {
  const only = list[0];
  if (list.length === 1 && only !== undefined) return writeScalar(escapeReferences(only));
  return `[${list.map((word) => writeScalar(escapeReferences(word), true)).join(", ")}]`;
}

/** Writes a value after the key's colon, also if the old value is a block list on the lines below. */
function setValue(text: string, { flagSpan, valueSpan }: Argument, newText: string): TextChange {
  const between = text.slice(flagSpan.end, valueSpan.start);
  const colon = between.indexOf(":");
  if (colon < 0) return { span: spanFrom(flagSpan.end, flagSpan.end), newText: `: ${newText}` };
  const afterColon = flagSpan.end + colon + 1;
  const sameLine = !text.slice(afterColon, valueSpan.start).includes("\n");
  if (sameLine && valueSpan.start > afterColon) return { span: valueSpan, newText };
  return { span: spanFrom(afterColon, Math.max(valueSpan.end, afterColon)), newText: ` ${newText}` };
}

/** Removes the whole lines of an argument; inside `{ }` the argument with its comma. */
function remove(text: string, { start, end }: Span): TextChange {
  const lineStart = lineStartAt(text, start);
  const aloneBefore = /^\uFEFF?[ \t]*$/.test(text.slice(lineStart, start));
  const aloneAfter = /^[ \t]*(?:#.*)?$/.test(text.slice(end, lineEndAt(text, end)));
  if (aloneBefore && aloneAfter) return { span: spanFrom(lineStart, nextLineAt(text, end)), newText: "" };
  const after = /^\s*,\s*/.exec(text.slice(end));
  if (after) return { span: spanFrom(start, end + after[0].length), newText: "" };
  const before = /\s*,\s*$/.exec(signsBefore(text, start, /[\s,]/));
  return { span: spanFrom(start - (before?.[0].length ?? 0), end), newText: "" };
}
