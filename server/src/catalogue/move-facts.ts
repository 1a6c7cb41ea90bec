/** Types of what changes between releases: replacements, old defaults, behaviour. Data only. */

/** How a flag, variable or value changes between two releases. `schemas/moves.schema.json` documents each field. */
export interface Move {
  readonly flag?: string;
  readonly variable?: string;
  readonly if?: string;
  readonly say: string;
  readonly rename?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly add?: readonly string[];
  readonly remove?: boolean;
  readonly lost?: string;
  readonly needs?: Readonly<Record<string, string>>;
}

/** A flag, or a value of one, that only LightLLM's main branch had. Names have dashes. */
export interface NeverReleased {
  readonly flag: string;
  readonly value?: string;
  /** ISO dates between which main had the flag; absent if only the value is gone. */
  readonly added?: string;
  readonly removed?: string;
  readonly say: string;
  readonly rename?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly lost?: string;
}

/** The changes between two consecutive releases, in one direction. */
export interface Boundary {
  readonly from: string;
  readonly to: string;
  readonly moves: readonly Move[];
  /** What a migration in this direction reports. */
  readonly reported: readonly ReportedChange[];
  /** Other names in the files of `--quant_cfg` and `--vit_quant_cfg`, if there are any. */
  readonly quantizationFile?: QuantizationNames;
}

/** New names in a quantization file, by the old ones. */
export interface QuantizationNames {
  /** The keys of a layer. */
  readonly keys: Readonly<Record<string, string>>;
  readonly methods: Readonly<Record<string, string>>;
  readonly layers: Readonly<Record<string, string>>;
  /** What to tell where a file names a layer, by its old name. */
  readonly say: Readonly<Record<string, string>>;
}

/** Something that makes the same launch behave differently in the next release. */
export interface BehaviourChange {
  /** A flag with its dashes, a variable, or the thing itself in a few words. */
  readonly about: string;
  readonly kind: "default" | "api" | "constant" | "kernel" | "format" | "port" | "memory";
  /** What is different, and what it costs. */
  readonly say: string;
  /** How to keep the old behaviour. */
  readonly keep?: string;
  /** Whether a migration keeps the old behaviour or reports the difference; `file`: it is in a file that the launch
   * names; `model`: the checkpoint decides. */
  readonly migration: "keeps" | "reports" | "file" | "model" | "nothing";
}

/** A change of behaviour that a migration reports. */
export interface ReportedChange extends Pick<BehaviourChange, "say" | "keep"> {
  /** The launches that it concerns, as Python over the values before the migration; all if absent. */
  readonly if?: string;
  /** The flag, without dashes, of the file that it is about: it is reported only if that file cannot be changed. */
  readonly file?: string;
  /** Whether the migration keeps the old behaviour where the condition is known, and reports the change otherwise. */
  readonly kept?: true;
}

/** When a migration writes an old default, and which. */
export interface KeptDefaultFacts {
  /** Python over the values in the new release. */
  readonly if: string;
  /** The old value, if it is not that of a flag with this name: Python over the values in the old release. */
  readonly value?: string;
  /** The old releases that this is about. */
  readonly releases: readonly string[];
}

/** Data for migrating launches between releases; the form of `schemas/generated/moves.json`. */
export interface Moves {
  /** Both directions for each pair of consecutive releases. */
  readonly boundaries: readonly Boundary[];
  readonly neverReleased: readonly NeverReleased[];
  /** When a migration writes an old default into the launch; by flag without dashes. */
  readonly keptDefaults: Readonly<Record<string, KeptDefaultFacts>>;
}
