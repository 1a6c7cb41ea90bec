/** A session: a text, and one edit after another. It depends only on the seed and the session's number. */

import type { LaunchFile } from "../server/src/launch/launch";
import { NOTATIONS, type NotationId, TRAITS } from "../server/src/notations";
import { service } from "../server/src/service";
import type { Edited } from "./checks";
import { afterEdit, type Edit, nextEdit } from "./edits";
import { randomFrom } from "./random";
import { notationIdOf, type Seed } from "./seeds";

const { shippedCatalogue } = service;

/** A text in a session, and the edit that made it from the previous text. */
export interface Step {
  readonly edited: Edited;
  readonly edit: Edit;
}

/** Longer texts are dropped, because edits that paste and repeat would grow them without limit. */
const MOST_CHARACTERS = 20_000;

/** The launches of a text; empty if reading fails, which the checks report. */
function readOf(notation: NotationId, text: string): LaunchFile {
  try {
    return NOTATIONS[notation].find(text);
  } catch {
    return { notation: TRAITS[notation], text, launches: [], problems: [] };
  }
}

/** @param seeds the initial texts, all of the requested notations */
export function* session(seeds: readonly Seed[], seed: number, number: number): Generator<Step> {
  const random = randomFrom(seed, number);
  const notations = [...new Set(seeds.map(({ notation }) => notation))];
  const notation: NotationId = random.pick(notations);
  const ofNotation = seeds.filter((one) => one.notation === notation);
  const begun = random.pick(ofNotation);
  const { uri, languageId } = begun;
  let { text } = begun;
  for (let left = 1 + random.below(15); left > 0; left--) {
    const read = notationIdOf(languageId, uri, text) ?? notation;
    const edit = nextEdit({
      text,
      random,
      notation: read,
      catalogue: shippedCatalogue(),
      other: random.pick(ofNotation).text,
      foreign: random.pick(seeds).text,
      file: readOf(read, text),
    });
    const after = afterEdit(text, edit);
    if (after.length > MOST_CHARACTERS) return;
    yield { edited: { uri, languageId, text: after, before: text }, edit };
    text = after;
  }
}
