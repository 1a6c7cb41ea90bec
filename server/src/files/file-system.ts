/** The part of a file system that the program needs; read-only. */
export interface FileSystem {
  /**
   * The absolute path for a path that may be relative to a folder; `undefined` if it cannot be determined (`~/models`).
   */
  resolve(folder: string | undefined, path: string): string | undefined;
  /** What exists at a path; `unknown` if access is denied. */
  look(path: string): Promise<"file" | "folder" | "nothing" | "unknown">;
  /**
   * The text of a regular file; `undefined` if there is none or it exceeds the size limit.
   *
   * @param longest another size limit, in bytes.
   */
  read(path: string, longest?: number): Promise<string | undefined>;
  /**
   * Some bytes of a regular file of any size; fewer at its end, `undefined` if it cannot be read.
   *
   * @param from offset of the first byte.
   * @param length in bytes.
   */
  part(path: string, from: number, length: number): Promise<Uint8Array | undefined>;
  /** The parent folder of a path; `undefined` for the root. */
  above(path: string): string | undefined;
  /** Entries of a folder, sorted by name; empty if it does not exist or access is denied. */
  list(path: string): Promise<readonly FolderEntry[]>;
  /** The state of a file, to detect changes; `undefined` if there is no file. */
  state(path: string): Promise<FileState | undefined>;
  /** The bytes of a regular file; `undefined` if it cannot be read or exceeds the size limit. */
  bytes(path: string): Promise<Uint8Array | undefined>;
  /** The user's home folder; `undefined` if there is none. */
  home(): string | undefined;
}

/** An entry of a folder. */
export interface FolderEntry {
  readonly name: string;
  /** True for a folder and for a link, which may lead to one. */
  readonly mayBeFolder: boolean;
}

/** If two states of a file are equal, its content is assumed to be equal. */
export interface FileState {
  /** In bytes. */
  readonly size: number;
  /** In milliseconds since 1970. */
  readonly modified: number;
}
