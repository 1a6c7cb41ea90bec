/** Reads the text files that are named on the command line, and writes them back in the encoding they have. */

import { readSync } from "node:fs";
import { NotReadable, readPlainFile, tooLong } from "../files/plain-file";
import { say } from "../messages";
import { CliError, whyNot } from "./cli-error";
import { type Decoded, decode, EncodingError, encode } from "./encoding";
import { replaceFile } from "./write-file";

/** A text file as it was read. */
export interface TextFile extends Decoded {
  /** As it was named; `-` for standard input. */
  readonly path: string;
}

/** In bytes. What is longer is nothing that people write, and is not even looked at. */
const LONGEST = 16_000_000;

/** Reads a file, `-` for standard input. @throws CliError where it cannot be read, or is no text. */
export async function readTextFile(subcommand: string, path: string): Promise<TextFile> {
  try {
    const bytes = path === "-" ? standardInput() : await readPlainFile(path, LONGEST);
    return { path, ...(await decode(bytes)) };
  } catch (error) {
    throw new CliError(`${subcommand}: ${named(path)} ${reasonOf(error)}`);
  }
}

/** Puts another text in the place of a file's. All that stays is byte for byte the same. @throws CliError */
export async function rewriteTextFile(subcommand: string, file: TextFile, text: string): Promise<void> {
  replaceFile(subcommand, file.path, await encoded(subcommand, file, text));
}

/** A text in the encoding of a file. @throws CliError where it has no room for it. */
export async function encoded(subcommand: string, file: TextFile, text: string): Promise<Buffer> {
  try {
    return await encode(text, file);
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    throw new CliError(
      say("cli.unwritable-file", { subcommand, file: named(file.path), why: error.message }),
    );
  }
}

function named(path: string): string {
  return path === "-" ? say("cli.standard-input") : `'${path}'`;
}

function reasonOf(error: unknown): string {
  const isFolder = error instanceof NotReadable && error.isFolder;
  if (isFolder || (error as NodeJS.ErrnoException).code === "EISDIR") return say("cli.folder-to-read");
  const isTold = error instanceof NotReadable || error instanceof EncodingError;
  return say("cli.unreadable-why", { why: isTold ? error.message : whyNot(error) });
}

/** All of standard input, which may be a pipe or a terminal, but has an end. */
function standardInput(): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (;;) {
    const part = Buffer.alloc(65_536);
    const read = readSome(part);
    if (read === 0) return Buffer.concat(parts);
    length += read;
    if (length > LONGEST) throw new NotReadable(tooLong(LONGEST));
    parts.push(part.subarray(0, read));
  }
}

function readSome(into: Buffer): number {
  try {
    return readSync(0, into);
  } catch (error) {
    // A pipe that is closed on Windows.
    if ((error as NodeJS.ErrnoException).code === "EOF") return 0;
    throw error;
  }
}
