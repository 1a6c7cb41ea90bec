/** What a flag's value is in the launch at hand, where LightLLM fills it in or replaces it. */

import type { JudgedLaunch } from "../analysis/judge-file";
import type { Flag } from "../catalogue";
import { derivation, originInWords } from "../judgement/rules/message";
import { say } from "../messages";
import { holdsUnknown, show, type Value } from "../python/values";

/** The value that the start-up gives a flag, as text; nothing where it is the one written or the parser's default. */
export function derivedValue({ values }: JudgedLaunch, { key }: Flag): string | undefined {
  const effective = values.effective(key);
  return effective?.origin === "derived" && !holdsUnknown(effective.value)
    ? label(effective.value)
    : undefined;
}

/** "Here: `8448`, derived as …" in Markdown; nothing where there is nothing to say beyond the text. */
export function hereSentence(judged: JudgedLaunch, flag: Flag): string | undefined {
  const value = derivedValue(judged, flag);
  const effective = judged.values.effective(flag.key);
  if (value === undefined || !effective) return undefined;
  const formula = derivation(effective);
  const origin =
    formula === undefined ? (originInWords(effective) ?? "") : say("hover.derived-as", { formula });
  return say(judged.values.given(flag.key) === true ? "hover.here-replaced" : "hover.here", {
    value,
    origin,
  });
}

function label(value: Value): string {
  if (typeof value === "boolean") return say(value ? "flag.value-on" : "flag.value-off");
  return value === null ? say("flag.value-not-set") : `\`${show(value)}\``;
}
