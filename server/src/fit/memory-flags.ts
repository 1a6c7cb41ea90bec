/** The values of a launch that decide what it takes of a GPU. */

/** After LightLLM's own defaults. Lengths are in tokens. */
export interface FitFlags {
  /** GPUs of all nodes, for one copy of the model and all groups of `dp`. */
  readonly tp: number;
  readonly dp: number;
  readonly memFraction: number;
  readonly runningMaxReqSize: number;
  readonly maxReqTotalLen: number;
  readonly batchMaxTokens: number;
  /** Undefined if LightLLM profiles it. */
  readonly maxTotalTokenNum: number | undefined;
  /** 0 without CUDA graphs. */
  readonly graphMaxBatchSize: number;
  readonly graphMaxLenInBatch: number;
  /** Whether the GPU counts tokens for penalties. */
  readonly countsOnGpu: boolean;
  /** Of a weight or a value of the kv cache that is not quantized. */
  readonly elementBytes: number;
  /** `quant_type`, or what the checkpoint says. */
  readonly quantType: string;
  /** The words of `llm_kv_type` or `mode`. */
  readonly kvTypes: readonly string[];
  /** Layers of the kv cache for the draft model. */
  readonly draftLayers: number;
  readonly fusesSharedExperts: boolean;
  /** Whether MLA keeps `kv_b` beside its two halves. */
  readonly keepsWholeKvB: boolean;
  /** Whether requests may be longer than the kv cache. */
  readonly allowsLongRequests: boolean;
  /** Whether attention certainly works without a workspace of its own. */
  readonly plainAttention: boolean;
  /** Parts of the launch whose memory no formula covers. */
  readonly beyond: readonly Beyond[];
}

/** Why parts of the answer stay unknown. `experts`: expert parallelism; `pd`: kv caches move between nodes. */
export type Beyond = "experts" | "draft" | "pd" | "vision" | "quant-file" | "linear-attention";
