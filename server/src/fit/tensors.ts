/** The weights of a model on one GPU, tensor by tensor, in the order in which LightLLM makes them. */
import type { FitFacts, FitRelease, WeightKind } from "../catalogue/fit-facts";
import type { FitFlags } from "./memory-flags";
import type { Experts, Latent, Shape } from "./shape";

const BLOCK = 128;
const SCALE = 4;
/** Of a counter of the requests to an expert. */
const COUNTER = 8;

/** How weights are quantized; undefined if the formula for this word is not known. */
export function weightKind(quantType: string, { quantizations }: FitFacts): WeightKind | undefined {
  return Object.hasOwn(quantizations, quantType) ? quantizations[quantType] : undefined;
}

/** Whether a model can be split on this many GPUs. */
export function canSplit(shape: Shape, ranks: number, release: FitRelease): boolean {
  const { heads, kvHeads, layout, latent } = shape;
  if (heads % ranks !== 0) return false;
  if (latent) return !latent.index || latent.index.heads % ranks === 0;
  if (kvHeads % ranks === 0) return true;
  return layout.kv === "repeat" && release.repeats_heads === true && ranks % kvHeads === 0;
}

/** The heads of the kv cache on one GPU. */
export function kvHeadsOn({ kvHeads }: Shape, ranks: number): number {
  return Math.max(Math.floor(kvHeads / ranks), 1);
}

/** Bytes of each tensor on the first GPU of a group. */
export function weightsOf(shape: Shape, flags: FitFlags, kind: WeightKind, release: FitRelease): number[] {
  return new Tensors(shape, flags, kind, release).all();
}

class Tensors {
  private readonly sizes: number[] = [];
  private readonly ranks: number;
  private readonly element: number;

  constructor(
    private readonly shape: Shape,
    private readonly flags: FitFlags,
    private readonly kind: WeightKind,
    private readonly release: FitRelease,
  ) {
    this.ranks = flags.tp / flags.dp;
    this.element = flags.elementBytes;
  }

  all(): number[] {
    const { vocabulary, hidden, isTied, layers } = this.shape;
    const rows = Math.floor(vocabulary / this.ranks);
    this.plain(rows * hidden);
    if (!isTied) this.plain(rows * hidden);
    this.plain(hidden);
    for (let layer = 0; layer < layers; layer++) this.layer(layer);
    return this.sizes;
  }

  private layer(layer: number): void {
    const { latent, experts, hidden, layout, headDim } = this.shape;
    if (latent) this.latent(latent);
    else this.heads();
    if (experts?.isIn(layer)) this.experts(experts);
    else this.feedForward(this.shape.intermediate);
    this.plain(hidden);
    this.plain(hidden);
    if (latent) {
      this.plain(latent.kvRank);
      if (latent.queryRank !== undefined) this.plain(latent.queryRank);
      if (latent.index) this.indexer(latent, latent.index);
    }
    if (layout.norm_qk) for (let norm = 0; norm < 2; norm++) this.plain(headDim);
  }

  private heads(): void {
    const { hidden, heads, headDim, layout, experts } = this.shape;
    const query = (heads * headDim) / this.ranks;
    const kv = kvHeadsOn(this.shape, this.ranks) * headDim;
    const has = (part: "q" | "kv" | "o") => layout.bias?.includes(part) ?? false;
    if (this.release.merged_qkv && experts) this.linear([query, kv, kv], hidden);
    else {
      this.linear([query], hidden, has("q"));
      this.linear([kv, kv], hidden, has("kv"));
    }
    this.linear([hidden], query, has("o"));
  }

  private latent({ kvRank, queryRank, nope, rope, value }: Latent): void {
    const { hidden } = this.shape;
    const heads = this.shape.heads / this.ranks;
    if (queryRank === undefined) {
      this.linear([heads * (nope + rope)], hidden);
      this.linear([kvRank + rope], hidden);
    } else {
      if (this.release.merged_qkv) this.linear([queryRank, kvRank + rope], hidden);
      else {
        this.linear([queryRank], hidden);
        this.linear([kvRank + rope], hidden);
      }
      this.linear([heads * (nope + rope)], queryRank);
    }
    // The two halves for the absorbed form, and both together.
    this.plain(heads * nope * kvRank);
    this.plain(heads * value * kvRank);
    if (this.flags.keepsWholeKvB) this.linear([heads * (nope + value)], kvRank);
    this.linear([hidden], heads * value);
  }

  private indexer({ queryRank = 0 }: Latent, { heads, dim }: NonNullable<Latent["index"]>): void {
    const { hidden } = this.shape;
    this.plain((heads * dim * queryRank) / this.ranks);
    this.plain(hidden * dim);
    for (let norm = 0; norm < 2; norm++) this.plain(dim);
    this.plain(hidden * heads);
  }

  private experts({ count, intermediate, shared, hasBias }: Experts): void {
    const { hidden, latent } = this.shape;
    const { release, flags } = this;
    const isFused = flags.fusesSharedExperts && shared > 0;
    this.plain(count * hidden);
    if (shared > 0 && !isFused) this.feedForward(shared * intermediate);
    if (release.counters) this.sizes.push(count * COUNTER);
    if (latent && (hasBias || release.always_bias)) this.plain(count);
    const held = count + (isFused ? shared : 0);
    const part = intermediate / this.ranks;
    this.linear([part, part], hidden, false, held);
    this.linear([hidden], part, false, held);
  }

  private feedForward(intermediate: number): void {
    const { hidden } = this.shape;
    const part = intermediate / this.ranks;
    this.linear([part, part], hidden);
    this.linear([hidden], part);
  }

  private plain(elements: number): void {
    this.sizes.push(elements * this.element);
  }

  /** A linear layer whose rows are those of its parts, for each of some experts. */
  private linear(outs: readonly number[], inputs: number, hasBias = false, times = 1): void {
    const rows = outs.reduce((sum, one) => sum + one, 0);
    if (this.kind === "none") this.plain(times * rows * inputs);
    else {
      this.sizes.push(times * rows * inputs);
      this.sizes.push(times * scales(this.kind, outs, rows, inputs) * SCALE);
    }
    if (hasBias) this.plain(rows);
  }
}

/** The number of scales of a quantized weight. */
function scales(kind: Exclude<WeightKind, "none">, outs: readonly number[], rows: number, inputs: number) {
  switch (kind) {
    case "block":
      return Math.floor(rows / BLOCK) * Math.floor(inputs / BLOCK);
    case "block-up":
      return outs.reduce((sum, one) => sum + Math.ceil(one / BLOCK), 0) * Math.ceil(inputs / BLOCK);
    case "row":
      return rows;
    default:
      return 1;
  }
}
