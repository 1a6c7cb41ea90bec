/** The report on the release of a launch: the release, the reason, and the other releases. */
import type { Range } from "vscode-languageserver-types";
import { equallyGood, type ReleaseReason } from "../../analysis/chosen-release";
import { type LaunchDocument, rangeOf } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import { nearestLaunch } from "../../analysis/nearest-launch";
import { fitInWords, fits, misfitsInWords, misfitsOf, someNames } from "../../analysis/release-fit";
import type { Catalogue, Release } from "../../catalogue";
import { byPreference } from "../../catalogue/find-release";
import type { Launch } from "../../launch/launch";
import { say } from "../../messages";

/** Result of the search for the workspace's own LightLLM. */
export type WorkspaceSource =
  | {
      readonly kind: "release";
      readonly release: Release;
      /** Number of flags that differ from the release whose rules it uses. */
      readonly differences: number;
      readonly path: string;
      readonly found: "setting" | "workspace" | "python";
    }
  | { readonly kind: "trouble"; readonly path: string; readonly why: string };

/** The report on a launch's release. All texts are plain. */
export interface ReleaseReport {
  /** `LightLLM v1.1.0 (inferred)` */
  readonly label: string;
  readonly detail: string;
  /** The detail in about thirty characters. */
  readonly short: string;
  readonly release: string;
  readonly reason: ReleaseReason;
  /** There is a doubt that the user should know. */
  readonly warning: boolean;
  readonly launch: Range;
  /** Tagged releases newest first, then the snapshots of main. */
  readonly choices: readonly ReleaseToChoose[];
}

export interface ReleaseToChoose {
  readonly release: string;
  readonly description: string;
  /** The parts of this launch that the release does not accept; absent if it accepts all. */
  readonly detail?: string;
}

/** The report on the launch at an offset, or nearest to it; undefined if the file has no launches. */
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
    label: say("release.label", { release: chosen.release.name, reason: reasonWord(judged, source) }),
    detail: [...grounds, ...doubts].join(" "),
    short: shortDoubt(judged, source) ?? shortGround(judged, source),
    release: chosen.release.name,
    reason: chosen.reason,
    warning: doubts.length > 0,
    launch: rangeOf(launchDocument.document, launch.span),
    choices: choicesFor(launch, launchDocument.catalogue),
  };
}

/** The reason in one or two words. */
function reasonWord({ chosen }: JudgedLaunch, source: WorkspaceSource | undefined): string {
  const { reason, pin, configured } = chosen;
  if (configured) return say("release.word-configuration");
  if (reason === "image") return say(pin?.kind === "package" ? "release.word-pinned" : "release.word-image");
  if (reason !== "source") return say(`release.word-${reason}`);
  return say(`release.word-source-${source?.kind === "release" ? source.found : "workspace"}`);
}

/** The reason in a few words. */
function shortGround({ chosen, launch }: JudgedLaunch, source: WorkspaceSource | undefined): string {
  const { release, reason } = chosen;
  if (reason === "source" && source?.kind === "release") {
    const { differences } = source;
    return differences === 0
      ? say("release.same-flags", { release: release.rulesOf })
      : say("release.differs-short", { release: release.rulesOf, count: differences });
  }
  return fitInWords(misfitsOf(launch, release));
}

/** The first doubt in a few words. */
function shortDoubt({ chosen }: JudgedLaunch, source: WorkspaceSource | undefined): string | undefined {
  if (chosen.unknown !== undefined) return say("release.no-such-release-short", { name: chosen.unknown });
  return source?.kind === "trouble" ? say("release.source-trouble-short") : undefined;
}

/** The reason in one or two sentences. */
function groundOf({ chosen, launch }: JudgedLaunch, source: WorkspaceSource | undefined): string {
  const { release, reason, configured, ofDeployment } = chosen;
  if (configured) return say("release.why-configuration");
  if (ofDeployment) return say("release.why-deployment");
  switch (reason) {
    case "modeline":
    case "option":
    case "setting":
      return say(`release.why-${reason}`);
    case "source":
      return source?.kind === "release" ? sourceInWords(source) : say("release.why-source");
    case "image": {
      const { pin } = chosen;
      const version = pin?.version ?? release.name;
      return pin?.kind === "package"
        ? say("release.why-package", { version })
        : say("release.why-image", { version });
    }
    default:
      return say(fits(misfitsOf(launch, release)) ? `release.why-${reason}` : "release.why-most");
  }
}

function sourceInWords(source: Extract<WorkspaceSource, { kind: "release" }>): string {
  const { release, differences: count, path, found } = source;
  const place = say(`release.why-source-${found}`, { path });
  const nearest =
    count === 0
      ? say("release.why-source-same", { release: release.rulesOf })
      : say("release.why-source-differs", { release: release.rulesOf, count });
  return `${place} ${nearest}`;
}

/** Other sources that were found but do not judge. */
function besideOf(
  { chosen, launch }: JudgedLaunch,
  source: WorkspaceSource | undefined,
  catalogue: Catalogue,
): string[] {
  const { release, reason, pin } = chosen;
  const equal = reason === "inferred" ? equallyGood(launch, release, catalogue) : [];
  return [
    ...(source?.kind === "release" && reason !== "source"
      ? [say("release.before-source", { path: source.path })]
      : []),
    ...(pin && reason !== "image" ? [say("release.unknown-version", { version: pin.version })] : []),
    ...(equal.length === 0
      ? []
      : [say("release.as-good", { releases: someNames(equal.map(({ name }) => name)) })]),
  ];
}

/** Doubts that the user should know; each makes the report a warning. All doubts in `chosen` belong here. */
function doubtsOf({ chosen }: JudgedLaunch, source: WorkspaceSource | undefined): string[] {
  return [
    ...(chosen.unknown === undefined ? [] : [say("release.no-such-release", { name: chosen.unknown })]),
    ...(source?.kind === "trouble"
      ? [say("release.source-trouble", { path: source.path, why: source.why })]
      : []),
  ];
}

function choicesFor(launch: Launch, catalogue: Catalogue): ReleaseToChoose[] {
  return byPreference(catalogue).map((release) => {
    const misfits = misfitsOf(launch, release);
    const parts = [release.date, ...(release.tagged ? [] : [say("release.snapshot")]), fitInWords(misfits)];
    const detail = misfitsInWords(misfits);
    return { release: release.name, description: parts.join(" · "), ...(detail && { detail }) };
  });
}
