/**
 * Reads plain files of bounded size, and nothing else: to open a pipe would wait for somebody who writes to it, and a device
 * may never end.
 */
import { constants, type FileHandle, open } from "node:fs/promises";

/** What is no plain file, or too long; `message` is a clause: "it is no plain file". */
export class NotReadable extends Error {
  constructor(
    message: string,
    readonly isFolder = false,
  ) {
    super(message);
  }
}

/** Where a pipe has nobody at its other end, opening it is not to wait. Windows does not know the flag. */
const AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a file, of the one that a link leads to.
 *
 * @param longest in bytes.
 * @throws NotReadable, and what Node throws where there is none or it may not be read.
 */
export async function readPlainFile(path: string, longest: number): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, AT_ONCE);
    const found = await file.stat();
    if (found.isDirectory()) throw new NotReadable("it is a folder", true);
    if (!found.isFile()) throw new NotReadable(NO_PLAIN_FILE);
    if (found.size > longest) throw new NotReadable(tooLong(longest));
    return await readToEnd(file, longest);
  } catch (error) {
    // A socket cannot be opened at all.
    if ((error as NodeJS.ErrnoException).code === "ENXIO") throw new NotReadable(NO_PLAIN_FILE);
    throw error;
  } finally {
    await file?.close();
  }
}

const NO_PLAIN_FILE = "it is no plain file";

/** Why something is not read to its end. */
export function tooLong(longest: number): string {
  return `it has more than ${longest.toLocaleString("en")} bytes`;
}

/** A file may grow while it is read, and some of the system's own say that they are empty. */
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
