/**
 * The Launch: one start of LightLLM, independent of the notation it is written in.
 * Immutable data; all features and rules work on it.
 */

import type { RuleCode, RuleVariants } from "../../../schemas/generated/rules";
import type { BuiltService } from "./built-service";
import type { Course } from "./course";
import type { Invocation } from "./invocation";
import type { NotationTraits } from "./notation-traits";
import type { Origin } from "./origin";
import { shortened } from "./visible-text";

/** Exists only for the compiler: it rejects a span that `spanFrom` did not make, also a copy by spread syntax. */
declare class Made {
  private readonly bySpanFrom: true;
}

/** Half-open range of UTF-16 offsets into the text of the file, `0 <= start <= end`. */
export interface Span extends Made {
  readonly start: number;
  readonly end: number;
}

/** Makes a span; if `end < start`, it is empty, at `start`. */
export function spanFrom(start: number, end: number): Span {
  const from = start > 0 ? start : 0;
  return { start: from, end: end > from ? end : from } as Span;
}

/**
 * The quoting around the text of a launch, innermost first: a shell command inside a double-quoted string inside a YAML
 * scalar is `["shell-double", "yaml-double"]`. Text written into the launch is escaped in this order.
 */
export type Quoting =
  | "shell-single"
  | "shell-double"
  | "shell-backquote"
  | "shell-backquote-in-quotes"
  | "json"
  | "yaml-single"
  | "yaml-double"
  | "python-single"
  | "python-double"
  | "unit-single"
  | "unit-double";

/** How the words of a launch are written; the notation needs it to write changes. */
export type LaunchForm =
  /** Keys and values of a YAML mapping. */
  | { readonly kind: "mapping" }
  /** Words of a shell command. */
  | {
      readonly kind: "shell";
      readonly quoting: readonly Quoting[];
      /** The text is only split into words, as in Compose: no shell runs it, and `$(…)` is plain text. */
      readonly splitOnly?: boolean;
      /** Something in the text has no end, such as a quote: an inserted word may change how the text after it is read. */
      readonly isOpen?: boolean;
    }
  /** Words of a command line of systemd, without a shell. */
  | { readonly kind: "unit" }
  /** Elements of a list: a JSON array, a YAML sequence in brackets or in lines, a Python list. */
  | { readonly kind: "list"; readonly style: "json" | "yaml-flow" | "yaml-block" | "python" };

/** One word as LightLLM receives it on its command line. */
export interface Word {
  /** The word's text; `undefined` if it is known only when the launch runs. */
  readonly text: string | undefined;
  /** Where the word is written. */
  readonly span: Span;
  /** The word as written, with its quotes. */
  readonly source: string;
  /** Type that the notation gave to an unquoted word and that changed its text: YAML reads `1.10` as the number 1.1. */
  readonly rereadAs?: "number" | "date";
  /** The text is unknown and may become zero, one or several words: a shell variable without quotes. */
  readonly splits?: boolean;
  /** Place of the word in the launch, if `span` is the place of a variable's value. */
  readonly spanInLaunch?: Span;
  /** Start of the text outside the command that contains the word, such as an array. */
  readonly elsewhere?: number;
  /** The known and unknown parts of an unknown word, if the notation can separate them. */
  readonly parts?: readonly WordPart[];
  /** Values substituted into the word, if `parts` does not have them; `originsOf` combines both. */
  readonly origins?: readonly Origin[];
}

/** The place of a word in the launch. */
export function placeOfWord({ spanInLaunch, span }: Pick<Word, "span" | "spanInLaunch">): Span {
  return spanInLaunch ?? span;
}

/** The span of consecutive words, up to the first that is elsewhere in the text. */
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

type PlacedWord = Pick<Word, "span" | "spanInLaunch" | "elsewhere">;

/** A part of a word that is not completely known. */
export type WordPart =
  | { readonly kind: "text"; readonly text: string }
  /** A value that is substituted when the launch runs. */
  | ({ readonly kind: "open" } & Origin);

/**
 * How an argument's value is written:
 * `bare` the flag alone; `word` one value; `list` several; `absent` a form that omits the flag;
 * `unfinished` a flag whose value is not typed yet.
 */
export type ValueShape = "bare" | "word" | "list" | "absent" | "unfinished";

/** A flag with its words, in text order. */
export interface Argument {
  /** The flag as LightLLM receives it, with its dashes: `--tp`. Empty for words before the first flag. */
  readonly flag: string;
  /** The flag as written in the text: `tp` in a YAML config. */
  readonly written: string;
  readonly flagSpan: Span;
  /** Values substituted into the word of the flag. */
  readonly flagOrigins?: readonly Origin[];
  readonly shape: ValueShape;
  /** Whether flag and value are one word, `--tp=8`. */
  readonly joined?: boolean;
  /** The words after the flag; empty for `bare`, `absent` and `unfinished`. */
  readonly words: readonly Word[];
  /** The span of the whole value; if there is none, empty, at the place where a value would go. */
  readonly valueSpan: Span;
  /** The value as written. */
  readonly valueSource: string;
  /** The flag and its value, without separators. */
  readonly span: Span;
  /**
   * Whether LightLLM receives it. `false` if the notation drops it: a YAML key that is written again below, a merged
   * key that the launch sets itself.
   */
  readonly counts: boolean;
  /** Written elsewhere and included, as by a YAML merge key; edit it where it is written. */
  readonly inherited: boolean;
}

/**
 * The flag of an argument for messages: as its notation writes it, `tp` in a YAML config, but without quotes and
 * escapes.
 */
export function flagName({ flag, written }: Argument): string {
  return shortened(/["'`\\$]/.test(written) ? flag : written);
}

/** An environment variable that the launch sets. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Word;
  /** How it is written, so that the notation can change it; absent if it is included from elsewhere. */
  readonly place?: VariablePlace;
}

/** The syntax of a variable. */
export type VariableForm =
  /** In a shell command: `A=1 command`; `export A=1`; a word such as `A=1` after `env` or `docker run -e`. */
  | {
      readonly kind: "prefix" | "declaration" | "word";
      readonly quoting: readonly Quoting[];
      /** Only a value that needs no quotes works: in the value of another variable, in an unquoted here-document. */
      readonly plainOnly?: boolean;
    }
  /** In a Dockerfile's `ENV`; `assigned`: `A=1`, not `A 1`. */
  | { readonly kind: "instruction"; readonly assigned: boolean; readonly escapeChar: "\\" | "`" }
  /** In YAML: `A: 1` of a mapping; `A=1` of a list; `name: A` with `value: "1"` of a list. */
  | { readonly kind: "entry" | "item" | "named"; readonly flow: boolean }
  /** The element `"A=1"` of a list. */
  | { readonly kind: "element" }
  /** In `Environment=` of systemd. */
  | { readonly kind: "assignment" };

/** How a variable is written, and the syntax around it. */
export interface VariablePlace {
  readonly form: VariableForm;
  /** The variable with its value. */
  readonly span: Span;
  /** End of the previous word and start of the next one. */
  readonly previousEnd?: number;
  readonly nextStart?: number;
  /** Enclosing syntax to delete with it: `export A=1`, or `env:` if this is its only entry. */
  readonly whole?: Span;
  /** Replacement for `whole`; empty if absent. */
  readonly leaves?: string;
}

/** A version of LightLLM that is named near a launch: by its image, or by the installed package. */
export interface Pin {
  readonly kind: "image" | "package";
  /**
   * The version as written, without other parts of an image tag: `v1.1.0` of `lightllm:v1.1.0-cuda12@sha256:…`, `1.1.0`
   * of `lightllm==1.1.0`.
   */
  readonly version: string;
  readonly span: Span;
  /** The place in another file that has it, where a chart's values name an image. */
  readonly elsewhere?: PinPlace;
}

/** A version in another file. */
export interface PinPlace {
  /** Absolute. */
  readonly path: string;
  /** Absent where no editor asks. */
  readonly uri?: string;
  /** The whole file. */
  readonly text: string;
  readonly span: Span;
  /** The version as it stands there. */
  readonly written: string;
}

/** One start of LightLLM. */
export interface Launch {
  /** Its name in the file: `x-name` of a config, the name of a service or container. */
  readonly name?: string;
  /** The name of its deployment in a key of its own, `x-deployment`; `none` for none. */
  readonly deployment?: string;
  readonly notation: NotationTraits;
  readonly form: LaunchForm;
  /** The whole launch with the white space and continuation lines after the last word: a flag may be added there. */
  readonly span: Span;
  /** The block of a page that shows it: comments in it are about its own launches. */
  readonly block?: Span;
  /** Start of a mapping, after comments and `---`; other launches start with their span. */
  readonly start?: number;
  /** How it is started; absent for a mapping. */
  readonly invocation?: Invocation;
  /** The word that names the program. For a mapping that sets no flag itself, its first line; otherwise absent. */
  readonly head?: Span;
  readonly arguments: readonly Argument[];
  /** Arguments that a branch or loop of the program may add; unknown words stand for them in `arguments`. */
  readonly possible?: readonly Argument[];
  /** It is only mentioned in the running text of a page: its names and values are judged, but nobody starts it. */
  readonly isMention?: boolean;
  /** More words may follow elsewhere: the arguments of `docker run` after an entry point. */
  readonly open?: boolean;
  readonly environment: readonly EnvironmentVariable[];
  /** When it runs, among the commands of its script; absent if no script starts it. */
  readonly course?: Course;
  /** Versions named near the launch; the one that certainly belongs to it comes first. */
  readonly pins?: readonly Pin[];
  /** Its notation problems. */
  readonly problems?: readonly TextProblem[];
}

/** All arguments that are written for a launch: certain and possible ones. */
export function writtenFor({ arguments: given, possible = [] }: Launch): readonly Argument[] {
  return possible.length > 0 ? [...given, ...possible] : given;
}

/** The place for problems of the launch as a whole or of a missing flag: the program's name, else the first key. */
export function headOf({ head, arguments: given, environment, span }: Launch): Span {
  return head ?? given.find(({ inherited }) => !inherited)?.flagSpan ?? environment[0]?.nameSpan ?? span;
}

/** Where a launch begins for a reader: its first key or its command. Its arguments may be elsewhere, in an array. */
export function startOf(launch: Launch): number {
  if (launch.start !== undefined) return launch.start;
  const head = headOf(launch).start;
  return launch.span.start <= head && head <= launch.span.end ? launch.span.start : head;
}

/** A problem of the notation itself, found before flags are checked. */
export interface TextProblem {
  readonly code: RuleCode;
  /** Name of a variant of the rule; the rule's own outcome if absent. */
  readonly variant?: RuleVariants[RuleCode];
  readonly span: Span;
  readonly message: string;
  /** The flag's full name, if the problem concerns one. */
  readonly flag?: string;
  readonly fixes: readonly TextFix[];
  /** Whether text below belongs to the launch, but does not reach it. */
  readonly cutsOff?: boolean;
  /** Text that becomes words of the launch by mistake. */
  readonly misread?: Span;
  /** Whether that text is another command: no word of it is meant for LightLLM. */
  readonly ofOther?: boolean;
}

/** Whether a problem makes the words of a launch others than the intended ones. */
export function changesWords({ cutsOff, misread }: TextProblem): boolean {
  return cutsOff === true || misread !== undefined;
}

/**
 * How certain it is that a fix is what the user wants.
 * `spelling`: the text has one meaning, and the fix corrects how it is written; safe in bulk and on save.
 * `choice`: there are several solutions, or something is lost. The user decides, and the title states the cost.
 * `stand-in`: writes a placeholder value, which stays a finding until the user replaces it.
 */
export type FixKind = "spelling" | "choice" | "stand-in";

/** A fix with its title and edits. */
export interface TextFix {
  readonly title: string;
  readonly kind: FixKind;
  /** The editor applies it with one key. At most one fix of a finding is preferred, never a stand-in. */
  readonly preferred: boolean;
  readonly edits: readonly TextChange[];
  /** Whether it renames something that other text may name too. */
  readonly renames?: boolean;
}

/** A replacement in the text. */
export interface TextChange {
  readonly span: Span;
  readonly newText: string;
}

/** The result of reading a file with a notation. */
export interface LaunchFile {
  readonly notation: NotationTraits;
  readonly text: string;
  readonly launches: readonly Launch[];
  /** Notation problems outside all launches. */
  readonly problems: readonly TextProblem[];
  /** Whether the text is a file of `--quant_cfg`, which has no launches. */
  readonly isQuantization?: boolean;
  /** Images that the file builds and starts. */
  readonly builds?: readonly BuiltService[];
}

/** A launch with its notation problems. */
export function withProblems(launch: Launch, problems: readonly TextProblem[]): Launch {
  return problems.length > 0 ? { ...launch, problems } : launch;
}

/** All notation problems of a file, those of its launches included. */
export function problemsIn({ launches, problems }: LaunchFile): readonly TextProblem[] {
  return [...problems, ...launches.flatMap(({ problems: own = [] }) => own)];
}

/** Whether a span is inside another or equal to it. */
export function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether `offset` is in the span or at its end: a cursor after the last character touches the word. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
