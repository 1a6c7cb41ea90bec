/** The tables of requests on each GPU: the place of each token, and what sampling counts. */
import type { FitRelease } from "../catalogue/fit-facts";
import type { FitFlags } from "./memory-flags";

/** Room for tokens beside the longest request. */
export const MARGIN = 8;

export interface Tables {
  /** Bytes of each tensor. */
  readonly sizes: readonly number[];
  readonly formula: string;
}

/** @param vocabulary tokens that the model knows. */
export function tablesOf(flags: FitFlags, vocabulary: number, release: FitRelease): Tables {
  const rows = flags.runningMaxReqSize + release.held_rows;
  const columns = Math.max(flags.batchMaxTokens, flags.maxReqTotalLen + MARGIN);
  const places = rows * columns * 4;
  if (!release.counts) return { sizes: [places], formula: `${rows} × ${columns} × 4` };
  const small = [rows * 8 * 8, rows * 4, rows * 4, rows * 4, rows * 4];
  if (!flags.countsOnGpu) return { sizes: [places, ...small], formula: `${rows} × (${columns} × 4 + 80)` };
  return {
    sizes: [places, ...small, rows * vocabulary * 4],
    formula: `${rows} × (${columns} × 4 + ${vocabulary} × 4 + 80)`,
  };
}
