/** The Python interpreter that a setting names: an interpreter, or the folder of an environment. */
import type { FileSystem } from "./file-system";
import { expand } from "./find-lightllm";

/** Paths of the interpreter in an environment: venv and conda, on Linux and Windows, and the `bin` folder itself. */
const INTERPRETERS = ["bin/python", "bin/python3", "Scripts/python.exe", "python.exe", "python"];

/**
 * The path to run. A path that does not exist is returned as well, so that the shell reports it.
 *
 * @param folder the workspace folder, where a relative path starts.
 */
export async function interpreterOf(
  files: FileSystem,
  setting: string,
  folder: string | undefined,
): Promise<string | undefined> {
  const path = expand(files, folder, setting);
  if (path === undefined) return undefined;
  if ((await files.look(path)) !== "folder") {
    // `python3` without a folder is looked up by the shell in PATH.
    return /[\\/]/.test(setting) || (await files.look(path)) === "file" ? path : setting;
  }
  for (const name of INTERPRETERS) {
    const interpreter = files.resolve(path, name);
    if (interpreter !== undefined && (await files.look(interpreter)) === "file") return interpreter;
  }
  return files.resolve(path, INTERPRETERS[0] ?? "");
}
