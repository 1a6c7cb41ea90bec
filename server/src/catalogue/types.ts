/** What the catalogue knows: releases, flags, documentation. Data only. */
import type { RuleCode } from "../../../schemas/generated/rules";

/** How LightLLM converts a word: `switch` takes none; the others are Python's `int()`, `float()` and `str()`. */
export type ValueKind = "switch" | "integer" | "number" | "text";

/** A default or a choice as the parser holds it; `null` is Python's `None`, which no word can say. */
export type FlagValue = string | number | boolean | null | readonly (string | number)[];

/** What one release's argument parser knows of a flag (`lightllm/server/api_cli.py` of that release). */
export interface FlagFacts {
  readonly kind: ValueKind;
  /** `none` for a switch, `one` word, or `many` (argparse's `nargs="+"`). */
  readonly arity: "none" | "one" | "many";
  /** What a second occurrence does: the `last` wins, or it is `append`ed. */
  readonly repeat: "last" | "append";
  readonly default: FlagValue;
  readonly choices: readonly (string | number | null)[] | null;
  /** `active`, or what keeps the flag from doing anything in this release. */
  readonly status: "active" | "no effect" | "deprecated, no effect" | "checked but without effect";
}

/** A flag of one release. */
export interface Flag extends FlagFacts {
  /** With its dashes: `--tp`. */
  readonly name: string;
  /** Without: `tp`, as a YAML config writes it. */
  readonly key: string;
  readonly aliases: readonly string[];
  readonly group: string;
  /** Words LightLLM understands although its parser takes any; empty where there is no such set. */
  readonly words: readonly string[];
  /** What LightLLM's own `help` says: for a flag that was read from a source and is in no release. */
  readonly help?: string;
}

/** A revision of LightLLM: a tagged release, or a snapshot of its main branch. */
export interface Release {
  /**
   * Unique in a process. Caches and lookups of a release that judged go by this: two readings of a LightLLM from source
   * have one name and may have other flags.
   */
  readonly id: string;
  /** For people; several releases read from source may share one. */
  readonly name: string;
  /**
   * The name of the shipped release whose rules, start-up and environment variables hold: its own, and for a LightLLM
   * that was read from its source the nearest one's.
   */
  readonly rulesOf: string;
  /** ISO date of the revision; of the nearest release for one that was read from its source. */
  readonly date: string;
  readonly tagged: boolean;
  /** In the parser's order. */
  readonly flags: readonly Flag[];
  /** By every spelling with dashes, aliases included. */
  readonly byName: ReadonlyMap<string, Flag>;
}

/** What we say about a flag in one language. Markdown. */
export interface FlagText {
  readonly summary: string;
  readonly details: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** The documentation of a flag, the same for all releases. */
export interface FlagDocs {
  readonly unit?: string;
  readonly examples?: readonly (string | number | readonly (string | number)[])[];
  readonly see?: readonly string[];
  readonly en: FlagText;
  readonly zh?: FlagText;
}

/** A group of flags, as LightLLM's page of parameters has them. */
export interface Group {
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
}

/** An environment variable that LightLLM or a library under it reads. */
export interface EnvironmentVariableDocs {
  readonly type: "switch" | "integer" | "number" | "text" | "choice" | "path" | "list";
  /** The releases that read it, old to new. */
  readonly releases: readonly string[];
  /** By release, or under `*` where it is the same in all; `null` where nothing is set. */
  readonly default: Readonly<Record<string, string | number | boolean | null>>;
  /** For a switch the words that switch it on, `*` for any text; for a choice the words the code knows. */
  readonly values?: readonly string[];
  readonly flags: readonly string[];
  readonly kind: string;
  readonly unit?: string;
  readonly examples?: readonly (string | number)[];
  readonly see?: readonly string[];
  readonly en: {
    readonly summary: string;
    readonly details?: string;
    readonly values?: Readonly<Record<string, string>>;
  };
  readonly zh?: EnvironmentVariableDocs["en"];
}

/** The programs that LightLLM starts as; what it does with its arguments first differs between them. */
export type ProgramId = "normal" | "pd_master" | "config_server" | "visual_only";

/** One step of a start-up program: it refuses, or sets values, where its condition holds. Conditions and values are Python. */
export interface StartupStep {
  /** The rule's id, where there is something to say about the step. */
  readonly id: string;
  readonly refuses: boolean;
  /** Always where absent. */
  readonly when?: string;
  readonly set?: readonly (readonly [name: string, value: string])[];
}

/** What the start-up code of a release does with the parsed arguments, in its order (`lightllm/server/api_start.py`). */
export type StartupPrograms = Readonly<Partial<Record<ProgramId, readonly StartupStep[]>>>;

/** What one rule looks for in some releases. */
export interface RuleCase {
  readonly releases: readonly string[];
  /** In which run modes; in every one where absent. */
  readonly modes?: readonly string[];
  /** Python, over effective values. */
  readonly if: string;
}

/** One cure as data: values to set, switches to add, flags to take out. */
export interface CureFacts {
  /** In words; made from the changes where absent. */
  readonly title?: string;
  /** `spelling` where the new value is another name for the same; `stand-in` where it is made up; else the user decides. */
  readonly kind?: "spelling" | "stand-in";
  /** Offered only where this Python expression holds. */
  readonly if?: string;
  /** By flag without dashes, what its value becomes: Python. */
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
  | "redundant";

/** Where LightLLM would act; `text` for what concerns the writing only. */
export type Stage = "text" | "argparse" | "startup" | "subprocess" | "model-load" | "runtime";

export type Severity = "error" | "warning" | "hint";

/** What LightLLM would do, and how it is shown. */
export interface Outcome {
  readonly effect: Effect;
  readonly severity: Severity;
  /** How an editor marks the place. */
  readonly tags?: readonly ("unnecessary" | "deprecated")[];
}

/** What is known of every rule; `schemas/rule.schema.json` says what each part means. */
export interface RuleFacts extends Outcome {
  /** Its code. */
  readonly id: RuleCode;
  /** A short phrase that names the fault. */
  readonly title: string;
  readonly stage: Stage;
  /** How sure we are of what comes after the start; sure where absent. */
  readonly confidence?: "medium" | "low";
  /** What must be known beside the launch for the rule to speak. */
  readonly needs?: "model";
  /** Other outcomes of its findings, by name. */
  readonly variants?: Readonly<Record<string, Outcome>>;
}

/** A rule over values, as data. */
export interface ValueRule extends RuleFacts {
  /** Who is to blame, without dashes: the first by name; the finding stands at the first that is written. */
  readonly flags: readonly (string | { readonly flag: string; readonly if: string })[];
  /** One finding for each of these flags that is written. */
  readonly each?: readonly string[];
  /** Absent for a rule of the start-up program, whose steps have the condition. */
  readonly cases?: readonly RuleCase[];
  /** The first message whose condition holds. `{expression}` shows a value, `{name!}` also where it comes from. */
  readonly messages: readonly { readonly if?: string; readonly say: string }[];
  readonly cures: readonly CureFacts[];
}

/** The form of `schemas/generated/rules.json`. */
export interface CompiledRules {
  readonly steps: readonly StartupStep[];
  /** By release and program, the steps in order: indices into `steps`. */
  readonly startup: Readonly<Record<string, Readonly<Partial<Record<ProgramId, readonly number[]>>>>>;
  readonly rules: Readonly<Record<RuleCode, RuleFacts | ValueRule>>;
  readonly container: ContainerFacts;
}

/** What a container needs beside the command of a launch; `schemas/container.yaml`. The first two are Python over values. */
export interface ContainerFacts {
  readonly port: string;
  readonly gpus: string;
  /** Flags without dashes. */
  readonly folders: readonly string[];
  /** In GiB. */
  readonly shared_memory: number;
}

/** What becomes of a flag, a variable or a value on the way from one release to another. `schemas/moves.schema.json` says what each part means. */
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

/** A flag, or a value of one, that only LightLLM's main branch had. Names have their dashes. */
export interface NeverReleased {
  readonly flag: string;
  readonly value?: string;
  /** ISO dates between which main had the flag; absent where only the value is gone. */
  readonly added?: string;
  readonly removed?: string;
  readonly say: string;
  readonly rename?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly lost?: string;
}

/** What changes between two releases that follow each other, in one direction. */
export interface Boundary {
  readonly from: string;
  readonly to: string;
  readonly moves: readonly Move[];
}

/** What carries launches over from release to release; the form of `schemas/generated/moves.json`. */
export interface Moves {
  /** Forward and back for each pair of neighbours. */
  readonly boundaries: readonly Boundary[];
  readonly neverReleased: readonly NeverReleased[];
  /** By flag without dashes, when an old default is worth writing down. */
  readonly keptDefaults: Readonly<Record<string, { readonly if: string }>>;
}

/** All releases from old to new, and how to look things up. */
export interface Catalogue {
  readonly releases: readonly Release[];
  readonly groups: readonly Group[];
  /** The newest tagged release: what judges a launch when nothing else is known. */
  readonly newest: Release;
  release(name: string): Release | undefined;
  /** Documentation by key; parsed on first use. */
  docs(key: string): FlagDocs | undefined;
  /** The start-up programs of a release. */
  startup(release: Release): StartupPrograms;
  /** All rules by their codes, parsed on first use. */
  rules(): Readonly<Record<RuleCode, RuleFacts>>;
  /** The rules over values, in the order of their codes. */
  valueRules(): readonly ValueRule[];
  /** What a container needs that runs a launch. */
  container(): ContainerFacts;
  /** What carries launches over between releases, parsed on first use. */
  moves(): Moves;
  /** Environment variables by name; parsed on first use. */
  environment(): Readonly<Record<string, EnvironmentVariableDocs>>;
  /** The place of a flag in completion: smaller comes first. */
  rank(key: string): number;
}

/** The form of `schemas/generated/facts.json`. */
export interface CompiledFacts {
  readonly groups: readonly Group[];
  readonly ranking: readonly string[];
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
