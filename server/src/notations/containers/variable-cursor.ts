/** The cursor in the name of an environment variable of a container file. */
import { type Launch, type LaunchFile, type Span, spanFrom, touches } from "../../launch/launch";
import type { Cursor } from "../notation";

/** The place of a name, and the stage, service or container that it belongs to. */
export interface VariableNamePlace {
  readonly typed: string;
  readonly around: Span;
  readonly suffix: string;
}

/**
 * The place for a variable's name at an offset, if there is one. Uses lines, not the parser, because the line at the
 * cursor is usually incomplete.
 *
 * @param after the rest of the line after the name.
 */
export type FindVariablePlace = (
  text: string,
  offset: number,
  after: string,
) => VariableNamePlace | undefined;

/** The cursor in a variable's name; undefined elsewhere, and if the file starts no LightLLM that could read it. */
export function variableInContainer(
  { text, launches }: LaunchFile,
  offset: number,
  placeAt: FindVariablePlace,
): Cursor | undefined {
  if (launches.length === 0) return undefined;
  const [rest = "", after = ""] = /^\w*(.*)/.exec(text.slice(offset)) ?? [];
  const place = placeAt(text, offset, after);
  const launch = place && launchReached(launches, place.around, offset);
  if (!launch) return undefined;
  const replace = spanFrom(offset - place.typed.length, offset + rest.length - after.length);
  return { kind: "variable", launch, replace, typed: place.typed, suffix: place.suffix };
}

/**
 * The next launch around the place, or the previous one; else a launch with a variable there, else the next in the
 * text.
 */
function launchReached(launches: readonly Launch[], around: Span, offset: number): Launch | undefined {
  const own = launches.filter(({ span }) => touches(around, span.start));
  const given = launches.filter(({ environment }) =>
    environment.some(({ nameSpan }) => touches(around, nameSpan.start)),
  );
  const next = ({ span }: Launch) => span.start >= offset;
  return own.find(next) ?? own.at(-1) ?? given[0] ?? launches.find(next) ?? launches[0];
}
