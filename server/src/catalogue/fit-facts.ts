/** What LightLLM takes of a GPU, as data: `schemas/fit.yaml`, where each field is described. */

/** How sure the memory of a GPU is. */
export type HowKnown = "measured" | "published" | "guessed";

/**
 * A GPU; `bytes` is its total memory as torch reports it, `to` the largest total published, `sm` NVIDIA's compute
 * capability without the dot: 90 for 9.0.
 */
export interface GpuFacts {
  readonly name: string;
  readonly sm: number;
  /** Other spellings, without case, spaces and dashes. */
  readonly names: readonly string[];
  readonly bytes: number;
  readonly to?: number;
  readonly how: HowKnown;
  readonly source: string;
}

/** The smallest and the largest measured value, in MiB; `elsewhere`: how much other cards and releases may differ. */
export interface Measured {
  readonly at: number;
  readonly to: number;
  readonly elsewhere?: number;
}

/** A measurement with one rank, and with more. */
export interface ByRanks {
  readonly 1: Measured;
  readonly more: Measured;
}

/** How the weights and the kv cache of models are laid out. */
export interface Layout {
  readonly types: readonly string[];
  readonly kv: "whole" | "repeat" | "latent";
  /** Whether `tie_word_embeddings` is read. */
  readonly tie: boolean;
  readonly bias?: readonly ("q" | "kv" | "o")[];
  readonly norm_qk?: true;
  /** The key of the number of experts in config.json. */
  readonly experts?: string;
  /** The releases whose weights are known. */
  readonly releases: readonly string[];
}

/** The computation of a release. */
export interface FitRelease {
  readonly held_rows: number;
  readonly spare_slot: number;
  readonly counts?: true;
  readonly tables_first?: true;
  readonly strict?: true;
  readonly above_batch?: true;
  readonly given_first?: true;
  readonly own_head_dim?: true;
  readonly repeats_heads?: true;
  readonly merged_qkv?: true;
  readonly counters?: true;
  readonly always_bias?: true;
  readonly measured?: true;
  /** Lines of LightLLM, below `lightllm/`. */
  readonly sources: Readonly<Record<FitSource, string>>;
}

export type FitSource = "tokens" | "cell" | "kv" | "tables" | "weights" | "refusal" | "prefill";

/** How the weights of a linear layer are quantized. */
export type WeightKind = "none" | "block" | "block-up" | "row" | "whole";

/** How values of the kv cache are quantized. */
export interface KvType {
  readonly bits?: number;
  readonly group?: number | "head";
  /** Values that a latent has in addition. */
  readonly latent?: number;
}

export interface FitFacts {
  readonly gpus: readonly GpuFacts[];
  readonly measured: {
    readonly on: string;
    readonly context: Measured;
    readonly nccl: ByRanks & { readonly 2: Measured };
    readonly warm_up: ByRanks;
    readonly capture: ByRanks;
    readonly cublas: Measured;
    readonly graphs: readonly (Measured & { readonly size: number })[];
    readonly graphs_mla: Measured;
    readonly quantized_kv: Measured;
    readonly quantized_weights: Measured;
    readonly prefill_mla: Measured & { readonly tokens: number };
    readonly prefill_moe: number;
  };
  readonly layouts: readonly Layout[];
  readonly releases: Readonly<Record<string, FitRelease>>;
  readonly quantizations: Readonly<Record<string, WeightKind>>;
  readonly kv_types: Readonly<Record<string, KvType>>;
}
