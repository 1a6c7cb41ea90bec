/** The name of an environment variable where a container file gives variables to what it runs. */
import { type Launch, type LaunchFile, type Span, spanFrom, touches } from "../../launch/launch";
import type { Cursor } from "../notation";

/** A place for a name, and the stage, the service or the container that it belongs to. */
export interface VariablePlace {
  readonly typed: string;
  readonly around: Span;
  readonly suffix: string;
}

/**
 * Where the name of a variable may be written, if it is at this offset. It looks at lines rather than at the parse, because
 * the line with the cursor is half-typed.
 *
 * @param behind the rest of the line after the name.
 */
export type FindVariablePlace = (text: string, offset: number, behind: string) => VariablePlace | undefined;

/** A variable's name; `undefined` elsewhere, and where the file starts no LightLLM that could read it. */
export function variableInContainer(
  { text, launches }: LaunchFile,
  offset: number,
  placeAt: FindVariablePlace,
): Cursor | undefined {
  if (launches.length === 0) return undefined;
  const [rest = "", behind = ""] = /^\w*(.*)/.exec(text.slice(offset)) ?? [];
  const place = placeAt(text, offset, behind);
  const launch = place && launchReached(launches, place.around, offset);
  if (!launch) return undefined;
  const replace = spanFrom(offset - place.typed.length, offset + rest.length - behind.length);
  return { kind: "variable", launch, replace, typed: place.typed, suffix: place.suffix };
}

/** The next launch around the place, or the one before; else one given a variable there, else the next in the text. */
function launchReached(launches: readonly Launch[], around: Span, offset: number): Launch | undefined {
  const own = launches.filter(({ span }) => touches(around, span.start));
  const given = launches.filter(({ environment }) =>
    environment.some(({ nameSpan }) => touches(around, nameSpan.start)),
  );
  const next = ({ span }: Launch) => span.start >= offset;
  return own.find(next) ?? own.at(-1) ?? given[0] ?? launches.find(next) ?? launches[0];
}
