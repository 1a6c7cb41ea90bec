/** The fixes of findings as edits of the text; each is tested before it is returned. */

import type { LaunchDocument } from "../analysis/document";
import { isBroken } from "../analysis/judge-once";
import { findingsAlike, reportedFindings } from "../analysis/reported-findings";
import type { Finding } from "../judgement/finding";
import type { Launch, TextChange, TextFix } from "../launch/launch";
import type { LaunchChange } from "../launch/launch-change";
import { editsOfChange } from "./change-edits";
import { Rewriting } from "./rewriting";
import { apart, changedPart, isSameChange } from "./text-edits";
import { flagsTouched } from "./touched-flags";
import { type Candidate, helpful } from "./trial";

/** A fix as edits. */
export interface WrittenFix extends TextFix {
  /** The flags whose arguments it changes; absent for a notation's own fix. */
  readonly touches?: readonly string[];
}

const tried = new WeakMap<LaunchDocument, Map<Finding, readonly WrittenFix[]>>();

/** The fixes of a finding that help; the preferred one is first. */
export function fixesOf(launchDocument: LaunchDocument, finding: Finding): readonly WrittenFix[] {
  return fixesOfEach(launchDocument, [finding]).get(finding) ?? [];
}

const triedAll = new WeakSet<LaunchDocument>();

/** The fixes of all findings that are not silenced; cheaper than one call for each finding. */
export function allFixes(launchDocument: LaunchDocument): ReadonlyMap<Finding, readonly WrittenFix[]> {
  const before = triedAll.has(launchDocument) ? tried.get(launchDocument) : undefined;
  if (before) return before;
  triedAll.add(launchDocument);
  return fixesOfEach(launchDocument, reportedFindings(launchDocument));
}

/** One spelling fix for each finding that has one, tested together, as they are applied. */
export function spellingFixes(launchDocument: LaunchDocument): readonly WrittenFix[] {
  const candidates = reportedFindings(launchDocument).flatMap((finding) => {
    const fix = written(launchDocument, finding).find(({ kind }) => kind === "spelling");
    return fix ? [{ finding, fix }] : [];
  });
  const good = helpful(launchDocument, candidates, { together: true });
  const some = candidates.filter(({ fix }) => good.has(fix));
  // Fixes that help only together are offered nowhere else.
  const oneHelps = some.length === 1 || some.some((one) => helpful(launchDocument, [one]).has(one.fix));
  return oneHelps ? some.map(({ fix }) => fix) : [];
}

/** The fixes of several findings, tested together. */
export function fixesOfEach(
  launchDocument: LaunchDocument,
  findings: readonly Finding[],
): ReadonlyMap<Finding, readonly WrittenFix[]> {
  const known = tried.get(launchDocument) ?? new Map<Finding, readonly WrittenFix[]>();
  tried.set(launchDocument, known);
  const news = findings.filter((finding) => !known.has(finding));
  const candidates = candidatesOf(launchDocument, news);
  const good = helpful(launchDocument, candidates);
  for (const finding of news) known.set(finding, []);
  for (const { finding, fix } of candidates)
    if (good.has(fix)) known.set(finding, [...(known.get(finding) ?? []), fix]);
  return known;
}

/** The fixes of findings before any test. */
export function candidatesOf(launchDocument: LaunchDocument, findings: readonly Finding[]): Candidate[] {
  return findings.flatMap((finding) => written(launchDocument, finding).map((fix) => ({ finding, fix })));
}

/** All fixes that the notation can write, the preferred one first, before any test. */
function written(launchDocument: LaunchDocument, finding: Finding): WrittenFix[] {
  const { file, catalogue } = launchDocument;
  const alike = findingsAlike(launchDocument, finding);
  const ofLaunches = finding.fixes.flatMap((fix): WrittenFix[] => {
    const { title, preferred } = fix;
    const own = alike.flatMap(({ launch, fixes }) => {
      const same = fixes.find((other) => other.title === title);
      return launch && same ? same.changes.map((change) => ({ launch, change })) : [];
    });
    const isUnclear = own.some(({ launch, change }) => isStructural(change) && isBroken(launch, catalogue));
    if (isUnclear) return [];
    const kind = fix.kind === "spelling" && own.some(takesOutOfOthers) ? "choice" : fix.kind;
    return [
      {
        title,
        kind,
        preferred,
        edits: editsOf(own, launchDocument),
        touches: own.flatMap((one) => flagsTouched(one.launch, one.change)),
      },
    ];
  });
  const all: WrittenFix[] = [...(finding.textFixes ?? []), ...ofLaunches];
  return all
    .map((fix) => ({
      ...fix,
      title: oneLine(fix.title),
      kind: fix.kind === "spelling" && loses(fix, file.text, finding) ? ("choice" as const) : fix.kind,
    }))
    .filter(({ edits }, at) => edits.length > 0 && all.findIndex((other) => isSame(other, edits)) === at)
    .sort((a, b) => Number(b.preferred) - Number(a.preferred));
}

/** A change of one launch. */
interface OwnChange {
  readonly launch: Launch;
  readonly change: LaunchChange;
}

/** Whether a change removes words from a text that others may use too: an array, a variable, an entry point. */
function takesOutOfOthers({ launch: { span, open }, change }: OwnChange): boolean {
  if (!("argument" in change) || change.kind === "rename" || change.kind === "set") return false;
  const { flagSpan } = change.argument;
  return open === true || flagSpan.start < span.start || flagSpan.end > span.end;
}

/** Substitutions: `$NAME`, `${NAME:-8}`, `$(…)`, `` `…` ``, `{{ … }}`, `{%…%}`. */
const PUT_IN = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\$\{[^}]*\}|\$\([^)]*\)|`[^`]*`|\$[\w@*#?]+/g;
const COMMENT = /(?:^|\s)#.*/g;

/**
 * Whether a fix removes a substitution or a comment, or renames something that is used elsewhere in the text: then the
 * user decides.
 */
function loses({ edits, touches, renames }: WrittenFix, text: string, { span }: Finding): boolean {
  const before = edits.map((edit) => text.slice(edit.span.start, edit.span.end)).join("\n");
  const after = edits.map(({ newText }) => newText).join("\n");
  const count = (all: string, piece: string) => all.split(piece).length - 1;
  const pieces = [...(before.match(PUT_IN) ?? []), ...(touches ? (before.match(COMMENT) ?? []) : [])];
  if (pieces.some((piece) => count(after, piece.trim()) < count(before, piece.trim()))) return true;
  return renames === true && count(text, text.slice(span.start, span.end)) > 1;
}

/** Removes line ends and other characters that a menu cannot show; a title may quote text of the file. */
function oneLine(title: string): string {
  return title.replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ");
}

function isSame({ edits }: WrittenFix, others: readonly TextChange[]): boolean {
  return JSON.stringify(edits) === JSON.stringify(others);
}

/** Whether a change inserts or removes more than one word. */
function isStructural({ kind }: LaunchChange): boolean {
  return kind !== "rename" && kind !== "setWord" && kind !== "set";
}

/** Changes as edits, each edit once; changes at the same place are applied one after the other. */
function editsOf(
  changes: readonly OwnChange[],
  { notation, catalogue, file: { text, launches } }: LaunchDocument,
): readonly TextChange[] {
  const each = changes.map(({ launch, change }) => editsOfChange(notation, text, launch, change, catalogue));
  if (each.some((edits) => edits.length === 0)) return [];
  const all = each.flat();
  const edits = all.filter((edit, at) => all.findIndex((other) => isSameChange(edit, other)) === at);
  const meet = edits.some((edit, at) => edits.slice(at + 1).some((other) => !apart(edit.span, other.span)));
  if (!meet) return edits;
  const tasks = changes.map(({ launch, change }) => ({
    index: launches.indexOf(launch),
    stated: launch,
    change,
  }));
  if (tasks.some(({ index }) => index < 0)) return [];
  const rewriting = new Rewriting({ text, launches }, notation, catalogue);
  rewriting.perform(tasks);
  return changedPart(text, rewriting.text);
}
