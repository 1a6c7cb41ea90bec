/** The setting `lightllm.release`: where it can be saved for a document, and how to remove it. */

import { ConfigurationTarget, type TextDocument, workspace } from "vscode";
import { say } from "./messages";

export interface SettingPlace {
  readonly target: ConfigurationTarget;
  readonly label: string;
}

/** The configuration targets for a document, narrowest first. */
export function placesFor({ uri }: TextDocument): SettingPlace[] {
  const { workspaceFolders: folders = [], workspaceFile } = workspace;
  if (folders.length === 0 && !workspaceFile)
    return [{ target: ConfigurationTarget.Global, label: say("client.keep-all") }];
  const folder = workspace.getWorkspaceFolder(uri);
  const shared = { target: ConfigurationTarget.Workspace, label: say("client.keep-workspace") };
  if (!folder || folders.length === 1) return [shared];
  const own = say("client.keep-folder", { name: folder.name });
  return [{ target: ConfigurationTarget.WorkspaceFolder, label: own }, shared];
}

/** Writes the setting. */
export async function keepRelease(
  { uri }: TextDocument,
  release: string,
  target: ConfigurationTarget,
): Promise<void> {
  await workspace.getConfiguration("lightllm", uri).update("release", release, target);
}

/** Removes the setting for the document's workspace; the user's global setting stays. */
export async function withdrawRelease({ uri }: TextDocument): Promise<void> {
  const settings = workspace.getConfiguration("lightllm", uri);
  const { globalValue, workspaceValue, workspaceFolderValue } = settings.inspect<string>("release") ?? {};
  const inWorkspace = (workspace.workspaceFolders ?? []).length > 0 || workspace.workspaceFile !== undefined;
  if (!inWorkspace) {
    if (globalValue) await settings.update("release", undefined, ConfigurationTarget.Global);
    return;
  }
  if (workspaceFolderValue !== undefined && workspaceFolderValue !== workspaceValue)
    await settings.update("release", undefined, ConfigurationTarget.WorkspaceFolder);
  if (workspaceValue || globalValue) {
    // An empty value overrides the user's global setting.
    await settings.update("release", globalValue ? "" : undefined, ConfigurationTarget.Workspace);
  }
}
