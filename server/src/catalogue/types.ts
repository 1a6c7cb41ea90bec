/** Types of the catalogue: releases, flags, documentation. Data only. */

import type { RuleCode } from "../../../schemas/generated/rules";
import type { OtherEngines } from "./engine-facts";
import type { FitFacts } from "./fit-facts";
import type { ModelCode, ModelFacts } from "./model-facts";
import type { BehaviourChange, Moves } from "./move-facts";
import type { RuleFacts, StartupPrograms, ValueRule } from "./rule-facts";

/** How LightLLM converts a word: `switch` takes none; the others are Python's `int()`, `float()` and `str()`. */
export type ValueKind = "switch" | "integer" | "number" | "text";

/** A default or choice of the parser; `null` is Python's `None`, which cannot be written as a word. */
export type FlagValue = string | number | boolean | null | readonly (string | number)[];

/** A flag in the argument parser of one release (`lightllm/server/api_cli.py` of that release). */
export interface FlagFacts {
  readonly kind: ValueKind;
  /** `none` for a switch, `one` word, or `many` (argparse's `nargs="+"`). */
  readonly arity: "none" | "one" | "many";
  /** What a second occurrence does: the `last` wins, or it is `append`ed. */
  readonly repeat: "last" | "append";
  readonly default: FlagValue;
  readonly choices: readonly (string | number | null)[] | null;
  /** `active`, or why the flag has no effect in this release. */
  readonly status: "active" | "no effect" | "deprecated, no effect" | "checked but without effect";
}

/** A flag of one release. */
export interface Flag extends FlagFacts {
  /** With dashes: `--tp`. */
  readonly name: string;
  /** Without dashes: `tp`, the key in a YAML config. */
  readonly key: string;
  readonly aliases: readonly string[];
  readonly group: string;
  /** Words LightLLM accepts although its parser accepts any; empty if there is no such set. */
  readonly words: readonly string[];
  /** LightLLM's own `help` text, for a flag that was read from a source and is in no release. */
  readonly help?: string;
}

/** A revision of LightLLM: a tagged release, or a snapshot of its main branch. */
export interface Release {
  /**
   * Unique in a process. Use this as the key of caches and lookups: two LightLLM sources may have the same name and
   * different flags.
   */
  readonly id: string;
  /** Name for display; several releases read from source may share one. */
  readonly name: string;
  /**
   * Name of the bundled release whose rules, start-up and environment variables apply: its own, or the nearest one for
   * a LightLLM read from source.
   */
  readonly rulesOf: string;
  /** ISO date of the revision; for a LightLLM read from source, the date of the nearest release. */
  readonly date: string;
  readonly tagged: boolean;
  /** In the parser's order. */
  readonly flags: readonly Flag[];
  /** Flags by every name with dashes, aliases included. */
  readonly byName: ReadonlyMap<string, Flag>;
}

/** Documentation of a flag or a variable in one language, as Markdown. */
export interface DocumentedText {
  readonly summary: string;
  /** In the order of reading. */
  readonly facts: readonly Fact[];
  readonly values?: Readonly<Record<string, readonly Fact[]>>;
}

/** A sentence about a flag, a variable or a value, that was found in LightLLM's code. */
export interface Fact {
  readonly text: string;
  /**
   * `derived`: a formula of LightLLM. `interacts`: together with other flags or variables. `trap`: what fails or is
   * ignored unexpectedly. `advice`: what no code decides. Any other fact has no kind.
   */
  readonly kind?: "derived" | "interacts" | "trap" | "advice";
  /** The other flags without dashes, and variables. */
  readonly with?: readonly string[];
  /** The releases that it holds in; all if absent. */
  readonly releases?: readonly string[];
}

/** The documentation of a flag, the same for all releases. */
export interface FlagDocs {
  readonly unit?: string;
  readonly examples?: readonly (string | number | readonly (string | number)[])[];
  readonly see?: readonly string[];
  readonly en: DocumentedText;
  readonly zh?: DocumentedText;
}

/** A group of flags, as on LightLLM's page of parameters. */
export interface Group {
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
}

/** An environment variable that LightLLM or one of its libraries reads. */
export interface EnvironmentVariableDocs {
  readonly type: "switch" | "integer" | "number" | "text" | "choice" | "path" | "list";
  /** The releases that read it, old to new. */
  readonly releases: readonly string[];
  /** By release, or under `*` if it is the same in all; `null` if there is no default. */
  readonly default: Readonly<Record<string, string | number | boolean | null>>;
  /** For a switch, the words that enable it, or `*` for any text; for a choice, the accepted words. */
  readonly values?: readonly string[];
  readonly flags: readonly string[];
  readonly kind: string;
  readonly unit?: string;
  readonly examples?: readonly (string | number)[];
  readonly see?: readonly string[];
  readonly en: DocumentedText;
  readonly zh?: DocumentedText;
}

/** A port that a launch opens on its machine, or a range of them. */
export interface OpenedPort {
  /** The flag to blame, without dashes. */
  readonly flag: string;
  /** Opened only if this Python expression is true. */
  readonly if: string;
  /** The port or a list of ports as Python; the flag's value if absent. */
  readonly value?: string;
}

/** What the launches of a deployment share or must agree on; `schemas/deployment.schema.json` documents each field. */
export interface DeploymentFacts {
  readonly ports: readonly OpenedPort[];
  /** Ports among which a launch takes free ones: `count` of them, as Python, in steps of 1 if nothing else is said. */
  readonly taken: readonly {
    readonly if: string;
    readonly from: number;
    readonly step?: number;
    readonly count: string;
  }[];
  /** What launches must give alike, by whom. */
  readonly agree: Readonly<Partial<Record<Agreeing, readonly Agreement[]>>>;
}

/** Launches that must agree: the nodes of one server, or a node and its PD master, or prefill and decode nodes. */
export type Agreeing = "nodes" | "node_and_master" | "prefill_and_master" | "prefill_and_decode";

/** A flag that launches must give alike. */
export interface Agreement {
  /** Without dashes. */
  readonly flag: string;
  /** Compared only between launches for which this Python expression is true. */
  readonly if?: string;
  /** A path, of which only the last part is compared: it may be at another place on another machine. */
  readonly path?: true;
  /** Without the flag, the value is the model's own, which may not be known. */
  readonly fromModel?: true;
}

/** How a release reads the files of `--quant_cfg`; `schemas/quantization.yaml`. */
export interface QuantizationFileFacts {
  /** The key of an entry that names its weight. */
  readonly key: string;
  /** The names of weights that layers ask for. */
  readonly weights: readonly string[];
  /** The methods that cannot add a bias. */
  readonly without_bias?: readonly string[];
}

/**
 * What a container needs in addition to the command of a launch; `schemas/container.yaml`. All but the lists
 * and `shared_memory` are Python over values.
 */
export interface ContainerFacts {
  readonly port: string;
  readonly host: string;
  readonly gpus: string;
  /** Lists of GPU numbers. */
  readonly vision_gpus: string;
  readonly audio_gpus: string;
  /** The most that these two may name, where the model decides which of them there are. */
  readonly possible_gpus: string;
  /** Flags without dashes. */
  readonly folders: readonly string[];
  /** The other flags that name files and folders, without dashes. */
  readonly files: readonly string[];
  /** Environment variables that name network devices. */
  readonly network_devices: readonly string[];
  /** In GiB. */
  readonly shared_memory: number;
  /** Whether LightLLM computes at the start how much shared memory it needs. */
  readonly reckons_memory: string;
  /** The terms of that sum, in bytes. */
  readonly memory_for_requests: string;
  readonly memory_for_images: string;
  readonly memory_for_rest: number;
}

/** All releases from old to new, with lookup functions. */
export interface Catalogue {
  readonly releases: readonly Release[];
  readonly groups: readonly Group[];
  /** The newest tagged release; it judges a launch if nothing else is known. */
  readonly newest: Release;
  release(name: string): Release | undefined;
  /** Documentation by key; parsed on first use. */
  docs(key: string): FlagDocs | undefined;
  /** What behaves differently in a release than in the one before; read at each call, as few programs ask. */
  behaviourSince(release: Release): readonly BehaviourChange[];
  /** The start-up programs of a release. */
  startup(release: Release): StartupPrograms;
  /** The facts that the start-up of a release reads from a model's config.json. */
  modelFacts(release: Release): ModelFacts;
  /** What the code of each model type demands. */
  modelCode(release: Release): ModelCode;
  /** How a release reads the files of `--quant_cfg` and `--vit_quant_cfg`. */
  quantizationFile(release: Release): QuantizationFileFacts;
  /** All rules by their codes, parsed on first use. */
  rules(): Readonly<Record<RuleCode, RuleFacts>>;
  /** The rules over values, in the order of their codes. */
  valueRules(): readonly ValueRule[];
  /** What the launches of a deployment share in a release. */
  deployment(release: Release): DeploymentFacts;
  /** What a container needs to run a launch. */
  container(): ContainerFacts;
  /** What LightLLM takes of a GPU, parsed on first use. */
  fit(): FitFacts;
  /** Data for migrating launches between releases, parsed on first use. */
  moves(): Moves;
  /** Flags of other engines, parsed on first use. */
  otherEngines(): OtherEngines;
  /** The config.json of well-known public models by their name on the Hugging Face Hub: only what concerns serving. */
  publicModels(): Readonly<Record<string, string>>;
  /** Environment variables by name; parsed on first use. */
  environment(): Readonly<Record<string, EnvironmentVariableDocs>>;
  /**
   * The value that a word means for a flag without dashes: `null` if the flag is left out, undefined if the word means
   * nothing known.
   */
  synonym(key: string, word: string): string | null | undefined;
  /** Sort position of a flag in completion; smaller comes first. */
  rank(key: string): number;
}

/** The form of `schemas/generated/facts.json`. */
export interface CompiledFacts {
  readonly groups: readonly Group[];
  readonly ranking: readonly string[];
  /** By flag without dashes and word; `null` if the flag is left out. */
  readonly synonyms: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  readonly releases: readonly {
    readonly name: string;
    readonly date: string;
    readonly tagged: boolean;
    readonly words: Readonly<Record<string, readonly string[]>>;
    /** Flags in the parser's order: index into `flags`, index into that flag's `facts`. */
    readonly order: readonly (readonly [number, number])[];
  }[];
  readonly flags: readonly {
    readonly name: string;
    readonly aliases: readonly string[];
    readonly group: string;
    readonly facts: readonly FlagFacts[];
  }[];
}
