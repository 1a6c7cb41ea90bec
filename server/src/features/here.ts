/** The effective value of a flag in the current launch, and where it comes from. */

import type { EvaluatedLaunch } from "../analysis/judge-file";
import type { Flag } from "../catalogue";
import { parseArguments } from "../judgement/argparse";
import { derivation, originInWords } from "../judgement/rules/message";
import { quoted } from "../judgement/rules/rule";
import type { Argument } from "../launch/launch";
import { say } from "../messages";
import { holdsUnknown, show, type Value } from "../python/values";

/**
 * The value that the start-up computes for a flag, as text; undefined if it is the written value or the parser's
 * default.
 */
export function derivedValue({ values }: EvaluatedLaunch, { key }: Flag): string | undefined {
  const effective = values.effective(key);
  return effective?.origin === "derived" && !holdsUnknown(effective.value)
    ? label(effective.value)
    : undefined;
}

/**
 * "Here: `8448` (…)" in Markdown; undefined if the value is unknown.
 *
 * @param argument where the flag is written, if it is.
 */
export function hereSentence(
  evaluation: EvaluatedLaunch,
  flag: Flag,
  argument?: Argument,
): string | undefined {
  const effective = evaluation.values.effective(flag.key);
  if (!effective || holdsUnknown(effective.value) || show(effective.value) === "") return undefined;
  const value = label(effective.value);
  if (effective.origin === "written")
    return say(isLast(evaluation, flag, argument) ? "hover.here-written" : "hover.here-again", { value });
  const formula = derivation(effective);
  const isPlain = formula === show(effective.value);
  const origin = formula === undefined ? (originInWords(effective) ?? "") : `\`${formula}\``;
  const isReplaced = effective.origin === "derived" && evaluation.values.given(flag.key) === true;
  if (isPlain) return say(isReplaced ? "hover.here-replaced-by" : "hover.here-written", { value });
  return say(isReplaced ? "hover.here-replaced" : "hover.here", { value, origin });
}

/** Whether LightLLM takes the value of a flag from an argument, and not from a later one with the same flag. */
function isLast({ launch, release }: EvaluatedLaunch, flag: Flag, argument: Argument | undefined): boolean {
  const { assignments } = parseArguments(launch, release);
  const counting = assignments.find((one) => one.flag.name === flag.name)?.argument;
  return !argument || !counting || counting.flagSpan.start === argument.flagSpan.start;
}

function label(value: Value): string {
  if (typeof value === "boolean") return say(value ? "flag.value-on" : "flag.value-off");
  return value === null ? say("flag.value-not-set") : quoted(show(value));
}
