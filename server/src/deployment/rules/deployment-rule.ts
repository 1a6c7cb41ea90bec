/** The code of a rule about a deployment. Everything else about the rule is in `schemas/rules/<code>.yaml`. */
import type { DetectedIn, RuleCode, RuleVariants } from "../../../../schemas/generated/rules";
import type { Span } from "../../launch/launch";
import type { LaunchGroup, Member, OtherPlace, Remedy } from "../deployment";

/** A disagreement of launches, at the place of the one that is more likely wrong. */
export interface Clash<Variant extends RuleVariants[RuleCode] = RuleVariants[RuleCode]> {
  /** Name of a variant of the rule; the rule's own outcome if absent. */
  readonly variant?: Variant;
  readonly member: Member;
  readonly span: Span;
  /** Full name of the flag to blame, with dashes. */
  readonly flag?: string;
  readonly message: string;
  /** The places that it disagrees with. */
  readonly others: readonly OtherPlace[];
  /** Possible solutions, the most likely first; computed on request. */
  readonly remedies?: () => readonly Remedy[];
}

/** Finds the disagreements of one kind in a deployment. */
export type DeploymentRule<Variant extends RuleVariants[RuleCode] = RuleVariants[RuleCode]> = (
  group: LaunchGroup,
) => Iterable<Clash<Variant>>;

/** The rules of a file by code; the compiler checks that the list is complete. */
export type DeploymentRulesIn<File extends keyof DetectedIn> = {
  readonly [Code in DetectedIn[File]]: DeploymentRule<RuleVariants[Code]>;
};
