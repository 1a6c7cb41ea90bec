/** Where a file names the release of its launches: in a modeline, in an image's tag, in a package's version. */

import type { LaunchDocument } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import type { Release } from "../../catalogue";
import { releaseDirectiveFor } from "../../launch/directives";
import type { TextChange } from "../../launch/launch";

/** What is done about the places that name a release. */
export interface NamedReleases {
  readonly edits: readonly TextChange[];
  /** Launches whose image or package goes on naming the old one, and what it names. */
  readonly left: ReadonlyMap<JudgedLaunch, string>;
}

/** Names another release wherever the file names that of the launches; what other launches share is left. */
export function namedReleases(
  launchDocument: LaunchDocument,
  moving: readonly JudgedLaunch[],
  to: Release,
): NamedReleases {
  const { launches, file } = launchDocument;
  const edits = new Map<number, TextChange>();
  const left = new Map<JudgedLaunch, string>();
  for (const judged of moving) {
    const place = placeOf(launchDocument, judged);
    const { pin, reason } = judged.chosen;
    const named = reason === "image" ? pin : undefined;
    // There are images and packages of releases, not of snapshots of main.
    if (named && (!place || !to.tagged)) left.set(judged, named.version);
    if (!place || (named && !to.tagged)) continue;
    const staying = launches.some(
      (other) => !moving.includes(other) && placeOf(launchDocument, other)?.start === place.start,
    );
    if (staying && named) left.set(judged, named.version);
    if (staying) continue;
    const bare = /^\d/.test(file.text.slice(place.start, place.end));
    edits.set(place.start, { span: place, newText: bare ? to.name.replace(/^v/, "") : to.name });
  }
  return { edits: [...edits.values()], left };
}

function placeOf({ launches, directives, file }: LaunchDocument, { launch, chosen }: JudgedLaunch) {
  const index = launches.findIndex((one) => one.launch === launch);
  if (chosen.reason === "modeline") {
    const previousEnd = launches[index - 1]?.launch.span.end ?? 0;
    const firstStart = file.launches[0]?.arguments[0]?.span.start ?? file.text.length;
    return releaseDirectiveFor(directives, launch.span, previousEnd, firstStart)?.valueSpan;
  }
  const { pin } = chosen;
  // Where a variable holds the version, its name stands there.
  if (!pin || chosen.reason !== "image") return undefined;
  return file.text.slice(pin.span.start, pin.span.end) === pin.version ? pin.span : undefined;
}
