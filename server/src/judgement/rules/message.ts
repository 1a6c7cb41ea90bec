/** Message templates of rules: `{expression}` shows a value, `{name!}` also its origin. */

import type { Launch } from "../../launch/launch";
import { shortened } from "../../launch/visible-text";
import { say, translated } from "../../messages";
import { type Expression, expression, valueOrUnknown } from "../../python/expression";
import { isList, show } from "../../python/values";
import type { Effective, EffectiveValues } from "../effective-values";
import { isModelFact } from "../model/facts";
import { writtenName } from "./rule";

type Part = string | { readonly value: Expression; readonly origin: boolean };

const read = new Map<string, readonly Part[]>();

/** The parts of a template. @throws ExpressionError for a part that is not an expression. */
export function templateParts(template: string): readonly Part[] {
  let parts = read.get(template);
  if (!parts) {
    parts = template.split(/\{([^{}]+)\}/).map((text, index) => {
      if (index % 2 === 0) return text;
      const origin = text.endsWith("!");
      return { value: expression(origin ? text.slice(0, -1) : text), origin };
    });
    read.set(template, parts);
  }
  return parts;
}

/** A message with its values, and with flags in the launch's notation. */
export function fillMessage(template: string, values: EffectiveValues, launch: Launch): string {
  const text = templateParts(translated(template))
    .map((part) => {
      if (typeof part === "string") return part;
      const value = valueOrUnknown(part.value, values);
      if (isList(value) && value.length === 0) return `(${say("rule.no-value")})`;
      const shown = shortened(show(value));
      const effective = part.origin ? values.effective(part.value.source) : undefined;
      const origin = effective && originInWords(effective);
      return origin ? `${shown} (${origin})` : shown;
    })
    .join("");
  return inNotation(text, launch);
}

/** A text with its flags as the launch's notation writes them: `--tp 8` is `tp: 8` in a mapping. */
export function inNotation(text: string, launch: Launch): string {
  return text.replace(
    /`(--[a-z0-9_]+)( [^`]*)?`/g,
    (_, flag: string, value = "") => `\`${written(flag, value, launch)}\``,
  );
}

/** `--tp 8` is `tp: 8` in a mapping. */
function written(flag: string, value: string, launch: Launch): string {
  const name = writtenName(flag, launch);
  return name === flag ? `${flag}${value}` : `${name}${value && `:${value}`}`;
}

/** The origin of a value for the reader; undefined if it is written in the launch. */
export function originInWords({ origin, formula }: Effective): string | undefined {
  if (origin === "written") return undefined;
  if (origin === "default" || formula === undefined) return say("value.the-default");
  const derived = derivation({ origin, formula });
  return derived === undefined ? say("value.from-model") : say("value.derived", { formula: derived });
}

/**
 * The expression with which the start-up computes a value from other flags; undefined if there is none, or if it uses
 * the model's config.json.
 */
export function derivation({ origin, formula }: Pick<Effective, "origin" | "formula">): string | undefined {
  if (origin !== "derived" || formula === undefined || readsModel(formula)) return undefined;
  return formulaInWords(formula);
}

/** Whether an expression of the start-up uses the model's config.json. */
export function readsModel(formula: string): boolean {
  return expression(formula).names.some(isModelFact);
}

/** An expression with mathematical symbols. */
export function formulaInWords(formula: string): string {
  return formula.replaceAll(" * ", " × ").replaceAll(" // ", " ÷ ");
}
