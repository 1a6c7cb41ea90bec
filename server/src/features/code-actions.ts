/** The light bulb: fixes for findings, comments that silence one, and "fix all". */

import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from "vscode-languageserver-types";
import { isReadAlike, type LaunchDocument, launchAt, rangeOf, withText } from "../analysis/document";
import { reportedFindings } from "../analysis/reported-findings";
import { silencedLine } from "../analysis/silenced-line";
import { withChanged } from "../deployment/changed-deployment";
import type { Deployment, DeploymentFinding } from "../deployment/deployment";
import { deploymentFixes } from "../deployment/deployment-fixes";
import { leavesWords } from "../edits/compared-readings";
import { fixesOf, fixesOfEach } from "../edits/fixes";
import { editedPart } from "../edits/partial-text";
import { releaseEdit } from "../edits/release-edit";
import { silenceEdit } from "../edits/silence";
import { applyEdits } from "../edits/text-edits";
import type { Finding } from "../judgement/finding";
import { type FixKind, spanFrom } from "../launch/launch";
import { say } from "../messages";
import { CONVERT_KIND, FIX_ALL_KIND, MIGRATE_KIND } from "./code-action-kinds";
import { type ConversionMeans, conversionActions } from "./conversion-actions";
import { betweenLaunches } from "./deployment/between";
import { type DiagnosticOptions, toDiagnostic } from "./diagnostics";
import { fixAllAction } from "./fix-all-action";
import { offerMigration } from "./migration/offer";

/** Maximum number of findings in one menu: the first in text order. */
const MOST_FINDINGS = 20;

export interface CodeActionOptions extends DiagnosticOptions {
  /** How the client can handle conversions; if absent, none is offered. */
  readonly conversions?: ConversionMeans | undefined;
}

export interface CodeActionQuery {
  readonly range: Range;
  /** The diagnostics that the client shows there, from any source. */
  readonly diagnostics: readonly Diagnostic[];
  /** The requested kinds; all if absent. */
  readonly only?: readonly string[] | undefined;
  /** Whether the user requested the actions, or the editor did after a cursor move. */
  readonly asked?: boolean;
}

/** The actions at a place. */
export function codeActions(
  launchDocument: LaunchDocument,
  query: CodeActionQuery,
  options: CodeActionOptions = {},
): CodeAction[] {
  const actions: CodeAction[] = [];
  const told = options.conversions?.kind === "commands";
  if (wants(query, CodeActionKind.QuickFix)) {
    const asked = (finding: Finding): Asked => ({
      finding,
      diagnostic: toDiagnostic(finding, launchDocument, options),
    });
    const isThere = ({ diagnostic: { range } }: Asked) => overlaps(range, query.range);
    const current = reportedFindings(launchDocument).map(asked).filter(isThere).slice(0, MOST_FINDINGS);
    const between = betweenLaunches(launchDocument, options)
      .map(({ finding, shown: there, deployment }) => ({ ...asked(there), clash: finding, deployment }))
      .filter(isThere)
      .slice(0, MOST_FINDINGS);
    fixesOfEach(
      launchDocument,
      current.map(({ finding }) => finding),
    );
    for (const one of current) actions.push(...quickFixes(launchDocument, one, query));
    for (const one of between) actions.push(...fixesBetween(one, query));
    for (const one of current) actions.push(...otherJudge(launchDocument, one, query));
    for (const { diagnostic } of current) actions.push(...silence(launchDocument, diagnostic, query));
    for (const { diagnostic, deployment } of between)
      actions.push(...silence(launchDocument, diagnostic, query, deployment));
    mergeSame(actions);
    const all = { kind: CodeActionKind.QuickFix, atLeast: 2, told, unasked: false };
    const action = actions.length > 0 ? fixAllAction(launchDocument, all) : undefined;
    if (action) actions.push(action);
  }
  if (query.only && wants(query, FIX_ALL_KIND)) {
    const all = { kind: FIX_ALL_KIND, atLeast: 1, told, unasked: query.asked === false };
    const action = fixAllAction(launchDocument, all);
    if (action) actions.push(action);
  }
  if (query.asked && wants(query, MIGRATE_KIND)) actions.push(...migrations(launchDocument, query));
  if (query.asked && wants(query, CONVERT_KIND)) actions.push(...conversions(launchDocument, query, options));
  return actions;
}

/** Conversions of the launch at the cursor; only if the user requests them, because they fix nothing. */
function conversions(
  launchDocument: LaunchDocument,
  { range }: CodeActionQuery,
  { conversions: means }: CodeActionOptions,
): CodeAction[] {
  const { document } = launchDocument;
  const judged = launchAt(launchDocument, document.offsetAt(range.start));
  if (!judged || !means) return [];
  const place = { textDocument: { uri: document.uri }, position: range.start };
  return conversionActions(launchDocument, judged, place, means);
}

/**
 * Migration of the launch at the cursor to the newest release; only if the user requests it, because it has to be
 * computed.
 */
function migrations(launchDocument: LaunchDocument, { range }: CodeActionQuery): CodeAction[] {
  const { document, catalogue } = launchDocument;
  const judged = launchAt(launchDocument, document.offsetAt(range.start));
  const to = catalogue.newest;
  if (!judged || judged.chosen.release.date >= to.date) return [];
  const { edit } = offerMigration(launchDocument, judged, to, false);
  if (!edit) return [];
  const title = say("actions.migrate", { from: judged.chosen.release.name, to: to.name });
  return [{ title, kind: MIGRATE_KIND, edit }];
}

function wants({ only }: CodeActionQuery, kind: string): boolean {
  return !only || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
}

function overlaps(a: Range, b: Range): boolean {
  const before = (x: Range, y: Range) =>
    x.end.line < y.start.line || (x.end.line === y.start.line && x.end.character < y.start.character);
  return !before(a, b) && !before(b, a);
}

/** The client's own copy of a diagnostic, so that the client can mark it as fixed. */
function shown(diagnostic: Diagnostic, { diagnostics }: CodeActionQuery): Diagnostic {
  const same = diagnostics.find(
    ({ code, range, source }) =>
      source === "lightllm" && code === diagnostic.code && overlaps(range, diagnostic.range),
  );
  return same ?? diagnostic;
}

/** A finding at the requested place, with its diagnostic. */
interface Asked {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
}

function quickFixes(
  launchDocument: LaunchDocument,
  { finding, diagnostic }: Asked,
  query: CodeActionQuery,
): CodeAction[] {
  const { document } = launchDocument;
  return fixesOf(launchDocument, finding).map(({ title, kind, preferred, edits }) => ({
    title: title.replaceAll("`", "'"),
    kind: CodeActionKind.QuickFix,
    diagnostics: [shown(diagnostic, query)],
    ...(preferred && { isPreferred: true }),
    edit: {
      changes: {
        [document.uri]: edits.map(({ span, newText }) => ({ range: rangeOf(document, span), newText })),
      },
    },
    data: { kind } satisfies ActionData,
  }));
}

/** A finding between launches at the requested place. */
interface AskedBetween extends Asked {
  readonly clash: DeploymentFinding;
  readonly deployment: Deployment;
}

/** The fixes of a finding between launches; they may edit other files. */
function fixesBetween({ clash, deployment, diagnostic }: AskedBetween, query: CodeActionQuery): CodeAction[] {
  return deploymentFixes(deployment, clash).map(({ title, kind, preferred, edits }) => ({
    title: title.replaceAll("`", "'"),
    kind: CodeActionKind.QuickFix,
    diagnostics: [shown(diagnostic, query)],
    ...(preferred && { isPreferred: true }),
    edit: {
      changes: Object.fromEntries(
        edits.map(({ document: { document }, edits: changes }) => [
          document.uri,
          changes.map(({ span, newText }) => ({ range: rangeOf(document, span), newText })),
        ]),
      ),
    },
    data: { kind } satisfies ActionData,
  }));
}

/** Data of a quick fix: its kind. */
export interface ActionData {
  readonly kind: FixKind;
}

/** Merges equal edits of several findings into one action that fixes them all. */
function mergeSame(actions: CodeAction[]): void {
  const byEdit = new Map<string, CodeAction>();
  const merged = actions.map((action) => {
    const key = JSON.stringify(action.edit);
    const before = byEdit.get(key);
    const one = before
      ? {
          ...before,
          diagnostics: [...(before.diagnostics ?? []), ...(action.diagnostics ?? [])],
          ...((before.isPreferred || action.isPreferred) && { isPreferred: true }),
        }
      : action;
    byEdit.set(key, one);
    return key;
  });
  const each = [...new Set(merged)].map((key) => byEdit.get(key) as CodeAction);
  // A merged action may be preferred for one of its findings while another one of them has its own.
  const decided = new Set<string>();
  const once = each.map((action): CodeAction => {
    if (!action.isPreferred) return action;
    const about = (action.diagnostics ?? []).map(({ code, range }) => JSON.stringify([code, range]));
    const { isPreferred: _, ...other } = action;
    if (about.some((one) => decided.has(one))) return other;
    for (const one of about) decided.add(one);
    return action;
  });
  actions.splice(0, actions.length, ...once);
}

/** Pins the launch to the release that knows the flag or value that this release does not. */
function otherJudge(
  launchDocument: LaunchDocument,
  { finding: { knownBy }, diagnostic }: Asked,
  query: CodeActionQuery,
): CodeAction[] {
  const offset = launchDocument.document.offsetAt(diagnostic.range.start);
  const edit = knownBy === undefined ? undefined : releaseEdit(launchDocument, offset, knownBy);
  if (knownBy === undefined || !edit) return [];
  const title = say("actions.name-release", { release: knownBy });
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [shown(diagnostic, query)], edit }];
}

/** Silences a rule at the finding with a comment. @param deployment the one whose launches the finding is between. */
function silence(
  launchDocument: LaunchDocument,
  diagnostic: Diagnostic,
  query: CodeActionQuery,
  deployment?: Deployment,
): CodeAction[] {
  const { document } = launchDocument;
  const line = silencedLine(launchDocument, document.offsetAt(diagnostic.range.start));
  const { position, newText } = silenceEdit(launchDocument, line, String(diagnostic.code));
  const start = document.offsetAt(position);
  const edit = { span: spanFrom(start, start), newText };
  const lineStart = document.offsetAt({ line, character: 0 });
  if (launchDocument.notation.takesCommentAt?.(launchDocument.file.text, lineStart) === false) return [];
  const place = spanFrom(document.offsetAt(diagnostic.range.start), document.offsetAt(diagnostic.range.end));
  const part = deployment ? undefined : editedPart(launchDocument, place, edit);
  const [before, after] = part ?? [
    launchDocument,
    withText(launchDocument, applyEdits(launchDocument.file.text, [edit])),
  ];
  if (!leavesWords(before, after) || !isReportedLess(before, after, diagnostic, deployment)) return [];
  if (!isReadAlike(launchDocument, applyEdits(launchDocument.file.text, [edit]))) return [];
  const code = String(diagnostic.code);
  const title =
    line === diagnostic.range.start.line
      ? say("actions.ignore-line", { code })
      : say("actions.ignore-launch", { code });
  const action = {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [shown(diagnostic, query)],
    edit: { changes: { [document.uri]: [{ range: { start: position, end: position }, newText }] } },
  };
  return [action];
}

/** Whether there are fewer findings of a diagnostic's code after a change. */
function isReportedLess(
  before: LaunchDocument,
  after: LaunchDocument,
  { code }: Diagnostic,
  deployment?: Deployment,
): boolean {
  const count = (findings: readonly Finding[]) => findings.filter((finding) => finding.code === code).length;
  return deployment
    ? count(withChanged(deployment, before, after).findings) < count(deployment.findings)
    : count(reportedFindings(after)) < count(reportedFindings(before));
}
