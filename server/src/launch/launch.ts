/**
 * The Launch: what one start of LightLLM says, whatever notation it is written in.
 * Immutable data; every feature and every rule is written over it.
 */

import type { RuleCode } from "../../../schemas/generated/rules";
import type { Invocation } from "./invocation";
import type { Origin } from "./origin";

/** Never there at run time: the compiler refuses a span that `spanFrom` did not make, also one that is spread. */
declare class Made {
  private readonly bySpanFrom: true;
}

/** Half-open range of UTF-16 offsets into the text of the file, `0 <= start <= end`. It lies in one place. */
export interface Span extends Made {
  readonly start: number;
  readonly end: number;
}

/** A span; one that would end before it starts is empty instead, at its start. */
export function spanFrom(start: number, end: number): Span {
  const from = start > 0 ? start : 0;
  return { start: from, end: end > from ? end : from } as Span;
}

/** The notations that files with launches are written in. */
export type NotationId =
  | "yaml"
  | "shell"
  | "dockerfile"
  | "compose"
  | "kubernetes"
  | "markdown"
  | "restructuredtext"
  | "python";

/**
 * How the text of a launch is wrapped in its file, innermost first: a shell command inside a double-quoted string inside
 * a YAML scalar is `["shell-double", "yaml-double"]`. Text written into the launch is escaped in this order.
 */
export type Quoting =
  | "shell-single"
  | "shell-double"
  | "json"
  | "yaml-single"
  | "yaml-double"
  | "python-single"
  | "python-double";

/** How the words of a launch are written; the notation needs it to write changes back. */
export type LaunchForm =
  /** Keys and values of a YAML mapping. */
  | { readonly kind: "mapping" }
  /** Words of a shell command. */
  | {
      readonly kind: "shell";
      readonly quoting: readonly Quoting[];
      /** The text is only split into words, as Compose does: no shell runs it, and `$(…)` is a text like any other. */
      readonly splitOnly?: boolean;
    }
  /** Elements of a list: a JSON array, a YAML sequence in brackets or in lines, a Python list. */
  | { readonly kind: "list"; readonly style: "json" | "yaml-flow" | "yaml-block" | "python" };

/** One word as LightLLM receives it on its command line. */
export interface Word {
  /** The word's text; `undefined` where it cannot be known before the launch runs. */
  readonly text: string | undefined;
  /** Where the word is written. */
  readonly span: Span;
  /** The word as it is written, quotes and all. */
  readonly source: string;
  /** What the notation took an unquoted word for, where that made it another word: YAML reads `1.10` as the number 1.1. */
  readonly rereadAs?: "number" | "date";
  /** The text is unknown, and it may become no word, one, or several: a shell variable without quotes. */
  readonly splits?: boolean;
  /** Where the word stands in the launch, when `span` is the place of the variable's value. */
  readonly standsAt?: Span;
  /** Which stretch of text outside the command the word stands in, such as an array's elements: where that begins. */
  readonly elsewhere?: number;
  /** What an unknown word is made of, where that can be told apart. */
  readonly parts?: readonly WordPart[];
  /** What was put into a word, known or not, where `parts` do not tell; `originsOf` asks both. */
  readonly origins?: readonly Origin[];
}

/** Where a word stands in the launch. */
export function placeOfWord({ standsAt, span }: Pick<Word, "span" | "standsAt">): Span {
  return standsAt ?? span;
}

/** The place of words that follow each other, up to the first that stands elsewhere in the text. */
export function spanOver([first, ...others]: readonly [PlacedWord, ...PlacedWord[]]): Span {
  const { start } = placeOfWord(first);
  let { end } = placeOfWord(first);
  for (const word of others) {
    const place = placeOfWord(word);
    if (word.elsewhere !== first.elsewhere || place.start < end) break;
    end = place.end;
  }
  return spanFrom(start, end);
}

type PlacedWord = Pick<Word, "span" | "standsAt" | "elsewhere">;

/** A stretch of a word that is not wholly known. */
export type WordPart =
  | { readonly kind: "text"; readonly text: string }
  /** What is put in when the launch runs. */
  | ({ readonly kind: "open" } & Origin);

/**
 * How an argument's value is written:
 * `bare` the flag alone; `word` one value; `list` several; `absent` a form that leaves the flag out;
 * `unfinished` a flag whose value is still to be typed.
 */
export type ValueShape = "bare" | "word" | "list" | "absent" | "unfinished";

/** A flag with its words, in the order of the text. */
export interface Argument {
  /** The flag as LightLLM receives it, with its dashes: `--tp`. Empty for words before the first flag. */
  readonly flag: string;
  /** The flag as it stands in the text: `tp` in a YAML config. */
  readonly written: string;
  readonly flagSpan: Span;
  /** What was put into the word of the flag, where it is not written as it is. */
  readonly flagOrigins?: readonly Origin[];
  readonly shape: ValueShape;
  /** Whether flag and value are one word, `--tp=8`. */
  readonly joined?: boolean;
  /** The words behind the flag; empty for `bare`, `absent` and `unfinished`. */
  readonly words: readonly Word[];
  /** Where the whole value is written; empty, at the place where one would go, when there is none. */
  readonly valueSpan: Span;
  /** The value as it is written. */
  readonly valueSource: string;
  /** The flag and its value, without what separates it from its neighbours. */
  readonly span: Span;
  /**
   * Whether LightLLM gets to see it. `false` where the notation itself drops it: a YAML key that is written again
   * further down, a merged key that the launch sets itself.
   */
  readonly counts: boolean;
  /** Written elsewhere and brought in, as a YAML merge key does; it is edited where it is written. */
  readonly inherited: boolean;
}

/** An environment variable that the launch sets. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Word;
  /** How it is written, for the notation to write changes back; none where it is brought in from elsewhere. */
  readonly place?: VariablePlace;
}

/** In which syntax a variable is written. */
export type VariableForm =
  /** In a shell command: `A=1 command`; `export A=1`; a word such as `A=1` behind `env` and `docker run -e`. */
  | {
      readonly kind: "prefix" | "declaration" | "word";
      readonly quoting: readonly Quoting[];
      /** Only a value that needs no quotes arrives: in the value of another variable, in an unquoted here-document. */
      readonly plainOnly?: boolean;
    }
  /** In a Dockerfile's `ENV`; `assigned` as `A=1` and not as `A 1`. */
  | { readonly kind: "instruction"; readonly assigned: boolean; readonly escapeChar: "\\" | "`" }
  /** In YAML: `A: 1` of a mapping; `A=1` of a list; `name: A` with `value: "1"` of a list. */
  | { readonly kind: "entry" | "item" | "named"; readonly flow: boolean }
  /** The element `"A=1"` of a list. */
  | { readonly kind: "element" };

/** How a variable is written, and what around it is its own. */
export interface VariablePlace {
  readonly form: VariableForm;
  /** The variable with its value. */
  readonly span: Span;
  /** Where that ends which it stands behind in the same command, and where that begins which follows there. */
  readonly before?: number;
  readonly behind?: number;
  /** What makes no sense any more without it: `export A=1`, `env:` with its only entry. */
  readonly whole?: Span;
  /** What must stand in the place of `whole` then; nothing when absent. */
  readonly leaves?: string;
}

/** A version of LightLLM that is named beside a launch: by the image it runs in, or by the package that is installed for it. */
export interface Pin {
  readonly kind: "image" | "package";
  /** As it is written, without what belongs to the image alone: `v1.1.0` of `lightllm:v1.1.0-cuda12@sha256:…`, `1.1.0` of `lightllm==1.1.0`. */
  readonly version: string;
  readonly span: Span;
}

/** One start of LightLLM. */
export interface Launch {
  /** What the file calls it: `x-name` of a config, the name of a service or of a container. */
  readonly name?: string;
  readonly notation: NotationId;
  readonly form: LaunchForm;
  /** The whole launch, white space and continuation lines behind the last word included: where a flag may be added. */
  readonly span: Span;
  /** Where a mapping begins, after comments and `---`; other launches begin with their span. */
  readonly start?: number;
  /** How it is started; none for a mapping, which says nothing of it. */
  readonly invocation?: Invocation;
  /** The word that names the program; in a mapping the first line of one that sets nothing itself, else none. */
  readonly head?: Span;
  readonly arguments: readonly Argument[];
  /** More words may follow that are written elsewhere: those of `docker run` behind an entry point. */
  readonly open?: boolean;
  readonly environment: readonly EnvironmentVariable[];
  /** The versions named beside the launch, the one that surely is its own first. */
  readonly pins?: readonly Pin[];
}

/** The place for what concerns a launch as a whole, or what it lacks: the program's name, else the first key. */
export function headOf({ head, arguments: given, environment, span }: Launch): Span {
  return head ?? given.find(({ inherited }) => !inherited)?.flagSpan ?? environment[0]?.nameSpan ?? span;
}

/** Where a launch begins for a reader: its first key, or its command, as arguments may stand elsewhere in an array. */
export function startOf(launch: Launch): number {
  if (launch.start !== undefined) return launch.start;
  const head = headOf(launch).start;
  return launch.span.start <= head && head <= launch.span.end ? launch.span.start : head;
}

/** A fault of the writing itself, found by the notation before any flag is looked at. */
export interface TextProblem {
  readonly code: RuleCode;
  /** Which of the rule's outcomes it is; the rule's own where absent. */
  readonly variant?: string;
  readonly span: Span;
  readonly message: string;
  /** The flag's full name, where the fault concerns one. */
  readonly flag?: string;
  readonly fixes: readonly TextFix[];
}

/**
 * How sure a fix is of what the user means.
 * `spelling`: what is written has one meaning, and the fix spells it right; it may be made in bulk and on save.
 * `choice`: there are several ways out, or something is lost. The user decides, and the title says what it costs.
 * `stand-in`: it writes a value that we made up, which is a finding until the user replaces it.
 */
export type FixKind = "spelling" | "choice" | "stand-in";

/** A fix in words and edits. */
export interface TextFix {
  readonly title: string;
  readonly kind: FixKind;
  /** The one that an editor applies on one key stroke; at most one of a finding, never a stand-in. */
  readonly preferred: boolean;
  readonly edits: readonly TextChange[];
}

/** One replacement in the text. */
export interface TextChange {
  readonly span: Span;
  readonly newText: string;
}

/** A file as a notation reads it. */
export interface LaunchFile {
  readonly notation: NotationId;
  readonly text: string;
  readonly launches: readonly Launch[];
  readonly problems: readonly TextProblem[];
}

/** What a rule wants done to a launch; the notation turns it into edits of its own syntax. */
export type LaunchChange =
  | { readonly kind: "rename"; readonly argument: Argument; readonly to: string }
  | { readonly kind: "set"; readonly argument: Argument; readonly words: readonly string[] }
  | { readonly kind: "setWord"; readonly word: Word; readonly to: string }
  | { readonly kind: "switch"; readonly argument: Argument; readonly on: boolean }
  | { readonly kind: "leaveOut"; readonly argument: Argument }
  | { readonly kind: "remove"; readonly argument: Argument }
  | { readonly kind: "removeWords"; readonly words: readonly Word[] }
  | {
      readonly kind: "add";
      readonly launch: Launch;
      /** With its dashes. */
      readonly flag: string;
      readonly words: readonly string[];
      /** The argument behind which it belongs; the last of the launch when absent. */
      readonly after?: Argument;
    };

/** What is to be done to the environment that a launch sets; as `LaunchChange`, the notation turns it into edits. */
export type VariableChange =
  | { readonly kind: "renameVariable"; readonly variable: EnvironmentVariable; readonly to: string }
  | { readonly kind: "setVariable"; readonly variable: EnvironmentVariable; readonly to: string }
  | { readonly kind: "removeVariable"; readonly variable: EnvironmentVariable }
  | {
      readonly kind: "addVariable";
      readonly launch: Launch;
      readonly name: string;
      readonly value: string;
      /** The variable behind which it belongs. */
      readonly after: EnvironmentVariable;
    };

/** Whether an offset lies between the words of an argument: behind its flag, and before one of its values. */
export function isBetweenWords({ flagSpan, words }: Argument, offset: number): boolean {
  return flagSpan.end < offset && words.some(({ span }) => offset < span.start);
}

/** Whether a span lies in another, or is the same. */
export function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether `offset` lies in the span, its end included: a cursor behind the last character touches the word. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
