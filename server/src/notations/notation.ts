/** The interface of a notation: a syntax for launches. A notation knows no specific flag. */
import type { ImageLaunch, ImageStart } from "../launch/built-service";
import type { DIRECTIVE_WORDS } from "../launch/directives";
import type { Argument, Launch, LaunchFile, Span, TextChange } from "../launch/launch";
import type { LaunchChange, VariableChange } from "../launch/launch-change";
import type { NotationTraits } from "../launch/notation-traits";
import type { FilesAround } from "../launch/pointed-file";
import type { NamedPort } from "../launch/site";
import type { Outline } from "./outline";
import type { TextPart } from "./parts";
import type { TextName } from "./text-names";

/** The text being written at the cursor. `replace` covers the whole word, `typed` its part before the cursor. */
export type Cursor =
  | {
      readonly kind: "flag";
      readonly launch: Launch;
      readonly replace: Span;
      readonly typed: string;
      /** Whether a value already follows, so that only the name is inserted. */
      readonly hasValue: boolean;
      /** Whether the value follows in the same word, `--tp=8`. */
      readonly joined?: boolean;
      /** Whether the inserted flag takes a value; completion sets this for each flag. */
      readonly takesValue?: boolean;
      /** The quote around the cursor, if any. */
      readonly quote?: string;
      /** Text to insert before and after a flag, such as the comma of a list. */
      readonly separator?: string;
      readonly suffix?: string;
    }
  | {
      readonly kind: "value";
      readonly launch: Launch;
      /** With dashes. */
      readonly flag: string;
      readonly replace: Span;
      readonly typed: string;
      /** The quote around the cursor, or the empty string. */
      readonly quote: string;
      /** Text to insert before a value. */
      readonly separator: string;
      readonly inFlow: boolean;
      /** Number of words of the flag before this one. */
      readonly index?: number;
      /** Whether the value is in the flag's word, `--tp=8`. */
      readonly joined?: boolean;
      /** Text to insert after a value. */
      readonly suffix?: string;
    }
  | {
      /** Between words: the previous flag may take another value, or a new flag may begin. */
      readonly kind: "gap";
      readonly launch: Launch;
      readonly before?: Argument;
      readonly replace: Span;
      readonly typed: string;
      readonly quote: string;
      readonly separator: string;
      readonly inFlow: boolean;
      readonly suffix?: string;
    }
  | {
      /** The name of an environment variable. */
      readonly kind: "variable";
      readonly launch: Launch;
      readonly replace: Span;
      readonly typed: string;
      /** Text after an inserted name: `: `, `=`, or empty if a value already follows. */
      readonly suffix: string;
    }
  | {
      readonly kind: "directive";
      readonly replace: Span;
      readonly typed: string;
      /** The directive whose value is being written. */
      readonly directive?: (typeof DIRECTIVE_WORDS)[number];
    };

/** A cursor in a launch. */
export type CursorInLaunch = Extract<Cursor, { readonly launch: Launch }>;

/** A key of a notation that is not a flag. */
export interface OwnKey {
  readonly name: string;
  /** Text to insert, up to its value. */
  readonly insert: string;
  /** Short description. */
  readonly summary: string;
  /** Documentation as Markdown. */
  readonly text: string;
}

export interface Notation extends NotationTraits {
  /** The launches of a text. Never throws; `cache` keeps unchanged parts between versions of a file. */
  find(text: string, cache?: unknown): LaunchFile;
  /**
   * Like `find`, with known values of variables, such as `PORT` of `${PORT:-8000}`; absent if variables from outside
   * have no effect.
   */
  findIn?(text: string, environment: Readonly<Record<string, string | undefined>>): LaunchFile;
  /** A new cache for `find`. */
  newCache(): unknown;
  /** Parts of a text that are read without one another, in order; absent if this notation knows none. */
  partsOf?(text: string): readonly TextPart[];
  /** The text being written at an offset; `undefined` if it is not part of a launch. */
  cursorAt(file: LaunchFile, offset: number): Cursor | undefined;
  /** The edits of a change of a launch. */
  write(text: string, launch: Launch, change: LaunchChange): TextChange[];
  /** The edits of a change of the launch's environment; empty if it is written in a form that cannot be edited. */
  writeVariable(text: string, launch: Launch, change: VariableChange): TextChange[];
  /** The pieces of a text, so that an edit is tested on what is around a launch; absent if launches are all of it. @throws BeyondBounds */
  outline?(text: string): Outline;
  /** Whether two texts differ only in comments and white space; absent if comparing launches is sufficient. */
  saysTheSame?(before: string, after: string): boolean;
  /** Whether a comment can be inserted above the line at an offset; absent if it can be above every line. */
  takesCommentAt?(text: string, lineStart: number): boolean;
  /** The launch that an image of this text runs, its places after the first `from` ones; absent if a text is no image. */
  imageLaunch?(text: string, start: ImageStart, from: number): ImageLaunch | undefined;
  /** The ports of a launch's container that other files name; absent if none can. @param text the text of the launch. */
  portsBeside?(launch: Launch, text: string, files: FilesAround): readonly NamedPort[];
  /** The names that a text itself gives, such as anchors; absent if it gives none. */
  names?(text: string): readonly TextName[];
  /** A flag in this notation: `tp` or `--tp`. */
  flagText(name: string): string;
  /** Text to insert for a flag at the cursor. */
  insertFlag(name: string, cursor: Extract<Cursor, { kind: "flag" }>): string;
  /** Text to insert for a word of a value. */
  insertValue(word: string, cursor: Extract<Cursor, { kind: "value" }>): string;
  /** The words that turn a switch on and off, if this notation has them. */
  readonly switchWords: readonly { readonly word: string; readonly on: boolean }[];
  /** Keys that are not flags, if the notation has any. */
  readonly ownKeys?: {
    readonly all: readonly OwnKey[];
    /** Whether a launch already has the key. */
    has(text: string, launch: Launch, key: OwnKey): boolean;
    /** The key at an offset, and its place. */
    at(text: string, offset: number): { readonly key: OwnKey; readonly span: Span } | undefined;
  };
}
