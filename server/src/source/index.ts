/**
 * Reads the flags of a LightLLM that is not a bundled release from its own `api_cli.py`, as text. Nothing is executed.
 */
import type { Catalogue, Release } from "../catalogue/types";
import { say } from "../messages";
import { releaseWith } from "./nearest-release";
import { flagKey, type Option } from "./option";
import { readParser } from "./parser-text";

export { type ParserReading, readParser } from "./parser-text";

/** Result of reading an `api_cli.py`. */
export type SourceReading =
  | {
      readonly kind: "release";
      /** Uses the rules of the nearest bundled release, which its name contains. */
      readonly release: Release;
      /**
       * Number of flags that differ from the nearest release, missing and additional ones included; 0 if it equals that
       * release.
       */
      readonly differences: number;
    }
  | {
      readonly kind: "broken";
      /** What is wrong with the text, as a clause: "it ends in the middle of a call". */
      readonly why: string;
    };

/** A flag that every version of LightLLM has. */
const ALWAYS = "model_dir";
/** With a smaller share of known flags, the parser is that of another program. */
const KNOWN_SHARE = 0.3;
const KNOWN_AT_LEAST = 5;

/**
 * Reads the text of an `api_cli.py`, or of the `api_server.py` of a LightLLM before `api_cli.py` existed. Never throws.
 */
export function readSource(text: string, catalogue: Catalogue): SourceReading {
  try {
    const reading = readParser(text);
    if (reading.kind === "broken") return reading;
    const why = foreign(reading.options, catalogue);
    return why === undefined
      ? { kind: "release", ...releaseWith(reading.options, catalogue) }
      : { kind: "broken", why };
  } catch {
    return { kind: "broken", why: say("source.cannot-be-read") };
  }
}

/** Why a parser does not belong to LightLLM; `undefined` if it does. */
function foreign(options: readonly Option[], catalogue: Catalogue): string | undefined {
  if (options.length === 0) return say("source.adds-no-flags");
  const keys = options.flatMap(({ names }) => names.map(flagKey));
  if (!keys.includes(ALWAYS)) return say("source.lacks-flag", { flag: ALWAYS });
  const known = new Set(catalogue.releases.flatMap(({ flags }) => flags.map(({ key }) => key)));
  const ours = keys.filter((key) => known.has(key)).length;
  if (ours >= KNOWN_AT_LEAST && ours >= KNOWN_SHARE * options.length) return undefined;
  return say("source.few-flags", { ours, count: options.length });
}
