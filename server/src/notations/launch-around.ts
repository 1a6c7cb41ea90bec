/** Finds the launch at a place. */
import { type Launch, type LaunchFile, touches, writtenFor } from "../launch/launch";

/** The launch with the offset in its span or in one of its words; the innermost if they are nested. */
export function launchAround({ launches }: LaunchFile, offset: number): Launch | undefined {
  const around = launches.filter(
    (launch) =>
      touches(launch.span, offset) ||
      launch.environment.some(
        ({ nameSpan, value }) => touches(nameSpan, offset) || touches(value.span, offset),
      ) ||
      writtenFor(launch).some(
        ({ flagSpan, words }) =>
          touches(flagSpan, offset) || words.some((word) => touches(word.span, offset)),
      ),
  );
  return around.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
}
