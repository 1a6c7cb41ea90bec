/** Bytes that a token takes of the kv cache on one GPU. */
import type { FitFacts, FitRelease, KvType } from "../catalogue/fit-facts";
import type { FitFlags } from "./memory-flags";
import type { Shape } from "./shape";
import { kvHeadsOn } from "./tensors";

/** Values in addition for the indexer of sparse attention: 144 bytes, of which it uses 132. */
const INDEX = 72;

export interface Cell {
  readonly bytes: number;
  /** With the numbers of this launch. */
  readonly formula: string;
}

/** The cell of a launch; undefined if the formula is not known. */
export function cellOf(
  shape: Shape,
  flags: FitFlags,
  release: FitRelease,
  { kv_types }: FitFacts,
): Cell | undefined {
  const layers = shape.layers + flags.draftLayers;
  const element = flags.elementBytes;
  if (flags.kvTypes.includes("fp8kv_dsa")) return undefined;
  const word = flags.kvTypes.find((one) => Object.hasOwn(kv_types, one));
  const type: KvType = (word === undefined ? undefined : kv_types[word]) ?? {};
  if (shape.latent) {
    const { kvRank, rope, index } = shape.latent;
    const isSmall = type.latent !== undefined;
    const width = kvRank + rope + (index ? INDEX : 0) + (type.latent ?? 0);
    const size = isSmall ? 1 : element;
    return { bytes: width * layers * size, formula: `${width} × ${layers} × ${size}` };
  }
  if (type.latent !== undefined) return undefined;
  const heads = kvHeadsOn(shape, flags.tp / flags.dp);
  const dim = release.own_head_dim ? shape.headDim : shape.plainHeadDim;
  const values = 2 * heads * dim;
  const bits = type.bits ?? element * 8;
  const scales =
    type.group === undefined ? 0 : type.group === "head" ? 2 * heads : Math.floor(values / type.group);
  const bytes = (values * layers * bits) / 8 + scales * layers * element;
  const plain = `2 × ${heads} × ${dim} × ${layers} × ${bits / 8}`;
  return { bytes, formula: scales > 0 ? `${plain} + ${scales} × ${layers} × ${element}` : plain };
}
