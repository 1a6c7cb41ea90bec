/** The files that match glob patterns, within limits. */

import type { Configuration } from "../configuration/configuration";
import { baseOf, namesFor } from "../configuration/named-deployments";
import type { FileSystem } from "./file-system";

/** Limits for a walk: a pattern that names a whole disk must end. */
const MOST_FOLDERS = 500;
const MOST_FILES = 500;
const DEEPEST_FOLDER = 12;

/** Folders without launches that people maintain. */
const SKIPPED = new Set([".git", "node_modules", "__pycache__"]);

/** A file that a configuration names, and the names of its deployments. */
export interface NamedFile {
  readonly path: string;
  readonly names: readonly string[];
}

/** The files of all deployments of a configuration. @param folder the configuration's own. */
export async function namedFiles(
  files: FileSystem,
  folder: string,
  configuration: Configuration,
): Promise<readonly NamedFile[]> {
  const found = new Map<string, NamedFile>();
  const add = (path: string, relative: string) => {
    const names = namesFor(relative, configuration);
    if (names.length > 0 && found.size < MOST_FILES) found.set(path, { path, names });
  };
  let left = MOST_FOLDERS;
  async function walk(relative: string, depth: number): Promise<void> {
    const path = relative === "" ? folder : files.resolve(folder, relative);
    if (path === undefined || depth > DEEPEST_FOLDER || left <= 0 || found.size >= MOST_FILES) return;
    left--;
    for (const { name, mayBeFolder } of await files.list(path)) {
      const inside = relative === "" ? name : `${relative}/${name}`;
      const at = files.resolve(path, name);
      if (at === undefined || SKIPPED.has(name)) continue;
      if (mayBeFolder && (await files.look(at)) === "folder") await walk(inside, depth + 1);
      else add(at, inside);
    }
  }
  const bases = new Set<string>();
  for (const glob of configuration.deployments.flatMap(({ globs }) => globs)) {
    const { folder: base, isPath } = baseOf(glob);
    // A configuration names files below its own folder.
    if (base.startsWith("/") || base.split("/").includes("..")) continue;
    const path = files.resolve(folder, base);
    if (isPath && path !== undefined) add(path, base);
    else bases.add(base);
  }
  for (const base of bases) {
    if (![...bases].some((other) => other !== base && isBelow(base, other))) await walk(base, 0);
  }
  return [...found.values()];
}

function isBelow(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}
