/** Types of what the flags of other servers of language models are in LightLLM. Data only. */

/** What a flag of another engine is in LightLLM. `schemas/other-engine.schema.json` documents each field. */
export interface EngineCase {
  /** Flags of LightLLM without dashes. */
  readonly is?: readonly string[];
  readonly splits?: readonly string[];
  /** The words of LightLLM, most wanted first; `null` if the flag is left out. */
  readonly values?: Readonly<Record<string, readonly string[] | null>>;
  readonly only?: true;
  readonly suffixes?: true;
  readonly note?: string;
  readonly differs?: string;
  readonly none?: string | true;
  readonly usual?: true;
}

/** A flag of another server of language models. */
export interface EngineFlag {
  readonly engine: string;
  /** Without dashes. */
  readonly names: readonly string[];
  /** The first counts whose flags the judging release has. */
  readonly cases: readonly EngineCase[];
}

/** What a variable of another engine is in LightLLM. */
export interface EngineVariable {
  /** A variable of LightLLM. */
  readonly is?: string;
  /** Flags of LightLLM without dashes. */
  readonly flags?: readonly string[];
  readonly note?: string;
  readonly none?: string;
}

/** The environment variables of another server of language models. */
export interface EngineVariables {
  readonly engine: string;
  /** What all its names begin with. */
  readonly prefixes?: readonly string[];
  /** Names with a prefix that LightLLM reads. */
  readonly except?: readonly string[];
  readonly names: Readonly<Record<string, EngineVariable>>;
}

/** What is known of other servers of language models. */
export interface OtherEngines {
  readonly flags: readonly EngineFlag[];
  readonly variables: readonly EngineVariables[];
}
