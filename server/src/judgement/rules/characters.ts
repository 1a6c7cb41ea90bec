/**
 * The rule about words that cannot be passed to a program: the system ends a word at a NUL, and an unpaired surrogate
 * has no bytes.
 */

import { type Span, writtenFor } from "../../launch/launch";
import { isPassable } from "../../launch/visible-text";
import { say } from "../../messages";
import { type DetectorsIn, onEach } from "./detector";

/** Findings about characters in the words and the environment of a launch. */
const characters = onEach("launch", function* (_, { launch }) {
  for (const argument of writtenFor(launch)) {
    if (!argument.counts) continue;
    const { flag, flagSpan, words } = argument;
    if (!isPassable(flag)) yield unpassable(flag, flagSpan);
    for (const { text, span } of words)
      if (text !== undefined && !isPassable(text)) yield unpassable(text, span, flag);
  }
  for (const { value } of launch.environment)
    if (value.text !== undefined && !isPassable(value.text)) yield unpassable(value.text, value.span);
});

function unpassable(text: string, span: Span, flag?: string) {
  const what = text.includes("\0") ? "nul" : "other";
  return {
    ...(flag && { flag }),
    message: say("rule.characters", { what }),
    span,
    fixes: [],
  };
}

export const rules = {
  "unpassable-character": characters,
} satisfies DetectorsIn<"judgement/rules/characters.ts">;
