/** Expressions over the values of a launch and names of the caller. */
import { holds, withValues } from "../judgement/rules/speaking";
import { expression, valueOrUnknown } from "../python/expression";
import { isList, type Value } from "../python/values";
import type { EvaluatedLaunch } from "./judge-file";

/** What a name of the caller may be. */
export type Given = string | number | boolean | null | readonly string[];

/** Evaluates expressions, written as in the conditions of rules. */
export interface LaunchExpressions {
  /** Whether a condition is certainly true. */
  holds(condition: string): boolean;
  /** The value as words of a command line; undefined if it is unknown or None. */
  words(value: string): readonly string[] | undefined;
}

/** Expressions over a launch's values, and other names. */
export function expressionsIn(
  { values }: EvaluatedLaunch,
  more: Readonly<Record<string, Given>>,
): LaunchExpressions {
  const given = Object.entries(more).map(([name, value]) => [name, toValue(value)] as const);
  const scope = withValues(values, Object.fromEntries(given));
  return {
    holds: (condition) => holds(expression(condition), scope),
    words(source) {
      const value = valueOrUnknown(expression(source), scope);
      const items = isList(value) ? value : [value];
      const words = items.map(wordOf);
      return words.every((word) => word !== undefined) ? words : undefined;
    },
  };
}

function toValue(value: Given): Value {
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  return value as Value;
}

function wordOf(value: Value): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "bigint" || typeof value === "number" ? String(value) : undefined;
}
