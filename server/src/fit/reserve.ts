/** What the start-up and a full batch take of the memory that `mem_fraction` leaves. */
import type { FitFacts, FitRelease, Measured } from "../catalogue/fit-facts";
import type { FitFlags } from "./memory-flags";
import { measuredTerm } from "./outside";
import type { Shape } from "./shape";
import { kvHeadsOn } from "./tensors";
import { exact, type Term } from "./term";

const MIB = 2 ** 20;

/** Of rotary tables: rows beside the positions of the model (`models/llama/model.py`). */
const ROTARY_ROWS = 128 * 1024;

export interface ReserveInput {
  readonly shape: Shape;
  readonly flags: FitFlags;
  readonly facts: FitFacts;
  readonly release: FitRelease;
  readonly isThere: boolean;
  readonly hasQuantizedWeights: boolean;
}

/** The terms after the kv cache; only for a release whose start-up was measured to its end. */
export function reserveTerms(input: ReserveInput): Term[] {
  const { flags, facts, isThere } = input;
  const { measured } = facts;
  const ranks = flags.tp === 1 ? 1 : "more";
  const there = isThere && flags.tp <= 2;
  const term = (id: Term["id"], seen: Measured) => measuredTerm(id, "reserve", seen, measured.on, there);
  return [
    prefillTerm(input),
    rotaryTerm(input),
    term("warm-up", measured.warm_up[ranks]),
    term("cublas", measured.cublas),
    ...(flags.graphMaxBatchSize > 0
      ? [term("capture", measured.capture[ranks]), term("graphs", graphPool(input))]
      : []),
    ...(flags.plainAttention ? [] : [attentionTerm(flags)]),
  ];
}

/** Activations of the longest prefill. */
function prefillTerm({ shape, flags, facts, release, isThere, hasQuantizedWeights }: ReserveInput): Term {
  const { measured } = facts;
  const source = release.sources.prefill;
  const more =
    (shape.latent || flags.kvTypes.every((word) => word === "None") ? 0 : measured.quantized_kv.to) +
    (hasQuantizedWeights ? measured.quantized_weights.to : 0);
  if (shape.latent) {
    const { at, to, tokens } = measured.prefill_mla;
    const scale = (flags.batchMaxTokens / tokens) * MIB;
    const [low, high] = [at * scale, to * scale + more * MIB];
    return { id: "prefill", part: "reserve", bytes: high, low, high, how: "guess", on: measured.on, source };
  }
  const { bytes, formula } = activations(shape, flags);
  const spread = shape.experts ? bytes * measured.prefill_moe : 0;
  const how = spread > 0 || more > 0 ? "guess" : isThere ? "measured" : "guess";
  return {
    id: "prefill",
    part: "reserve",
    bytes,
    low: (bytes - spread) * (isThere ? 1 : 0.9),
    high: (bytes + spread) * (isThere ? 1.01 : 1.1) + more * MIB,
    how,
    on: measured.on,
    formula,
    source,
  };
}

/** Bytes of a prefill of `batch_max_tokens`: found on dense models, and on one with experts. */
function activations(shape: Shape, flags: FitFlags): { readonly bytes: number; readonly formula: string } {
  const ranks = flags.tp / flags.dp;
  const { hidden, heads, headDim, intermediate, experts } = shape;
  const query = (heads * headDim) / ranks;
  const kv = 2 * kvHeadsOn(shape, ranks) * headDim;
  const element = flags.elementBytes;
  const indexes = 2 * headDim + 20;
  const [values, rest] = experts
    ? [
        5 * hidden + experts.perToken * (hidden + experts.intermediate / ranks) + 2 * query + kv,
        indexes + 2 * experts.count + 8 * experts.perToken,
      ]
    : [(3 * intermediate) / ranks + (query === hidden ? 4 * hidden : 3 * hidden + 2 * query) + kv, indexes];
  return {
    bytes: flags.batchMaxTokens * (element * values + rest),
    formula: `${flags.batchMaxTokens} × (${element} × ${Math.round(values)} + ${rest})`,
  };
}

/** Cosines and sines of all positions. */
function rotaryTerm({ shape, flags }: ReserveInput): Term {
  const width = shape.latent ? shape.latent.rope : shape.headDim;
  const bytes = (rows: number) => rows * Math.floor(width / 2) * 2 * flags.elementBytes;
  const low = bytes(shape.positions);
  const high = bytes(Math.max(shape.positions + ROTARY_ROWS, flags.maxReqTotalLen));
  return { ...exact("rotary", "reserve", low), high, how: low === high ? "exact" : "guess" };
}

/** The memory pool of the CUDA graphs, from the nearest measured sizes. */
function graphPool({ shape, flags, facts }: ReserveInput): Measured {
  const { graphs, graphs_mla } = facts.measured;
  const size = flags.graphMaxBatchSize;
  const last = graphs.at(-1);
  const above = graphs.find((row) => row.size >= size);
  const below = graphs.findLast((row) => row.size <= size);
  const scale = last && size > last.size ? size / last.size : 1;
  const at = (below?.at ?? 0) * (above ? 1 : scale);
  const to = (above ?? last)?.to ?? 0;
  return { at, to: Math.max(to * scale, shape.latent ? graphs_mla.to : 0) };
}

/** The workspace of an attention backend that LightLLM may choose: of FlashInfer 512 MiB, and indexes of pages. */
function attentionTerm(flags: FitFlags): Term {
  const pages = 2 * flags.graphMaxBatchSize * flags.graphMaxLenInBatch * 4;
  return {
    id: "attention",
    part: "reserve",
    bytes: 0,
    low: 0,
    high: 512 * MIB + pages,
    how: "guess",
    source: "common/basemodel/attention/flashinfer/fp.py:19-25",
  };
}
