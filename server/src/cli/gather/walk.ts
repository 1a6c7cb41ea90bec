/** Finds the files of folders. */
import type { Dirent } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { isChecked, isNamedBy } from "../../configuration/named-deployments";
import { isNoUtf8 } from "../cli-error";
import { configurationFor, insideOf } from "../project-configuration";
import { type IgnoreRules, isIgnored, rulesAbove, withRulesOf } from "./ignored-files";

/** Folders without files that people maintain. */
const SKIPPED = new Set([".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv"]);

/** A file of a folder. */
export interface WalkedFile {
  /** Relative to the current folder if the start is, else absolute. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Whether it is there and cannot be examined: its name is no UTF-8, or nobody may. */
  readonly isClosed?: boolean;
}

/**
 * All files below a folder in the order of their names, without those that `.gitignore` or the configuration leave out.
 * Links to folders are not followed, so that no file is found twice and no circle has no end.
 *
 * @param start as given; `.` is left out of the paths.
 */
export async function* walk(start: string, absolute: string): AsyncGenerator<WalkedFile> {
  yield* walkIn(start === "." ? "" : start, absolute, await rulesAbove(absolute));
}

async function* walkIn(shown: string, folder: string, above: IgnoreRules): AsyncGenerator<WalkedFile> {
  const rules = await withRulesOf(folder, above);
  const configured = await configurationFor(join(folder, "file"));
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name } = entry;
    const path = join(folder, name);
    const asShown = shown === "" ? name : join(shown, name);
    const isFolder = entry.isDirectory();
    if (!isFolder && !entry.isFile() && !entry.isSymbolicLink()) continue;
    if ((isFolder && SKIPPED.has(name)) || isIgnored(path, isFolder, rules)) continue;
    const inside = configured && insideOf(configured, path);
    if (isFolder) {
      if (configured && inside !== undefined && isNamedBy(inside, configured.configuration.exclude)) continue;
      yield* walkIn(asShown, path, rules);
      continue;
    }
    if (configured && inside !== undefined && !isChecked(inside, configured.configuration)) continue;
    const found = await stat(path).catch(() => undefined);
    // A link may lead nowhere; a file may be gone since its folder was read.
    if (!found && entry.isFile() && (isNoUtf8(name) || (await lstat(path).catch(isDenied))))
      yield { path: asShown, size: 0, isClosed: true };
    if (found?.isFile()) yield { path: asShown, size: found.size };
  }
}

function isDenied(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code !== "ENOENT";
}

/** Whether the configuration and `.gitignore` leave a file in that was found in another way. */
export async function isLeftIn(absolute: string): Promise<boolean> {
  const configured = await configurationFor(absolute);
  return !configured || isChecked(insideOf(configured, absolute), configured.configuration);
}

/** A path for people: relative to the current folder if the file is in it. */
export function shownPath(absolute: string): string {
  const inside = relative(process.cwd(), absolute);
  return inside === "" || inside.startsWith("..") ? absolute : inside;
}
