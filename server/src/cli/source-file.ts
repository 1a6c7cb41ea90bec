/** Finds and reads the file with LightLLM's argument parser. */

import { relative, resolve } from "node:path";
import { parserAt } from "../files/find-lightllm";
import { nodeFiles } from "../files/node-files";
import { NotReadable, readPlainFile } from "../files/plain-file";
import { CliError, whyNot } from "./cli-error";
import { say } from "./cli-texts";

/** Size limit in bytes. */
const LONGEST = 8_000_000;

/** A file of LightLLM's source. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The given file, or the parser's file in the given folder. @throws CliError with one sentence. */
export async function readSourceFile(subcommand: string, named: string): Promise<SourceFile> {
  const path = resolve(named);
  const kind = await nodeFiles.look(path);
  if (kind === "nothing") throw new CliError(say("cli.nothing-there", { subcommand, path: named }));
  if (kind !== "folder") return read(subcommand, named);
  const found = await parserAt(nodeFiles, path);
  if (found === undefined) throw new CliError(say("cli.no-lightllm", { subcommand, path: named }));
  return read(subcommand, relative(process.cwd(), found));
}

async function read(subcommand: string, path: string): Promise<SourceFile> {
  try {
    return { path, text: (await readPlainFile(path, LONGEST)).toString("utf8") };
  } catch (error) {
    const why = error instanceof NotReadable ? error.message : whyNot(error);
    throw new CliError(say("cli.unreadable", { subcommand, path, why }));
  }
}
