/** The Python interpreter that a setting means: the interpreter itself, or the folder of its environment. */
import type { FileSystem } from "./file-system";
import { expand } from "./find-lightllm";

/** Where environments have their interpreter: of venv and conda, on Windows of each, and in `bin` itself. */
const INTERPRETERS = ["bin/python", "bin/python3", "Scripts/python.exe", "python.exe", "python"];

/**
 * The path to run. One that is not there is named all the same, so that the shell says what is missing.
 *
 * @param folder the workspace's, where a relative path starts.
 */
export async function interpreterOf(
  files: FileSystem,
  setting: string,
  folder: string | undefined,
): Promise<string | undefined> {
  const path = expand(files, folder, setting);
  if (path === undefined) return undefined;
  if ((await files.look(path)) !== "folder") {
    // `python3` alone is whatever the shell finds first.
    return /[\\/]/.test(setting) || (await files.look(path)) === "file" ? path : setting;
  }
  for (const name of INTERPRETERS) {
    const interpreter = files.resolve(path, name);
    if (interpreter !== undefined && (await files.look(interpreter)) === "file") return interpreter;
  }
  return files.resolve(path, INTERPRETERS[0] ?? "");
}
