/** A document that is a file of `--quant_cfg`: the release that judges it, and its findings. */
import { byPreference } from "../../catalogue/find-release";
import type { Catalogue, Release } from "../../catalogue/types";
import type { EffectiveValues } from "../../judgement/effective-values";
import { type Finding, findingOf } from "../../judgement/finding";
import { codeFact } from "../../judgement/model/class-facts";
import type { ModelFolder } from "../../judgement/model/folder";
import { summaryOf } from "../../judgement/model/summary";
import type { Directive } from "../../launch/directives";
import type { Launch, LaunchFile } from "../../launch/launch";
import { onOneLine, shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import { isList } from "../../python/values";
import { type ChosenRelease, namedRelease, type ReleaseWishes } from "../chosen-release";
import { findPublicModel, type ModelSettings } from "../named-model";
import {
  type QuantizationJudge,
  type QuantizationProblem,
  quantizationProblems,
} from "./quantization-problems";

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
  const known =
    config === undefined ? {} : knownOf({ kind: "folder", files: { config } }, release, catalogue);
  return quantizationProblems(file.text, { release, catalogue, ...known }).map((problem) =>
    asFinding(problem, catalogue),
  );
}

/** What a model says about the files for it. */
function knownOf(
  folder: ModelFolder,
  release: Release,
  catalogue: Catalogue,
): Pick<QuantizationJudge, "layers" | "model"> {
  const summary = summaryOf(folder);
  const namesOf = (fact: string) => {
    const names = codeFact(fact, folder, catalogue.modelCode(release));
    return isList(names) ? names.map(String) : undefined;
  };
  // A checkpoint that is quantized already replaces the general method.
  const biased = summary?.quantization ? undefined : namesOf("bias");
  return {
    layers: summary?.layers,
    model: summary?.type ? { type: summary.type, asked: namesOf("layers"), biased } : undefined,
  };
}

/** The flags that name such files. */
const FLAGS = ["quant_cfg", "vit_quant_cfg"];

/** What a launch finds in the files that it names, as far as they can be read: for each file, its first problem. */
export function pointedQuantizationFindings(
  launch: Launch,
  values: EffectiveValues,
  catalogue: Catalogue,
): Finding[] {
  const { release, surroundings } = values.input;
  return FLAGS.flatMap((key) => {
    const argument = launch.arguments.findLast(({ flag, counts }) => counts && flag === `--${key}`);
    const path = values.effective(key)?.value;
    const file = argument && typeof path === "string" ? surroundings.file?.(path) : undefined;
    if (!argument || !file || typeof path !== "string") return [];
    const model = values.effective("model_dir")?.value;
    const isKnown = key !== "vit_quant_cfg" && typeof model === "string" && model !== "";
    const known = isKnown ? knownOf(surroundings.model(model), release, catalogue) : {};
    const problems = quantizationProblems(file.text, { release, catalogue, ...known });
    const worst = problems.find(({ code }) => code !== "quant-file-ignored") ?? problems[0];
    if (!worst) return [];
    const line = file.text.slice(0, worst.span.start).split("\n").length;
    const message = say("quantization.in-file", {
      file: `\`${onOneLine(shortened(path))}\``,
      line,
      message: worst.message,
    });
    const { code, variant } = worst;
    const report = { ...(variant && { variant }), flag: `--${key}`, message, span: argument.span, fixes: [] };
    return [{ ...findingOf(catalogue.rules()[code], report), launch }];
  });
}

function asFinding({ fixes, ...problem }: QuantizationProblem, catalogue: Catalogue): Finding {
  return findingOf(catalogue.rules()[problem.code], { ...problem, fixes: [], textFixes: fixes });
}
