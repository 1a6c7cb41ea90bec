/** The effective value of a flag in the current launch, if LightLLM computes or replaces it. */

import type { Flag } from "../catalogue";
import type { Evaluation } from "../judgement/judge";
import { derivation, originInWords } from "../judgement/rules/message";
import { say } from "../messages";
import { holdsUnknown, show, type Value } from "../python/values";

/**
 * The value that the start-up computes for a flag, as text; undefined if it is the written value or the parser's
 * default.
 */
export function derivedValue({ values }: Evaluation, { key }: Flag): string | undefined {
  const effective = values.effective(key);
  return effective?.origin === "derived" && !holdsUnknown(effective.value)
    ? label(effective.value)
    : undefined;
}

/** "Here: `8448`, derived as …" in Markdown; undefined if the text already shows the value. */
export function hereSentence(evaluation: Evaluation, flag: Flag): string | undefined {
  const value = derivedValue(evaluation, flag);
  const effective = evaluation.values.effective(flag.key);
  if (value === undefined || !effective) return undefined;
  const formula = derivation(effective);
  const origin =
    formula === undefined ? (originInWords(effective) ?? "") : say("hover.derived-as", { formula });
  return say(evaluation.values.given(flag.key) === true ? "hover.here-replaced" : "hover.here", {
    value,
    origin,
  });
}

function label(value: Value): string {
  if (typeof value === "boolean") return say(value ? "flag.value-on" : "flag.value-off");
  return value === null ? say("flag.value-not-set") : `\`${show(value)}\``;
}
