/** All notations, and the choice of the notation for a document. */
import type { Recognition } from "../launch/notation-traits";
import { bounded } from "./bounded";
import { compose } from "./compose";
import { dockerfile } from "./dockerfile";
import { kubernetes } from "./kubernetes";
import { markdown } from "./markdown";
import type { Notation } from "./notation";
import { python } from "./python";
import { restructuredtext } from "./restructuredtext";
import { shell } from "./shell";
import { systemd } from "./systemd";
import type { NotationId } from "./traits";
import { yaml } from "./yaml-config";
import { isQuantizationFile, quantizationNotation } from "./yaml-config/quantization-notation";

export { readBounded, unreadable } from "./bounded";
export { directiveCursor } from "./directive-cursor";
export { keepsOthers } from "./keeps-others";
export { isOfProgram, launchAround } from "./launch-around";
export type { Cursor, Notation, OwnKey } from "./notation";
export { type NotationId, TRAITS } from "./traits";

/** Notations by id. */
export const NOTATIONS: Readonly<Record<NotationId, Notation>> = {
  yaml: bounded(yaml),
  shell: bounded(shell),
  dockerfile: bounded(dockerfile),
  compose: bounded(compose),
  kubernetes: bounded(kubernetes),
  markdown: bounded(markdown),
  restructuredtext: bounded(restructuredtext),
  python: bounded(python),
  systemd: bounded(systemd),
};

const QUANTIZATION_FILE = bounded(quantizationNotation(yaml));

interface Way extends Recognition {
  readonly notation: Notation;
}

const WAYS = Object.values(NOTATIONS).flatMap((notation) =>
  notation.recognised.map((way): Way => ({ notation, ...way })),
);
const BY_TEXT_ALONE = WAYS.filter(({ languages, path }) => !languages && !path);

/**
 * The notation of a document: by its language id, or by its path if the editor uses an unknown language id. If several
 * match, or if a program has no extension, the text decides. Undefined if the document cannot contain a launch.
 */
export function notationOf(languageId: string, uri: string, text: string): Notation | undefined {
  if (isQuantizationFile(languageId, uri, text)) return QUANTIZATION_FILE;
  const named = WAYS.filter(
    ({ languages = [], otherLanguages = [], path }) =>
      languages.includes(languageId) || otherLanguages.includes(languageId) || path?.test(uri),
  );
  const sure = named.find(({ holds }) => !holds);
  const read = () => (named.length > 0 ? named : BY_TEXT_ALONE).find(({ holds }) => holds?.(text));
  return (sure ?? read())?.notation;
}

/**
 * Whether a file with this name may hold launches. Some need a look at the text, too.
 *
 * @param pages whether also pages count, which only show launches.
 */
export function mayHoldLaunches(path: string, pages = false): boolean {
  return WAYS.some(
    ({ notation, path: pattern }) => (pages || notation.purpose !== "documentation") && pattern?.test(path),
  );
}
