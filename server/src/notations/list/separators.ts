/** The separators of a list, so that new elements use the same. */

import { type Argument, type Launch, type Span, spanFrom } from "../../launch/launch";
import { lineBreakOf, signsBefore } from "../../launch/lines";
import { blockDash, isSeparator, withoutComments } from "./elements";
import type { ListStyle } from "./read-command";

export interface Separators {
  /** Between two arguments. */
  readonly between: string;
  /** Between a flag and its value, or two values. */
  readonly inside: string;
}

/** The list style of an element: entry point and arguments may have different styles. */
export function styleAt(text: string, { form }: Launch, span: Span): ListStyle {
  const style = form.kind === "list" ? form.style : "json";
  if (style !== "yaml-flow" && style !== "yaml-block") return style;
  return blockDash(text, span) === undefined ? "yaml-flow" : "yaml-block";
}

/** The places of an argument's elements; `--flag=value` is one element. A template's line is not an element. */
export function elementSpans({ flag, flagSpan, joined, words }: Argument): Span[] {
  const spans = words.filter(({ splits }) => !splits).map(({ span }) => span);
  const first = spans[0];
  if (joined && first) return [spanFrom(flagSpan.start, first.end), ...spans.slice(1)];
  return flag === "" ? spans : [flagSpan, ...spans];
}

/** The separators near a place: those of the nearest launch before it, or the default of the style. */
export function separatorsOf(text: string, launch: Launch, place: Span): Separators {
  const style = styleAt(text, launch, place);
  if (style === "yaml-block") {
    const newline = lineBreakOf(text);
    // The outer dash of `- - item` is written only once.
    const dashes = (blockDash(text, place) ?? "- ").replace(/-(?=[ \t]+-)/g, " ");
    return { between: newline + dashes, inside: newline + dashes };
  }
  let between: string | undefined;
  let inside: string | undefined;
  let before: Span | undefined;
  const note = (from: Span | undefined, to: Span): string | undefined => {
    const found = from && from.end <= to.start ? text.slice(from.end, to.start) : "";
    return isSeparator(found, style) ? withoutComments(found) : undefined;
  };
  for (const argument of launch.arguments) {
    const spans = elementSpans(argument);
    const [first, second] = spans;
    if (!first) continue;
    between = note(before, first) ?? between;
    if (second) inside = note(first, second) ?? inside;
    before = spans.at(-1);
  }
  return { between: between ?? leading(text, launch) ?? ", ", inside: inside ?? ", " };
}

/** The separator between the program's name and the first argument. */
function leading(text: string, { arguments: given }: Launch): string | undefined {
  const start = given[0]?.span.start;
  const found = start === undefined ? undefined : /,[\s\\`]*$/.exec(signsBefore(text, start, /[\s,\\`]/));
  return found?.[0];
}
