/** Facts about a notation that need no text: data, also for the editor's side and for the build. */

/**
 * Purpose of a notation's files: a `config` describes only how LightLLM is started; a `program` is run by a shell, an
 * interpreter or a service manager; a `container` file describes what containers run; `documentation` shows commands to
 * readers.
 */
export type Purpose = "config" | "program" | "container" | "documentation";

/** A way to recognize a document. */
export interface Recognition {
  /** Language ids of VS Code; the extension starts for their documents. */
  readonly languages?: readonly string[];
  /** Language ids of VS Code for such files and for others; only the path tells. The extension starts for them, too. */
  readonly sharedLanguages?: readonly string[];
  /** Language ids of other editors. */
  readonly otherLanguages?: readonly string[];
  /** Pattern of the file's path or URI; its parts are separated by `/` or `\`. */
  readonly path?: RegExp;
  /** Additional condition on the text; if absent, the language or the path is sufficient. */
  readonly holds?: (text: string) => boolean;
}

/** A language in the manifest of the extension. */
export interface ContributedLanguage {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly extensions: readonly string[];
  /** Glob patterns. */
  readonly filenamePatterns: readonly string[];
}

export interface NotationTraits {
  /** Its name in options and in JSON: `shell`. */
  readonly id: string;
  readonly purpose: Purpose;
  /** Comment signs; the first one is used for new comments. */
  readonly comments: readonly string[];
  /** Whether its launches can be run on the machine that has the file. */
  readonly runsHere: boolean;
  /** Whether `<path to model>` is a placeholder for the reader, not an error. */
  readonly hasPlaceholders: boolean;
  /** Whether the comment at the top of a file describes its launch. */
  readonly hasHeadComment: boolean;
  /** Whether indentation has a meaning. */
  readonly isIndented: boolean;
  /** The language id of a new document. */
  readonly languageId: string;
  /** Extension of a new file: `.sh`. */
  readonly ending: string;
  /** Language name of a code block in Markdown. */
  readonly fence: string;
  /** Its language, if VS Code does not have it. */
  readonly contributes?: ContributedLanguage;
  /** In the order in which they are tried. */
  readonly recognised: readonly Recognition[];
}
