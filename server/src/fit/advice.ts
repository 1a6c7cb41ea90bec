/** Settings with which a launch fits. */
import { type Fit, type FitInput, fitOf } from "./fit";
import type { FitFlags } from "./memory-flags";
import { MARGIN } from "./tables";

/** Two digits, as people write `mem_fraction`. */
const STEP = 0.01;

export interface Advice {
  /** The largest `mem_fraction` with which the reserve certainly suffices; undefined if that is not known. */
  readonly memFraction?: number;
  /** The longest request that the kv cache certainly holds; undefined if that is not known or there is none. */
  readonly maxReqTotalLen?: number;
}

/** A launch with another `tp`. */
export interface Variant {
  readonly tp: number;
  readonly fit: Fit;
}

const TRIED = [1, 2, 4, 8];

/** The launch on 1, 2, 4 and 8 GPUs, and on those that it names. */
export function variantsOf(input: FitInput): Variant[] {
  const { tp, dp } = input.flags;
  const all = [...new Set([...TRIED.filter((one) => one % dp === 0), tp])].sort((a, b) => a - b);
  return all.map((one) => ({ tp: one, fit: fitWith(input, { tp: one }) }));
}

/** The largest settings that fit, each with the others as they are. */
export function adviceFor(input: FitInput): Advice {
  const memFraction = largestFraction(input);
  const maxReqTotalLen = longestRequest(input);
  return {
    ...(memFraction !== undefined && { memFraction }),
    ...(maxReqTotalLen !== undefined && { maxReqTotalLen }),
  };
}

/** The launch with other flags. */
export function fitWith(input: FitInput, flags: Partial<FitFlags>): Fit {
  return fitOf({ ...input, flags: { ...input.flags, ...flags } });
}

function largestFraction(input: FitInput): number | undefined {
  if (input.flags.maxTotalTokenNum !== undefined) return undefined;
  for (let steps = Math.round(1 / STEP) - 1; steps > 0; steps--) {
    const memFraction = steps / Math.round(1 / STEP);
    const { fits } = fitWith(input, { memFraction });
    if (fits === "yes") return memFraction;
  }
  return undefined;
}

function longestRequest(input: FitInput): number | undefined {
  const { flags } = input;
  const now = fitOf(input);
  if (now.maxTotalTokenNum === undefined || flags.allowsLongRequests) return undefined;
  const isHeld = (maxReqTotalLen: number) => {
    const batchMaxTokens =
      flags.batchMaxTokens === flags.maxReqTotalLen ? maxReqTotalLen : flags.batchMaxTokens;
    const { tokensBetween } = fitWith(input, { maxReqTotalLen, batchMaxTokens });
    return tokensBetween !== undefined && tokensBetween[0] > maxReqTotalLen + MARGIN;
  };
  let [held, not] = [0, now.maxTotalTokenNum + 1];
  while (not - held > 1) {
    const middle = Math.floor((held + not) / 2);
    if (isHeld(middle)) held = middle;
    else not = middle;
  }
  return held > 0 ? held : undefined;
}
