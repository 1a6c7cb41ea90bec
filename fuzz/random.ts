/** Random choices from a seed: the same seed gives the same choices on every machine. */

/** A source of choices. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** An integer from 0 to `limit - 1`; 0 if the limit is not positive. */
  below(limit: number): number;
  /** True with the given probability. */
  chance(share: number): boolean;
  /** A random item of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** At most `most` random items of a list, in the list's order. */
  some<T>(list: readonly T[], most: number): T[];
}

/** A source of choices with seeds (FNV-1a hashes them into a state, mulberry32 generates the numbers). */
export function randomFrom(...seeds: readonly (string | number)[]): Random {
  let state = 0x811c9dc5;
  for (const char of seeds.join("\0")) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.max(0, Math.floor(next() * limit));
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    some<T>(list: readonly T[], most: number): T[] {
      if (list.length <= most) return [...list];
      const places = new Set<number>();
      while (places.size < most) places.add(below(list.length));
      return [...places].sort((a, b) => a - b).map((at) => list[at] as T);
    },
  };
}
