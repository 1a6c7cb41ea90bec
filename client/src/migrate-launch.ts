/** `LightLLM: Migrate Launch to Release…`: carries a launch over to another release, shown first and then done. */
import { type QuickPickItem, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  MIGRATE,
  type MigrateAnswer,
  type MigrateParams,
  type ReleaseAnswer,
} from "../../server/src/lsp/protocol";
import { launchAtCursor, placeOf } from "./launch-at-cursor";
import { pick } from "./pick";

const DETAILS = "Show Details";

interface TargetItem extends QuickPickItem {
  readonly release: string;
}

/** What a keybinding may say. */
export interface MigrateOptions {
  /** The release to move to, so that it is not asked for. */
  readonly to?: string;
}

/** Lets the user pick a release, applies what carries the launch over to it, and tells what could not be. */
export async function migrateLaunch(client: BaseLanguageClient, options: MigrateOptions = {}): Promise<void> {
  const launch = await launchAtCursor(client);
  if (!launch) {
    void window.showInformationMessage("Open a file with a LightLLM launch to migrate it.");
    return;
  }
  const { document, position, answer } = launch;
  const to = options.to ?? (await pickTarget(answer));
  if (to === undefined) return;
  const params: MigrateParams = { ...placeOf(document, position), to };
  const { edit: sent, notes } = await client.sendRequest<MigrateAnswer>(MIGRATE, params);
  const edit = sent && (await client.protocol2CodeConverter.asWorkspaceEdit(sent));
  // The preview was closed without applying anything: what is not carried over does not matter then.
  if (edit && !(await workspace.applyEdit(edit, { isRefactoring: true }))) return;
  if (notes.length > 0) await tell(client, to, notes);
  else if (!edit) {
    void window.showInformationMessage(`This launch needs no change for LightLLM ${to}.`);
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
    title: "Migrate LightLLM Launch",
    placeholder: `Written for ${label}. Which release shall it be for?`,
  });
  return picked?.release;
}

async function tell(client: BaseLanguageClient, release: string, notes: readonly string[]): Promise<void> {
  const many = notes.length === 1 ? "One thing needs" : `${notes.length} things need`;
  const message = `${many} your attention in the launch for LightLLM ${release}.`;
  if ((await window.showInformationMessage(message, DETAILS)) !== DETAILS) return;
  const { outputChannel } = client;
  outputChannel.appendLine(`Migrating to LightLLM ${release}:`);
  for (const note of notes) outputChannel.appendLine(`- ${note}`);
  outputChannel.show();
}
