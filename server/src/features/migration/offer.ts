/** A migration for an editor: an edit to preview, with notes. */

import { TextDocument } from "vscode-languageserver-textdocument";
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import type { Release } from "../../catalogue";
import { changedLines } from "../../edits/text-edits";
import { headOf, type TextChange } from "../../launch/launch";
import { Annotations, LAUNCH } from "./annotations";
import { type Migration, migrate } from "./migrate-launches";

/** The migration of one launch, for an editor. */
export interface MigrationOffer {
  /** Undefined if the text does not change. */
  readonly edit: WorkspaceEdit | undefined;
  /** The changes and their reasons, as Markdown. */
  readonly done: readonly string[];
  /** What could not be migrated, what to check and what behaves differently, as Markdown. */
  readonly notes: readonly string[];
}

/** @param annotated whether the editor can show edits before it applies them. */
export function offerMigration(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  to: Release,
  annotated: boolean,
): MigrationOffer {
  const migration = migrate(launchDocument, [judged], to);
  const edit =
    migration.edits.length + migration.files.length > 0
      ? workspaceEdit(launchDocument, judged, migration, annotated)
      : undefined;
  const notes = migration.launches.flatMap((one) => [...one.notes, ...one.differences]);
  return { edit, done: migration.launches.flatMap((one) => one.done), notes };
}

/**
 * An editor previews annotated edits if one of them needs confirmation, but leaves that one unchecked. So an empty edit
 * at the start of the launch needs confirmation, and all real edits are checked, each with its reasons.
 */
function workspaceEdit(
  { document, file }: LaunchDocument,
  { chosen, launch }: JudgedLaunch,
  migration: Migration,
  annotated: boolean,
): WorkspaceEdit {
  const others = migration.files.flatMap(({ uri, text, migrated }) =>
    uri === undefined ? [] : [{ uri, at: TextDocument.create(uri, "", 0, text), text, migrated }],
  );
  if (!annotated) {
    const edits = (at: TextDocument, changes: readonly TextChange[]): TextEdit[] =>
      changes.map(({ span, newText }) => ({ range: rangeOf(at, span), newText }));
    const changes = others.map(({ uri, at, text, migrated }) => [
      uri,
      edits(at, changedLines(text, migrated)),
    ]);
    return { changes: { [document.uri]: edits(document, migration.edits), ...Object.fromEntries(changes) } };
  }
  const annotations = new Annotations(migration, chosen.release.name);
  const { line } = document.positionAt(headOf(launch).start);
  const head = document.offsetAt({ line, character: 0 });
  // Edits must not overlap.
  const around = migration.edits.find(({ span }) => span.start < head && head < span.end);
  const start = document.positionAt(around?.span.start ?? head);
  const change: TextDocumentEdit = {
    textDocument: { uri: document.uri, version: document.version },
    edits: [
      { range: { start, end: start }, newText: "", annotationId: LAUNCH },
      ...annotations.annotated(document, file.text, migration.edits),
    ],
  };
  const otherChanges = others.map(
    ({ uri, at, text, migrated }): TextDocumentEdit => ({
      textDocument: { uri, version: null },
      edits: annotations.annotated(at, text, changedLines(text, migrated), uri),
    }),
  );
  return { documentChanges: [change, ...otherChanges], changeAnnotations: annotations.all };
}
