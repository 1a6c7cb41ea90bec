/** What a launch takes of its GPUs, in words and numbers, for the command line and for hovers. */
import type { EvaluatedLaunch } from "../../analysis/judge-file";
import type { Variant } from "../../fit/advice";
import type { Fit, FitInput } from "../../fit/fit";
import type { Term } from "../../fit/term";
import { gapSentence, problemSentence } from "../../judgement/fit-words";
import { fitAdvice, fitHere } from "../../judgement/launch-fit";
import type { GpuFrom } from "../../judgement/surroundings";
import { say } from "../../messages";
import { sizeInWords } from "../model-text";

const SHORT = 4096;

/** How many requests fit into the kv cache at the same time, of all groups. */
export interface Requests {
  readonly full: number;
  readonly length: number;
  /** Of 4096 tokens. */
  readonly short: number;
}

export interface FitRow {
  readonly tp: number;
  readonly isHere: boolean;
  readonly fit: Fit;
  readonly requests?: Requests;
}

export interface FitReport {
  readonly gpu?: {
    readonly name: string | null;
    readonly bytes: number;
    readonly count: number | null;
    readonly from: GpuFrom;
  };
  readonly fits: Fit["fits"];
  /** Why not, or why it is unknown; empty if it fits. One sentence each. */
  readonly reasons: readonly string[];
  readonly fit?: Fit;
  readonly requests?: Requests;
  readonly largest?: { readonly memFraction?: number; readonly maxReqTotalLen?: number };
  readonly rows: readonly FitRow[];
  readonly release: string;
  readonly groups: number;
}

const known = new WeakMap<object, FitReport | undefined>();

/** The report of a launch; undefined if it loads no language model. Computed once for its values. */
export function fitReport(judged: EvaluatedLaunch): FitReport | undefined {
  const { values } = judged;
  if (!known.has(values)) known.set(values, compute(judged));
  return known.get(values);
}

function compute({ values, release }: EvaluatedLaunch): FitReport | undefined {
  const named = values.input.surroundings.gpu;
  const nothing = (reason: string): FitReport => ({
    ...(named && { gpu: gpuOf(named) }),
    fits: "unknown",
    reasons: [reason],
    rows: [],
    release: release.name,
    groups: 1,
  });
  if (!named) return nothing(say("fit.no-gpu"));
  const found = fitHere(values);
  if (!found) return undefined;
  if (found.kind === "model") return nothing(say("fit.no-model"));
  if (found.kind === "flags")
    return nothing(say("fit.no-flags", { flags: found.unknown.map((key) => `\`${key}\``).join(", ") }));
  const { input, fit, modelType } = found;
  const { variants, ...largest } = fitAdvice(input);
  const reasons = fit.problem
    ? [problemSentence(fit.problem, input)]
    : fit.unknown.map((gap) => gapSentence(gap, modelType, release.name));
  return {
    gpu: gpuOf(named),
    fits: fit.fits,
    reasons,
    fit,
    ...requestsIn(fit, input),
    largest,
    rows: variants.map((variant) => rowOf(variant, input)),
    release: release.name,
    groups: input.flags.dp,
  };
}

function gpuOf({ gpu, from }: { readonly gpu: FitInput["gpu"]; readonly from: GpuFrom }) {
  return { name: gpu.name ?? null, bytes: gpu.bytes, count: gpu.count ?? null, from };
}

function rowOf({ tp, fit }: Variant, input: FitInput): FitRow {
  return { tp, isHere: tp === input.flags.tp, fit, ...requestsIn(fit, input) };
}

function requestsIn({ maxTotalTokenNum }: Fit, { flags }: FitInput): { readonly requests?: Requests } {
  if (maxTotalTokenNum === undefined) return {};
  const most = flags.runningMaxReqSize;
  const of = (length: number) =>
    Math.max(Math.min(Math.floor(maxTotalTokenNum / Math.max(length, 1)), most), 0) * flags.dp;
  return { requests: { full: of(flags.maxReqTotalLen), length: flags.maxReqTotalLen, short: of(SHORT) } };
}

/** `H100 × 8 (79.2 GiB each)`. */
export function gpuInWords({ gpu }: FitReport): string {
  if (!gpu) return "";
  const size = sizeInWords(gpu.bytes);
  const name = gpu.name ?? say("fit.gpu-size");
  return gpu.count !== null && gpu.count > 1
    ? say("fit.gpu-each", { name, count: gpu.count, size })
    : say("fit.gpu-one", { name, size });
}

/** A term in words: its size, how it is known, its formula, and LightLLM's lines. */
export function termInWords(term: Term) {
  const { id, bytes, low, high, how, on, formula, source } = term;
  const size =
    low === high
      ? sizeInWords(bytes)
      : say("fit.between", { low: sizeInWords(low), high: sizeInWords(high) });
  return {
    name: say(`fit.term-${id}`),
    size,
    how:
      how === "measured"
        ? say("fit.how-measured", { card: on ?? "" })
        : how === "guess" && on !== undefined
          ? say("fit.how-guess-from", { card: on })
          : say(`fit.how-${how === "guess" ? "guess" : "exact"}`),
    formula: formula ?? "",
    source: source === undefined ? "" : `lightllm/${source}`,
  };
}

/** What is kept beside the kv cache, and what of it is needed. */
export function reserveInWords(fit: Fit): string {
  const { reserve } = fit;
  if (!reserve) return "";
  const has = sizeInWords(Math.max(reserve.has, 0));
  const isKnown = !fit.unknown.some((gap) => gap !== "spread");
  if (!isKnown) return say("fit.reserve-unknown", { has });
  const needs =
    reserve.low === reserve.high
      ? sizeInWords(reserve.low)
      : say("fit.between", { low: sizeInWords(reserve.low), high: sizeInWords(reserve.high) });
  return say("fit.reserve", { has, needs, left: sizeInWords(Math.max(reserve.has - reserve.high, 0)) });
}
