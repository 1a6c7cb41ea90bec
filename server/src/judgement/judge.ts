/** Judges a launch: findings in LightLLM's order, and whether LightLLM starts. */
import type { Catalogue, Release } from "../catalogue/types";
import { isWithin, type Launch, placeOfWord } from "../launch/launch";
import { emptySite, type LaunchSite } from "../launch/site";
import { type Fault, type ParsedArguments, parseArguments, parsePossible } from "./argparse";
import type { EffectiveValues } from "./effective-values";
import { type Finding, inTextOrder } from "./finding";
import { fitHere } from "./launch-fit";
import { environmentValues, writtenValues } from "./launch-values";
import { assignmentsMeant } from "./meant";
import { onceForLaunch } from "./once-for-launch";
import { findingOnFault, findingsOn } from "./rules";
import { valueFindings } from "./rules/over-values";
import type { RuleContext } from "./rules/rule";
import { type Startup, startupOf } from "./startup";
import { NO_SURROUNDINGS, type Surroundings } from "./surroundings";

/** What LightLLM computes from a launch, before any rule is checked. */
export interface Evaluation {
  readonly release: Release;
  /** The effective values, as far as they are known. */
  readonly values: EffectiveValues;
}

export interface Judgement extends Evaluation {
  /** In LightLLM's order: errors of the argument parser, refusals of the start-up, then the rest. */
  readonly findings: readonly Finding[];
  /** Whether no finding has the effect `refused`. */
  readonly accepted: boolean;
}

/** The effective values of a launch, for features that need no findings. */
export function evaluateLaunch(
  launch: Launch,
  release: Release,
  catalogue: Catalogue,
  surroundings: Surroundings = NO_SURROUNDINGS,
): Evaluation {
  return { release, values: started(launch, release, catalogue, surroundings).startup.values };
}

/** A launch after the argument parser and the start-up program. */
function started(launch: Launch, release: Release, catalogue: Catalogue, surroundings: Surroundings) {
  const parsed = parseArguments(launch, release);
  const written = writtenValues(parsed, { launch, release, catalogue });
  const environment = environmentValues(launch);
  return { parsed, startup: startupOf({ written, release, catalogue, surroundings, environment }) };
}

/** Judges a launch like one release of LightLLM. Pure: the same input gives the same result, which is cached. */
export function judge(
  launch: Launch,
  release: Release,
  catalogue: Catalogue,
  surroundings: Surroundings = NO_SURROUNDINGS,
): Judgement {
  return judgedOnce(launch, release, catalogue, surroundings);
}

const judgedOnce = onceForLaunch(judgeAnew);

function judgeAnew(
  launch: Launch,
  release: Release,
  catalogue: Catalogue,
  surroundings: Surroundings,
): Judgement {
  const context: RuleContext = { launch, release, catalogue };
  const { parsed, startup } = started(launch, release, catalogue, surroundings);
  const { assignments } = parsed;
  const possible = parsePossible(launch, release);
  const findings: Finding[] = [];
  const faults = [parsed, ...possible]
    .flatMap((one) => one.faults)
    .filter((fault) => !isMisread(fault, launch));
  for (const fault of inArgparseOrder(faults)) {
    const finding = findingOnFault(fault, context);
    if (finding) findings.push(finding);
  }
  if (isStarted(launch, parsed)) {
    // If the meaning of a misspelt flag is certain, later problems are reported at once, because they would appear
    // after the fix.
    const meant = parsed.faults.flatMap((fault) => assignmentsMeant(fault, context, assignments));
    const all = [...meant, ...assignments].map((one) => [one.flag.key, one] as const);
    findings.push(...valueFindings(startup, new Map(all), context));
  }
  const ofArguments = [parsed, ...possible]
    .flatMap((one) => one.assignments)
    .flatMap((assignment) => [...findingsOn({ kind: "assignment", assignment }, context)]);
  const ofLaunch = [...findingsOn({ kind: "launch" }, context)];
  const site = isStarted(launch, parsed) ? siteAround(launch, surroundings) : undefined;
  const ofMemory = isStarted(launch, parsed) ? memoryFindings(startup, context) : [];
  const ofSite = site ? [...findingsOn({ kind: "site", site, values: startup.values }, context)] : [];
  const files = { kind: "files", values: startup.values, surroundings } as const;
  const ofFiles = isStarted(launch, parsed) ? [...findingsOn(files, context)] : [];
  findings.push(...[...ofArguments, ...ofLaunch, ...ofSite, ...ofMemory, ...ofFiles].sort(inTextOrder));
  const about = (launch.isMention ? findings.filter(isWrongWord) : findings).map((finding) =>
    finding.launch ? finding : { ...finding, launch },
  );
  return {
    release,
    values: startup.values,
    findings: about,
    accepted: !about.some(({ effect }) => effect === "refused"),
  };
}

/** The findings about the memory of GPUs that are named for a launch, if its start-up passes. */
function memoryFindings({ values, refusals }: Startup, context: RuleContext): Finding[] {
  if (!values.input.surroundings.gpu || refusals.length > 0) return [];
  const found = fitHere(values);
  return found?.kind === "fit" && found.fit.fits === "no"
    ? [...findingsOn({ kind: "memory", found, values }, context)]
    : [];
}

/** The site of a launch with what other texts say about it; an empty one if only its environment says something about the devices. */
function siteAround(
  { invocation, environment }: Launch,
  { portsBeside = [] }: Surroundings,
): LaunchSite | undefined {
  const site = invocation?.site;
  if (site) return portsBeside.length > 0 ? { ...site, ports: [...site.ports, ...portsBeside] } : site;
  const hasDevices = environment.some(({ name }) => name === "CUDA_VISIBLE_DEVICES");
  return hasDevices ? emptySite("job", 0) : undefined;
}

/** Whether an error concerns only words that a problem of the notation puts into the launch; that one is reported. */
function isMisread(fault: Fault, { problems = [] }: Launch): boolean {
  const words = "words" in fault ? fault.words : "word" in fault ? [fault.word] : [];
  const spans = words.length > 0 ? words.map(placeOfWord) : [fault.argument.flagSpan];
  return problems.some(({ misread }) => misread && spans.every((span) => isWithin(span, misread)));
}

/** Whether a name or a value is wrong wherever the words are. */
function isWrongWord({ stage, severity }: Finding): boolean {
  return stage === "argparse" && severity === "error";
}

/** Whether the launch reaches the start-up: not if it only requests the help, or if a page only names the program. */
function isStarted({ notation, arguments: given, isMention }: Launch, { faults }: ParsedArguments): boolean {
  if (isMention) return false;
  // Next to other flags, `--help` is a leftover; problems that it hides are reported at once.
  if (given.length < 2 && faults.some(({ kind }) => kind === "help")) return false;
  return given.length > 0 || notation.purpose !== "documentation";
}

/** Argparse stops at an ambiguous flag first, and reports words that it cannot assign last. */
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
