/** Old defaults that a migrated launch has to write down, so that the new release goes on as the old one did. */
import type { Release } from "../../catalogue";
import type { Departure } from "../../judgement/moves/departure";
import { expression } from "../../judgement/python/expression";
import { holdsUnknown, PythonError, show, truth, type Value } from "../../judgement/python/values";
import { flagWith } from "../../judgement/rules/cures";
import { sameValue } from "../../judgement/startup";
import { fitting, wordsOf } from "../../judgement/words-of-values";
import type { Rewriting } from "../rewriting";

/**
 * Adds the flags of `schemas/moves/kept-defaults.yaml` that would leave a launch with another value than it had.
 *
 * @returns what was written, as titles and as sentences, and what is left to look at.
 */
export function keepDefaults(
  origin: Departure,
  arrive: () => Departure,
  rewriting: Rewriting,
): { readonly kept: string[]; readonly done: string[]; readonly notes: string[] } {
  const kept: string[] = [];
  const done: string[] = [];
  const differing: string[] = [];
  for (const [key, { if: condition }] of Object.entries(origin.catalogue.moves().keptDefaults)) {
    const arrival = arrive();
    const flag = arrival.release.byName.get(`--${key}`);
    const before = origin.values.effective(key);
    const after = arrival.values.effective(key);
    if (!flag || !before || !after || before.origin === "written" || after.origin === "written") continue;
    if (holdsUnknown(before.value) || sameValue(before.value, after.value)) continue;
    if (!certainly(condition, arrival)) continue;
    const words = wordsOf(fitting(before.value, flag));
    if (!words || words.some((word) => flag.choices && !flag.choices.includes(word))) continue;
    const title = flagWith(key, words, arrival);
    if (origin.open) {
      differing.push(title);
      continue;
    }
    const { launch } = arrival;
    if (!rewriting.change({ kind: "add", launch, flag: flag.name, words }, launch)) continue;
    kept.push(title);
    done.push(
      `\`${title}\`: ${whatItIs(origin.release, before.origin)}; ${arrival.release.name} ${instead(after.value)}.`,
    );
  }
  const notes =
    differing.length > 0
      ? [
          `What stands in for further words may set these already; if not, these were the values before: ${differing
            .map((title) => `\`${title}\``)
            .join(", ")}.`,
        ]
      : [];
  return { kept, done, notes };
}

function whatItIs({ name }: Release, origin: string): string {
  return origin === "default" ? `the default of ${name} is kept` : `what ${name} derived is kept`;
}

function instead(value: Value): string {
  if (value === null) return "leaves it open";
  return holdsUnknown(value) ? "takes it from the model" : `would go on with ${show(value)}`;
}

function certainly(condition: string, { values }: Departure): boolean {
  try {
    return truth(expression(condition).evaluate(values)) === true;
  } catch (error) {
    if (error instanceof PythonError) return false;
    throw error;
  }
}
