/** One sitting at a document: a text, and edit after edit of it. All of it follows from the seed and the session's number. */

import type { LaunchFile } from "../server/src/launch/launch";
import { NOTATIONS, type NotationId, TRAITS } from "../server/src/notations";
import { service } from "../server/src/service";
import type { Edited } from "./checks";
import { afterEdit, type Edit, nextEdit } from "./edits";
import { randomFrom } from "./random";
import { notationIdOf, type Seed } from "./seeds";

const { shippedCatalogue } = service;

/** A text on the way, and the edit that made it of the one before. */
export interface Step {
  readonly edited: Edited;
  readonly edit: Edit;
}

/** Longer texts are let go: edits that paste and double would make them grow without end. */
const MOST_CHARACTERS = 20_000;

/** What a notation reads; nothing where it fails, which the checks have told of. */
function readOf(notation: NotationId, text: string): LaunchFile {
  try {
    return NOTATIONS[notation].find(text);
  } catch {
    return { notation: TRAITS[notation], text, launches: [], problems: [] };
  }
}

/** @param seeds the texts to begin with, all of the notations that are asked for */
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
      file: readOf(read, text),
    });
    const after = afterEdit(text, edit);
    if (after.length > MOST_CHARACTERS) return;
    yield { edited: { uri, languageId, text: after, before: text }, edit };
    text = after;
  }
}
