/** The facts that a release reads from a model's config.json, as data: `schemas/model-facts/`. */

/** How the start-up looks up a key in a model's config.json; `schemas/model-facts.schema.json` documents each field. */
export interface ConfigLookup {
  readonly first: "present" | "not null";
  readonly keys: readonly string[];
  readonly parts: readonly string[];
  readonly otherwise?: string;
}

/** Models with a vision part: by type, architecture or encoder, and the key of config.json that they need. */
export interface VisionModels {
  readonly types?: readonly string[];
  readonly architectures?: readonly string[];
  readonly thinker_encoders?: readonly string[];
  readonly key?: string;
  readonly not_null?: string;
}

/** The facts that the start-up of a release reads from a model's config.json (`lightllm/utils/config_utils.py`). */
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
  /** By parser, the model types that use it. */
  readonly tool_call_parsers: Readonly<Record<string, readonly string[]>>;
  readonly reasoning_parsers: Readonly<Record<string, readonly string[]>>;
}

/**
 * What the code of a release demands of each model type: by `model_type` the facts of its class.
 * `schemas/model-code.schema.json` documents each.
 */
export type ModelCode = Readonly<Record<string, ClassFacts>>;

/** The facts of one class; one that is absent does not concern it. */
export interface ClassFacts {
  /** The parts of config.json of which one names the language model, whose facts are meant. */
  readonly language_part?: readonly string[];
  /** The type of the language model where no part names one. */
  readonly otherwise?: string;
  readonly [fact: string]: string | number | boolean | readonly string[] | undefined;
}
