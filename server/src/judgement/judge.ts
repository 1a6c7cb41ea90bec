/** What LightLLM says of a launch: findings in the order in which it would come to them, and whether it starts. */
import type { Catalogue, Release } from "../catalogue/types";
import type { Launch } from "../launch/launch";
import { type Assignment, type Fault, type ParsedArguments, parseArguments } from "./argparse";
import type { EffectiveValues } from "./effective-values";
import { type Finding, inTextOrder } from "./finding";
import { assignmentMeant } from "./meant";
import { findingOnFault, findingsOn } from "./rules";
import { valueFindings } from "./rules/over-values";
import type { RuleContext } from "./rules/rule";
import { startupOf } from "./startup";
import { NO_SURROUNDINGS, type Surroundings } from "./surroundings";
import { environmentValues, writtenValues } from "./values";

export interface Judgement {
  readonly release: Release;
  /** What argparse makes of the words: one entry per flag, the one that counts. */
  readonly assignments: readonly Assignment[];
  /** The values LightLLM goes on with, as far as they are known. */
  readonly values: EffectiveValues;
  /** In LightLLM's order: what the argument parser refuses, what the start-up refuses, then everything else. */
  readonly findings: readonly Finding[];
  /** Whether no finding says that LightLLM refuses. */
  readonly accepted: boolean;
}

/** Judges a launch as one release of LightLLM would. Pure: the same input gives the same judgement. */
export function judge(
  launch: Launch,
  release: Release,
  catalogue: Catalogue,
  surroundings: Surroundings = NO_SURROUNDINGS,
): Judgement {
  const context: RuleContext = { launch, release, catalogue };
  const parsed = parseArguments(launch, release);
  const { assignments } = parsed;
  const environment = environmentValues(launch);
  const startup = startupOf({
    written: writtenValues(parsed, release),
    release,
    catalogue,
    surroundings,
    environment,
  });
  const findings: Finding[] = [];
  for (const fault of inArgparseOrder(parsed.faults)) {
    const finding = findingOnFault(fault, context);
    if (finding) findings.push(finding);
  }
  if (isStarted(launch, parsed)) {
    // Of a misspelt flag that is surely meant, what comes next is told at once: it would come to light with the fix.
    const meant = parsed.faults.flatMap((fault) =>
      fault.kind === "unknown" ? (assignmentMeant(fault, release, assignments) ?? []) : [],
    );
    const all = [...meant, ...assignments].map((one) => [one.flag.key, one] as const);
    findings.push(...valueFindings(startup, new Map(all), context));
  }
  const ofArguments = assignments.flatMap((assignment) => [
    ...findingsOn({ kind: "assignment", assignment }, context),
  ]);
  const ofLaunch = [...findingsOn({ kind: "launch" }, context)];
  findings.push(...[...ofArguments, ...ofLaunch].sort(inTextOrder));
  const about = findings.map((finding) => (finding.launch ? finding : { ...finding, launch }));
  return {
    release,
    assignments,
    values: startup.values,
    findings: about,
    accepted: !about.some(({ effect }) => effect === "refused"),
  };
}

/** Whether the words go on to the start-up: not where only the help is asked for, or a page only names the program. */
function isStarted({ notation, arguments: given }: Launch, { faults }: ParsedArguments): boolean {
  // Among other flags `--help` is a leftover: what it hides is told at once.
  if (given.length < 2 && faults.some(({ kind }) => kind === "help")) return false;
  return given.length > 0 || notation.purpose !== "documentation";
}

/** Python's argparse stops at an ambiguous flag before all else, and speaks of words it cannot place only at the end. */
function inArgparseOrder(faults: readonly Fault[]): Fault[] {
  return [...faults].sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(fault: Fault): number {
  switch (fault.kind) {
    case "ambiguous":
      return 0;
    case "unknown":
    case "stray":
    case "surplus":
      return 2;
    case "switchValue":
      return fault.argument.joined ? 1 : 2;
    case "abbreviated":
    case "repeated":
      return 3;
    default:
      return 1;
  }
}
