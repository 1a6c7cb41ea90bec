/** The effective configuration of a launch in the groups of its flags, for a view of an editor. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Position, Range, TextEdit } from "vscode-languageserver-types";
import { analyse, type LaunchDocument, rangeOf } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import { aboutLaunch } from "../../analysis/launch-name";
import { nearestLaunch } from "../../analysis/nearest-launch";
import type { Release } from "../../catalogue";
import { writtenName } from "../../judgement/rules/rule";
import { headOf } from "../../launch/launch";
import { onOneLine } from "../../launch/visible-text";
import { say } from "../../messages";
import { fileNameOf } from "../deployment/rows";
import { type EffectiveKind, type EffectiveRow, effectiveRows, environmentRows } from "./effective-rows";

/** What a launch would use if it were another. */
export interface Variation {
  /** Judged by this release. */
  readonly release?: Release;
  /** After these edits of its text. */
  readonly edits?: readonly TextEdit[];
}

/** The effective configuration of one launch. */
export interface EffectiveReport {
  /** Its name, run mode and model; else the name of its file. */
  readonly label: string;
  readonly release: string;
  readonly launch: Range;
  /** In the order of the documentation, the environment last. */
  readonly groups: readonly EffectiveGroup[];
  /** All launches of the file. */
  readonly launches: readonly { readonly label: string; readonly position: Position }[];
}

/** Flags that are documented together. */
export interface EffectiveGroup {
  readonly title: string;
  readonly rows: readonly ReportedRow[];
}

/** A value of the view. */
export interface ReportedRow {
  /** As the launch writes it: `tp` in a config, `--tp` in a command. */
  readonly name: string;
  /** The value as text; empty for an empty text. */
  readonly value: string;
  /** Where the value comes from, or why it is not known. */
  readonly why: string;
  /** The same in a few words; empty for what is written literally, and for a default. */
  readonly short: string;
  readonly kind: EffectiveKind;
  /** Whether it is not, or may not be, the default of the release. */
  readonly differs: boolean;
  /** The place in the text that decides it; absent if there is none. */
  readonly range?: Range;
}

/** The report of the launch at an offset, or of the nearest one; undefined if the file has no launches. */
export function effectiveReport(
  launchDocument: LaunchDocument,
  offset: number,
  variation: Variation = {},
): EffectiveReport | undefined {
  const index = nearestLaunch(launchDocument, offset);
  if (index === undefined) return undefined;
  const varied = variedDocument(launchDocument, variation);
  const judged = varied.launches[index];
  if (!judged) return undefined;
  const { document } = varied;
  return {
    label: labelOf(judged, document.uri),
    release: judged.chosen.release.name,
    launch: rangeOf(document, judged.launch.span),
    groups: groupsOf(varied, judged),
    launches: launchDocument.launches.map((one) => ({
      label: labelOf(one, document.uri),
      position: launchDocument.document.positionAt(headOf(one.launch).start),
    })),
  };
}

function labelOf(judged: JudgedLaunch, uri: string): string {
  return onOneLine(aboutLaunch(judged) || fileNameOf(uri));
}

/** The document as it would be; the same document if nothing varies. */
function variedDocument(launchDocument: LaunchDocument, { release, edits }: Variation): LaunchDocument {
  if (!release && !edits) return launchDocument;
  const { document, notation, settings, catalogue, surroundings } = launchDocument;
  const text = edits ? TextDocument.applyEdits(document, [...edits]) : document.getText();
  return analyse(
    TextDocument.create(document.uri, document.languageId, document.version, text),
    notation,
    release ? { ...settings, fixed: release } : settings,
    catalogue,
    { surroundings },
  );
}

function groupsOf(launchDocument: LaunchDocument, judged: JudgedLaunch): EffectiveGroup[] {
  const { catalogue, settings, document } = launchDocument;
  const reported = (row: EffectiveRow): ReportedRow => ({
    name: row.group === undefined ? row.flag : writtenName(row.flag, judged.launch),
    value: onOneLine(row.shown),
    why: onOneLine(row.why),
    short: onOneLine(shortReason(row)),
    kind: row.kind,
    differs: row.differs,
    ...(row.span && { range: rangeOf(document, row.span) }),
  });
  const rows = effectiveRows(launchDocument, judged);
  const known = new Set(catalogue.groups.map(({ id }) => id));
  const groups = [
    ...catalogue.groups.map(({ id, title }) => ({
      title: title[settings.language],
      rows: rows.filter(({ group }) => group === id),
    })),
    { title: say("effective.other-flags"), rows: rows.filter(({ group }) => !known.has(group ?? "")) },
    { title: say("effective.variables"), rows: environmentRows(launchDocument, judged) },
  ];
  return groups
    .filter((group) => group.rows.length > 0)
    .map((group) => ({ title: group.title, rows: group.rows.map(reported) }));
}

function shortReason({ kind, why, formula, replaces = "" }: EffectiveRow): string {
  if (kind === "written" || kind === "default") return "";
  if (kind === "replaced") return say("effective.short-replaced", { written: replaces });
  return kind === "derived" && formula !== undefined ? say("effective.short-derived", { formula }) : why;
}
