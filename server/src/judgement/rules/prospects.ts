/** What a flag or a value would do in a launch that does not have it, as far as the rules over values are certain. */

import type { ValueRule } from "../../catalogue/rule-facts";
import { say } from "../../messages";
import { type Expression, expression } from "../../python/expression";
import { fingerprint, UNKNOWN, type Value } from "../../python/values";
import type { EffectiveValues } from "../effective-values";
import { runStartup, type Startup, startupOf } from "../startup";
import { blamedFlags, factsById, messageOf } from "./over-values";
import type { RuleContext } from "./rule";
import { holds, ruleCasesFor, type Speaking, speakingOnce } from "./speaking";

export interface Prospect {
  /**
   * The launch fails without the flag; the flag would have no effect; with it LightLLM would refuse the launch, or fail
   * later.
   */
  readonly kind: "needed" | "ignored" | "refused" | "fails";
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
  if (values.input.written.values.has("model_dir")) return values;
  return startupOf(values.withWritten("model_dir", UNKNOWN).input).values;
}

const tried = new WeakMap<EffectiveValues, Map<string, Prospect | undefined>>();

/**
 * The prospect of a flag with a value, if it contradicts the launch: LightLLM refuses the combination, or fails later.
 * Undefined if it does not, if that is not certain, or if the launch then only lacks another flag. Cached by the values
 * of the launch.
 *
 * @param value UNKNOWN for a value that is not chosen yet.
 */
export function contradictionOf(
  values: EffectiveValues,
  key: string,
  value: Value,
  context: RuleContext,
): Prospect | undefined {
  const known = tried.get(values) ?? new Map<string, Prospect | undefined>();
  tried.set(values, known);
  const name = `${key} ${fingerprint(value)}`;
  if (!known.has(name)) known.set(name, contradiction(values, key, value, context));
  return known.get(name);
}

function contradiction(
  values: EffectiveValues,
  key: string,
  value: Value,
  context: RuleContext,
): Prospect | undefined {
  const assumed = withAModel(values);
  if (!mayFail(assumed, key, value, context)) return undefined;
  const isSet = assumed.input.written.values.has(key);
  const base = isSet ? startupOf(assumed.withWritten(key, UNKNOWN).input) : startupOf(assumed.input);
  const before = codesOf(failuresOf(base, context));
  for (const { rule, scope, reason } of failuresOf(
    runStartup(assumed.withWritten(key, value).input),
    context,
  )) {
    if (before.has(rule.id) || isIncomplete(rule, scope, key)) continue;
    const text = reason ?? messageOf(rule, scope, context);
    if (text !== undefined) return { kind: rule.effect === "refused" ? "refused" : "fails", reason: text };
  }
  return undefined;
}

/** Where a flag is named: in conditions of failures, and in steps that compute another value from it. */
interface Mentions {
  readonly failures: readonly Expression[];
  readonly isComputedWith: boolean;
}

/** By flag; `run_mode` decides about everything, so it has all. */
const mentioned = new WeakMap<RuleContext["release"], ReadonlyMap<string, Mentions>>();

/**
 * Whether a launch may fail with a flag: a condition that names it is true, or other values depend on it. The start-up
 * runs only for these flags, so that a list of all flags is quick.
 */
function mayFail(values: EffectiveValues, key: string, value: Value, context: RuleContext): boolean {
  const { failures, isComputedWith } = mentionsOf(key, context);
  if (isComputedWith && value !== UNKNOWN) return true;
  if (failures.length === 0) return false;
  const scope = values.withWritten(key, value);
  return failures.some((condition) => holds(condition, scope));
}

function mentionsOf(key: string, context: RuleContext): Mentions {
  const known = mentioned.get(context.release) ?? allMentions(context);
  mentioned.set(context.release, known);
  return known.get(key) ?? { failures: [], isComputedWith: false };
}

function allMentions({ release, catalogue }: RuleContext): ReadonlyMap<string, Mentions> {
  const steps = Object.values(catalogue.startup(release)).flat();
  const failing = catalogue.valueRules().filter(({ severity }) => severity === "error");
  const conditions = [
    ...steps.flatMap(({ refuses, when }) => (refuses && when !== undefined ? [when] : [])),
    ...failing.flatMap(({ cases = [] }) => cases.map((one) => one.if)),
  ];
  const computed = steps.flatMap(({ when, set = [] }) =>
    set.length > 0 ? [when ?? "True", ...set.map(([, to]) => to)] : [],
  );
  const failures = new Map<string, Expression[]>();
  for (const source of new Set(conditions)) {
    const condition = expression(source);
    for (const name of new Set([...condition.names, "run_mode"])) {
      const list = failures.get(name) ?? [];
      failures.set(name, list);
      list.push(condition);
    }
  }
  const computing = new Set(computed.flatMap((source) => expression(source).names));
  if (computed.length > 0) computing.add("run_mode");
  const names = new Set([...failures.keys(), ...computing]);
  return new Map(
    [...names].map((name) => [
      name,
      { failures: failures.get(name) ?? [], isComputedWith: computing.has(name) },
    ]),
  );
}

/** A rule for which a launch fails, with Python's own error if there is one. */
type Failure = Speaking & { readonly reason?: string };

/** Every certain failure of a launch, in LightLLM's order. */
function* failuresOf(startup: Startup, context: RuleContext): Generator<Failure> {
  const facts = factsById(context);
  for (const { code, values: scope, error } of startup.refusals) {
    const rule = facts.get(code);
    const release = context.release.name;
    if (rule)
      yield {
        rule,
        scope,
        ...(error && { reason: say("rule.stops-at-start", { release, error: error.message }) }),
      };
  }
  yield* speakingOnce(startup, context).filter(({ rule }) => rule.severity === "error");
}

function codesOf(failures: Iterable<Failure>): Set<string> {
  return new Set([...failures].map(({ rule }) => rule.id));
}

/** Whether a launch with a flag fails only until a value is added that it lacks, or that the rule blames first. */
function isIncomplete(rule: ValueRule, scope: EffectiveValues, key: string): boolean {
  const [first] = blamedFlags(rule, scope);
  const { written, release } = scope.input;
  const isAdded = first !== undefined && first !== key && !written.values.has(first);
  const takesValue = isAdded && release.byName.get(`--${first}`)?.kind !== "switch";
  return takesValue || lacking(rule, scope).length > 0;
}

/** The flags that a rule blames because the launch does not have them. */
function lacking(rule: ValueRule, scope: EffectiveValues): string[] {
  const given = scope.input.written.values;
  return blamedFlags(rule, scope).filter((key) => scope.value(key) === null && !given.has(key));
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
    for (const key of lacking(rule, scope)) yield [key, { kind: "needed", reason }];
  }
}
