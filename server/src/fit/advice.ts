/** Settings with which a launch fits. */
import { type Fit, type FitInput, fitOf } from "./fit";
import type { FitFlags } from "./memory-flags";
import { MARGIN } from "./tables";

/** Two digits, as people write `mem_fraction`. */
const STEPS = 100;

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
  const { reserve } = fitOf(input);
  if (!reserve) return undefined;
  const most = Math.floor((1 - reserve.high / input.gpu.bytes) * STEPS);
  // Rounding of the tokens may cost a step.
  const tried = [most, most - 1].map((steps) => steps / STEPS).filter((fraction) => fraction > 0);
  return tried.find((memFraction) => fitWith(input, { memFraction }).fits === "yes");
}

/** The smallest `mem_fraction` above that of the launch with which the kv cache certainly holds some tokens. */
export function leastFraction(input: FitInput, tokens: number): number | undefined {
  const first = Math.floor(input.flags.memFraction * STEPS) + 1;
  for (let steps = first; steps < STEPS; steps++) {
    const { tokensBetween, fits } = fitWith(input, { memFraction: steps / STEPS });
    if (tokensBetween && tokensBetween[0] >= tokens) return fits === "no" ? undefined : steps / STEPS;
  }
  return undefined;
}

/** Tokens that certainly can be held, if LightLLM counts them itself. */
export function profiledTokens(input: FitInput): number | undefined {
  const fit = fitWith(input, { maxTotalTokenNum: undefined });
  const [least] = fit.tokensBetween ?? [];
  return fit.fits === "no" ? undefined : least;
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
