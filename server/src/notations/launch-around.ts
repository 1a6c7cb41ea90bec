/** Finds the launch at a place. */
import { type Launch, type LaunchFile, type Span, spanFrom, touches, writtenFor } from "../launch/launch";
import { rememberedFor } from "../launch/remembered";

/** The launch with the offset in its span or in one of its words; the innermost if they are nested. */
export function launchAround({ launches }: LaunchFile, offset: number): Launch | undefined {
  const reaches = reachesOf(launches);
  let after = reaches.length;
  for (let from = 0; from < after; ) {
    const middle = (from + after) >> 1;
    if ((reaches[middle]?.least ?? 0) <= offset) from = middle + 1;
    else after = middle;
  }
  const around: Launch[] = [];
  for (let at = after - 1; at >= 0; at--) {
    const { launch, places, mostSoFar } = reaches[at] as Reach;
    if (mostSoFar < offset) break;
    if (places.some((place) => touches(place, offset))) around.unshift(launch);
  }
  return around.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
}

/** Where a launch and its words are. */
interface Reach {
  readonly launch: Launch;
  readonly least: number;
  readonly places: readonly Span[];
  /** The end of this launch or of one that begins before it, whichever is later. */
  readonly mostSoFar: number;
}

/**
 * The places of launches, ordered by where they begin: a large file has thousands of launches, and one request looks for
 * the launches of many findings.
 */
const reachesOf = rememberedFor((launches: readonly Launch[]): readonly Reach[] => {
  const ordered = launches
    .map((launch) => {
      const places = placesOf(launch);
      const least = places.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
      return { launch, places, least };
    })
    .sort((a, b) => a.least - b.least);
  let mostSoFar = 0;
  return ordered.map((one) => {
    mostSoFar = one.places.reduce((most, { end }) => Math.max(most, end), mostSoFar);
    return { ...one, mostSoFar };
  });
});

function placesOf(launch: Launch): Span[] {
  return [
    launch.span,
    ...launch.environment.flatMap(({ nameSpan, value }) => [nameSpan, value.span]),
    ...writtenFor(launch).flatMap(({ flagSpan, words }) => [flagSpan, ...words.map(({ span }) => span)]),
  ];
}

/**
 * Whether a place is in a word that starts LightLLM in some launch. A variable may bring the same words again, as
 * arguments; whoever changes them changes the program.
 */
export function isOfProgram({ text, launches }: LaunchFile, { start, end }: Span): boolean {
  return launches.some(({ head, invocation }) => {
    if (!invocation) return false;
    const { interpreter, options, wrappers } = invocation;
    const words = [interpreter, ...options, ...wrappers.flatMap(({ words }) => words)];
    const spans = words.flatMap((word) => (word ? [word.span] : []));
    if (head) spans.push(withModuleOption(text, head));
    return spans.some((span) => overlap(span, start, end) || endsInOpenQuote(text, span, start));
  });
}

/** Whether a place is at the end of a word that ends with white space: nothing closes the quote that this is in. */
function endsInOpenQuote(text: string, { end }: Span, place: number): boolean {
  return place === end && /\s/.test(text[end - 1] ?? "");
}

function overlap(span: Span, start: number, end: number): boolean {
  return span.start < end && start < span.end;
}

/** A module's name with the `-m` before it. */
function withModuleOption(text: string, { start, end }: Span): Span {
  const [option = ""] = /-\w*m["',\s\\]*$/.exec(text.slice(Math.max(0, start - 20), start)) ?? [];
  return spanFrom(start - option.length, end);
}
