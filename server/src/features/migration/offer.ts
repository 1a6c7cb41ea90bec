/** A migration as an editor is given it: an edit to look at first, and what is to be known of it. */
import type { Range, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver-types";
import type { Release } from "../../catalogue";
import type { JudgedLaunch } from "../../judgement/judge-file";
import { type LaunchDocument, rangeOf } from "../document";
import { type Migration, migrate } from "./migrate";

/** What carries one launch over, for an editor. */
export interface MigrationOffer {
  /** Nothing where the text stays as it is. */
  readonly edit: WorkspaceEdit | undefined;
  /** What could not be carried over and what to look at, plain text. */
  readonly notes: readonly string[];
}

/** @param annotated whether the editor can show annotated edits first; they then want its user's consent. */
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

const ANNOTATION = "lightllm.migrate";

function workspaceEdit(
  { document }: LaunchDocument,
  { chosen }: JudgedLaunch,
  { to, edits }: Migration,
  annotated: boolean,
): WorkspaceEdit {
  const textEdits = edits.map(({ span, newText }): { range: Range; newText: string } => ({
    range: rangeOf(document, span),
    newText,
  }));
  if (!annotated) return { changes: { [document.uri]: textEdits } };
  const change: TextDocumentEdit = {
    textDocument: { uri: document.uri, version: document.version },
    edits: textEdits.map((edit) => ({ ...edit, annotationId: ANNOTATION })),
  };
  return {
    documentChanges: [change],
    changeAnnotations: {
      [ANNOTATION]: {
        label: `Migrate to LightLLM ${to.name}`,
        description: `from ${chosen.release.name}`,
        needsConfirmation: true,
      },
    },
  };
}
