/** Writes files so that each is replaced whole or not at all. */

import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { say } from "../messages";
import { CliError, whyNot } from "./cli-error";

/**
 * Replaces a file's text. Its owner, its mode and its other names stay, and a link goes on pointing to it.
 * @throws CliError where it cannot be written.
 */
export function replaceFile(subcommand: string, path: string, text: string | Uint8Array): void {
  attempt(subcommand, path, () => {
    const target = realpathSync(path);
    writeWhole(target, text, statSync(target), false);
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
  attempt(subcommand, path, () => {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new CliError(say("cli.folder-to-write", { subcommand, path }));
    // What is no plain file, as /dev/stdout, cannot be replaced.
    if (there && !there.isFile()) writeFileSync(path, text);
    else writeWhole(there ? realpathSync(path) : endOfLinks(path), text, there, executable);
  });
}

function attempt(subcommand: string, path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(say("cli.unwritable", { subcommand, path, why: whyNot(error) }));
  }
}

/** More links than this lead in a circle. */
const MOST_LINKS = 40;

/** The file that a path names which is not there yet: a link may point to it. */
function endOfLinks(path: string): string {
  let at = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    if (!lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) return at;
    at = resolve(dirname(at), readlinkSync(at));
  }
  throw Object.assign(new Error("links"), { code: "ELOOP" });
}

/** @param text as UTF-8 where it is no bytes yet. */
function writeWhole(
  target: string,
  text: string | Uint8Array,
  there: Stats | undefined,
  executable: boolean,
): void {
  const before = there?.mode ?? 0o666 & ~process.umask();
  const mode = executable ? before | ((before & 0o444) >> 2) : before;
  if (!there) {
    replaceBy(target, text, (temporary) => chmodSync(temporary, mode));
    return;
  }
  // The folder alone would allow to replace a file that its owner has closed.
  accessSync(target, constants.W_OK);
  // A new file in its place would be one of a name only, and one of ours.
  if (there.nlink > 1 || !replacesAsOwner(target, text, there, mode)) writeInPlace(target, text, mode);
}

/** Replaces a file by one of the same owner; whether that could be done. */
function replacesAsOwner(
  target: string,
  text: string | Uint8Array,
  { uid, gid }: Stats,
  mode: number,
): boolean {
  try {
    replaceBy(target, text, (temporary) => {
      const made = statSync(temporary);
      if (made.uid !== uid || made.gid !== gid) chownSync(temporary, uid, gid);
      // Behind the owner, whose change takes bits away.
      chmodSync(temporary, mode);
    });
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["EPERM", "EACCES", "EINVAL", "ENOSYS"].includes(code)) return false;
    throw error;
  }
}

function replaceBy(target: string, text: string | Uint8Array, prepare: (temporary: string) => void): void {
  const temporary = join(
    dirname(target),
    `.${basename(target).slice(0, 200)}.${randomBytes(4).toString("hex")}`,
  );
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    prepare(temporary);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes over a file; where that fails, what was there is put back. */
function writeInPlace(target: string, text: string | Uint8Array, mode: number): void {
  const before = readFileSync(target);
  if (mode !== statSync(target).mode) chmodSync(target, mode);
  const file = openSync(target, "r+");
  try {
    try {
      overwrite(file, typeof text === "string" ? Buffer.from(text) : text);
    } catch (error) {
      overwrite(file, before);
      throw error;
    }
  } finally {
    closeSync(file);
  }
}

function overwrite(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, at);
  if (fstatSync(file).size > bytes.length) ftruncateSync(file, bytes.length);
}
