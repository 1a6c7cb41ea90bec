/** What judgement says: a finding, and what the rule that it comes from says of every such finding. */
import type { RuleCode } from "../../../schemas/generated/rules";
import type { Outcome, RuleFacts, Stage } from "../catalogue/types";
import type { FixKind, Launch, LaunchChange, Span, TextFix } from "../launch/launch";

/** A fix in words, and as changes that the notation writes. */
export interface Fix {
  readonly title: string;
  readonly kind: FixKind;
  /** The one that an editor applies on one key stroke; at most one of a finding, never a stand-in. */
  readonly preferred: boolean;
  readonly changes: readonly LaunchChange[];
}

/** What the code that detects something reports: what is particular to this place. */
export interface Report {
  /** Which of the rule's outcomes it is; the rule's own where absent. */
  readonly variant?: string;
  /** The full name of the flag to blame, with its dashes. */
  readonly flag?: string;
  readonly message: string;
  readonly span: Span;
  /** The release that has what the judging one does not: perhaps the launch is for that one. */
  readonly knownBy?: string;
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  readonly fixes: readonly Fix[];
  /** Fixes that are edits already, where the rule is one of the notation itself. */
  readonly textFixes?: readonly TextFix[];
}

/** A report of a rule that has no variants. */
export type PlainReport = Omit<Report, "variant">;

/** What a rule says of each of its findings. */
export interface RuleOutcome extends Outcome {
  /** The rule's id. */
  readonly code: RuleCode;
  readonly stage: Stage;
  /** How sure we are of what comes after the start; sure where absent. */
  readonly confidence?: "medium" | "low";
}

/** One thing to say about a place in the text. */
export interface Finding extends RuleOutcome, Omit<Report, "variant"> {
  /** The launch it is about; none for a finding about the file. */
  readonly launch?: Launch;
}

/** By where they start, then by where they end. */
export function inTextOrder({ span: a }: Pick<Finding, "span">, { span: b }: Pick<Finding, "span">): number {
  return a.start - b.start || a.end - b.end;
}

/** The outcome of a rule. @param variant the name of one of its other outcomes. */
export function outcomeOf(rule: RuleFacts, variant?: string): RuleOutcome {
  const { id, stage, confidence, variants } = rule;
  const { effect, severity, tags } = (variant && variants?.[variant]) || rule;
  return { code: id, effect, stage, severity, ...(tags && { tags }), ...(confidence && { confidence }) };
}

/** The finding that a report of a rule is. */
export function findingOf(rule: RuleFacts, { variant, ...report }: Report): Finding {
  return { ...outcomeOf(rule, variant), ...report };
}
