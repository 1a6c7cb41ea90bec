/** Finds and reads the file that a LightLLM builds its argument parser in. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "./cli-error";
import { whyNot } from "./options";

/** Where it is, seen from a checkout or site-packages, from the package, from the folder itself. */
const FOLDERS = [["lightllm", "server"], ["server"], []];
/** LightLLM's first releases had it beside the server. */
const NAMES = ["api_cli.py", "api_server.py"];
/** In bytes; nothing that is longer is looked at. */
const LONGEST = 8_000_000;

/** A file of LightLLM's source. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The file named, or the one in the folder named. @throws CliError in one sentence. */
export function readSourceFile(subcommand: string, named: string): SourceFile {
  const kind = kindOf(named);
  if (kind === "nothing") throw new CliError(`${subcommand}: there is no folder or file '${named}'`);
  if (kind === "file") return read(subcommand, named);
  const paths = NAMES.flatMap((name) => FOLDERS.map((folder) => join(...folder, name)));
  const found = paths.find((path) => kindOf(join(named, path)) === "file");
  if (found === undefined) {
    const [looked = "", ...others] = paths.slice(0, FOLDERS.length);
    throw new CliError(
      `${subcommand}: '${named}' holds no LightLLM: looked for ${looked} (also ${others.join(", ")}, and api_server.py in the same places)`,
    );
  }
  return read(subcommand, join(named, found));
}

function kindOf(path: string): "file" | "folder" | "nothing" {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return "nothing";
  return stats.isDirectory() ? "folder" : "file";
}

function read(subcommand: string, path: string): SourceFile {
  try {
    if (statSync(path).size > LONGEST)
      throw new CliError(`${subcommand}: '${path}' is too long to be LightLLM's`);
    return { path, text: readFileSync(path, "utf8") };
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${subcommand}: '${path}' cannot be read: ${whyNot(error)}`);
  }
}
