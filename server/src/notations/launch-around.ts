/** Finds the launch at a place. */
import { type Launch, type LaunchFile, type Span, touches, writtenFor } from "../launch/launch";

/** The launch with the offset in its span or in one of its words; the innermost if they are nested. */
export function launchAround({ launches }: LaunchFile, offset: number): Launch | undefined {
  const around = launches.filter((launch) => {
    const { least, most, places } = reachOf(launch);
    return least <= offset && offset <= most && places.some((place) => touches(place, offset));
  });
  return around.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
}

/** Where a launch and its words are. */
interface Reach {
  readonly least: number;
  readonly most: number;
  readonly places: readonly Span[];
}

/** A large file has thousands of launches, and one request looks for the launches of many findings. */
const reaches = new WeakMap<Launch, Reach>();

function reachOf(launch: Launch): Reach {
  let reach = reaches.get(launch);
  if (!reach) {
    const places = placesOf(launch);
    reach = {
      least: places.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY),
      most: places.reduce((most, { end }) => Math.max(most, end), 0),
      places,
    };
    reaches.set(launch, reach);
  }
  return reach;
}

function placesOf(launch: Launch): Span[] {
  return [
    launch.span,
    ...launch.environment.flatMap(({ nameSpan, value }) => [nameSpan, value.span]),
    ...writtenFor(launch).flatMap(({ flagSpan, words }) => [flagSpan, ...words.map(({ span }) => span)]),
  ];
}
