/** A migration for an editor: an edit to preview, with notes. */

import { TextDocument } from "vscode-languageserver-textdocument";
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import type { Release } from "../../catalogue";
import { changedLines } from "../../edits/text-edits";
import { headOf } from "../../launch/launch";
import { say } from "../../messages";
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

/** The edits that turn a text into another. */
function editsOf(before: string, after: string): TextEdit[] {
  const document = TextDocument.create("", "", 0, before);
  return changedLines(before, after).map(({ span, newText }) => ({
    range: rangeOf(document, span),
    newText,
  }));
}

const CHANGES = "lightllm.migrate";
const LAUNCH = "lightllm.launch";

/**
 * An editor previews annotated edits if one of them needs confirmation, but leaves that one unchecked. So an empty edit
 * at the start of the launch needs confirmation, and all real edits are checked.
 */
function workspaceEdit(
  { document }: LaunchDocument,
  { chosen, launch }: JudgedLaunch,
  { to, edits, files, launches }: Migration,
  annotated: boolean,
): WorkspaceEdit {
  const reasons = launches.flatMap(({ done }) => done);
  const textEdits = edits.map(({ span, newText }): TextEdit => ({ range: rangeOf(document, span), newText }));
  const others = files.flatMap(({ uri, text, migrated }) =>
    uri === undefined ? [] : [{ uri, edits: editsOf(text, migrated) }],
  );
  if (!annotated) {
    const changes = Object.fromEntries(others.map((other) => [other.uri, other.edits]));
    return { changes: { [document.uri]: textEdits, ...changes } };
  }
  const { line } = document.positionAt(headOf(launch).start);
  const head = document.offsetAt({ line, character: 0 });
  // Edits must not overlap.
  const around = edits.find(({ span }) => span.start < head && head < span.end);
  const start = document.positionAt(around?.span.start ?? head);
  const change: TextDocumentEdit = {
    textDocument: { uri: document.uri, version: document.version },
    edits: [
      { range: { start, end: start }, newText: "", annotationId: LAUNCH },
      ...textEdits.map((edit) => ({ ...edit, annotationId: CHANGES })),
    ],
  };
  const otherChanges = others.map(
    (other): TextDocumentEdit => ({
      textDocument: { uri: other.uri, version: null },
      edits: other.edits.map((edit) => ({ ...edit, annotationId: CHANGES })),
    }),
  );
  return {
    documentChanges: [change, ...otherChanges],
    changeAnnotations: {
      [LAUNCH]: {
        label: say("migration.the-launch"),
        description: say("migration.no-change"),
        needsConfirmation: true,
      },
      [CHANGES]: {
        label: say("migration.to", { release: to.name }),
        description: [say("migration.to-from", { release: chosen.release.name }), reasons.join(" ")]
          .filter(Boolean)
          .join(": ")
          .replaceAll("`", "'"),
      },
    },
  };
}
