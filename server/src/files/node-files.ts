/** The file system of the machine that Node runs on. */
import { readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, resolve } from "node:path";
import type { FileSystem } from "./file-system";
import { readPlainFile } from "./plain-file";

/** Size limit in bytes. Every real config.json and LightLLM source is smaller. */
const LONGEST = 4_000_000;

export const nodeFiles: FileSystem = {
  resolve(folder, path) {
    if (path.startsWith("~")) return undefined;
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
  async read(path) {
    try {
      return (await readPlainFile(path, LONGEST)).toString("utf8");
    } catch {
      return undefined;
    }
  },
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
