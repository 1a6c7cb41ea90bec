/** What LightLLM says of a launch: findings in the order of the text, and whether it starts. */
import type { Catalogue, Release } from "../catalogue/types";
import type { Launch } from "../launch/launch";
import { type Assignment, type Fault, parseArguments } from "./argparse";
import type { Finding } from "./finding";
import { ARGPARSE_RULES } from "./rules";
import { environmentFindings } from "./rules/environment";
import { duplicateKeys, flagWithoutEffect } from "./rules/occurrence";
import type { RuleContext } from "./rules/rule";
import { falseForValue, rereadValues } from "./rules/yaml";

export interface Judgement {
  readonly release: Release;
  /** What argparse makes of the words: one entry per flag, the one that counts. */
  readonly assignments: readonly Assignment[];
  readonly findings: readonly Finding[];
  /** Whether no finding says that LightLLM refuses. */
  readonly accepted: boolean;
}

/** Judges a launch as one release of LightLLM would. Pure: the same launch and release give the same judgement. */
export function judge(launch: Launch, release: Release, catalogue: Catalogue): Judgement {
  const context: RuleContext = { launch, release, catalogue };
  const { assignments, faults } = parseArguments(launch, release);
  const findings: Finding[] = [];
  for (const fault of faults) {
    const finding = reportFault(fault, context);
    if (finding) findings.push(finding);
  }
  for (const assignment of assignments) {
    findings.push(...flagWithoutEffect(assignment, context));
    if (launch.notation === "yaml") findings.push(...rereadValues(assignment));
  }
  if (launch.notation === "yaml") findings.push(...duplicateKeys(launch), ...falseForValue(launch, context));
  findings.push(...environmentFindings(context));
  findings.sort((a, b) => a.span.start - b.span.start);
  const about = findings.map((finding) => ({ ...finding, launch }));
  return {
    release,
    assignments,
    findings: about,
    accepted: !about.some(({ effect }) => effect === "refused"),
  };
}

function reportFault(fault: Fault, context: RuleContext): Finding | undefined {
  for (const rule of ARGPARSE_RULES) {
    if (rule.fault !== fault.kind) continue;
    const report = rule.report(fault, context);
    if (report) return { code: rule.code, effect: rule.effect, stage: rule.stage, ...report };
  }
  return undefined;
}
