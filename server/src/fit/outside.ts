/** What a process holds on a GPU outside torch before it loads weights. */
import type { FitFacts, Measured } from "../catalogue/fit-facts";
import { exact, type Term, type TermId } from "./term";

const MIB = 2 ** 20;

/**
 * @param ranks of all nodes.
 * @param isThere whether the card and the release are those of the measurements.
 * @param total instead of the measurements: bytes that are known to be held.
 */
export function outsideTerms(
  { measured }: FitFacts,
  ranks: number,
  isThere: boolean,
  total?: number,
): Term[] {
  if (total !== undefined) return [exact("context", "before", total)];
  const nccl = ranks === 1 ? measured.nccl[1] : ranks === 2 ? measured.nccl[2] : measured.nccl.more;
  return [
    measuredTerm("context", "before", measured.context, measured.on, isThere),
    measuredTerm("nccl", "before", nccl, measured.on, isThere && ranks <= 2),
  ];
}

/** Room for what a vision server takes beside its weights: images, and the workspace of its kernels. A guess. */
const VISION_ROOM = 4 * 2 ** 30;

/** The vision tower, which a process of its own holds on the same GPU before the language model loads. */
export function visionTerm({ measured }: FitFacts, bytes: number | undefined): Term {
  const context = measured.context.at * MIB;
  return {
    id: "vision",
    part: "before",
    bytes: (bytes ?? 0) + context,
    low: bytes ?? 0,
    high: (bytes ?? VISION_ROOM) + context + VISION_ROOM,
    how: "guess",
  };
}

/** A measured term: between what was seen there, and wider elsewhere. */
export function measuredTerm(
  id: TermId,
  part: Term["part"],
  { at, to, elsewhere = (at + to) / 4 }: Measured,
  on: string,
  isThere: boolean,
): Term {
  const spread = isThere ? 0 : elsewhere;
  return {
    id,
    part,
    bytes: ((at + to) / 2) * MIB,
    low: Math.max(at - spread, 0) * MIB,
    high: (to + spread) * MIB,
    how: isThere ? "measured" : "guess",
    on,
  };
}
