/** What is known of a notation before any text is read: data, also for the editor's side and for the build. */

/**
 * What files of a notation are for: a `config` says how LightLLM is started and nothing else; a `program` is run by a shell,
 * an interpreter or a service manager; a `container` file says what runs in containers; `documentation` shows commands to its readers.
 */
export type Purpose = "config" | "program" | "container" | "documentation";

/** One way in which a document is recognised. */
export interface Recognition {
  /** Language ids of VS Code, whose documents the extension starts for. */
  readonly languages?: readonly string[];
  /** Language ids of other editors. */
  readonly otherLanguages?: readonly string[];
  /** The path or URI of the file; `/` or `\` separates its parts. */
  readonly path?: RegExp;
  /** What the text must hold besides; the language or the path alone is enough when absent. */
  readonly holds?: (text: string) => boolean;
}

/** A language as the manifest of the extension has it. */
export interface ContributedLanguage {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly extensions: readonly string[];
  /** Globs. */
  readonly filenamePatterns: readonly string[];
}

export interface NotationTraits {
  /** Its name in options and in JSON: `shell`. */
  readonly id: string;
  /** What its files are called in a sentence: `shell scripts`. */
  readonly files: string;
  readonly purpose: Purpose;
  /** What begins a comment; the first is the one that is written. */
  readonly comments: readonly string[];
  /** Whether its launches can be run on the machine that has the file. */
  readonly runsHere: boolean;
  /** Whether `<path to model>` is for the reader to fill in, and no mistake. */
  readonly hasPlaceholders: boolean;
  /** Whether the comment at the top of a file says what its launch is for. */
  readonly hasHeadComment: boolean;
  /** Whether the indentation of a line says what the line belongs to. */
  readonly isIndented: boolean;
  /** The language id of a new document. */
  readonly languageId: string;
  /** How the name of a new file ends: `.sh`. */
  readonly ending: string;
  /** The name of its language at the top of a code block in Markdown. */
  readonly fence: string;
  /** Its language, if VS Code has none by itself. */
  readonly contributes?: ContributedLanguage;
  /** In the order in which they are tried. */
  readonly recognised: readonly Recognition[];
}
