/** What a flag or a value would do in a launch that does not have it, as far as the rules over values are certain. */

import type { StartupStep, ValueRule } from "../../catalogue/rule-facts";
import { rememberedFor } from "../../launch/remembered";
import { say } from "../../messages";
import { type Expression, expression } from "../../python/expression";
import { fingerprint, UNKNOWN, type Value } from "../../python/values";
import { AssumedValues } from "../assumed-values";
import { type EffectiveValues, namesRead } from "../effective-values";
import { runStartup, type Startup, startupOf } from "../startup";
import { blamedFlags, factsById, messageOf } from "./over-values";
import type { RuleContext } from "./rule";
import { holds, ignoringCasesFor, mayHold, type Speaking, speakingOnce } from "./speaking";

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
      ...ignored(attemptsOn(values, context), context),
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

/** What is the same for every flag that is tried in a launch. */
interface Attempts {
  /** The values of the launch, with an unknown model if it names none. */
  readonly assumed: EffectiveValues;
  /** The launch as it is. */
  readonly base: Startup;
  readonly trial: AssumedValues;
  readonly found: Map<string, Prospect | undefined>;
  /** The flags that cannot fail with a value, by the name of the attempt. */
  readonly harmless: Map<string, string>;
}

const attempts = new WeakMap<EffectiveValues, Attempts>();
/** The last attempts with each release: the next launch mostly differs from it in the word that is typed. */
const latest = new WeakMap<RuleContext["release"], Attempts>();

function attemptsOn(values: EffectiveValues, context: RuleContext): Attempts {
  let known = attempts.get(values);
  if (!known) {
    const assumed = withAModel(values);
    const base = startupOf(assumed.input);
    const harmless = harmlessAsBefore(assumed, context);
    known = { assumed, base, trial: new AssumedValues(assumed), found: new Map(), harmless };
    attempts.set(values, known);
    latest.set(context.release, known);
  }
  return known;
}

/** The attempts that cannot fail, as in the last launch: no condition that decides about them reads what differs. */
function harmlessAsBefore(assumed: EffectiveValues, context: RuleContext): Map<string, string> {
  const before = latest.get(context.release);
  const changed = before && assumed.changedSince(before.assumed);
  if (!changed) return new Map();
  return new Map(
    [...before.harmless].filter(([, key]) => {
      const read = namesDeciding(mentionsOf(key, context));
      return ![...changed].some((name) => read.has(name));
    }),
  );
}

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
  const tried = attemptsOn(values, context);
  const name = `${key} ${fingerprint(value)}`;
  if (tried.harmless.has(name)) return undefined;
  if (!tried.found.has(name)) {
    if (mayFail(tried.trial, key, value, context))
      tried.found.set(name, contradiction(tried, key, value, context));
    else tried.harmless.set(name, key);
  }
  return tried.found.get(name);
}

function contradiction(
  { assumed, base: asItIs }: Attempts,
  key: string,
  value: Value,
  context: RuleContext,
): Prospect | undefined {
  const isSet = assumed.input.written.values.has(key);
  const base = isSet ? startupOf(assumed.withWritten(key, UNKNOWN).input) : asItIs;
  const before = failureCodesOf(base, context);
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

/** Where a flag counts. */
interface Mentions {
  /** The conditions of failures that name it. */
  readonly failures: readonly Expression[];
  /** The names that steps compute from it, and what they compute from those. */
  readonly computed: readonly string[];
  /** The conditions of failures that name one of these. */
  readonly laterFailures: readonly Expression[];
}

/** The names that decide whether a launch may fail with a flag. */
const namesDeciding = rememberedFor(
  ({ failures, laterFailures }: Mentions): ReadonlySet<string> =>
    new Set([...failures, ...laterFailures].flatMap(namesRead)),
);

const NO_MENTIONS: Mentions = { failures: [], computed: [], laterFailures: [] };

/** By flag; `run_mode` decides about everything, so it has all. */
const mentioned = new WeakMap<RuleContext["release"], ReadonlyMap<string, Mentions>>();

/**
 * Whether a launch may fail with a flag: a condition that names it is true, or one may be that names a value computed
 * from it. The start-up runs only for these flags, so that a list of all flags is quick.
 */
function mayFail(trial: AssumedValues, key: string, value: Value, context: RuleContext): boolean {
  const { failures, computed, laterFailures } = mentionsOf(key, context);
  const written = [key, value] as const;
  if (failures.length > 0 && trial.some(failures, holds, { written })) return true;
  if (value === UNKNOWN || computed.length === 0) return false;
  // Another value than `true` may also be one that LightLLM cannot compute with.
  return value !== true || trial.some(laterFailures, mayHold, { written, unknown: computed });
}

function mentionsOf(key: string, context: RuleContext): Mentions {
  const known = mentioned.get(context.release) ?? allMentions(context);
  mentioned.set(context.release, known);
  return known.get(key) ?? NO_MENTIONS;
}

function allMentions({ release, catalogue }: RuleContext): ReadonlyMap<string, Mentions> {
  const steps = Object.values(catalogue.startup(release)).flat();
  const failing = catalogue.valueRules().filter(({ severity }) => severity === "error");
  const conditions = [
    ...steps.flatMap(({ refuses, when }) => (refuses && when !== undefined ? [when] : [])),
    ...failing.flatMap(({ cases = [] }) => cases.map((one) => one.if)),
  ];
  const failures = new Map<string, Expression[]>();
  for (const source of new Set(conditions)) {
    const condition = expression(source);
    for (const name of new Set([...condition.names, "run_mode"])) {
      const list = failures.get(name) ?? [];
      failures.set(name, list);
      list.push(condition);
    }
  }
  const computedFrom = directlyComputed(steps);
  const names = new Set([...failures.keys(), ...computedFrom.keys()]);
  return new Map(
    [...names].map((name) => {
      const computed = reached(name, computedFrom);
      const later = new Set(computed.flatMap((one) => failures.get(one) ?? []));
      return [name, { failures: failures.get(name) ?? [], computed, laterFailures: [...later] }];
    }),
  );
}

/** For each name, the names that steps compute from it; the run mode decides about every step. */
function directlyComputed(steps: readonly StartupStep[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { when, set = [] } of steps) {
    for (const [target, formula] of set) {
      const sources = [when ?? "True", formula].flatMap((source) => expression(source).names);
      for (const source of new Set([...sources, "run_mode"]))
        found.set(source, (found.get(source) ?? new Set()).add(target));
    }
  }
  return found;
}

/** The names that follow from a name, directly or through others. */
function reached(name: string, from: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found = new Set<string>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const target of from.get(next) ?? []) {
      if (found.has(target)) continue;
      found.add(target);
      waiting.push(target);
    }
  }
  return [...found];
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

const failureCodes = new WeakMap<Startup, ReadonlySet<string>>();

/** The codes of a start-up's failures; cached, because every flag is compared with the same one. */
function failureCodesOf(startup: Startup, context: RuleContext): ReadonlySet<string> {
  const codes =
    failureCodes.get(startup) ?? new Set([...failuresOf(startup, context)].map(({ rule }) => rule.id));
  failureCodes.set(startup, codes);
  return codes;
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
function* ignored({ assumed: values, trial }: Attempts, context: RuleContext): Generator<[string, Prospect]> {
  const given = values.input.written.values;
  const scope = values.copy();
  for (const { rule, condition } of ignoringCasesFor(values, context)) {
    const { each = [] } = rule;
    if (!trial.some([condition], mayHold, { unknown: ["flag", "value", ...each] })) continue;
    for (const key of each) {
      const usual = values.effective(key);
      if (!usual || given.has(key)) continue;
      scope.put("flag", { value: `--${key}`, origin: "written" });
      for (const name of ["value", key]) scope.put(name, { value: UNKNOWN, origin: "written" });
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
