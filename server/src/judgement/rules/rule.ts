/** What a rule of code is: its code, and the words and cures for one kind of fault. All else is in `schemas/rules/<code>.yaml`. */
import type { RuleCode } from "../../../../schemas/generated/rules";
import type { Catalogue, Flag, FlagValue, Release } from "../../catalogue/types";
import { type Argument, type FixKind, flagName, type Launch, type Word } from "../../launch/launch";
import type { Fault } from "../argparse";
import type { Fix, Report } from "../finding";

/** What a rule may look at. */
export interface RuleContext {
  readonly launch: Launch;
  readonly release: Release;
  readonly catalogue: Catalogue;
}

/** A rule over one kind of fault of the argument parser. */
export interface Rule<Kind extends Fault["kind"] = Fault["kind"]> {
  readonly code: RuleCode;
  readonly fault: Kind;
  /** The finding, or nothing where another rule of the same fault says it better. */
  report(fault: Extract<Fault, { kind: Kind }>, context: RuleContext): Report | undefined;
}

/** A report, and which rule it is of. */
export interface RuleReport extends Report {
  readonly code: RuleCode;
}

/** Keeps the kind of fault in the type of a rule's `report`, and drops it for the list of rules. */
export function rule<Kind extends Fault["kind"]>(definition: Rule<Kind>): Rule {
  return definition as unknown as Rule;
}

/** The flag of an argument as its notation writes it, for messages: `tp` in YAML, `--tp` in a command line. */
export function written(argument: Argument): string {
  return `\`${flagName(argument)}\``;
}

/** Another flag, as the launch's notation would write it. */
export function named(flag: string, { form }: Launch): string {
  return form.kind === "mapping" ? flag.replace(/^--/, "") : flag;
}

/** The value of an argument as it is written, shortened for a message. */
export function quoted(text: string): string {
  const oneLine = text.replace(/\s+/g, " ").trim();
  return `\`${oneLine.length > 60 ? `${oneLine.slice(0, 57)}…` : oneLine}\``;
}

/** The fix that takes an argument out. */
export function removal(argument: Argument, preferred: boolean): Fix {
  const { words, valueSource } = argument;
  const value = words.length > 0 && valueSource !== "" ? ` and its value ${quoted(valueSource)}` : "";
  return {
    title: `Remove ${written(argument)}${value}`,
    kind: "choice",
    preferred,
    changes: [{ kind: "remove", argument }],
  };
}

/** Ways out, and where none of them is clearly meant, to take the argument out. */
export function orRemoval(fixes: readonly Fix[], argument: Argument): Fix[] {
  return fixes.some(({ preferred }) => preferred) ? [...fixes] : [...fixes, removal(argument, true)];
}

/** The fix that takes words out which belong to no flag. */
export function wordRemoval(words: readonly Word[]): Fix {
  const shown = words.map(({ source }) => quoted(source)).join(" ");
  return {
    title: `Remove ${shown}`,
    kind: "choice",
    preferred: true,
    changes: [{ kind: "removeWords", words }],
  };
}

/** The fix that leaves a flag out but keeps its place in the text, where the notation can. */
export function leaveOut(
  argument: Argument,
  { form }: Launch,
  preferred: boolean,
  kind: FixKind = "choice",
): Fix {
  return {
    title:
      form.kind === "mapping"
        ? `Write \`null\` to leave ${written(argument)} out`
        : `Leave ${written(argument)} out`,
    kind,
    preferred,
    changes: [{ kind: "leaveOut", argument }],
  };
}

/** What a flag takes, in words: "an integer", "one or more words". */
export function expectation(flag: Flag): string {
  const many = flag.arity === "many";
  switch (flag.kind) {
    case "switch":
      return "no value";
    case "integer":
      return many ? "one or more integers" : "an integer";
    case "number":
      return many ? "one or more numbers" : "a number";
    default:
      return many ? "one or more words" : "a value";
  }
}

/** A default as a message shows it; `undefined` where the parser has none. */
export function valueWords(value: FlagValue): string[] | undefined {
  if (value === null || typeof value === "boolean") return undefined;
  const words = typeof value === "object" ? value.map(String) : [String(value)];
  return words.length > 0 ? words : undefined;
}

/** "a, b or c" with each in backticks. */
export function alternatives(names: readonly string[]): string {
  const marked = names.map((name) => `\`${name}\``);
  return marked.length < 2 ? marked.join("") : `${marked.slice(0, -1).join(", ")} or ${marked.at(-1)}`;
}
