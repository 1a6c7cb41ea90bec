/** A migration as an editor is given it: an edit to look at first, and what is to be known of it. */

import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import type { Release } from "../../catalogue";
import { headOf } from "../../launch/launch";
import { say } from "../../messages";
import { type Migration, migrate } from "./migrate";

/** What carries one launch over, for an editor. */
export interface MigrationOffer {
  /** Nothing where the text stays as it is. */
  readonly edit: WorkspaceEdit | undefined;
  /** What could not be carried over and what to look at, plain text. */
  readonly notes: readonly string[];
}

/** @param annotated whether the editor can show edits before it makes them. */
export function offerMigration(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  to: Release,
  annotated: boolean,
): MigrationOffer {
  const migration = migrate(launchDocument, [judged], to);
  const edit =
    migration.edits.length > 0 ? workspaceEdit(launchDocument, judged, migration, annotated) : undefined;
  const notes = migration.launches.flatMap((one) => one.notes);
  return { edit, notes: notes.map((note) => note.replaceAll("`", "'")) };
}

const CHANGES = "lightllm.migrate";
const LAUNCH = "lightllm.launch";

/**
 * An editor shows annotated edits before it makes them if one of them wants consent, but leaves unticked what does. So the
 * one that wants it is an empty edit where the launch begins, and all that is to be made is ticked.
 */
function workspaceEdit(
  { document }: LaunchDocument,
  { chosen, launch }: JudgedLaunch,
  { to, edits }: Migration,
  annotated: boolean,
): WorkspaceEdit {
  const textEdits = edits.map(({ span, newText }): TextEdit => ({ range: rangeOf(document, span), newText }));
  if (!annotated) return { changes: { [document.uri]: textEdits } };
  const { line } = document.positionAt(headOf(launch).start);
  const head = document.offsetAt({ line, character: 0 });
  // No edit may stand inside another one.
  const around = edits.find(({ span }) => span.start < head && head < span.end);
  const start = document.positionAt(around?.span.start ?? head);
  const change: TextDocumentEdit = {
    textDocument: { uri: document.uri, version: document.version },
    edits: [
      { range: { start, end: start }, newText: "", annotationId: LAUNCH },
      ...textEdits.map((edit) => ({ ...edit, annotationId: CHANGES })),
    ],
  };
  return {
    documentChanges: [change],
    changeAnnotations: {
      [LAUNCH]: {
        label: say("migration.the-launch"),
        description: say("migration.no-change"),
        needsConfirmation: true,
      },
      [CHANGES]: {
        label: say("migration.to", { release: to.name }),
        description: say("migration.to-from", { release: chosen.release.name }),
      },
    },
  };
}
