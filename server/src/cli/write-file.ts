/** Writes files so that each is replaced whole or not at all. */
import { randomBytes } from "node:crypto";
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CliError } from "./cli-error";
import { whyNot } from "./options";

/** Replaces a file's text; its mode stays, and a link goes on pointing to it. @throws CliError where it cannot be written. */
export function replaceFile(subcommand: string, path: string, text: string): void {
  writeWhole(subcommand, path, () => {
    const target = realpathSync(path);
    return { target, text, mode: statSync(target).mode };
  });
}

/** What is made: a file that is not there yet, or the new text of one that is. */
export interface WrittenFile {
  readonly path: string;
  readonly text: string;
  /** Whether it is a program, for everybody who may read it. */
  readonly executable?: boolean;
}

/** Writes a file. @throws CliError where it cannot be written. */
export function writeFile(subcommand: string, { path, text, executable = false }: WrittenFile): void {
  writeWhole(subcommand, path, () => {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new CliError(`${subcommand}: '${path}' is a folder; name a file in it`);
    // What is no plain file, as /dev/stdout, cannot be replaced.
    if (there && !there.isFile()) return { target: path, text };
    const target = there ? realpathSync(path) : path;
    const usual = 0o666 & ~process.umask();
    const mode = there?.mode ?? usual;
    return { target, text, mode: executable ? mode | ((mode & 0o444) >> 2) : mode };
  });
}

interface Whole {
  readonly target: string;
  readonly text: string;
  /** Absent where it is written in place. */
  readonly mode?: number;
}

function writeWhole(subcommand: string, path: string, prepare: () => Whole): void {
  let temporary: string | undefined;
  try {
    const { target, text, mode } = prepare();
    if (mode === undefined) {
      writeFileSync(target, text);
      return;
    }
    temporary = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString("hex")}`);
    writeFileSync(temporary, text, { flag: "wx" });
    chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (error) {
    if (temporary) rmSync(temporary, { force: true });
    if (error instanceof CliError) throw error;
    throw new CliError(`${subcommand}: '${path}' cannot be written: ${whyNot(error)}`);
  }
}
