/** Reads files that may be anything: only plain files of bounded size. */
import { FileType, type Uri, workspace } from "vscode";

/**
 * The text of a plain file; undefined if it is a device, a pipe or a folder, or longer than a limit in bytes.
 * @throws if nothing can be read there.
 */
export async function readShort(uri: Uri, longest: number): Promise<string | undefined> {
  const { type, size } = await workspace.fs.stat(uri);
  if (!(type & FileType.File) || size > longest) return undefined;
  return new TextDecoder().decode(await workspace.fs.readFile(uri));
}
