/** What torch's caching allocator takes from CUDA for tensors that stay. */

const MIB = 2 ** 20;
const SMALL = MIB;
const SMALL_SEGMENT = 2 * MIB;
const LARGE = 10 * MIB;
const LARGE_SEGMENT = 20 * MIB;
const ROUNDING = 2 * MIB;
const ALIGNMENT = 512;

/**
 * Tensors of up to 1 MiB share segments of 2 MiB, those below 10 MiB segments of 20 MiB, every other takes its own,
 * rounded up to 2 MiB. A rest is used for the next tensor that fits (`c10/cuda/CUDACachingAllocator.cpp` of torch).
 */
export class Allocator {
  /** Bytes that are taken from CUDA. */
  taken = 0;
  private small: number[] = [];
  private large: number[] = [];

  /** The same state, to be used for other tensors. */
  copy(): Allocator {
    const copy = new Allocator();
    copy.taken = this.taken;
    copy.small = [...this.small];
    copy.large = [...this.large];
    return copy;
  }

  /** Allocates tensors of these sizes, one after the other. */
  take(sizes: readonly number[]): this {
    for (const size of sizes) this.takeOne(Math.ceil(size / ALIGNMENT) * ALIGNMENT);
    return this;
  }

  private takeOne(need: number): void {
    const isSmall = need <= SMALL;
    const rests = isSmall ? this.small : this.large;
    let from = takeSmallest(rests, need);
    if (from === undefined) {
      from = isSmall ? SMALL_SEGMENT : need < LARGE ? LARGE_SEGMENT : Math.ceil(need / ROUNDING) * ROUNDING;
      this.taken += from;
    }
    const rest = from - need;
    // A rest of a large block is only used if it is larger than a small tensor.
    if (rest > (isSmall ? 0 : SMALL)) rests.push(rest);
  }
}

/** Removes and returns the smallest rest that holds a tensor. */
function takeSmallest(rests: number[], need: number): number | undefined {
  let best = -1;
  for (const [index, rest] of rests.entries())
    if (rest >= need && (best < 0 || rest < (rests[best] ?? 0))) best = index;
  return best < 0 ? undefined : rests.splice(best, 1)[0];
}
