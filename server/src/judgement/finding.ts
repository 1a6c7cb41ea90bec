/** What judgement says: a finding, its effect, and how severe it is. */
import type { FixKind, Launch, LaunchChange, Span, TextFix } from "../launch/launch";

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
export type Stage = "argparse" | "startup" | "subprocess" | "model-load" | "runtime" | "text";

/** A fix in words, and as changes that the notation writes. */
export interface Fix {
  readonly title: string;
  readonly kind: FixKind;
  /** The one that an editor applies on one key stroke; at most one of a finding, never a stand-in. */
  readonly preferred: boolean;
  readonly changes: readonly LaunchChange[];
}

/** One thing to say about a place in the text. */
export interface Finding {
  /** The rule's id. */
  readonly code: string;
  readonly effect: Effect;
  readonly stage: Stage;
  /** How sure we are of what comes after the start; sure where absent. */
  readonly confidence?: "medium" | "low";
  /** The full name of the flag to blame, with its dashes. */
  readonly flag?: string;
  readonly message: string;
  readonly span: Span;
  /** The release that has what the judging one does not: perhaps the launch is for that one. */
  readonly knownBy?: string;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  readonly fixes: readonly Fix[];
  /** The launch it is about; none for a finding about the file. */
  readonly launch?: Launch;
  /** Fixes that are edits already, where the rule is one of the notation itself. */
  readonly textFixes?: readonly TextFix[];
}

export type Severity = "error" | "warning" | "hint";

const SEVERITY: Readonly<Record<Effect, Severity>> = {
  refused: "error",
  "fails-later": "error",
  overridden: "warning",
  ignored: "warning",
  deprecated: "warning",
  suspicious: "warning",
  redundant: "hint",
};

/** The severity that follows from an effect; a later failure that we are not sure of is a warning. */
export function severityOf({ effect, confidence }: Pick<Finding, "effect" | "confidence">): Severity {
  return effect === "fails-later" && confidence ? "warning" : SEVERITY[effect];
}
