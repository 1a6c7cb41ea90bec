/** As much of a file system as the service's surroundings need; reading only. */
export interface FileSystem {
  /** The absolute path of one that may be relative to a folder; nothing where it cannot be told (`~/models`). */
  resolve(folder: string | undefined, path: string): string | undefined;
  /** What stands at a path; `unknown` where it may not be looked at. */
  look(path: string): Promise<"file" | "folder" | "nothing" | "unknown">;
  /** The text of a file; nothing where there is none, or where it is longer than such a file can be. */
  read(path: string): Promise<string | undefined>;
  /** The folder above a path; nothing above the highest. */
  above(path: string): string | undefined;
}
