/**
 * Finds and updates the places that name the release of a file's launches: a directive, an image's tag, a package's
 * version.
 */

import type { LaunchDocument } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import type { Release } from "../../catalogue";
import { applyEdits } from "../../edits/text-edits";
import { modelineOf } from "../../launch/directives";
import type { PinPlace, Span, TextChange } from "../../launch/launch";
import type { MigratedFile } from "./pointed-files";

/** Edits for the places that name a release. */
export interface NamedReleases {
  readonly edits: readonly TextChange[];
  /** Launches whose image or package still names the old release, with that version. */
  readonly left: ReadonlyMap<JudgedLaunch, string>;
  /** The values of charts that name the release of a launch's image. */
  readonly files: readonly MigratedFile[];
  /** The names of these files, by launch. */
  readonly inCharts: ReadonlyMap<JudgedLaunch, string>;
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
  const staying = launches.filter((one) => !moving.includes(one));
  const inFiles = new Map<string, PinPlace[]>();
  const inCharts = new Map<JudgedLaunch, string>();
  for (const judged of moving) {
    const elsewhere = chartPlaceOf(judged);
    if (elsewhere && to.tagged && !staying.some((other) => isSame(chartPlaceOf(other), elsewhere))) {
      inFiles.set(elsewhere.path, [...(inFiles.get(elsewhere.path) ?? []), elsewhere]);
      inCharts.set(judged, elsewhere.path.split(/[\\/]/).at(-1) ?? elsewhere.path);
      continue;
    }
    const place = placeOf(launchDocument, judged);
    const { pin, reason } = judged.chosen;
    const named = reason === "image" ? pin : undefined;
    // Images and packages exist for tagged releases, not for snapshots of main.
    if (named && (!place || !to.tagged)) left.set(judged, named.version);
    if (!place || (named && !to.tagged)) continue;
    const isShared = staying.some((other) => placeOf(launchDocument, other)?.span.start === place.span.start);
    if (isShared && named) left.set(judged, named.version);
    if (isShared) continue;
    edits.set(place.span.start, { span: place.span, newText: likeWritten(place.version, to) });
  }
  const files = [...inFiles.values()].flatMap((places) => migratedValues(places, to) ?? []);
  return { edits: [...edits.values()], left, files, inCharts };
}

/** The place in the values of a chart that names the release of a launch. */
function chartPlaceOf({ chosen }: JudgedLaunch): PinPlace | undefined {
  return chosen.reason === "image" ? chosen.pin?.elsewhere : undefined;
}

function isSame(a: PinPlace | undefined, b: PinPlace): boolean {
  return a?.path === b.path && a.span.start === b.span.start;
}

function migratedValues(places: readonly PinPlace[], to: Release): MigratedFile | undefined {
  const [first] = places;
  if (!first) return undefined;
  const edits = new Map(
    places.map(({ span, written }) => [span.start, { span, newText: likeWritten(written, to) }]),
  );
  const { path, text, uri } = first;
  const changes = [...edits.values()];
  return { path, text, ...(uri && { uri }), migrated: applyEdits(text, changes), changes };
}

/** The name of a release in the form of a version: with or without a `v`. */
function likeWritten(version: string, to: Release): string {
  return isDigit(version[0]) ? to.name.replace(/^v/, "") : to.name;
}

function isDigit(char = ""): boolean {
  return char >= "0" && char <= "9";
}

/** The place that names the release of a launch, and its text. */
function placeOf(
  { directives, file }: LaunchDocument,
  { launch, chosen }: JudgedLaunch,
): { readonly span: Span; readonly version: string } | undefined {
  if (chosen.reason === "modeline") {
    const modeline = modelineOf(file, file.launches.indexOf(launch), directives);
    return modeline && { span: modeline.valueSpan, version: modeline.release };
  }
  const { pin } = chosen;
  if (!pin || chosen.reason !== "image") return undefined;
  // If a variable contains the version, the place has the variable's name.
  return file.text.slice(pin.span.start, pin.span.end) === pin.version ? pin : undefined;
}
