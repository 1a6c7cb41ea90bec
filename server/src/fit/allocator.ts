/** What torch's caching allocator takes from CUDA for tensors that stay. */

const MIB = 2 ** 20;
const SMALL = MIB;
const SMALL_SEGMENT = 2 * MIB;
const LARGE = 10 * MIB;
const LARGE_SEGMENT = 20 * MIB;
const ROUNDING = 2 * MIB;
const ALIGNMENT = 512;

/**
 * Bytes that are taken for tensors of these sizes, one after the other: those of up to 1 MiB share segments of 2 MiB,
 * those below 10 MiB segments of 20 MiB, every other takes its own, rounded up to 2 MiB. A rest is used for the next
 * tensor that fits (`c10/cuda/CUDACachingAllocator.cpp` of torch).
 */
export function takenFor(sizes: readonly number[]): number {
  const small: number[] = [];
  const large: number[] = [];
  let taken = 0;
  for (const size of sizes) {
    const need = Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    const isSmall = need <= SMALL;
    const rests = isSmall ? small : large;
    let from = takeSmallest(rests, need);
    if (from === undefined) {
      from = isSmall ? SMALL_SEGMENT : need < LARGE ? LARGE_SEGMENT : Math.ceil(need / ROUNDING) * ROUNDING;
      taken += from;
    }
    const rest = from - need;
    // A rest of a large block is only used if it is larger than a small tensor.
    if (rest > (isSmall ? 0 : SMALL)) rests.push(rest);
  }
  return taken;
}

/** Removes and returns the smallest rest that holds a tensor. */
function takeSmallest(rests: number[], need: number): number | undefined {
  let best = -1;
  for (const [index, rest] of rests.entries())
    if (rest >= need && (best < 0 || rest < (rests[best] ?? 0))) best = index;
  return best < 0 ? undefined : rests.splice(best, 1)[0];
}
