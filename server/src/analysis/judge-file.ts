/** Judges every launch of a file, and what the file says about itself. */
import type { Catalogue, Release } from "../catalogue/types";
import { type Finding, findingOf, outcomeOf } from "../judgement/finding";
import { type Judgement, judge } from "../judgement/judge";
import { directiveFindings } from "../judgement/rules/directives";
import { NO_SURROUNDINGS, type Surroundings } from "../judgement/surroundings";
import { type Directive, findDirectives, isSwitchedOff, modelineOf } from "../launch/directives";
import type { Launch, LaunchFile, TextProblem } from "../launch/launch";
import { type ChosenRelease, chooseRelease } from "./chosen-release";

export interface JudgedLaunch extends Judgement {
  readonly launch: Launch;
  readonly chosen: ChosenRelease;
}

export interface JudgedFile {
  readonly file: LaunchFile;
  readonly directives: readonly Directive[];
  readonly launches: readonly JudgedLaunch[];
  /** About what is part of no launch, and about comments that steer us. */
  readonly findings: readonly Finding[];
}

/** What the surroundings ask for: the `--release` option, the `lightllm.release` setting, a LightLLM of the workspace's own. */
export interface ReleaseSettings {
  /** Judges, whatever anyone else asks for. */
  readonly fixed?: Release | undefined;
  readonly option?: string | undefined;
  readonly setting?: string | undefined;
  /** The LightLLM of the workspace or of the chosen Python environment, as its source says. */
  readonly source?: Release | undefined;
}

/** Judges a file; a file with `# lightllm: off` has no findings. */
export function judgeFile(
  file: LaunchFile,
  settings: ReleaseSettings,
  catalogue: Catalogue,
  surroundings: Surroundings = NO_SURROUNDINGS,
): JudgedFile {
  return lastOf(judgeInSteps(file, settings, catalogue, surroundings));
}

/** As `judgeFile`, launch by launch: whoever takes the steps may do something else between them. @param isAsked whether a launch is to be judged. */
export function* judgeInSteps(
  file: LaunchFile,
  settings: ReleaseSettings,
  catalogue: Catalogue,
  surroundings: Surroundings = NO_SURROUNDINGS,
  isAsked: (launch: Launch) => boolean = () => true,
): Generator<undefined, JudgedFile> {
  const directives = findDirectives(file.text, file.notation.comments);
  const releases = directives.filter(({ kind }) => kind === "release");
  const launches: JudgedLaunch[] = [];
  for (const [index, launch] of file.launches.entries()) {
    if (!isAsked(launch)) continue;
    const modeline = modelineOf(file, index, releases)?.release;
    launches.push(judgeLaunch(launch, modeline, settings, catalogue, surroundings));
    yield;
  }
  const findings = [
    ...file.problems.map((problem) => problemFinding(problem, catalogue)),
    ...steeringFindings(directives, catalogue).map((finding) => withLaunch(finding, file)),
  ];
  if (!isSwitchedOff(directives)) return { file, directives, launches, findings };
  return {
    file,
    directives,
    launches: launches.map((launch) => ({ ...launch, findings: [] })),
    findings: [],
  };
}

/** The result once all steps are taken. */
export function lastOf<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Judges one launch, by its writing and by its words. @param modeline the release that a comment names. */
export function judgeLaunch(
  launch: Launch,
  modeline: string | undefined,
  settings: ReleaseSettings,
  catalogue: Catalogue,
  surroundings: Surroundings = NO_SURROUNDINGS,
): JudgedLaunch {
  const chosen = settings.fixed
    ? ({ release: settings.fixed, reason: "option" } as const)
    : chooseRelease(launch, { ...settings, modeline }, catalogue);
  return { launch, chosen, ...judgeOnce(launch, chosen.release, catalogue, surroundings) };
}

/** Whether a fault of the writing keeps a launch from being read as it is meant. */
export function isBroken({ problems = [] }: Launch, catalogue: Catalogue): boolean {
  return problems.some((problem) => isRefused(problem, catalogue));
}

/** Whether a fault of the writing keeps LightLLM from being started with what is meant. */
export function isRefused({ code, variant }: TextProblem, catalogue: Catalogue): boolean {
  return outcomeOf(catalogue.rules()[code], variant).effect === "refused";
}

const judged = new WeakMap<Launch, { readonly judgement: Judgement; readonly surroundings: Surroundings }>();

/** A launch is immutable data, so that what was said of it for a release in the same surroundings stays true. */
function judgeOnce(
  launch: Launch,
  release: Release,
  catalogue: Catalogue,
  surroundings: Surroundings,
): Judgement {
  const before = judged.get(launch);
  if (before?.judgement.release === release && before.surroundings === surroundings) return before.judgement;
  const ofWords = judge(launch, release, catalogue, surroundings);
  const { problems = [] } = launch;
  const ofWriting = [...problems]
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map((problem) => ({ ...problemFinding(problem, catalogue), launch }));
  const judgement = {
    ...ofWords,
    findings: [...ofWriting, ...ofWords.findings],
    accepted: ofWords.accepted && !isBroken(launch, catalogue),
  };
  judged.set(launch, { judgement, surroundings });
  return judgement;
}

/** The finding for a fault of the writing. */
export function problemFinding({ fixes, ...problem }: TextProblem, catalogue: Catalogue): Finding {
  return findingOf(catalogue.rules()[problem.code], { ...problem, fixes: [], textFixes: fixes });
}

/** The finding of a comment, with the launch that the comment stands in. What stands above the first key of a config is about the file. */
function withLaunch(finding: Finding, { launches }: LaunchFile): Finding {
  const launch = launches.find(({ form, span, arguments: [first] }) => {
    const start = form.kind === "mapping" && first ? first.span.start : span.start;
    return start <= finding.span.start && finding.span.end <= span.end;
  });
  return launch ? { ...finding, launch } : finding;
}

/** What is wrong with the comments that steer us. */
export function steeringFindings(directives: readonly Directive[], catalogue: Catalogue): Finding[] {
  const rules = catalogue.rules();
  return directives.flatMap((directive) =>
    [...directiveFindings(directive, catalogue)].map((report) => findingOf(rules[report.code], report)),
  );
}
