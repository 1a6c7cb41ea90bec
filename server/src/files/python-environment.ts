/** Finds LightLLM in a Python environment by its folders; the interpreter is never run. */
import type { FileSystem } from "./file-system";

/** Looks for the package's parser file in a folder of `sys.path`. */
type LookIn = (files: FileSystem, folder: string) => Promise<string | undefined>;

/** Limits for `.pth` files, their lines, and installed packages; an environment has few. */
const MOST_PTH_FILES = 50;

/**
 * LightLLM in an environment: its installed package, or the source folder of an editable installation.
 *
 * @param python an interpreter, or the folder of an environment.
 */
export async function findInPythonEnvironment(
  files: FileSystem,
  python: string,
  lookIn: LookIn,
): Promise<string | undefined> {
  for (const site of await sitePackages(files, python)) {
    for (const folder of [site, ...(await editableFolders(files, site))]) {
      const parser = await lookIn(files, folder);
      if (parser !== undefined) return parser;
    }
  }
  return undefined;
}

/** The site-packages folders of an environment, newest Python first. */
async function sitePackages(files: FileSystem, python: string): Promise<string[]> {
  const environment = await environmentOf(files, python);
  if (environment === undefined) return [];
  const inside = (path: string) => files.resolve(environment, path) ?? environment;
  const found = [inside("Lib/site-packages")];
  // On Debian, the system's packages are in lib, and packages installed by pip in local/lib.
  for (const lib of ["lib", "local/lib"]) {
    const entries = await files.list(inside(lib));
    const versions = entries.filter(({ name }) => /^python3(?:\.\d+)?$/.test(name)).map(({ name }) => name);
    for (const version of versions.sort((a, b) => minor(b) - minor(a))) {
      found.push(inside(`${lib}/${version}/site-packages`), inside(`${lib}/${version}/dist-packages`));
    }
  }
  return found;
}

function minor(version: string): number {
  return Number(/\.(\d+)$/.exec(version)?.[1] ?? -1);
}

/**
 * The environment of `<env>/bin/python`, `<env>\Scripts\python.exe` and conda's `<env>\python.exe`; a folder is an
 * environment itself.
 */
async function environmentOf(files: FileSystem, python: string): Promise<string | undefined> {
  // The interpreter is usually a link, and its target belongs to the base environment, so links are not followed.
  const there = await files.look(python);
  if (there === "folder") return python;
  const folder = there === "file" ? files.above(python) : undefined;
  if (folder === undefined) return undefined;
  return /[\\/](?:bin|scripts)$/i.test(folder) ? files.above(folder) : folder;
}

/** Source folders of editable installations, from `.pth` files and the packages' installation records. */
async function editableFolders(files: FileSystem, site: string): Promise<string[]> {
  const names = (await files.list(site)).map(({ name }) => name);
  const paths = names.filter((name) => name.endsWith(".pth")).slice(0, MOST_PTH_FILES);
  const records = names.filter((name) => /^lightllm-[^-]*\.dist-info$/i.test(name));
  const folders: string[] = [];
  for (const name of paths) {
    const text = await files.read(files.resolve(site, name) ?? name);
    for (const line of text?.split(/\r?\n/) ?? []) {
      // A line that begins with `import` is code.
      if (/^\s*(?:#|import\s|$)/.test(line)) continue;
      const folder = files.resolve(site, line.trim());
      if (folder !== undefined) folders.push(folder);
    }
  }
  for (const name of records) {
    const text = await files.read(files.resolve(site, `${name}/direct_url.json`) ?? name);
    const folder = text === undefined ? undefined : editableOrigin(text);
    if (folder !== undefined) folders.push(folder);
  }
  return folders;
}

/** The source folder of an editable installation, from `direct_url.json` (PyPA, "Recording the Direct URL Origin"). */
function editableOrigin(text: string): string | undefined {
  try {
    const record = JSON.parse(text);
    if (record?.dir_info?.editable !== true) return undefined;
    const { protocol, pathname } = new URL(record.url);
    if (protocol !== "file:") return undefined;
    return decodeURIComponent(pathname).replace(/^\/(?=[A-Za-z]:)/, "");
  } catch {
    return undefined;
  }
}
