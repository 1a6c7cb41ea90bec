/** Ranges that a selection grows by: a word, a flag with its values, the launch, the document. */
import type { SelectionRange } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf } from "../../analysis/document";
import { type Launch, type Span, spanFrom, touches, writtenFor } from "../../launch/launch";

/** The innermost range at each offset. */
export function selectionRanges(
  launchDocument: LaunchDocument,
  offsets: readonly number[],
): SelectionRange[] {
  return offsets.map((offset) => rangeAt(launchDocument, offset));
}

function rangeAt({ document, file }: LaunchDocument, offset: number): SelectionRange {
  const whole = spanFrom(0, file.text.length);
  const spans = file.launches.flatMap((launch) => spansOf(launch)).filter((span) => touches(span, offset));
  // From the outside in; each must contain the next.
  const ordered = spans.sort((a, b) => b.end - b.start - (a.end - a.start));
  let range: SelectionRange = { range: rangeOf(document, whole) };
  let outer = whole;
  for (const span of ordered) {
    const isSame = span.start === outer.start && span.end === outer.end;
    if (isSame || span.start === span.end || span.start < outer.start || span.end > outer.end) continue;
    range = { range: rangeOf(document, span), parent: range };
    outer = span;
  }
  return range;
}

function spansOf(launch: Launch): Span[] {
  const given = writtenFor(launch).flatMap(({ span, flagSpan, valueSpan, words, inherited }) =>
    inherited ? [] : [span, flagSpan, valueSpan, ...words.map((word) => word.span)],
  );
  const environment = launch.environment.flatMap(({ nameSpan, value, place }) => [
    nameSpan,
    value.span,
    ...(place ? [place.span] : []),
  ]);
  return [launch.span, ...given, ...environment];
}
