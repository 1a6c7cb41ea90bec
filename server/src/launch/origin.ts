/** Where a word comes from, as far as it is not written as it is. */
import type { Span, Word, WordPart } from "./launch";

/** A stretch that stands for something else, as its language writes it: `$NAME`, `${X:-8}`, `$(…)`, `{{ … }}`. */
interface Stretch {
  readonly source: string;
  /** Where it is written; absent where it comes from a text that is not in the file as it is. */
  readonly span?: Span;
  /** It stands for all words of a list: `"$@"`, `"${ARGS[@]}"`. */
  readonly isList?: boolean;
}

/** A variable of the shell, of a container, of Python, or of the environment of whoever starts the launch. */
interface OfVariable {
  readonly name: string;
  /** Where the file sets it: its last certain assignment before, else an assignment that may have run; absent where it sets it nowhere. */
  readonly assigned?: Span;
  /** Whether a command of a script sets it, and not the file around the script: `environment:` of Compose. */
  readonly byScript?: boolean;
}

/** What one stretch of a word comes from. A stretch that has no origin is written as it is. */
export type Origin = Stretch &
  (
    | ({
        readonly from: "variable";
        /** What its value comes from, where that is not written as it is either. */
        readonly value?: readonly Origin[];
      } & OfVariable)
    /** A variable, or a text in its place: `${X:-8}`. */
    | ({
        readonly from: "default";
        /** The text, where it is known. */
        readonly otherwise?: string;
        /** Whether the text also takes the place of an empty value, as `:-` says. */
        readonly whenEmpty: boolean;
      } & OfVariable)
    /** What a script is called with: `$1`, `"$@"`, `$#`. */
    | { readonly from: "parameter"; readonly name: string }
    /** What is worked out when the launch runs, or filled in before: a command, an expression, a template, `<a place to fill in>`. */
    | {
        readonly from: "expression";
        readonly language: "shell" | "python" | "template" | "placeholder";
        /** The variable that the expression changes: `${X%/}`. */
        readonly of?: OfVariable;
      }
  );

/** What was put into a word, in the order of the word; none for a word that is written as it is. */
export function originsOf({ origins, parts = [] }: Pick<Word, "origins" | "parts">): readonly Origin[] {
  return origins ?? parts.filter((part) => part.kind === "open");
}

/** The stretches of a word whose text is not known. One that its notation cannot tell apart is one stretch. */
export function partsOfWord({ parts, source, span }: Word): readonly WordPart[] {
  return parts ?? [{ kind: "open", from: "expression", language: "template", source, span }];
}
