/**
 * Where everything is written that the program says: standard output, standard error, the file that is asked for. What comes
 * from files, names and the environment must not act on a terminal, so nothing else writes to these streams.
 */

import { randomBytes } from "node:crypto";
import { fstatSync, statSync, writeSync } from "node:fs";
import { say } from "../messages";
import { escapedJson, inLines } from "../service";
import { CliError, whyNot } from "./cli-error";
import { writeFile } from "./write-file";

/** Says something to people, on standard output. */
export function tell(text: string): void {
  write(process.stdout, coloured(text, inLines));
}

/** Says something to people, on standard error. */
export function complain(text: string): void {
  write(process.stderr, coloured(text, inLines));
}

/** Prints what programs read, on standard output: as it is, unless people read it in a terminal. */
export function print(text: string): void {
  write(
    process.stdout,
    coloured(text, (part) => (process.stdout.isTTY ? inLines(part) : part)),
  );
}

/** Prints a text in the encoding of the file that it belongs to; people in a terminal get it as text. */
export function printEncoded(text: string, bytes: Uint8Array): void {
  if (process.stdout.isTTY) print(text);
  else write(process.stdout, bytes);
}

/** Prints a value as JSON, in which nothing is hidden. */
export function printJson(value: unknown): void {
  write(process.stdout, `${escapedJson(JSON.stringify(value, null, 2))}\n`);
}

/** Stands for the character that begins the code of a colour. No text that is read can hold it: nobody can know it. */
export const COLOUR = `(${randomBytes(16).toString("hex")})`;

function coloured(text: string, shown: (part: string) => string): string {
  return text.split(COLOUR).map(shown).join("\u001b");
}

type Stream = typeof process.stdout | typeof process.stderr;

function write(stream: Stream, text: string | Uint8Array): void {
  // To a file Node writes once, and would not notice that the disk took a part only.
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

/** Ends the program with one sentence where its output goes nowhere, as on a full disk. */
export function watchStreams(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever reads the output may have had enough of it, as `head` does.
    if (error.code === "EPIPE") process.exit();
    endUnwritten(error);
  });
  // Nobody is left to be told.
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
  /** The option `--output`; standard output where it is absent or `-`. */
  readonly output: string | undefined;
  /** The files that were read. */
  readonly inputs: readonly string[];
  readonly text: string;
  /** Whether what is written is a program. */
  readonly executable?: boolean;
}

/** Names of standard output itself: what is behind it is written to, not replaced. */
const STANDARD_OUTPUT = new Set(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]);

/** Writes all of it or nothing. @throws CliError where it cannot be written, or would take the place of what was read. */
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

/** What tells a plain file apart from all others, whatever path or link leads to it; nothing for what is none. */
function fileAt(place: string | number): string | undefined {
  try {
    const found =
      typeof place === "number" ? fstatSync(place, { bigint: true }) : statSync(place, { bigint: true });
    return found.isFile() ? `${found.dev}:${found.ino}` : undefined;
  } catch {
    return undefined;
  }
}
