/** Rules about the memory of GPUs: what certainly does not fit. */
import { adviceFor, leastFraction, profiledTokens, variantsOf } from "../../fit/advice";
import type { FitInput, Problem } from "../../fit/fit";
import { say } from "../../messages";
import type { Fix, PlainReport } from "../finding";
import { gibibytes, problemSentence } from "../fit-words";
import { type DetectorsIn, onEach, type SubjectOf } from "./detector";
import type { RuleContext } from "./rule";
import { argumentFor, flagText, placeOfFlag, setFlag } from "./site-common";

/** A rule about problems of some kinds. */
function onProblem<Kind extends Problem["kind"]>(
  kinds: readonly Kind[],
  flagOf: (context: RuleContext) => string,
  fixesFor: (input: FitInput, problem: Extract<Problem, { kind: Kind }>, context: RuleContext) => Fix[],
) {
  const isOne = (problem: Problem): problem is Extract<Problem, { kind: Kind }> =>
    kinds.some((kind) => kind === problem.kind);
  return onEach("memory", function* ({ found }: SubjectOf<"memory">, context): Generator<PlainReport> {
    const { fit, input } = found;
    const { problem } = fit;
    if (!problem || !isOne(problem) || input.gpu.how === "guessed") return;
    const key = flagOf(context);
    const fixes = fixesFor(input, problem, context);
    yield {
      flag: `--${key}`,
      message: say("fit.finding", {
        what: problemSentence(problem, input),
        gpu: input.gpu.name ?? say("fit.gpu-size"),
        size: gibibytes(input.gpu.bytes),
        release: context.release.name,
      }),
      span: placeOfFlag(key, context),
      fixes: fixes.map((fix, index) => ({ ...fix, preferred: index === 0 })),
    };
  });
}

/** The fix that sets a flag; nothing without a value. */
function set(key: string, value: number | undefined, context: RuleContext): Fix[] {
  if (value === undefined) return [];
  const text = String(value);
  return [setFlag(key, text, say("rule.set", { flag: flagText(key, text, context) }), false, context)];
}

/** The fewest GPUs of a node on which the launch may fit. */
function moreGpus(input: FitInput): number | undefined {
  const { tp } = input.flags;
  const most = input.gpu.count ?? Number.POSITIVE_INFINITY;
  return variantsOf(input).find((one) => one.tp > tp && one.tp <= most && one.fit.fits !== "no")?.tp;
}

const weightsTooLarge = onProblem(
  ["weights"],
  () => "tp",
  (input, _, context) => set("tp", moreGpus(input), context),
);

const tooFewTokens = onProblem(
  ["tokens", "batch"],
  ({ launch, release }) =>
    argumentFor("max_req_total_len", launch, release) ? "max_req_total_len" : "mem_fraction",
  (input, { needs, kind }, context) => {
    if (input.flags.maxTotalTokenNum !== undefined) return set("max_total_token_num", needs, context);
    const { maxReqTotalLen } = adviceFor(input);
    const isLong = kind === "tokens" && (maxReqTotalLen ?? 0) > input.flags.batchMaxTokens;
    return [
      ...set("mem_fraction", leastFraction(input, needs), context),
      ...(isLong ? set("max_req_total_len", maxReqTotalLen, context) : []),
      ...set("tp", moreGpus(input), context),
    ];
  },
);

const givenTooMany = onProblem(
  ["given"],
  () => "max_total_token_num",
  (input, _, context) => set("max_total_token_num", profiledTokens(input), context),
);

const reserveTooSmall = onProblem(
  ["reserve"],
  ({ launch, release }) =>
    argumentFor("max_total_token_num", launch, release) ? "max_total_token_num" : "mem_fraction",
  (input, _, context) =>
    input.flags.maxTotalTokenNum === undefined
      ? set("mem_fraction", adviceFor(input).memFraction, context)
      : set("max_total_token_num", profiledTokens(input), context),
);

export const rules = {
  "weights-exceed-gpu": weightsTooLarge,
  "kv-tokens-too-few": tooFewTokens,
  "kv-tokens-exceed-gpu": givenTooMany,
  "gpu-reserve-too-small": reserveTooSmall,
} satisfies DetectorsIn<"judgement/rules/memory.ts">;
