/** What a config.json says of a model, for people: independent of a release. */
import { isList, isMapping, type Value } from "../../python/values";
import { type ModelFolder, quietConfig } from "./folder";
import { lookupInParts, optional } from "./lookup";
import {
  type CheckpointQuantization,
  checkpointQuantization,
  type WeightSizes,
  weightSizes,
} from "./weights";

/** Facts of a model; absent where its files do not say them. */
export interface ModelSummary {
  readonly architecture?: string | undefined;
  readonly type?: string | undefined;
  readonly layers?: number | undefined;
  readonly heads?: number | undefined;
  readonly kvHeads?: number | undefined;
  /** Elements of a head. */
  readonly headSize?: number | undefined;
  /** Elements of the kv cache of one token and layer, where the model compresses it (MLA). */
  readonly latentSize?: number | undefined;
  readonly hiddenSize?: number | undefined;
  readonly vocabulary?: number | undefined;
  readonly experts?: number | undefined;
  readonly expertsPerToken?: number | undefined;
  /** In tokens, without the factor of a rope scaling. */
  readonly context?: number | undefined;
  readonly dataType?: string | undefined;
  readonly hasVision: boolean;
  readonly quantization?: CheckpointQuantization | undefined;
  readonly weights?: WeightSizes | undefined;
}

/** The files that count for a folder: its own, else those of a snapshot in it. */
export function filesThatCount(folder: ModelFolder): ModelFolder {
  if (folder.kind !== "folder" || folder.files.config !== undefined || !folder.files.snapshot) return folder;
  return { kind: "folder", files: folder.files.snapshot.files };
}

/** The facts of a model; undefined if its config.json is not known, or is none. */
export function summaryOf(folder: ModelFolder): ModelSummary | undefined {
  const config = quietConfig(folder);
  if (!isMapping(config)) return undefined;
  const thinker = optional(config, "thinker_config");
  const lookup = lookupInParts(config);
  const find = (...keys: readonly string[]) => lookup(keys);
  const count = (...keys: readonly string[]) => toCount(find(...keys));
  const heads = count("num_attention_heads", "n_head", "num_heads");
  const hiddenSize = count("hidden_size", "n_embd", "n_embed");
  const [latent, rope] = [count("kv_lora_rank"), count("qk_rope_head_dim")];
  const headSize = heads && hiddenSize ? hiddenSize / heads : undefined;
  const architectures = find("architectures");
  return {
    architecture: isList(architectures) ? toText(architectures[0] ?? null) : undefined,
    type: toText(find("model_type")),
    layers: count("num_hidden_layers", "n_layer", "num_layers"),
    heads,
    kvHeads: count("num_key_value_heads", "multi_query_group_num") ?? heads,
    headSize:
      count("head_dim") ?? (headSize !== undefined && Number.isInteger(headSize) ? headSize : undefined),
    latentSize: latent && rope ? latent + rope : undefined,
    hiddenSize,
    vocabulary: count("vocab_size", "padded_vocab_size"),
    experts: count("n_routed_experts", "num_experts", "num_local_experts"),
    expertsPerToken: count("num_experts_per_tok", "top_k_experts"),
    context: count("max_sequence_length", "max_position_embeddings", "seq_length"),
    dataType: toText(find("torch_dtype", "dtype")),
    hasVision: [config, thinker].some((part) => isMapping(optional(part, "vision_config"))),
    quantization: checkpointQuantization(folder),
    weights: weightSizes(folder),
  };
}

function toCount(value: Value): number | undefined {
  return typeof value === "bigint" && value > 0n ? Number(value) : undefined;
}

function toText(value: Value): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
