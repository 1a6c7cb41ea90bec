/** Another file that is read for a launch: one that it names, or one beside its own. */
export interface PointedFile {
  /** Absolute. */
  readonly path: string;
  /** Absent where no editor asks. */
  readonly uri?: string;
  readonly text: string;
}

/** The files that may say something about the launches of another one. */
export interface FilesAround {
  /** Those of its folder. */
  readonly beside: readonly PointedFile[];
  /** Those that are open or given, and those beside them. */
  readonly elsewhere: readonly PointedFile[];
}
