/**
 * The code of a rule: it detects problems and offers fixes. Everything else about the rule is in
 * `schemas/rules/<code>.yaml`.
 */
import type { DetectedIn, RuleCode, RuleVariants } from "../../../../schemas/generated/rules";
import type { Directive } from "../../launch/directives";
import type { LaunchSite } from "../../launch/site";
import type { Assignment, Fault } from "../argparse";
import type { EffectiveValues } from "../effective-values";
import type { PlainReport } from "../finding";
import type { FoundFit } from "../launch-fit";
import type { Surroundings } from "../surroundings";
import type { RuleContext } from "./rule";

/**
 * Input of a rule: an error of the argument parser, a flag with its words, a launch, the site of a launch with its
 * effective values, a launch on named GPUs, or a directive.
 */
export type Subject =
  | Fault
  | { readonly kind: "assignment"; readonly assignment: Assignment }
  | { readonly kind: "launch" }
  /** The files that a launch names: its model, and others. */
  | { readonly kind: "files"; readonly values: EffectiveValues; readonly surroundings: Surroundings }
  | { readonly kind: "site"; readonly site: LaunchSite; readonly values: EffectiveValues }
  /** A launch on GPUs that are named. */
  | { readonly kind: "memory"; readonly found: FoundFit; readonly values: EffectiveValues }
  | { readonly kind: "directive"; readonly directive: Directive };

export type SubjectOf<Kind extends Subject["kind"]> = Extract<Subject, { kind: Kind }>;

/** Context of a directive: it is not part of a launch, so no release judges it. */
export type FileContext = Pick<RuleContext, "catalogue">;

/** The name of a variant of any rule. */
type VariantName = RuleVariants[RuleCode];

/** A report with one of the rule's variants. */
type ReportOf<Variant> = PlainReport & { readonly variant?: Variant };

export interface Detector<Variant extends VariantName = VariantName> {
  /** The kinds of subjects that the rule handles. */
  readonly about: readonly Subject["kind"][];
  /** Returns nothing for a subject of another kind. */
  detect(subject: Subject, context: RuleContext | FileContext): Iterable<ReportOf<Variant>>;
}

/**
 * The rules of a file by code, with the variants that their YAML declares; the compiler checks that the list is
 * complete.
 */
export type DetectorsIn<File extends keyof DetectedIn> = {
  readonly [Code in DetectedIn[File]]: Detector<RuleVariants[Code]>;
};

/** A rule about errors of the argument parser; `report` returns undefined if there is no finding. */
export function onFault<Kind extends Fault["kind"], Variant extends VariantName = never>(
  about: readonly Kind[],
  report: (fault: SubjectOf<Kind>, context: RuleContext) => ReportOf<Variant> | undefined,
): Detector<Variant> {
  return {
    about,
    detect(subject, context) {
      const found = isOf(about, subject) && "launch" in context ? report(subject, context) : undefined;
      return found ? [found] : [];
    },
  };
}

/** A rule about launches, their sites, memory, files or flags, which may have several findings each. */
export function onEach<
  Kind extends "launch" | "site" | "memory" | "files" | "assignment",
  Variant extends VariantName = never,
>(
  kind: Kind,
  detect: (subject: SubjectOf<Kind>, context: RuleContext) => Iterable<ReportOf<Variant>>,
): Detector<Variant> {
  return {
    about: [kind],
    detect: (subject, context) =>
      isOf([kind], subject) && "launch" in context ? detect(subject, context) : [],
  };
}

/** A rule about directives. */
export function onDirective(
  detect: (directive: Directive, context: FileContext) => Iterable<ReportOf<never>>,
): Detector<never> {
  return {
    about: ["directive"],
    detect: (subject, context) => (subject.kind === "directive" ? detect(subject.directive, context) : []),
  };
}

function isOf<Kind extends Subject["kind"]>(
  kinds: readonly Kind[],
  subject: Subject,
): subject is SubjectOf<Kind> {
  return kinds.some((kind) => kind === subject.kind);
}
