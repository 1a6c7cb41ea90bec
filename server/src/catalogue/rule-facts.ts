/** Types of rules: the start-up steps, what LightLLM would do, and fixes as data. Data only. */
import type { RuleCode } from "../../../schemas/generated/rules";
import type { ModelCode, ModelFacts } from "./model-facts";
import type { ContainerFacts, DeploymentFacts, QuantizationFileFacts } from "./types";

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
