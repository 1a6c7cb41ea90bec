/** A LightLLM that is not one of the shipped releases: its flags, read from its own `api_cli.py` as text. Nothing is executed. */
import type { Catalogue, Release } from "../catalogue/types";

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

/** Reads the text of an `api_cli.py`. Never throws. */
export function readSource(_text: string, _catalogue: Catalogue): SourceReading {
  return { kind: "broken", why: "it cannot be read yet" };
}
