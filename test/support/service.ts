/** Opens texts the way the server does, without a server. */

import { expect } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { WorkspaceEdit } from "vscode-languageserver-types";
import type { Surroundings } from "../../server/src/judgement/surroundings";
import { type NotationId, TRAITS } from "../../server/src/notations";
import { type LaunchDocument, type Settings, service } from "../../server/src/service";

const { analyse, applyEdits, complete, fixesOf, reportedFindings, notationOf, shippedCatalogue } = service;

/** A text with `|` at the cursor; the mark is removed. */
export function atCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf("|");
  if (offset < 0 || marked.indexOf("|", offset + 1) >= 0)
    throw new Error(`One | marks the cursor: ${marked}`);
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

export type TestNotation = NotationId;

/** A document for the features. */
export function open(
  text: string,
  settings: Partial<Settings> = {},
  notationId: TestNotation = "yaml",
  surroundings?: Surroundings,
): LaunchDocument {
  const { ending, languageId } = TRAITS[notationId];
  const uri = `file:///launch${ending}`;
  const document = TextDocument.create(uri, languageId, 1, text);
  const notation = notationOf(languageId, uri, text);
  if (!notation) throw new Error(`No notation reads ${uri}.`);
  return analyse(document, notation, { language: "en", ...settings }, shippedCatalogue(), { surroundings });
}

/** A YAML config for the features. */
export function openYaml(text: string, settings: Partial<Settings> = {}): LaunchDocument {
  return open(text, settings);
}

/**
 * Findings about the notation and from the argument parser, as `code: marked text`, in order. Other tests cover the
 * start-up, so the texts here need not start.
 */
export function findingsOf(
  text: string,
  settings: Partial<Settings> = {},
  notation?: TestNotation,
): string[] {
  return reportedFindings(open(text, settings, notation))
    .filter(({ stage, code }) => stage === "text" || stage === "argparse" || code === "flag-without-effect")
    .map(({ code, span }) => `${code}: ${text.slice(span.start, span.end)}`);
}

/** The text after the preferred fix of the first finding with a code. */
export function afterFix(text: string, code: string, title?: string, notation?: TestNotation): string {
  const launchDocument = open(text, {}, notation);
  const finding = reportedFindings(launchDocument).find((one) => one.code === code);
  if (!finding) throw new Error(`No finding ${code} in:\n${text}`);
  const fixes = fixesOf(launchDocument, finding);
  const fix = fixes.find((one) => (title ? one.title === title : one.preferred));
  if (!fix) throw new Error(`No such fix; there are: ${fixes.map((one) => one.title).join(" / ")}`);
  return applyEdits(text, fix.edits);
}

/** A document's text after an edit of the workspace. */
export function applied({ document }: LaunchDocument, edit: WorkspaceEdit | undefined): string {
  return TextDocument.applyEdits(document, edit?.changes?.[document.uri] ?? []);
}

/** The labels offered at the cursor, in the order an editor sorts them. */
export function labelsAt(
  marked: string,
  settings: Partial<Settings> = {},
  notation?: TestNotation,
): string[] {
  const { text, offset } = atCursor(marked);
  return complete(open(text, settings, notation), offset)
    .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label }) => label);
}

/** The text after accepting a completion item, with `|` at the new cursor. */
export function afterCompletion(
  marked: string,
  label: string,
  settings: Partial<Settings> = {},
  notation?: TestNotation,
): string {
  const { text, offset } = atCursor(marked);
  const launchDocument = open(text, settings, notation);
  const item = complete(launchDocument, offset).find((one) => one.label === label);
  if (!item?.textEdit || !("range" in item.textEdit))
    throw new Error(`${label} is not offered at: ${marked}`);
  const { document } = launchDocument;
  const start = document.offsetAt(item.textEdit.range.start);
  const end = document.offsetAt(item.textEdit.range.end);
  expect(start, "the replaced range holds the cursor").toBeLessThanOrEqual(offset);
  expect(end, "the replaced range holds the cursor").toBeGreaterThanOrEqual(offset);
  const typed = text.slice(start, offset);
  expect(
    subsequence(typed, item.filterText ?? item.label),
    `the editor keeps ${label} for what was typed: ${typed}`,
  ).toBe(true);
  return `${text.slice(0, start)}${item.textEdit.newText}|${text.slice(end)}`;
}

/** Whether an editor's fuzzy filter lets an item through: the typed letters occur in it in this order. */
function subsequence(typed: string, filterText: string): boolean {
  let at = 0;
  for (const char of filterText.toLowerCase()) if (char === typed.toLowerCase()[at]) at++;
  return at === typed.length;
}
