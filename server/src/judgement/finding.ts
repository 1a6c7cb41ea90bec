/** The result of a rule: a finding, with the facts that all findings of the rule share. */
import type { RuleCode, RuleVariants } from "../../../schemas/generated/rules";
import type { Outcome, RuleFacts, RuleLevels, Stage } from "../catalogue/rule-facts";
import type { FixKind, Launch, Span, TextFix } from "../launch/launch";
import type { LaunchChange } from "../launch/launch-change";
import type { PointedFile } from "./surroundings";

/** A fix with its title and changes; the notation turns the changes into edits. */
export interface Fix {
  readonly title: string;
  readonly kind: FixKind;
  /** The editor applies it with one key. At most one fix of a finding is preferred, never a stand-in. */
  readonly preferred: boolean;
  readonly changes: readonly LaunchChange[];
}

/** Another place that a finding is about. */
export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
  /** The file of the place; that of the finding if absent. */
  readonly file?: PointedFile;
}

/** The part of a finding that depends on the place; reported by the code that detects it. */
export interface Report {
  /** Name of a variant of the rule; the rule's own outcome if absent. */
  readonly variant?: RuleVariants[RuleCode];
  /** Full name of the flag to blame, with dashes. */
  readonly flag?: string;
  readonly message: string;
  readonly span: Span;
  /**
   * The release that has the flag or value that the judging release does not have: the launch may be for that release.
   */
  readonly knownBy?: string;
  readonly related?: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  /** Fixes that are already edits, for rules of the notation itself. */
  readonly textFixes?: readonly TextFix[];
}

/** A report of a rule without variants. */
export type PlainReport = Omit<Report, "variant">;

/** The facts that all findings of a rule share. */
export interface RuleOutcome extends Outcome {
  /** The rule's code. */
  readonly code: RuleCode;
  readonly stage: Stage;
  /** Confidence in effects after the start; high if absent. */
  readonly confidence?: "medium" | "low";
}

/** A result of a rule at a place in the text. */
export interface Finding extends RuleOutcome, Omit<Report, "variant"> {
  /** The launch; absent for a finding about the file. */
  readonly launch?: Launch;
}

/** Orders by start, then by end. */
export function inTextOrder({ span: a }: Pick<Finding, "span">, { span: b }: Pick<Finding, "span">): number {
  return a.start - b.start || a.end - b.end;
}

/** The outcome of a rule. @param variant name of a variant of the rule. */
export function outcomeOf(rule: RuleFacts, variant?: string): RuleOutcome {
  const { id, stage, confidence, variants } = rule;
  const { effect, severity, tags } = (variant && variants?.[variant]) || rule;
  return { code: id, effect, stage, severity, ...(tags && { tags }), ...(confidence && { confidence }) };
}

/** A finding whose fixes are computed when they are first needed, because that costs more than judging. */
export function withFixesLater(finding: Omit<Finding, "fixes">, compute: () => readonly Fix[]): Finding {
  let fixes: readonly Fix[] | undefined;
  return {
    ...finding,
    get fixes() {
      fixes ??= compute();
      return fixes;
    },
  };
}

/** The finding with the severity that the user gave its rule; a rule that is off is left to what selects findings. */
export function withLevel<F extends Finding>(finding: F, levels: RuleLevels | undefined): F {
  const level = levels?.[finding.code];
  if (level === undefined || level === "off" || level === finding.severity) return finding;
  // Descriptors, because a spread would compute the fixes.
  return Object.defineProperties({} as F, {
    ...Object.getOwnPropertyDescriptors(finding),
    severity: { value: level, enumerable: true },
  });
}

/** Combines a report with the facts of its rule. */
export function findingOf(rule: RuleFacts, { variant, ...report }: Report): Finding {
  return { ...outcomeOf(rule, variant), ...report };
}
