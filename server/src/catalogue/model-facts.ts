/** What a release takes from a model's config.json, as data: `schemas/model-facts/`. */

/** Where the start-up looks a key up in a model's config.json; `schemas/model-facts.schema.json` says what each part means. */
export interface ConfigLookup {
  readonly first: "present" | "not null";
  readonly keys: readonly string[];
  readonly parts: readonly string[];
  readonly otherwise?: string;
}

/** Some models with a part for images: by type, architecture or encoder, and the key of config.json that they need. */
export interface VisionModels {
  readonly types?: readonly string[];
  readonly architectures?: readonly string[];
  readonly thinker_encoders?: readonly string[];
  readonly key?: string;
  readonly not_null?: string;
}

/** What the start-up of a release takes from a model's config.json (`lightllm/utils/config_utils.py`). */
export interface ModelFacts {
  readonly end_of_text: ConfigLookup & {
    readonly by_architecture?: Readonly<Record<string, readonly number[]>>;
    readonly from_generation_config?: readonly string[];
    readonly from_tokenizer?: readonly string[];
  };
  readonly data_type: ConfigLookup;
  readonly longest_request: {
    readonly lengths: readonly string[];
    readonly positions: readonly string[];
    readonly not_scaled_by: readonly string[];
  };
  readonly vision: readonly VisionModels[];
  readonly audio: { readonly encoders: readonly string[] };
  readonly linear_attention: readonly string[];
  readonly fused_experts: readonly string[];
  /** By parser, the types of models that get it. */
  readonly tool_call_parsers: Readonly<Record<string, readonly string[]>>;
  readonly reasoning_parsers: Readonly<Record<string, readonly string[]>>;
}
