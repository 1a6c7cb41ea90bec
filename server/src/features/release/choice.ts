/** Which release judges a launch and why, in words for a person, and the releases there are to choose from. */
import type { Range } from "vscode-languageserver-types";
import { equallyGood, type ReleaseReason } from "../../analysis/chosen-release";
import { type LaunchDocument, rangeOf } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import { nearestLaunch } from "../../analysis/nearest-launch";
import { count, fitInWords, fits, misfitsInWords, misfitsOf, some } from "../../analysis/release-fit";
import type { Catalogue, Release } from "../../catalogue";
import { byPreference } from "../../catalogue/find-release";
import type { Launch } from "../../launch/launch";

/** What became of looking for a LightLLM of the workspace's own. */
export type WorkspaceSource =
  | {
      readonly kind: "release";
      readonly release: Release;
      /** In how many flags it differs from the release whose rules it has. */
      readonly differences: number;
      readonly path: string;
      readonly found: "setting" | "workspace" | "python";
    }
  | { readonly kind: "trouble"; readonly path: string; readonly why: string };

/** What is told of a launch's release. All texts are plain. */
export interface ReleaseReport {
  /** `LightLLM v1.1.0 (inferred)` */
  readonly label: string;
  readonly detail: string;
  /** The detail in some thirty characters. */
  readonly short: string;
  readonly release: string;
  readonly reason: ReleaseReason;
  /** There is something the user should know. */
  readonly warning: boolean;
  readonly launch: Range;
  /** Tagged releases newest first, then the snapshots of main. */
  readonly choices: readonly ReleaseToChoose[];
}

export interface ReleaseToChoose {
  readonly release: string;
  readonly description: string;
  /** What it does not take of this launch; absent where it takes all. */
  readonly detail?: string;
}

/** The report on the launch at an offset, or nearest to it; nothing in a file without launches. */
export function releaseReport(
  launchDocument: LaunchDocument,
  offset: number,
  source?: WorkspaceSource,
): ReleaseReport | undefined {
  const judged = launchDocument.launches[nearestLaunch(launchDocument, offset) ?? -1];
  if (!judged) return undefined;
  const { chosen, launch } = judged;
  const doubts = doubtsOf(judged, source);
  const grounds = [groundOf(judged, source), ...besideOf(judged, source, launchDocument.catalogue)];
  return {
    label: `LightLLM ${chosen.release.name} (${reasonWord(judged, source)})`,
    detail: [...grounds, ...doubts].join(" "),
    short: shortDoubt(judged, source) ?? shortGround(judged, source),
    release: chosen.release.name,
    reason: chosen.reason,
    warning: doubts.length > 0,
    launch: rangeOf(launchDocument.document, launch.span),
    choices: choicesFor(launch, launchDocument.catalogue),
  };
}

/** Why a release judges, in a word or two. */
function reasonWord({ chosen }: JudgedLaunch, source: WorkspaceSource | undefined): string {
  if (chosen.reason === "image") return chosen.pin?.kind === "package" ? "pinned" : "image";
  if (chosen.reason !== "source") return chosen.reason;
  const found = source?.kind === "release" ? source.found : "workspace";
  return { setting: "source path", workspace: "workspace", python: "Python environment" }[found];
}

/** Why a release judges, in a few words that add to its reason. */
function shortGround({ chosen, launch }: JudgedLaunch, source: WorkspaceSource | undefined): string {
  const { release, reason } = chosen;
  if (reason === "source" && source?.kind === "release") {
    const { differences } = source;
    return differences === 0
      ? `the flags of ${release.rulesOf}`
      : `${count(differences, "flag")} unlike ${release.rulesOf}`;
  }
  return fitInWords(misfitsOf(launch, release));
}

/** The first thing that the user should know, in a few words. */
function shortDoubt({ chosen }: JudgedLaunch, source: WorkspaceSource | undefined): string | undefined {
  if (chosen.unknown !== undefined) return `there is no '${chosen.unknown}'`;
  return source?.kind === "trouble" ? "own LightLLM cannot be used" : undefined;
}

/** Why a release judges, in a sentence or two. */
function groundOf({ chosen, launch }: JudgedLaunch, source: WorkspaceSource | undefined): string {
  const { release, reason } = chosen;
  switch (reason) {
    case "modeline":
      return "A comment in this file says so.";
    case "option":
      return "It was asked for.";
    case "setting":
      return "The setting lightllm.release says so.";
    case "source":
      return source?.kind === "release" ? sourceInWords(source) : "It is the workspace's own.";
    case "image": {
      const { pin } = chosen;
      return pin?.kind === "package"
        ? `The package is pinned to ${pin.version} beside the launch.`
        : `The launch runs in an image${pin ? ` of version ${pin.version}` : " of that version"}.`;
    }
    default:
      break;
  }
  if (!fits(misfitsOf(launch, release))) return "No release takes all of this launch; this one takes most.";
  return reason === "newest"
    ? "It is the newest release, and nothing here names another."
    : "It is the newest release that knows all flags and values of this launch.";
}

function sourceInWords({
  release,
  differences,
  path,
  found,
}: Extract<WorkspaceSource, { kind: "release" }>): string {
  const place = {
    setting: "the setting lightllm.sourcePath names it",
    workspace: "it lies in the workspace",
    python: "the Python environment has it installed",
  }[found];
  const flags = differences === 1 ? "one flag" : `${differences} flags`;
  const nearest =
    differences === 0
      ? `It has the flags of ${release.rulesOf}.`
      : `It differs from ${release.rulesOf} in ${flags}.`;
  return `Read from ${path}: ${place}. ${nearest}`;
}

/** What else there is that does not judge. */
function besideOf(
  { chosen, launch }: JudgedLaunch,
  source: WorkspaceSource | undefined,
  catalogue: Catalogue,
): string[] {
  const { release, reason, pin } = chosen;
  const equal = reason === "inferred" ? equallyGood(launch, release, catalogue) : [];
  return [
    ...(source?.kind === "release" && reason !== "source"
      ? [`It goes before the LightLLM in ${source.path}.`]
      : []),
    ...(pin && reason !== "image"
      ? [`The version ${pin.version}, which is named beside the launch, is not among the known releases.`]
      : []),
    ...(equal.length === 0 ? [] : [`As good for it: ${some(equal.map(({ name }) => name))}.`]),
  ];
}

/** What the user should know: each makes the report a warning. What `chosen` tells of doubts belongs here. */
function doubtsOf({ chosen }: JudgedLaunch, source: WorkspaceSource | undefined): string[] {
  return [
    ...(chosen.unknown === undefined ? [] : [`There is no release '${chosen.unknown}', which is asked for.`]),
    ...(source?.kind === "trouble"
      ? [`The LightLLM in ${source.path} cannot be used: ${source.why}. The known releases serve instead.`]
      : []),
  ];
}

function choicesFor(launch: Launch, catalogue: Catalogue): ReleaseToChoose[] {
  return byPreference(catalogue).map((release) => {
    const misfits = misfitsOf(launch, release);
    const parts = [release.date, ...(release.tagged ? [] : ["snapshot of main"]), fitInWords(misfits)];
    const detail = misfitsInWords(misfits);
    return { release: release.name, description: parts.join(" · "), ...(detail && { detail }) };
  });
}
