/** Types of the catalogue: releases, flags, documentation. Data only. */
import type { RuleCode } from "../../../schemas/generated/rules";
import type { FitFacts } from "./fit-facts";
import type { ModelCode, ModelFacts } from "./model-facts";

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

/** The start-up paths of LightLLM, by run mode; each handles its arguments differently. */
export type ProgramId = "normal" | "pd_master" | "config_server" | "visual_only";

/**
 * One step of a start-up program: if its condition holds, it refuses the launch or sets values. Conditions and values
 * are Python.
 */
export interface StartupStep {
  /** The rule's code, if the step has a rule. */
  readonly id: string;
  readonly refuses: boolean;
  /** If absent, the step always applies. */
  readonly when?: string;
  readonly set?: readonly (readonly [name: string, value: string])[];
}

/** The steps of a release's start-up code on the parsed arguments, in its order (`lightllm/server/api_start.py`). */
export type StartupPrograms = Readonly<Partial<Record<ProgramId, readonly StartupStep[]>>>;

/** The condition of a rule for some releases. */
export interface RuleCase {
  readonly releases: readonly string[];
  /** Run modes; all of them if absent. */
  readonly modes?: readonly string[];
  /** Python, over effective values. */
  readonly if: string;
}

/** A fix as data: values to set, switches to add, flags to remove. */
export interface CureFacts {
  /** Title; generated from the changes if absent. */
  readonly title?: string;
  /**
   * `spelling`: the new value is another name for the same thing. `stand-in`: the value is a placeholder. Absent: the
   * user decides.
   */
  readonly kind?: "spelling" | "stand-in";
  /** Offered only if this Python expression is true. */
  readonly if?: string;
  /** New values as Python, by flag without dashes. */
  readonly set?: Readonly<Record<string, string>>;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** What LightLLM would do. */
export type Effect =
  | "refused"
  | "fails-later"
  | "overridden"
  | "ignored"
  | "deprecated"
  | "suspicious"
  | "unused"
  | "redundant";

/**
 * When LightLLM would react; `text` for problems of the notation only, `deployment` for what does not fit the place
 * where the launch runs, or the other launches of its deployment.
 */
export type Stage = "text" | "argparse" | "startup" | "subprocess" | "model-load" | "runtime" | "deployment";

export type Severity = "error" | "warning" | "hint";

/** What a user makes of a rule: its severity, or `off`. */
export type RuleLevel = Severity | "off";

/** Levels by the code of the rule; a rule that is not named keeps its own severity. */
export type RuleLevels = Readonly<Record<string, RuleLevel>>;

/** What LightLLM would do, and how the editor shows it. */
export interface Outcome {
  readonly effect: Effect;
  readonly severity: Severity;
  /** Diagnostic tags in an editor. */
  readonly tags?: readonly ("unnecessary" | "deprecated")[];
}

/** The facts that every rule has; `schemas/rule.schema.json` documents each field. */
export interface RuleFacts extends Outcome {
  /** The rule's code. */
  readonly id: RuleCode;
  /** A short phrase that names the problem. */
  readonly title: string;
  readonly stage: Stage;
  /** Confidence in effects after the start; high if absent. */
  readonly confidence?: "medium" | "low";
  /** Facts besides the launch that the rule needs. */
  readonly needs?: "model";
  /** Other outcomes of the rule's findings, by name. */
  readonly variants?: Readonly<Record<string, Outcome>>;
  /** Rules that do not report an error if this one reports it. */
  readonly insteadOf?: readonly RuleCode[];
}

/** A rule over values, as data. */
export interface ValueRule extends RuleFacts {
  /** Flags to blame, without dashes. The message names the first; the finding is at the first one that is written. */
  readonly flags: readonly (string | { readonly flag: string; readonly if: string })[];
  /** One finding for each of these flags that is written. */
  readonly each?: readonly string[];
  /** Absent for a rule of the start-up program, whose steps contain the condition. */
  readonly cases?: readonly RuleCase[];
  /** The first message whose condition is true is used. `{expression}` shows a value, `{name!}` also its origin. */
  readonly messages: readonly { readonly if?: string; readonly say: string }[];
  readonly cures: readonly CureFacts[];
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

/** The form of `schemas/generated/rules.json`. */
export interface CompiledRules {
  readonly quantization: Readonly<Record<string, QuantizationFileFacts>>;
  readonly steps: readonly StartupStep[];
  /** By release and program, the steps in order: indices into `steps`. */
  readonly startup: Readonly<Record<string, Readonly<Partial<Record<ProgramId, readonly number[]>>>>>;
  readonly modelFacts: readonly ModelFacts[];
  /** By release, the index in `modelFacts`. */
  readonly modelFactsOf: Readonly<Record<string, number>>;
  readonly modelCode: readonly ModelCode[];
  /** By release, the index in `modelCode`. */
  readonly modelCodeOf: Readonly<Record<string, number>>;
  readonly rules: Readonly<Record<RuleCode, RuleFacts | ValueRule>>;
  readonly container: ContainerFacts;
  readonly deployments: readonly DeploymentFacts[];
  /** By release, the index in `deployments`. */
  readonly deploymentOf: Readonly<Record<string, number>>;
}

/** How a release reads the files of `--quant_cfg`; `schemas/quantization.yaml`. */
export interface QuantizationFileFacts {
  /** The key of an entry that names its weight. */
  readonly key: string;
  /** The names of weights that layers ask for. */
  readonly weights: readonly string[];
}

/**
 * What a container needs in addition to the command of a launch; `schemas/container.yaml`. All but `folders` and
 * `shared_memory` are Python over values.
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
  /** In GiB. */
  readonly shared_memory: number;
  /** Whether LightLLM reckons at the start how much shared memory it needs. */
  readonly reckons_memory: string;
  /** The terms of that sum, in bytes. */
  readonly memory_for_requests: string;
  readonly memory_for_images: string;
  readonly memory_for_rest: number;
}

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
