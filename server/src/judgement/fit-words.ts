/** What fails on a GPU, and why an answer is not known, in words. */
import type { FitInput, Gap, Problem } from "../fit/fit";
import { say } from "../messages";

/** What fails, as a sentence. */
export function problemSentence(problem: Problem, { flags }: FitInput): string {
  switch (problem.kind) {
    case "split":
      return say("fit.problem-split", { tp: flags.tp });
    case "weights":
      return say("fit.problem-weights", { needs: gibibytes(problem.needs), has: gibibytes(problem.has) });
    case "given":
      return say("fit.problem-given", {
        tokens: flags.maxTotalTokenNum ?? 0,
        needs: gibibytes(problem.needs),
        has: gibibytes(Math.max(problem.has, 0)),
        most: Math.max(problem.most, 0),
      });
    case "tokens":
      return problem.tokens <= 0
        ? say("fit.problem-tokens-none")
        : say("fit.problem-tokens", { tokens: problem.tokens, needs: problem.needs });
    case "batch":
      return problem.tokens <= 0
        ? say("fit.problem-tokens-none")
        : say("fit.problem-batch", { tokens: problem.tokens, needs: problem.needs });
    case "reserve":
      return say("fit.problem-reserve", {
        has: gibibytes(Math.max(problem.has, 0)),
        needs: gibibytes(problem.needs),
      });
  }
}

/** Why an answer is not known, as the end of a sentence. */
export function gapSentence(gap: Gap, type: string, release: string): string {
  switch (gap) {
    case "layout":
      return say("fit.unknown-layout", { type: type || "?", release });
    case "release":
      return say("fit.unknown-release", { release });
    default:
      return say(`fit.unknown-${gap}`);
  }
}

/** A size in GiB, with two decimal places. */
export function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GiB`;
}
