/** The sizes of a model from its config.json. */
import type { FitFacts, Layout } from "../catalogue/fit-facts";
import { isList, isMapping, type Mapping, type Value } from "../python/values";

/** Multi-head latent attention. */
export interface Latent {
  readonly kvRank: number;
  /** Undefined if the query is not compressed. */
  readonly queryRank: number | undefined;
  readonly nope: number;
  readonly rope: number;
  readonly value: number;
  /** The indexer of sparse attention. */
  readonly index?: { readonly heads: number; readonly dim: number };
}

export interface Experts {
  readonly count: number;
  readonly intermediate: number;
  readonly perToken: number;
  /** Times `intermediate`; 0 if there are none. */
  readonly shared: number;
  readonly hasBias: boolean;
  /** Whether a layer has experts. */
  isIn(layer: number): boolean;
}

export interface Shape {
  readonly type: string;
  readonly layout: Layout;
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  /** `hidden ÷ heads`, whatever config.json says. */
  readonly plainHeadDim: number;
  readonly intermediate: number;
  readonly vocabulary: number;
  readonly isTied: boolean;
  readonly latent?: Latent;
  readonly experts?: Experts;
  /** Positions of the rotary tables that config.json names. */
  readonly positions: number;
}

/** Models whose type is that of their language part. */
const WRAPPERS = new Set(["internvl_chat", "llava"]);

/** The model type that decides the layout; undefined if config.json names none. */
export function typeOf(config: Value): string | undefined {
  const type = textOf(config, "model_type");
  if (type !== undefined && !WRAPPERS.has(type)) return type;
  const part = languagePart(config);
  return part === config ? type : (textOf(part, "model_type") ?? type);
}

/** The shape of a model; undefined if the layout of its weights or a size is not known. */
export function shapeOf(config: Value, release: string, { layouts }: FitFacts): Shape | undefined {
  const type = typeOf(config);
  const layout = layouts.find(
    ({ types, releases }) => types.includes(type ?? "") && releases.includes(release),
  );
  const part = languagePart(config);
  if (type === undefined || !layout || !isMapping(part)) return undefined;
  const hidden = countOf(part, "hidden_size");
  const heads = countOf(part, "num_attention_heads");
  const layers = countOf(part, "num_hidden_layers");
  const vocabulary = countOf(part, "vocab_size");
  const intermediate = countOf(part, "intermediate_size");
  if (!hidden || !heads || !layers || !vocabulary || intermediate === undefined) return undefined;
  const latent = layout.kv === "latent" ? latentOf(part, type) : undefined;
  if (layout.kv === "latent" && !latent) return undefined;
  const experts = layout.experts === undefined ? undefined : expertsOf(part, layout.experts);
  if (experts === "unknown") return undefined;
  const plainHeadDim = Math.floor(hidden / heads);
  return {
    type,
    layout,
    hidden,
    layers,
    heads,
    kvHeads: countOf(part, "num_key_value_heads") ?? heads,
    headDim: countOf(part, "head_dim") ?? plainHeadDim,
    plainHeadDim,
    intermediate,
    vocabulary,
    isTied: layout.tie && (part.tie_word_embeddings ?? (config as Mapping).tie_word_embeddings) === true,
    ...(latent && { latent }),
    ...(experts && { experts }),
    positions: countOf(part, "max_position_embeddings") ?? 0,
  };
}

/** The part of config.json that describes the language model. */
function languagePart(config: Value): Value {
  if (!isMapping(config)) return config;
  const inner = [config.text_config, config.llm_config].find(
    (part) => part !== undefined && isMapping(part) && countOf(part, "hidden_size") !== undefined,
  );
  return inner ?? config;
}

function latentOf(part: Mapping, type: string): Latent | undefined {
  const [kvRank, nope, rope] = ["kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim"].map((key) =>
    countOf(part, key),
  );
  if (!kvRank || !nope || !rope) return undefined;
  const [heads, dim] = ["index_n_heads", "index_head_dim"].map((key) => countOf(part, key));
  if (type === "deepseek_v32" && (!heads || !dim)) return undefined;
  return {
    kvRank,
    queryRank: countOf(part, "q_lora_rank"),
    nope,
    rope,
    value: countOf(part, "v_head_dim") ?? nope,
    ...(type === "deepseek_v32" && heads && dim ? { index: { heads, dim } } : {}),
  };
}

function expertsOf(part: Mapping, key: string): Experts | "unknown" | undefined {
  const count = countOf(part, key);
  if (!count) return undefined;
  const intermediate = countOf(part, "moe_intermediate_size");
  const perToken = countOf(part, "num_experts_per_tok");
  if (!intermediate || !perToken) return "unknown";
  const dense = countOf(part, "first_k_dense_replace") ?? 0;
  const every = countOf(part, "moe_layer_freq") ?? 1;
  const step = countOf(part, "decoder_sparse_step") ?? 1;
  const only = isList(part.mlp_only_layers ?? null) ? (part.mlp_only_layers as readonly Value[]) : [];
  const isDense = new Set(only.map(Number));
  return {
    count,
    intermediate,
    perToken,
    shared: countOf(part, "n_shared_experts") ?? 0,
    hasBias: part.topk_method === "noaux_tc",
    isIn: (layer) => layer >= dense && layer % every === 0 && (layer + 1) % step === 0 && !isDense.has(layer),
  };
}

/** A whole number that is not negative; undefined for any other value. */
function countOf(part: Value, key: string): number | undefined {
  const value = isMapping(part) && Object.hasOwn(part, key) ? part[key] : undefined;
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function textOf(part: Value, key: string): string | undefined {
  const value = isMapping(part) && Object.hasOwn(part, key) ? part[key] : undefined;
  return typeof value === "string" ? value : undefined;
}
