/** A LightLLM that is not one of the shipped releases: its flags, read from its own `api_cli.py` as text. Nothing is executed. */
import type { Catalogue, Release } from "../catalogue/types";
import { releaseOf } from "./nearest";
import { keyOf, type Option } from "./option";
import { readParser } from "./parser-text";

export { type ParserReading, readParser } from "./parser-text";

/** What was made of the text of an `api_cli.py`. */
export type SourceReading =
  | {
      readonly kind: "release";
      /** Its rules are those of the nearest shipped release; its name says which. */
      readonly release: Release;
      /** In how many flags it differs from the nearest release, in either direction; 0 where it is that release. */
      readonly differences: number;
    }
  | {
      readonly kind: "broken";
      /** What is wrong with the text, as a clause: "it ends in the middle of a call". */
      readonly why: string;
    };

/** The flag that every LightLLM has had. */
const ALWAYS = "model_dir";
/** Less than this share of known flags is another program's parser. */
const KNOWN_SHARE = 0.3;
const KNOWN_AT_LEAST = 5;

/** Reads the text of an `api_cli.py`, or of the `api_server.py` of a LightLLM that has none yet. Never throws. */
export function readSource(text: string, catalogue: Catalogue): SourceReading {
  try {
    const reading = readParser(text);
    if (reading.kind === "broken") return reading;
    const why = foreign(reading.options, catalogue);
    return why === undefined
      ? { kind: "release", ...releaseOf(reading.options, catalogue) }
      : { kind: "broken", why };
  } catch {
    return { kind: "broken", why: "it cannot be read" };
  }
}

/** Why a parser is not LightLLM's. */
function foreign(options: readonly Option[], catalogue: Catalogue): string | undefined {
  if (options.length === 0) return "it adds no flags to an argument parser";
  const keys = options.flatMap(({ names }) => names.map(keyOf));
  if (!keys.includes(ALWAYS)) return `it has no flag --${ALWAYS}, so it is not LightLLM's`;
  const known = new Set(catalogue.releases.flatMap(({ flags }) => flags.map(({ key }) => key)));
  const ours = keys.filter((key) => known.has(key)).length;
  if (ours >= KNOWN_AT_LEAST && ours >= KNOWN_SHARE * options.length) return undefined;
  return `only ${ours} of its ${options.length} flags are LightLLM's`;
}
