/** Reads regular files of bounded size only: opening a pipe would wait for a writer, and a device may never end. */
import { constants, type FileHandle, open } from "node:fs/promises";
import { say } from "../messages";

/** The file is not a regular file, or is too long; `message` is a clause: "it is no plain file". */
export class NotReadable extends Error {
  constructor(
    message: string,
    readonly isFolder = false,
  ) {
    super(message);
  }
}

/** Opens a pipe without waiting for a writer. Windows does not have the flag. */
const AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a file; follows links.
 *
 * @param longest size limit in bytes.
 * @throws NotReadable, and Node's errors if the file does not exist or access is denied.
 */
export async function readPlainFile(path: string, longest: number): Promise<Buffer> {
  return withPlainFile(path, async (file, size) => {
    if (size > longest) throw new NotReadable(tooLong(longest));
    return readToEnd(file, longest);
  });
}

/**
 * Some bytes of a file of any size; fewer at its end.
 *
 * @throws as `readPlainFile`.
 */
export async function readPart(path: string, from: number, length: number): Promise<Buffer> {
  return withPlainFile(path, async (file, size) => {
    const part = Buffer.alloc(Math.max(0, Math.min(length, size - from)));
    let read = 0;
    while (read < part.length) {
      const { bytesRead } = await file.read(part, read, part.length - read, from + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return part.subarray(0, read);
  });
}

/** Opens a regular file, and closes it. @param use gets its size in bytes. */
async function withPlainFile(
  path: string,
  use: (file: FileHandle, size: number) => Promise<Buffer>,
): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, AT_ONCE);
    const found = await file.stat();
    if (found.isDirectory()) throw new NotReadable(say("files.is-folder"), true);
    if (!found.isFile()) throw noPlainFile();
    return await use(file, found.size);
  } catch (error) {
    // A socket cannot be opened.
    if ((error as NodeJS.ErrnoException).code === "ENXIO") throw noPlainFile();
    throw error;
  } finally {
    await file?.close();
  }
}

function noPlainFile(): NotReadable {
  return new NotReadable(say("files.no-plain-file"));
}

/** Message for a file over the size limit. */
export function tooLong(longest: number): string {
  return say("files.too-large", { most: longest });
}

/** Reads to the end: a file may grow while it is read, and some system files report a size of 0. */
async function readToEnd(file: FileHandle, longest: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK);
    if (bytesRead === 0) return Buffer.concat(parts);
    length += bytesRead;
    if (length > longest) throw new NotReadable(tooLong(longest));
    parts.push(buffer.subarray(0, bytesRead));
  }
}

const CHUNK = 65_536;
