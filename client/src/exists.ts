import { type Uri, workspace } from "vscode";

/** Whether a file exists, on whatever machine it is. */
export async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
