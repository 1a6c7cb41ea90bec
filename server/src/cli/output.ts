/** Where a subcommand writes what it made: the file that is asked for, else standard output. */
import { resolve } from "node:path";
import { CliError } from "./cli-error";
import { writeFile } from "./write-file";

export interface Output {
  /** The option `--output`; standard output where it is absent or `-`. */
  readonly output: string | undefined;
  /** The files that were read. */
  readonly inputs: readonly string[];
  readonly text: string;
  /** Whether what is written is a program. */
  readonly executable?: boolean;
}

/** Writes all of it or nothing. @throws CliError where it cannot be written, or would take the place of what was read. */
export function writeOutput(subcommand: string, { output, inputs, text, executable = false }: Output): void {
  if (output === undefined || output === "-") {
    process.stdout.write(text);
    return;
  }
  if (inputs.some((input) => input !== "-" && resolve(output) === resolve(input)))
    throw new CliError(`${subcommand}: '${output}' is the file that is read; name another one to write to`);
  writeFile(subcommand, { path: output, text, executable });
}
