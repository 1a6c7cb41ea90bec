/** Writes files so that each is replaced completely or not at all. */

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
import { CliError, isNoUtf8, whyNot } from "./cli-error";
import { say } from "./cli-texts";

/**
 * Replaces a file's text; keeps its owner, its mode, its hard links, and links to it.
 * @throws CliError if it cannot be written.
 */
export function replaceFile(subcommand: string, path: string, text: string | Uint8Array): void {
  attempt(subcommand, path, () => {
    const target = realpathSync(path);
    writeWhole(target, text, statSync(target), false);
  });
}

/** A new file, or new text for an existing one. */
export interface WrittenFile {
  readonly path: string;
  readonly text: string;
  /** Whether everybody who may read it may also execute it. */
  readonly executable?: boolean;
}

/** Writes a file. @throws CliError if it cannot be written. */
export function writeFile(subcommand: string, { path, text, executable = false }: WrittenFile): void {
  attempt(subcommand, path, () => {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new CliError(say("cli.folder-to-write", { subcommand, path }));
    if (!there && isNoUtf8(path))
      throw new CliError(say("cli.unwritable", { subcommand, path, why: say("cli.why-name") }));
    if (there && !there.isFile()) writeInto(path, text);
    else writeWhole(there ? realpathSync(path) : endOfLinks(path), text, there, executable);
  });
}

/** Writes into a device or a pipe, which cannot be replaced. */
function writeInto(path: string, text: string): void {
  // Fails for a pipe that no program reads; to open it in the usual way would wait for one. Windows lacks the flag.
  const reached = openSync(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
  try {
    writeFileSync(path, text);
  } finally {
    closeSync(reached);
  }
}

function attempt(subcommand: string, path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(say("cli.unwritable", { subcommand, path, why: whyNot(error) }));
  }
}

/** Maximum number of links to follow; more means a cycle. */
const MOST_LINKS = 40;

/** The target of a path that does not exist yet: it may be a link to a missing file. */
function endOfLinks(path: string): string {
  let at = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    if (!lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) return at;
    at = resolve(dirname(at), readlinkSync(at));
  }
  throw Object.assign(new Error("links"), { code: "ELOOP" });
}

/** @param text strings are written as UTF-8. */
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
  // Access to the folder alone would allow replacing a file that its owner has made read-only.
  accessSync(target, constants.W_OK);
  // A new file would break hard links, or would get a different owner.
  if (there.nlink > 1 || !replacesAsOwner(target, text, there, mode)) writeInPlace(target, text, mode);
}

/** Replaces a file by one with the same owner. Returns whether that was possible. */
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
      // After the owner, because changing the owner clears mode bits.
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

/** Overwrites a file; if that fails, restores the old content. */
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
