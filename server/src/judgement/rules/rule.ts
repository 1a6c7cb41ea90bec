/** Helpers for rules in code: their context, words for messages, and common fixes. */

import type { Catalogue, Flag, FlagValue, Release } from "../../catalogue/types";
import { type Argument, type FixKind, flagName, type Launch, type Word } from "../../launch/launch";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import type { Fix } from "../finding";

/** Maximum number of words that a message names. */
const MOST_WORDS = 3;

/** Input of a rule. */
export interface RuleContext {
  readonly launch: Launch;
  readonly release: Release;
  readonly catalogue: Catalogue;
}

/** The flag of an argument as written, for messages: `tp` in YAML, `--tp` in a command line. */
export function written(argument: Argument): string {
  return `\`${flagName(argument)}\``;
}

/** Another flag in the launch's notation. */
export function writtenName(flag: string, { form }: Launch): string {
  return form.kind === "mapping" ? flag.replace(/^--/, "") : flag;
}

/** The value of an argument as written, for a message: short, on one line, without invisible characters. */
export function quoted(text: string): string {
  return `\`${shortened(text)}\``;
}

/** Several words as written; of many, the first. */
export function quotedWords(words: readonly Word[], separator = " "): string {
  const shown = words.slice(0, MOST_WORDS).map(({ source }) => quoted(source));
  return words.length > MOST_WORDS ? `${shown.join(separator)}${separator}…` : shown.join(separator);
}

/** The fix that removes an argument. */
export function removal(argument: Argument, preferred: boolean): Fix {
  const { words, valueSource } = argument;
  const flag = written(argument);
  return {
    title:
      words.length > 0 && valueSource !== ""
        ? say("rule.remove-with-value", { flag, value: quoted(valueSource) })
        : say("rule.remove", { what: flag }),
    kind: "choice",
    preferred,
    changes: [{ kind: "remove", argument }],
  };
}

/** Fixes, with the removal of the argument as an alternative if none of them is preferred. */
export function orRemoval(fixes: readonly Fix[], argument: Argument): Fix[] {
  return fixes.some(({ preferred }) => preferred) ? [...fixes] : [...fixes, removal(argument, true)];
}

/** The fix that removes words that belong to no flag. */
export function wordRemoval(words: readonly Word[]): Fix {
  return {
    title: say("rule.remove", { what: quotedWords(words) }),
    kind: "choice",
    preferred: true,
    changes: [{ kind: "removeWords", words }],
  };
}

/** The fix that omits a flag but keeps its place in the text, if the notation can. */
export function leaveOut(
  argument: Argument,
  { form }: Launch,
  preferred: boolean,
  kind: FixKind = "choice",
): Fix {
  return {
    title:
      form.kind === "mapping"
        ? say("rule.write-null", { flag: written(argument) })
        : say("rule.leave-out", { flag: written(argument) }),
    kind,
    preferred,
    changes: [{ kind: "leaveOut", argument }],
  };
}

/** The type of a flag in words: "an integer", "one or more words". */
export function expectation(flag: Flag): string {
  const many = flag.arity === "many";
  switch (flag.kind) {
    case "switch":
      return say("rule.no-value");
    case "integer":
      return many ? say("rule.integers") : say("rule.an-integer");
    case "number":
      return many ? say("rule.numbers") : say("rule.a-number");
    default:
      return many ? say("rule.words") : say("rule.a-value");
  }
}

/** A default for a message; `undefined` if the parser has none. */
export function valueWords(value: FlagValue): string[] | undefined {
  if (value === null || typeof value === "boolean") return undefined;
  const words = typeof value === "object" ? value.map(String) : [String(value)];
  return words.length > 0 ? words : undefined;
}

/** "a, b and c". */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : say("rule.and", { first: names.slice(0, -1).join(", "), second: last });
}

/** "a, b or c" with each in backticks. */
export function alternatives(names: readonly string[]): string {
  const marked = names.map((name) => `\`${name}\``);
  const last = marked.at(-1) ?? "";
  return marked.length < 2 ? last : say("rule.or", { names: marked.slice(0, -1).join(", "), last });
}
