/**
 * Finds and updates the places that name the release of a file's launches: a directive, an image's tag, a package's
 * version.
 */

import type { LaunchDocument } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import type { Release } from "../../catalogue";
import { releaseDirectiveFor } from "../../launch/directives";
import type { Span, TextChange } from "../../launch/launch";

/** Edits for the places that name a release. */
export interface NamedReleases {
  readonly edits: readonly TextChange[];
  /** Launches whose image or package still names the old release, with that version. */
  readonly left: ReadonlyMap<JudgedLaunch, string>;
}

/** Replaces the release wherever the file names it for these launches; shared text stays unchanged. */
export function namedReleases(
  launchDocument: LaunchDocument,
  moving: readonly JudgedLaunch[],
  to: Release,
): NamedReleases {
  const { launches } = launchDocument;
  const edits = new Map<number, TextChange>();
  const left = new Map<JudgedLaunch, string>();
  for (const judged of moving) {
    const place = placeOf(launchDocument, judged);
    const { pin, reason } = judged.chosen;
    const named = reason === "image" ? pin : undefined;
    // Images and packages exist for tagged releases, not for snapshots of main.
    if (named && (!place || !to.tagged)) left.set(judged, named.version);
    if (!place || (named && !to.tagged)) continue;
    const staying = launches.some(
      (other) => !moving.includes(other) && placeOf(launchDocument, other)?.span.start === place.span.start,
    );
    if (staying && named) left.set(judged, named.version);
    if (staying) continue;
    const isBare = isDigit(place.version[0]);
    edits.set(place.span.start, { span: place.span, newText: isBare ? to.name.replace(/^v/, "") : to.name });
  }
  return { edits: [...edits.values()], left };
}

function isDigit(char = ""): boolean {
  return char >= "0" && char <= "9";
}

/** The place that names the release of a launch, and its text. */
function placeOf(
  { launches, directives, file }: LaunchDocument,
  { launch, chosen }: JudgedLaunch,
): { readonly span: Span; readonly version: string } | undefined {
  const index = launches.findIndex((one) => one.launch === launch);
  if (chosen.reason === "modeline") {
    const previousEnd = launches[index - 1]?.launch.span.end ?? 0;
    const firstStart = file.launches[0]?.arguments[0]?.span.start ?? file.text.length;
    const modeline = releaseDirectiveFor(directives, launch.span, previousEnd, firstStart);
    return modeline && { span: modeline.valueSpan, version: modeline.release };
  }
  const { pin } = chosen;
  if (!pin || chosen.reason !== "image") return undefined;
  // If a variable contains the version, the place has the variable's name.
  return file.text.slice(pin.span.start, pin.span.end) === pin.version ? pin : undefined;
}
