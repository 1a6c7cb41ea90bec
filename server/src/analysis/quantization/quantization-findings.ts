/** A document that is a file of `--quant_cfg`: the release that judges it, and its findings. */
import { byPreference } from "../../catalogue/find-release";
import type { Catalogue, Release } from "../../catalogue/types";
import { type Finding, findingOf } from "../../judgement/finding";
import { summaryOf } from "../../judgement/model/summary";
import type { Directive } from "../../launch/directives";
import type { LaunchFile } from "../../launch/launch";
import { type ChosenRelease, namedRelease, type ReleaseWishes } from "../chosen-release";
import { findPublicModel, type ModelSettings } from "../named-model";
import { type QuantizationProblem, quantizationProblems } from "./quantization-problems";

/** What decides about the release of a file without launches. */
type Settings = Omit<ReleaseWishes, "modeline" | "shared"> & {
  readonly fixed?: Release | undefined;
} & ModelSettings;

/**
 * The release that judges the file: the one that is asked for, else the newest that finds the fewest problems in it, as
 * the keys and methods differ between releases.
 */
export function releaseOfQuantization(
  { text }: LaunchFile,
  directives: readonly Directive[],
  settings: Settings,
  catalogue: Catalogue,
): ChosenRelease {
  if (settings.fixed) return { release: settings.fixed, reason: "option" };
  const modeline = directives.findLast((one) => one.kind === "release")?.release;
  const asked = namedRelease({ ...settings, modeline }, catalogue);
  if (asked) return asked;
  const costOf = (release: Release) =>
    quantizationProblems(text, { release, catalogue }).filter(({ code }) => code !== "quant-file-ignored")
      .length *
      100 +
    quantizationProblems(text, { release, catalogue }).length;
  let best = catalogue.newest;
  let least = costOf(best);
  for (const release of byPreference(catalogue)) {
    const cost = costOf(release);
    if (cost < least) [best, least] = [release, cost];
  }
  return { release: best, reason: best === catalogue.newest ? "newest" : "inferred" };
}

/** The findings of a file. */
export function quantizationFindings(
  file: LaunchFile,
  directives: readonly Directive[],
  settings: Settings,
  catalogue: Catalogue,
): Finding[] {
  const { release } = releaseOfQuantization(file, directives, settings, catalogue);
  const name = directives.findLast((one) => one.kind === "model")?.name ?? settings.model;
  const config = name ? findPublicModel(name, catalogue)?.config : undefined;
  const layers = config === undefined ? undefined : summaryOf({ kind: "folder", files: { config } })?.layers;
  return quantizationProblems(file.text, { release, catalogue, layers }).map((problem) =>
    asFinding(problem, catalogue),
  );
}

function asFinding({ fixes, ...problem }: QuantizationProblem, catalogue: Catalogue): Finding {
  return findingOf(catalogue.rules()[problem.code], { ...problem, fixes: [], textFixes: fixes });
}
