/** What a notation is: one way of writing launches down. It knows its syntax and no flag in particular. */
import type { DIRECTIVE_WORDS } from "../launch/directives";
import type {
  Argument,
  Launch,
  LaunchChange,
  LaunchFile,
  Span,
  TextChange,
  VariableChange,
} from "../launch/launch";
import type { NotationTraits } from "../launch/notation-traits";

/** What is being written where the cursor stands. `replace` covers the whole word, `typed` its part before the cursor. */
export type Cursor =
  | {
      readonly kind: "flag";
      readonly launch: Launch;
      readonly replace: Span;
      readonly typed: string;
      /** Whether a value follows already, so that only the name is to be written. */
      readonly hasValue: boolean;
      /** Whether the value follows in the same word, `--tp=8`. */
      readonly joined?: boolean;
      /** Whether the flag being inserted takes a value; completion sets it for each flag. */
      readonly takesValue?: boolean;
      /** The quote the cursor is inside of, if any. */
      readonly quote?: string;
      /** What must stand before a flag inserted here, and behind it: the comma of a list. */
      readonly separator?: string;
      readonly behind?: string;
    }
  | {
      readonly kind: "value";
      readonly launch: Launch;
      /** With its dashes. */
      readonly flag: string;
      readonly replace: Span;
      readonly typed: string;
      /** The quote the cursor is inside of, or nothing. */
      readonly quote: string;
      /** What must stand before a value inserted here. */
      readonly separator: string;
      readonly inFlow: boolean;
      /** How many words of the flag stand before this one. */
      readonly index?: number;
      /** Whether the value stands in the flag's word, `--tp=8`. */
      readonly joined?: boolean;
      /** What must stand behind a value inserted here. */
      readonly behind?: string;
    }
  | {
      /** Between words: the flag before may take one more value, or another flag may begin. */
      readonly kind: "gap";
      readonly launch: Launch;
      readonly before?: Argument;
      readonly replace: Span;
      readonly typed: string;
      readonly quote: string;
      readonly separator: string;
      readonly inFlow: boolean;
      readonly behind?: string;
    }
  | {
      /** The name of an environment variable. */
      readonly kind: "variable";
      readonly launch: Launch;
      readonly replace: Span;
      readonly typed: string;
      /** What goes behind an inserted name: `: `, `=`, or nothing where a value follows. */
      readonly suffix: string;
    }
  | {
      readonly kind: "directive";
      readonly replace: Span;
      readonly typed: string;
      /** The directive whose value is being written. */
      readonly directive?: (typeof DIRECTIVE_WORDS)[number];
    };

/** A key of a notation that is no flag. */
export interface OwnKey {
  readonly name: string;
  /** What is written for it, up to its value. */
  readonly insert: string;
  /** What it is, in a few words. */
  readonly summary: string;
  /** What it does, in Markdown. */
  readonly text: string;
}

export interface Notation extends NotationTraits {
  /** The launches of a text. Never throws; `cache` keeps what did not change between versions of a file. */
  find(text: string, cache?: unknown): LaunchFile;
  /** As `find`, where these variables are set, such as `PORT` of `${PORT:-8000}`; absent where the values of others change nothing. */
  findIn?(text: string, environment: Readonly<Record<string, string | undefined>>): LaunchFile;
  /** A fresh cache for `find`. */
  newCache(): unknown;
  /** What is being written at an offset; `undefined` where nothing of ours can be. */
  cursorAt(file: LaunchFile, offset: number): Cursor | undefined;
  /** Edits that make a change of a launch. */
  write(text: string, launch: Launch, change: LaunchChange): TextChange[];
  /** Edits that make a change of the environment a launch sets; none where it is written in a way that cannot be edited. */
  writeVariable(text: string, launch: Launch, change: VariableChange): TextChange[];
  /** Whether two texts differ in nothing but comments and white space; absent where their launches tell. */
  saysTheSame?(before: string, after: string): boolean;
  /** Whether a comment can be put above the line that begins at an offset; absent where it can be above every line. */
  takesCommentAt?(text: string, lineStart: number): boolean;
  /** A flag as this notation writes it: `tp` or `--tp`. */
  flagText(name: string): string;
  /** What to insert for a flag where the cursor stands. */
  insertFlag(name: string, cursor: Extract<Cursor, { kind: "flag" }>): string;
  /** What to insert for a word of a value. */
  insertValue(word: string, cursor: Extract<Cursor, { kind: "value" }>): string;
  /** What switches a flag without a value on and off, where this notation has words for it. */
  readonly switchWords: readonly { readonly word: string; readonly on: boolean }[];
  /** Keys that are no flags, where the notation has such. */
  readonly ownKeys?: {
    readonly all: readonly OwnKey[];
    /** Whether a launch has one already. */
    has(text: string, launch: Launch, key: OwnKey): boolean;
    /** The one written at an offset, and where. */
    at(text: string, offset: number): { readonly key: OwnKey; readonly span: Span } | undefined;
  };
}
