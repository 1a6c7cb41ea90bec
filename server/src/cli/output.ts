/**
 * All output of the program: standard output, standard error, and the output file. Text from files, names and the
 * environment must not act on a terminal, so no other file writes to these streams.
 */

import { randomBytes } from "node:crypto";
import { fstatSync, statSync, writeSync } from "node:fs";
import { escapedJson, inLines } from "../service";
import { CliError, whyNot } from "./cli-error";
import { say } from "./cli-texts";
import { writeFile } from "./write-file";

/** Prints a message for users on standard output. */
export function tell(text: string): void {
  write(process.stdout, coloured(text, inLines));
}

/** Prints a message for users on standard error. */
export function complain(text: string): void {
  write(process.stderr, coloured(text, inLines));
}

/**
 * Prints text for programs on standard output: unchanged, except in a terminal, where invisible characters are escaped.
 */
export function print(text: string): void {
  write(
    process.stdout,
    coloured(text, (part) => (process.stdout.isTTY ? inLines(part) : part)),
  );
}

/** Prints a text in the encoding of its file; in a terminal, as text. */
export function printEncoded(text: string, bytes: Uint8Array): void {
  if (process.stdout.isTTY) print(text);
  else write(process.stdout, bytes);
}

/** Prints a value as JSON, with invisible characters escaped. */
export function printJson(value: unknown): void {
  write(process.stdout, `${escapedJson(JSON.stringify(value, null, 2))}\n`);
}

/** Placeholder for the escape character of a colour code. It is random, so that no input can contain it. */
export const COLOUR = `(${randomBytes(16).toString("hex")})`;

function coloured(text: string, shown: (part: string) => string): string {
  return text.split(COLOUR).map(shown).join("\u001b");
}

/** Milliseconds before the first line of progress, and between two. */
const PROGRESS_AFTER = 300;
let progressAt = performance.now();
let isProgressShown = false;

/** Shows on a terminal how far a long search is; undefined removes the line. */
export function showProgress(text: string | undefined): void {
  if (!process.stderr.isTTY) return;
  const now = performance.now();
  if (text === undefined ? !isProgressShown : now - progressAt < PROGRESS_AFTER) return;
  progressAt = now;
  isProgressShown = text !== undefined;
  process.stderr.write(`\r\u001b[2K${inLines(text ?? "")}`);
}

type Stream = typeof process.stdout | typeof process.stderr;

function write(stream: Stream, text: string | Uint8Array): void {
  // Node writes to a file only once, and would not notice that the disk has taken only a part.
  if (!fstatSync(stream.fd).isFile()) {
    stream.write(text);
    return;
  }
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(stream.fd, bytes, at);
  } catch (error) {
    endUnwritten(error);
  }
}

/** Ends the program with an error message if output fails, as on a full disk. */
export function watchStreams(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader of a pipe may stop early, as `head` does.
    if (error.code === "EPIPE") process.exit();
    endUnwritten(error);
  });
  // Standard error is closed too, so there is no message.
  process.stderr.on("error", () => process.exit(2));
}

function endUnwritten(error: unknown): never {
  try {
    writeSync(
      process.stderr.fd,
      `lightllm-config: ${say("cli.unwritable-output", { why: whyNot(error) })}\n`,
    );
  } finally {
    process.exit(2);
  }
}

export interface Output {
  /** The option `--output`; standard output if absent or `-`. */
  readonly output: string | undefined;
  /** The input files. */
  readonly inputs: readonly string[];
  readonly text: string;
  /** Whether to make the file executable. */
  readonly executable?: boolean;
}

/** Names of standard output itself, which is written to, not replaced. */
const STANDARD_OUTPUT = new Set(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]);

/** Writes the whole text or nothing. @throws CliError if that fails, or if it would overwrite an input file. */
export function writeOutput(subcommand: string, { output, inputs, text, executable = false }: Output): void {
  const isStandard = output === undefined || output === "-" || STANDARD_OUTPUT.has(output);
  const target = isStandard ? fileAt(1) : fileAt(output);
  if (target !== undefined && inputs.some((input) => fileAt(input === "-" ? 0 : input) === target)) {
    const name = isStandard ? say("cli.standard-output") : `'${output}'`;
    throw new CliError(say("cli.same-file", { subcommand, name }));
  }
  if (isStandard) print(text);
  else writeFile(subcommand, { path: output, text, executable });
}

/** An id of a regular file that is the same for all paths and links to it; undefined for other files. */
function fileAt(place: string | number): string | undefined {
  try {
    const found =
      typeof place === "number" ? fstatSync(place, { bigint: true }) : statSync(place, { bigint: true });
    return found.isFile() ? `${found.dev}:${found.ino}` : undefined;
  } catch {
    return undefined;
  }
}
