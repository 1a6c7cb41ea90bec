/** As much of a file system as the service's surroundings need; reading only. */
export interface FileSystem {
  /** The absolute path of one that may be relative to a folder; nothing where it cannot be told (`~/models`). */
  resolve(folder: string | undefined, path: string): string | undefined;
  /** What stands at a path; `unknown` where it may not be looked at. */
  look(path: string): Promise<"file" | "folder" | "nothing" | "unknown">;
  /** The text of a plain file; nothing where there is none, or where it is longer than such a file can be. */
  read(path: string): Promise<string | undefined>;
  /** The folder above a path; nothing above the highest. */
  above(path: string): string | undefined;
  /** What a folder holds, sorted by name; nothing in one that is not there or may not be looked at. */
  list(path: string): Promise<readonly Entry[]>;
  /** What tells one state of a file from another; nothing where there is no file. */
  state(path: string): Promise<FileState | undefined>;
  /** The bytes of a plain file; nothing where it may not be read, or is longer than such a file can be. */
  bytes(path: string): Promise<Uint8Array | undefined>;
  /** The user's home; nothing where there is none. */
  home(): string | undefined;
}

/** A name in a folder. */
export interface Entry {
  readonly name: string;
  /** A folder, or a link, which may lead to one. */
  readonly mayBeFolder: boolean;
}

/** Two states of a file that are equal are taken for the same content. */
export interface FileState {
  /** In bytes. */
  readonly size: number;
  /** In milliseconds since 1970. */
  readonly modified: number;
}
