/** The file system of the machine that Node runs on. */
import { readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, resolve } from "node:path";
import type { FileSystem } from "./file-system";
import { readPart, readPlainFile } from "./plain-file";

/** Size limit in bytes. Every real config.json and LightLLM source is smaller. */
const LONGEST = 4_000_000;

export const nodeFiles: FileSystem = {
  resolve(folder, path) {
    if (path.startsWith("~") || isForeignShare(path, folder)) return undefined;
    if (isAbsolute(path)) return resolve(path);
    return folder === undefined ? undefined : resolve(folder, path);
  },
  async look(path) {
    try {
      const found = await stat(path);
      return found.isDirectory() ? "folder" : "file";
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === "ENOENT" ? "nothing" : code === "ENOTDIR" ? "file" : "unknown";
    }
  },
  async read(path, longest = LONGEST) {
    try {
      return (await readPlainFile(path, longest)).toString("utf8");
    } catch {
      return undefined;
    }
  },
  part: (path, from, length) => readPart(path, from, length).catch(() => undefined),
  above(path) {
    const parent = dirname(path);
    return parent === path ? undefined : parent;
  },
  async list(path) {
    try {
      const entries = await readdir(path, { withFileTypes: true });
      return entries
        .map((entry) => ({ name: entry.name, mayBeFolder: entry.isDirectory() || entry.isSymbolicLink() }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch {
      return [];
    }
  },
  async state(path) {
    try {
      const found = await stat(path);
      return found.isFile() ? { size: found.size, modified: found.mtimeMs } : undefined;
    } catch {
      return undefined;
    }
  },
  bytes: (path) => readPlainFile(path, LONGEST).catch(() => undefined),
  home: () => homedir() || undefined,
};

/**
 * Whether a path is on another machine (`\\server\share`) than the folder: Windows would send it the user's name and
 * a hash of the password, only because a text names it.
 */
function isForeignShare(path: string, folder: string | undefined): boolean {
  const [share] = SHARE.exec(path) ?? [];
  if (share === undefined) return false;
  const [own] = SHARE.exec(folder ?? "") ?? [];
  return own === undefined || withSlashes(share) !== withSlashes(own);
}

/** The server and the share of a path of another machine, or a device of Windows. */
const SHARE = /^[\\/]{2}[^\\/]*(?:[\\/][^\\/]*)?/;

function withSlashes(path: string): string {
  return path.replaceAll("\\", "/").toLowerCase();
}
