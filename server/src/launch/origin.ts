/** Where the text of a word comes from, if it is not written literally. */
import type { Span, Word, WordPart } from "./launch";

/** A part of a word that is substituted, as its language writes it: `$NAME`, `${X:-8}`, `$(…)`, `{{ … }}`. */
interface Stretch {
  readonly source: string;
  /** Where it is written; absent if it is not in the file in this form. */
  readonly span?: Span;
  /** It expands to all words of a list: `"$@"`, `"${ARGS[@]}"`. */
  readonly isList?: boolean;
}

/** A variable of the shell, of a container, of Python, or of the environment in which the launch starts. */
interface OfVariable {
  readonly name: string;
  /**
   * Where the file sets it: its last certain assignment before the use, else a possible one; absent if the file does
   * not set it.
   */
  readonly assigned?: Span;
  /** Set by a command of a script, not by the file around the script (such as `environment:` of Compose). */
  readonly byScript?: boolean;
}

/** The origin of one part of a word. A part without an origin is written literally. */
export type Origin = Stretch &
  (
    | ({
        readonly from: "variable";
        /** The origins of its value, if that is not written literally either. */
        readonly value?: readonly Origin[];
      } & OfVariable)
    /** A variable with a fallback text: `${X:-8}`. */
    | ({
        readonly from: "default";
        /** The fallback text, if known. */
        readonly otherwise?: string;
        /** Whether the fallback also replaces an empty value, as with `:-`. */
        readonly whenEmpty: boolean;
      } & OfVariable)
    /** A parameter of a script: `$1`, `"$@"`, `$#`. */
    | { readonly from: "parameter"; readonly name: string }
    /**
     * A value computed when the launch runs, or filled in before: a command, an expression, a template, `<a
     * placeholder>`.
     */
    | {
        readonly from: "expression";
        readonly language: "shell" | "python" | "template" | "placeholder";
        /** The variable that the expression modifies: `${X%/}`. */
        readonly of?: OfVariable;
      }
  );

/** The origins of a word's parts, in order; empty for a literal word. */
export function originsOf({ origins, parts = [] }: Pick<Word, "origins" | "parts">): readonly Origin[] {
  return origins ?? parts.filter((part) => part.kind === "open");
}

/** The parts of a word whose text is unknown. If its notation cannot separate them, the word is one part. */
export function partsOfWord({ parts, source, span }: Word): readonly WordPart[] {
  return parts ?? [{ kind: "open", from: "expression", language: "template", source, span }];
}

/** The parts of a word with text that follows text in one part. */
export function joinedParts(parts: readonly WordPart[]): WordPart[] {
  const joined: WordPart[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (part.kind === "text" && before?.kind === "text")
      joined[joined.length - 1] = { kind: "text", text: before.text + part.text };
    else joined.push(part);
  }
  return joined;
}
