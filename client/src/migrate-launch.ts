/** `LightLLM: Migrate Launch to Release…`: previews the migration of a launch, then applies it. */

import { commands, type QuickPickItem, Range, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  MIGRATE,
  type MigrateAnswer,
  type MigrateParams,
  type PlaceParams,
  type ReleaseAnswer,
} from "../../server/src/lsp/protocol";
import { launchAtCursor, placeParams } from "./launch-at-cursor";
import { say } from "./messages";
import { pick } from "./pick";
import { textDocumentOf } from "./shown-texts";

interface TargetItem extends QuickPickItem {
  readonly release: string;
}

/** Arguments from a keybinding, or a launch of the view. */
export interface MigrateOptions extends Partial<PlaceParams> {
  /** The target release; the user is not asked for it. */
  readonly to?: string;
}

/** Lets the user pick a release, shows what changes and why, and what needs a decision, and applies the migration. */
export async function migrateLaunch(client: BaseLanguageClient, options: MigrateOptions = {}): Promise<void> {
  const { textDocument, position: place } = options;
  if (textDocument && place) {
    const selection = new Range(place.line, place.character, place.line, place.character);
    await window.showTextDocument(Uri.parse(textDocument.uri), { selection });
  }
  const launch = await launchAtCursor(client);
  if (!launch) {
    void window.showInformationMessage(say("client.open-to-migrate"));
    return;
  }
  const { document, position, answer } = launch;
  const viewColumn = window.activeTextEditor?.viewColumn;
  const to = options.to ?? (await pickTarget(answer));
  if (to === undefined) return;
  const params: MigrateParams = { ...placeParams(document, position), to };
  const { edit: sent, done, notes } = await client.sendRequest<MigrateAnswer>(MIGRATE, params);
  const edit = sent && (await client.protocol2CodeConverter.asWorkspaceEdit(sent));
  // The reasons are beside the text while the editor shows the changes, and stay there afterwards.
  if (done.length + notes.length > 0) {
    await showReport(to, done, notes);
    await window.showTextDocument(document, viewColumn === undefined ? {} : { viewColumn });
  }
  if (edit) await workspace.applyEdit(edit, { isRefactoring: true });
  else if (done.length + notes.length === 0) {
    void window.showInformationMessage(say("client.migrate-nothing", { release: to }));
  }
}

async function pickTarget({ choices, release: current, label }: ReleaseAnswer): Promise<string | undefined> {
  const items = choices
    .filter(({ release }) => release !== current)
    .map(
      ({ release, description, detail }): TargetItem => ({
        release,
        label: release,
        description,
        ...(detail !== undefined && { detail }),
      }),
    );
  const picked = await pick(items, {
    title: say("client.migrate-title"),
    placeholder: say("client.migrate-which", { label }),
  });
  return picked?.release;
}

/** Shows beside the text, as a rendered page, what changes and why, and what needs a decision. */
async function showReport(release: string, done: readonly string[], notes: readonly string[]): Promise<void> {
  const part = (title: string, items: readonly string[]) =>
    items.length === 0 ? "" : `\n## ${title}\n\n${items.map((item) => `- ${item}\n`).join("")}`;
  const text = [
    `# ${say("client.migrating", { release })}\n`,
    part(say("client.migrate-done"), done),
    part(say("client.migrate-decide"), notes),
  ].join("");
  const page = textDocumentOf(`${say("client.migrating", { release })}.md`, text);
  await commands.executeCommand("markdown.showPreviewToSide", page);
}
