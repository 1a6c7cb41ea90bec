/** One part of the memory of a GPU. */
import type { FitSource } from "../catalogue/fit-facts";

export type TermId =
  | "context"
  | "nccl"
  | "weights"
  | "rounding"
  | "vision"
  | "tables"
  | "kv"
  | "prefill"
  | "rotary"
  | "warm-up"
  | "capture"
  | "graphs"
  | "cublas"
  | "attention";

export interface Term {
  readonly id: TermId;
  /** When it is held: before the kv cache is measured, as the kv cache, or taken from the reserve after it. */
  readonly part: "before" | "kv" | "reserve";
  readonly bytes: number;
  /** The smallest and the largest that it may be. */
  readonly low: number;
  readonly high: number;
  /** `exact`: computed as LightLLM does; `measured`: seen on the card `on`; `guess`: between `low` and `high`. */
  readonly how: "exact" | "measured" | "guess";
  readonly on?: string;
  readonly formula?: string;
  /** The lines of LightLLM that decide it, below `lightllm/`. */
  readonly source?: string;
}

/** A term that is computed as LightLLM does. */
export function exact(
  id: TermId,
  part: Term["part"],
  bytes: number,
  formula?: string,
  source?: string,
): Term {
  return {
    id,
    part,
    bytes,
    low: bytes,
    high: bytes,
    how: "exact",
    ...(formula !== undefined && { formula }),
    ...(source !== undefined && { source }),
  };
}

/** The sum of one number of terms. */
export function sumOf(terms: readonly Term[], of: "bytes" | "low" | "high"): number {
  return terms.reduce((sum, term) => sum + term[of], 0);
}

/** The key of `sources` whose lines decide a term. */
export const SOURCE_OF: Partial<Record<TermId, FitSource>> = {
  weights: "weights",
  tables: "tables",
  kv: "kv",
  prefill: "prefill",
};
