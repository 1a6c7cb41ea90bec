/** Old defaults that a migration writes into a launch, so that its behaviour does not change. */

import type { Flag } from "../../catalogue";
import type { KeptDefaultFacts } from "../../catalogue/move-facts";
import type { Effective } from "../../judgement/effective-values";
import type { Departure } from "../../judgement/moves/departure";
import { flagWith } from "../../judgement/rules/cures";
import { sameValue, startupOf } from "../../judgement/startup";
import { fitting, wordsOfValue } from "../../judgement/words-of-values";
import { say } from "../../messages";
import { expression } from "../../python/expression";
import { holdsUnknown, PythonError, show, truth, type Value } from "../../python/values";

/** An old default to write. */
export interface KeptDefault {
  readonly flag: Flag;
  readonly words: readonly string[];
  /** In the launch's notation. */
  readonly title: string;
  /** The reason, as a sentence. */
  readonly why: string;
}

/**
 * The flags of `schemas/moves/kept-defaults.yaml` whose values would change in a launch.
 *
 * @param origin the launch in the old release. @param arrival the launch in the new release.
 */
export function keptDefaults(origin: Departure, arrival: Departure): KeptDefault[] {
  const all = Object.entries(origin.catalogue.moves().keptDefaults);
  const kept: KeptDefault[] = [];
  let { values } = arrival;
  const settle = (key: string, facts: KeptDefaultFacts) => {
    const flag = arrival.release.byName.get(`--${key}`);
    const before = oldValue(key, facts, origin);
    const after = values.effective(key);
    if (!flag || !before || !after || after.origin === "written") return;
    if (holdsUnknown(before.value) || sameValue(before.value, after.value)) return;
    if (!certainly(facts.if, values)) return;
    const value = fitting(before.value, flag);
    const words = wordsOfValue(value);
    if (!words || words.some((word) => flag.choices && !flag.choices.includes(word))) return;
    const title = flagWith(key, words, arrival);
    const own = origin.release.byName.has(flag.name);
    const why = say(
      own
        ? before.origin === "default"
          ? "migration.kept-default"
          : "migration.kept-derived"
        : "migration.kept-fixed",
      {
        title,
        old: origin.release.name,
        new: arrival.release.name,
        instead: after.value === null ? "open" : holdsUnknown(after.value) ? "model" : "other",
        value: show(after.value),
      },
    );
    kept.push({ flag, words, title, why });
    values = withValue(values, key, value);
  };
  for (const [key, facts] of all) settle(key, facts);
  // LightLLM may derive another value from one that is written now: a chunk from the size of a batch.
  for (const [key, facts] of all) settle(key, facts);
  return kept;
}

/** The value that a launch had without writing it, and whether it was the parser's default; undefined if it wrote one. */
function oldValue(
  key: string,
  { value: formula, releases }: KeptDefaultFacts,
  { values, release }: Departure,
): Effective | undefined {
  const own = values.effective(key);
  if (!releases.includes(release.rulesOf) || own?.origin === "written") return undefined;
  if (formula === undefined) return own;
  try {
    const value = expression(formula).evaluate(values);
    if (value === null) return undefined;
    return sameValue(value, own?.value ?? null) && own ? own : { value, origin: "derived" };
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
}

/** The values of a launch with one more flag: values derived from it may no longer need a flag. */
function withValue({ input }: Departure["values"], key: string, value: Value): Departure["values"] {
  const written = { ...input.written, values: new Map([...input.written.values, [key, value]]) };
  return startupOf({ ...input, written }).values;
}

function certainly(condition: string, values: Departure["values"]): boolean {
  try {
    return truth(expression(condition).evaluate(values)) === true;
  } catch (error) {
    if (error instanceof PythonError) return false;
    throw error;
  }
}
