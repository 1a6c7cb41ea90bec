/** Judges all launches of a file, and checks its directives. */

import type { RuleLevels } from "../catalogue/rule-facts";
import type { Catalogue, Release } from "../catalogue/types";
import { type Finding, inTextOrder, withLevel } from "../judgement/finding";
import { type Evaluation, evaluateLaunch } from "../judgement/judge";
import { findingsOn } from "../judgement/rules";
import { NO_SURROUNDINGS, type Surroundings } from "../judgement/surroundings";
import {
  type Directive,
  deploymentDirectiveOf,
  findDirectives,
  isSwitchedOff,
  modelineOf,
} from "../launch/directives";
import type { Launch, LaunchFile } from "../launch/launch";
import { type BuiltLaunch, builtLaunches } from "./built-images";
import { pinOfChart } from "./chart-image";
import { type ChosenRelease, chooseRelease, type ReleaseWishes, sharedRelease } from "./chosen-release";
import { withBeside } from "./files-around";
import { type JudgedText, judgeOnce, problemFinding } from "./judge-once";
import { type GpuSettings, gpuNameOf, type NamedGpu, withNamedGpu } from "./named-gpu";
import { type ModelSettings, modelNameOf, withNamedModel } from "./named-model";
import { quantizationFindings } from "./quantization/quantization-findings";

/** A launch with its release and its values, but without findings. */
export interface EvaluatedLaunch extends Evaluation {
  readonly launch: Launch;
  readonly chosen: ChosenRelease;
}

export interface JudgedLaunch extends EvaluatedLaunch, JudgedText {}

export interface JudgedFile {
  readonly file: LaunchFile;
  readonly directives: readonly Directive[];
  readonly launches: readonly JudgedLaunch[];
  /** Launches of containers whose images the file builds, in the order of the text; their findings are the file's. */
  readonly built?: readonly BuiltLaunch[];
  /** Findings about text outside launches and about directives. */
  readonly findings: readonly Finding[];
}

/**
 * Releases requested by the surroundings: the `--release` option, the `lightllm.release` setting, the workspace's own
 * LightLLM.
 */
export interface ReleaseSettings extends ModelSettings, GpuSettings {
  /** Takes precedence over every other request. */
  readonly fixed?: Release | undefined;
  readonly option?: string | undefined;
  readonly setting?: string | undefined;
  /** The release that the project's configuration file names. */
  readonly configured?: string | undefined;
  /** The LightLLM of the workspace or of the selected Python environment, read from its source. */
  readonly source?: Release | undefined;
  /** What fits the launches of all files of its deployment; counts only where nothing else decides. */
  readonly ofDeployment?: Release | undefined;
}

/** What the surroundings ask for: releases, and levels of rules. */
export interface JudgeSettings extends ReleaseSettings {
  readonly rules?: RuleLevels | undefined;
}

/** Judges a file; a file with `# lightllm: off` has no findings. */
export function judgeFile(
  file: LaunchFile,
  settings: JudgeSettings,
  catalogue: Catalogue,
  surroundings: Surroundings = NO_SURROUNDINGS,
): JudgedFile {
  return lastOf(judgeInSteps(file, settings, catalogue, surroundings));
}

/** Like `judgeFile`, one launch per step, so that the caller can do other work in between. */
export function* judgeInSteps(
  file: LaunchFile,
  settings: JudgeSettings,
  catalogue: Catalogue,
  surroundings: Surroundings = NO_SURROUNDINGS,
): Generator<undefined, JudgedFile> {
  const directives = findDirectives(file.text, file.notation.comments);
  const releases = directives.filter(({ kind }) => kind === "release");
  const shared = releaseOfFile(file, directives, settings, catalogue);
  const launches: JudgedLaunch[] = [];
  const inLevel = (finding: Finding) => withLevel(finding, settings.rules);
  for (const [index, launch] of file.launches.entries()) {
    const modeline = modelineOf(file, index, releases)?.release;
    const model = modelNameOf(file, index, directives, settings);
    const gpu = gpuNameOf(file, index, directives, settings);
    const around = withBeside(surroundings, launch, file.text);
    const judged = judgeLaunch(launch, { modeline, shared, model, gpu }, settings, catalogue, around);
    launches.push({ ...judged, findings: judged.findings.map(inLevel) });
    yield;
  }
  const built = buildsIn(file, settings, catalogue, surroundings);
  const findings = [
    ...file.problems.map((problem) => problemFinding(problem, catalogue)),
    ...findingsOfDirectives(directives, catalogue).map((finding) => withLaunch(finding, file)),
    ...built.flatMap(({ launch }) => launch.findings),
    ...(file.isQuantization ? quantizationFindings(file, directives, settings, catalogue) : []),
  ]
    .sort(inTextOrder)
    .map(inLevel);
  if (!isSwitchedOff(directives))
    return { file, directives, launches, findings, ...(built.length > 0 && { built }) };
  return {
    file,
    directives,
    launches: launches.map((launch) => ({ ...launch, findings: [], hidden: [] })),
    findings: [],
  };
}

/** Some launches of a file with their releases and values, without findings. */
export function evaluateLaunches(
  file: LaunchFile,
  which: ReadonlySet<Launch>,
  settings: ReleaseSettings,
  catalogue: Catalogue,
  surroundings: Surroundings = NO_SURROUNDINGS,
): EvaluatedLaunch[] {
  const directives = findDirectives(file.text, file.notation.comments);
  const shared = releaseOfFile(file, directives, settings, catalogue);
  return file.launches.flatMap((launch, index) => {
    if (!which.has(launch)) return [];
    const modeline = modelineOf(file, index, directives)?.release;
    const chosen = releaseFor(launch, { modeline, shared }, settings, catalogue, surroundings);
    const model = modelNameOf(file, index, directives, settings);
    const gpu = gpuNameOf(file, index, directives, settings);
    const around = withNamedGpu(withNamedModel(surroundings, model, catalogue), gpu, catalogue);
    return [{ launch, chosen, ...evaluateLaunch(launch, chosen.release, catalogue, around) }];
  });
}

/** The result after all steps. */
export function lastOf<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * What the text around a launch says about its release, a directive and what its other launches fit, and about its
 * model and its GPUs: the names that count for it.
 */
export type ReleaseAround = Pick<ReleaseWishes, "modeline" | "shared"> &
  ModelSettings & { readonly gpu?: NamedGpu | undefined };

/**
 * The release that the launches of a file fit best together, if they are one deployment and nothing else decides: all
 * but those of a page, which shows launches of several releases.
 */
export function releaseOfFile(
  file: LaunchFile,
  directives: readonly Directive[],
  settings: ReleaseSettings,
  catalogue: Catalogue,
): ChosenRelease | undefined {
  const { ofDeployment } = settings;
  if (ofDeployment && !isDecided(settings)) {
    const reason = ofDeployment === catalogue.newest ? "newest" : "inferred";
    return { release: ofDeployment, reason, ofDeployment: true };
  }
  const together = judgedTogether(file, directives, settings);
  return together && sharedRelease(together, catalogue);
}

/** Whether the surroundings ask for a release. */
function isDecided({ fixed, option, setting, configured, source }: ReleaseSettings): boolean {
  return Boolean(fixed || option || setting || configured || source);
}

/** The launches of a file whose words decide together which release judges them; undefined if something else decides. */
export function judgedTogether(
  file: LaunchFile,
  directives: readonly Directive[],
  settings: ReleaseSettings,
): readonly Launch[] | undefined {
  if (isDecided(settings) || settings.ofDeployment) return undefined;
  if (file.launches.length < 2 || file.notation.purpose === "documentation") return undefined;
  const isAlone = (launch: Launch, index: number) =>
    (launch.deployment ?? deploymentDirectiveOf(file, index, directives)?.name) === "none" ||
    modelineOf(file, index, directives) !== undefined;
  return file.launches.filter((launch, index) => !isAlone(launch, index));
}

/** Judges one launch: its notation and its words. */
export function judgeLaunch(
  launch: Launch,
  around: ReleaseAround,
  settings: ReleaseSettings,
  catalogue: Catalogue,
  surroundings: Surroundings = NO_SURROUNDINGS,
): JudgedLaunch {
  const chosen = releaseFor(launch, around, settings, catalogue, surroundings);
  const model = withNamedModel(surroundings, around.model, catalogue);
  const named = withNamedGpu(model, around.gpu, catalogue);
  return { launch, chosen, ...judgeOnce(launch, chosen.release, catalogue, named) };
}

/** The release that judges a launch. */
function releaseFor(
  launch: Launch,
  around: ReleaseAround,
  settings: ReleaseSettings,
  catalogue: Catalogue,
  surroundings: Surroundings,
): ChosenRelease {
  if (settings.fixed) return { release: settings.fixed, reason: "option" };
  const chart = pinOfChart(launch, surroundings);
  return chooseRelease(launch, { ...settings, ...around, chart }, catalogue);
}

/**
 * The finding of a directive, with the launch that contains it. A directive above the first key of a config belongs to
 * the file.
 */
function withLaunch(finding: Finding, { launches }: LaunchFile): Finding {
  const launch = launches.find(({ form, span, arguments: [first] }) => {
    const start = form.kind === "mapping" && first ? first.span.start : span.start;
    return start <= finding.span.start && finding.span.end <= span.end;
  });
  return launch ? { ...finding, launch } : finding;
}

/** Findings about the containers of images that the file builds. */
export function findingsOfBuilds(
  file: LaunchFile,
  settings: JudgeSettings,
  catalogue: Catalogue,
  surroundings: Surroundings = NO_SURROUNDINGS,
): Finding[] {
  return buildsIn(file, settings, catalogue, surroundings).flatMap(({ launch }) => launch.findings);
}

function buildsIn(
  file: LaunchFile,
  settings: JudgeSettings,
  catalogue: Catalogue,
  surroundings: Surroundings,
): BuiltLaunch[] {
  return builtLaunches(file, surroundings, (launch, modeline) =>
    judgeLaunch(launch, { modeline }, settings, catalogue),
  );
}

/** Problems of directives. */
export function findingsOfDirectives(directives: readonly Directive[], catalogue: Catalogue): Finding[] {
  return directives.flatMap((directive) => [...findingsOn({ kind: "directive", directive }, { catalogue })]);
}
