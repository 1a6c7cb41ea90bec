/** What a flag would do in a launch that does not set it, as far as the rules over values are certain. */

import { UNKNOWN } from "../../python/values";
import type { EffectiveValues } from "../effective-values";
import { type Startup, startupOf } from "../startup";
import { blamedFlags, factsById, holds, messageOf, ruleCasesFor, speakingOnce } from "./over-values";
import type { RuleContext } from "./rule";

export interface Prospect {
  /** The launch fails without the flag, or the flag would have no effect. */
  readonly kind: "needed" | "ignored";
  /** The message of the rule, in Markdown. */
  readonly reason: string;
}

const found = new WeakMap<EffectiveValues, ReadonlyMap<string, Prospect>>();

/** The prospects of flags that are not written, by key; cached by the values of the launch. */
export function prospectsOf(values: EffectiveValues, context: RuleContext): ReadonlyMap<string, Prospect> {
  let prospects = found.get(values);
  if (!prospects) {
    prospects = new Map([
      ...ignored(withAModel(values), context),
      ...needed(startupOf(values.input), context),
    ]);
    found.set(values, prospects);
  }
  return prospects;
}

/** The values with an unknown model, if none is written yet. */
function withAModel(values: EffectiveValues): EffectiveValues {
  const { written } = values.input;
  if (written.values.has("model_dir")) return values;
  const assumed = new Map(written.values).set("model_dir", UNKNOWN);
  return startupOf({ ...values.input, written: { ...written, values: assumed } }).values;
}

/** Flags of rules that report each of them in such a launch. */
function* ignored(values: EffectiveValues, context: RuleContext): Generator<[string, Prospect]> {
  const given = values.input.written.values;
  const scope = values.copy();
  for (const { rule, condition } of ruleCasesFor(values, context)) {
    if (rule.effect !== "ignored" || !rule.each) continue;
    for (const key of rule.each) {
      const usual = values.effective(key);
      if (!usual || given.has(key)) continue;
      for (const [name, value] of [
        ["flag", `--${key}`],
        ["value", UNKNOWN],
        [key, UNKNOWN],
      ] as const)
        scope.put(name, { value, origin: "written" });
      const reason = holds(condition, scope) ? messageOf(rule, scope, context) : undefined;
      if (reason !== undefined) yield [key, { kind: "ignored", reason }];
      scope.put(key, usual);
    }
  }
}

/** Flags that LightLLM misses: those that a rule blames first for a failure, although they are not written. */
function* needed(startup: Startup, context: RuleContext): Generator<[string, Prospect]> {
  const refusals = startup.refusals.flatMap(({ code, values, error }) => {
    const rule = error ? undefined : factsById(context).get(code);
    return rule ? [{ rule, scope: values }] : [];
  });
  for (const { rule, scope } of [...refusals, ...speakingOnce(startup, context)]) {
    if (rule.effect !== "refused" && rule.effect !== "fails-later") continue;
    const reason = messageOf(rule, scope, context);
    if (reason === undefined) continue;
    for (const key of blamedFlags(rule, scope))
      if (scope.value(key) === null && !scope.input.written.values.has(key))
        yield [key, { kind: "needed", reason }];
  }
}
