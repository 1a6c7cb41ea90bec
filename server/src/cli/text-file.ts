/** Reads the text files named on the command line, and writes them back in their encoding. */

import { readSync } from "node:fs";
import { NotReadable, readPlainFile, tooLong } from "../files/plain-file";
import { CliError, whyNot } from "./cli-error";
import { say } from "./cli-texts";
import { type Decoded, decode, EncodingError, encode } from "./encoding";
import { replaceFile } from "./write-file";

/** A text file with its encoding. */
export interface TextFile extends Decoded {
  /** Path as given; `-` for standard input. */
  readonly path: string;
}

/** Size limit in bytes; no text written by a person is longer. */
const LONGEST = 16_000_000;

/** Reads a file, `-` for standard input. @throws CliError if it cannot be read or is not text. */
export async function readTextFile(subcommand: string, path: string): Promise<TextFile> {
  try {
    const bytes = path === "-" ? standardInput() : await readPlainFile(path, LONGEST);
    return { path, ...(await decode(bytes)) };
  } catch (error) {
    throw new CliError(`${subcommand}: ${named(path)} ${reasonOf(error)}`);
  }
}

/** Replaces a file's text; unchanged parts keep their exact bytes. @throws CliError */
export async function rewriteTextFile(subcommand: string, file: TextFile, text: string): Promise<void> {
  replaceFile(subcommand, file.path, await encoded(subcommand, file, text));
}

/** Encodes a text for a file. @throws CliError if its encoding does not have a character of it. */
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
  const isClause = error instanceof NotReadable || error instanceof EncodingError;
  return say("cli.unreadable-why", { why: isClause ? error.message : whyNot(error) });
}

/** Reads all of standard input, which may be a pipe or a terminal. */
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
    // On Windows, a closed pipe.
    if ((error as NodeJS.ErrnoException).code === "EOF") return 0;
    throw error;
  }
}
