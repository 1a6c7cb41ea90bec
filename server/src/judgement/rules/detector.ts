/** What the code of a rule is: it detects and offers cures. Everything else about the rule is in `schemas/rules/<code>.yaml`. */
import type { DetectedIn, RuleVariants } from "../../../../schemas/generated/rules";
import type { Directive } from "../../launch/directives";
import type { Assignment, Fault } from "../argparse";
import type { PlainReport } from "../finding";
import type { RuleContext } from "./rule";

/** What a rule may look at: a fault of the argument parser, a flag with the words that count, a launch, a comment that steers us. */
export type Subject =
  | Fault
  | { readonly kind: "assignment"; readonly assignment: Assignment }
  | { readonly kind: "launch" }
  | { readonly kind: "directive"; readonly directive: Directive };

export type SubjectOf<Kind extends Subject["kind"]> = Extract<Subject, { kind: Kind }>;

/** What is at hand for a comment: it is no part of a launch, and no release judges it. */
export type FileContext = Pick<RuleContext, "catalogue">;

/** A report with the name of one of the rule's variants. */
type ReportOf<Variant> = PlainReport & { readonly variant?: Variant };

export interface Detector<Variant extends string = string> {
  /** The kinds of subjects that it is asked about. */
  readonly about: readonly Subject["kind"][];
  /** Nothing about a subject of another kind. */
  detect(subject: Subject, context: RuleContext | FileContext): Iterable<ReportOf<Variant>>;
}

/** The rules of a file, by their codes, with the variants that their YAML declares: a file lacks none and has no other. */
export type DetectorsIn<File extends keyof DetectedIn> = {
  readonly [Code in DetectedIn[File]]: Detector<RuleVariants[Code]>;
};

/** A rule about faults of the argument parser; `report` returns undefined if it has nothing to say. */
export function onFault<Kind extends Fault["kind"], Variant extends string = never>(
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

/** A rule about launches or their flags, which may have several findings about each. */
export function onEach<Kind extends "launch" | "assignment", Variant extends string = never>(
  kind: Kind,
  detect: (subject: SubjectOf<Kind>, context: RuleContext) => Iterable<ReportOf<Variant>>,
): Detector<Variant> {
  return {
    about: [kind],
    detect: (subject, context) =>
      isOf([kind], subject) && "launch" in context ? detect(subject, context) : [],
  };
}

/** A rule about comments that steer us. */
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
