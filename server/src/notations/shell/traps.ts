/** Traps of shells: text that looks like a part of the launch but is not, or the reverse. */

import { type Launch, type Span, spanFrom, type TextProblem } from "../../launch/launch";
import type { Embedded } from "../embedded";
import { continuationTraps } from "./line-traps";
import type { Command } from "./shell-parser";
import { gluedTraps, placeholderTraps, typographicTraps } from "./word-traps";

/** The traps of one launch, in text order. */
export function trapsOf(
  command: Command,
  launch: Launch,
  embedded: Embedded,
  placeholders: readonly Span[],
): TextProblem[] {
  const { text } = embedded;
  const end = command.suffix.at(-1)?.end ?? command.end;
  const whole = spanFrom(command.pos, end);
  return [
    ...(launch.notation.hasPlaceholders ? [] : placeholderTraps(text, whole, embedded, placeholders)),
    ...typographicTraps(text, whole, embedded),
    ...continuationTraps(text, whole, embedded, command, launch),
    ...gluedTraps(launch, embedded),
  ].sort((a, b) => a.span.start - b.span.start);
}
