/**
 * Finds the workspace's own LightLLM: the file with its argument parser. Only looks into folders, a bounded number of
 * them; runs nothing.
 */
import { say } from "../messages";
import type { FileSystem } from "./file-system";
import { findInPythonEnvironment } from "./python-environment";

/** Where the search for LightLLM starts. */
export interface SearchPlace {
  /** The workspace folder; `undefined` if a single file is open. */
  readonly folder: string | undefined;
  /** How many levels below the folder a checkout may be; 0 for the folder itself only. */
  readonly depth?: number | undefined;
  /** The setting `lightllm.sourcePath`. */
  readonly sourcePath?: string | undefined;
  /** The setting `lightllm.pythonPath`. */
  readonly pythonPath?: string | undefined;
  /** The interpreter or environment selected in the Python extension. */
  readonly chosenPython?: string | undefined;
}

/** How LightLLM was found: named by a setting, in the workspace folder, or in a Python environment. */
export type Found = "setting" | "workspace" | "python";

/** The result of a search. */
export type SearchResult =
  | { readonly kind: "file"; readonly path: string; readonly found: Found }
  /** A setting has a wrong path; the bundled releases are used. */
  | { readonly kind: "trouble"; readonly path: string; readonly why: string; readonly found: Found }
  | { readonly kind: "nothing" };

/** File names of the parser, newest first: a LightLLM with both files has its parser in the first. */
const PARSER_FILES = ["api_cli.py", "api_server.py"] as const;

/** Default search depth below the workspace folder. */
const DEPTH = 2;

/** Limit for the folders visited in a workspace. */
const MOST_FOLDERS = 200;

/** Folders that contain third-party or generated files. */
const SKIPPED: readonly string[] = ["node_modules", "build", "dist", "site-packages", "__pycache__"];

/**
 * The workspace's LightLLM: named by a setting, else a checkout in the workspace, else installed in its Python
 * environment.
 */
export async function findLightllm(files: FileSystem, place: SearchPlace): Promise<SearchResult> {
  const { folder, depth = DEPTH, sourcePath, pythonPath, chosenPython } = place;
  if (sourcePath) return findAtSetting(files, folder, sourcePath);
  const checkout = folder === undefined ? undefined : await findCheckout(files, folder, depth);
  if (checkout !== undefined) return { kind: "file", path: checkout, found: "workspace" };
  const chosen = chosenPython ? files.resolve(undefined, chosenPython) : undefined;
  const python = pythonPath ? expand(files, folder, pythonPath) : chosen;
  const installed =
    python === undefined ? undefined : await findInPythonEnvironment(files, python, parserBelow);
  if (installed !== undefined) return { kind: "file", path: installed, found: "python" };
  if (!pythonPath) return { kind: "nothing" };
  const why =
    python === undefined || (await files.look(python)) === "nothing"
      ? say("source.python-path-nowhere")
      : say("source.python-path-without");
  return { kind: "trouble", path: python ?? pythonPath, why, found: "python" };
}

/** A checkout, a package folder, a site-packages folder, or the file itself. */
async function findAtSetting(
  files: FileSystem,
  folder: string | undefined,
  setting: string,
): Promise<SearchResult> {
  const path = expand(files, folder, setting);
  if (path === undefined) {
    const why = say("source.source-path-relative", { setting: say("source.setting-source-path") });
    return { kind: "trouble", path: setting, why, found: "setting" };
  }
  const there = await files.look(path);
  if (there === "file") return { kind: "file", path, found: "setting" };
  const found = await parserAt(files, path);
  if (found !== undefined) return { kind: "file", path: found, found: "setting" };
  const why =
    there === "folder"
      ? say("source.source-path-without", { setting: say("source.setting-source-path") })
      : say("source.source-path-nowhere", { setting: say("source.setting-source-path") });
  return { kind: "trouble", path, why, found: "setting" };
}

/** The nearest checkout in a workspace folder or some levels below it. */
async function findCheckout(files: FileSystem, folder: string, deepest: number): Promise<string | undefined> {
  let level = [folder];
  let looked = 0;
  for (let depth = 0; depth <= deepest; depth++) {
    for (const one of level) {
      const parser = await parserBelow(files, one);
      if (parser !== undefined) return parser;
    }
    looked += level.length;
    if (depth === deepest || looked >= MOST_FOLDERS) return undefined;
    level = await foldersBelow(files, level, MOST_FOLDERS - looked);
  }
  return undefined;
}

async function foldersBelow(files: FileSystem, folders: readonly string[], most: number): Promise<string[]> {
  const below: string[] = [];
  for (const folder of folders) {
    for (const { name, mayBeFolder } of await files.list(folder)) {
      if (!mayBeFolder || name.startsWith(".") || SKIPPED.includes(name)) continue;
      const path = files.resolve(folder, name);
      if (path !== undefined) below.push(path);
      if (below.length >= most) return below;
    }
  }
  return below;
}

/** The parser's file in a checkout, in site-packages, in the package folder, or in the folder of its server. */
export async function parserAt(files: FileSystem, folder: string): Promise<string | undefined> {
  for (const below of [["lightllm", "server"], ["server"], []]) {
    const found = await parserIn(files, folder, below);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The parser's file of the `lightllm` package inside a folder. */
export function parserBelow(files: FileSystem, folder: string): Promise<string | undefined> {
  return parserIn(files, folder, ["lightllm", "server"]);
}

async function parserIn(
  files: FileSystem,
  folder: string,
  below: readonly string[],
): Promise<string | undefined> {
  for (const name of PARSER_FILES) {
    const path = files.resolve(folder, [...below, name].join("/"));
    if (path !== undefined && (await files.look(path)) === "file") return path;
  }
  return undefined;
}

/**
 * The absolute path of a setting: `~` is the user's home; `${workspaceFolder}` and relative paths start at the
 * workspace folder.
 */
export function expand(files: FileSystem, folder: string | undefined, setting: string): string | undefined {
  if (setting.includes("${workspaceFolder}") && folder === undefined) return undefined;
  const named = setting.replaceAll("${workspaceFolder}", folder ?? "");
  const [, rest] = /^~(?:[\\/](.*))?$/s.exec(named) ?? [];
  if (!named.startsWith("~")) return files.resolve(folder, named);
  const home = files.home();
  return home === undefined || !/^~(?:[\\/]|$)/.test(named) ? undefined : files.resolve(home, rest || ".");
}
