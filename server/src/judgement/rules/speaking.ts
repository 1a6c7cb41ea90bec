/** Which rules over values apply to a launch: those with a true condition. */

import type { ValueRule } from "../../catalogue/rule-facts";
import { type Expression, expression } from "../../python/expression";
import { PythonError, truth, UNKNOWN, type Value } from "../../python/values";
import { type EffectiveValues, namesRead } from "../effective-values";
import type { Startup } from "../startup";
import type { RuleContext } from "./rule";

/** A case of a rule with its parsed condition. */
export interface ReadCase {
  readonly rule: ValueRule;
  readonly modes: readonly string[];
  readonly condition: Expression;
  /** Its place among all cases of the release. */
  readonly place: number;
}

const SERVING = ["normal", "prefill", "decode"];

/** A rule whose condition is true; for a rule with `each`, with the current flag. */
export interface Speaking {
  readonly rule: ValueRule;
  readonly scope: EffectiveValues;
  readonly flag?: string;
}

const spoken = new WeakMap<Startup, readonly Speaking[]>();

/** The rules that apply to a start-up; cached, because they depend on nothing else. */
export function speakingOnce(startup: Startup, context: RuleContext): readonly Speaking[] {
  const found = spoken.get(startup) ?? speakingAsBefore(startup, context);
  spoken.set(startup, found);
  return found;
}

/** What the conditions of the rules said about a launch. */
interface Outcomes {
  readonly values: EffectiveValues;
  /** The cases with a true condition, and the flags for which it is true: `""` for the launch. */
  readonly holding: ReadonlyMap<ReadCase, readonly string[]>;
}

/** The outcomes of the last launch with each combination of run modes, which decide what cases count. */
const latest = new WeakMap<RuleContext["release"], Map<string, Outcomes>>();

/** Most launches of a file differ in few values, so only the conditions that read these are evaluated again. */
function speakingAsBefore({ values }: Startup, context: RuleContext): Speaking[] {
  const possible = possibleModes(values);
  const modes = possible.join();
  const outcomes = latest.get(context.release) ?? new Map<string, Outcomes>();
  latest.set(context.release, outcomes);
  const before = outcomes.get(modes);
  const changed = before && values.changedSince(before.values);
  const { all, byName } = casesOf(context);
  const again = new Set<ReadCase>();
  for (const name of changed ?? []) for (const one of byName.get(name) ?? []) again.add(one);
  const holding = new Map<ReadCase, readonly string[]>();
  for (const [one, flags] of (changed && before?.holding) ?? []) if (!again.has(one)) holding.set(one, flags);
  for (const one of changed ? again : all) {
    const flags = counts(one, possible) ? flagsHolding(one, values) : [];
    if (flags.length > 0) holding.set(one, flags);
  }
  outcomes.set(modes, { values, holding });
  return [...holding]
    .sort(([a], [b]) => a.place - b.place)
    .flatMap(([{ rule }, flags]) => flags.map((flag) => speakingFor(rule, values, flag)));
}

/** The flags for which a condition is true; `""` for a rule about the whole launch. */
function flagsHolding({ rule, condition }: ReadCase, values: EffectiveValues): string[] {
  const given = values.input.written.values;
  const flags = rule.each ? rule.each.filter((one) => given.has(one)) : [""];
  return flags.filter((flag) => holds(condition, speakingFor(rule, values, flag).scope));
}

function speakingFor(rule: ValueRule, values: EffectiveValues, flag: string): Speaking {
  if (flag === "") return { rule, scope: values };
  return { rule, scope: withValues(values, { flag: `--${flag}`, value: values.value(flag) }), flag };
}

/** The cases of ignored flags that concern the launch's run mode, or all the modes that it may have. */
export function ignoringCasesFor(values: EffectiveValues, context: RuleContext): ReadCase[] {
  const possible = possibleModes(values);
  return casesOf(context).ignoring.filter((one) => counts(one, possible));
}

/** The run modes that a launch may have; none if it serves no model in any of them. */
function possibleModes(values: EffectiveValues): readonly string[] {
  if (values.mayBeAnyServer()) return SERVING;
  const mode = values.value("run_mode");
  return typeof mode === "string" ? [mode] : [];
}

/** Whether a case is about every mode that a launch may have. */
function counts({ modes }: ReadCase, possible: readonly string[]): boolean {
  return possible.length > 0 && possible.every((name) => modes.includes(name));
}

/** Whether a condition is certainly true. */
export function holds(condition: Expression, values: EffectiveValues): boolean {
  try {
    return truth(condition.evaluate(values)) === true;
  } catch (error) {
    if (error instanceof PythonError) return false;
    throw error;
  }
}

/** Whether a condition may be true; also if Python raises. */
export function mayHold(condition: Expression, values: EffectiveValues): boolean {
  try {
    return truth(condition.evaluate(values)) !== false;
  } catch (error) {
    if (error instanceof PythonError) return true;
    throw error;
  }
}

/** A copy of the values with more of them. */
export function withValues(values: EffectiveValues, more: Readonly<Record<string, Value>>): EffectiveValues {
  const copy = values.copy();
  for (const [name, value] of Object.entries(more))
    copy.put(name, { value: value ?? UNKNOWN, origin: "written" });
  return copy;
}

/** The cases of all rules for a release. */
interface Cases {
  readonly all: readonly ReadCase[];
  readonly byName: ReadonlyMap<string, readonly ReadCase[]>;
  /** Those of rules that report each flag that has no effect. */
  readonly ignoring: readonly ReadCase[];
}

const readCases = new WeakMap<RuleContext["release"], Cases>();

function casesOf({ catalogue, release }: RuleContext): Cases {
  let cases = readCases.get(release);
  if (!cases) {
    const all = catalogue
      .valueRules()
      .flatMap((rule) =>
        (rule.cases ?? [])
          .filter(({ releases }) => releases.includes(release.rulesOf))
          .map((one) => ({ rule, modes: one.modes ?? SERVING, condition: expression(one.if) })),
      )
      .map((one, place): ReadCase => ({ ...one, place }));
    cases = {
      all,
      byName: byNameRead(all),
      ignoring: all.filter(({ rule }) => rule.effect === "ignored" && rule.each),
    };
    readCases.set(release, cases);
  }
  return cases;
}

/** The cases whose outcome a name decides; variables of the environment with a `$`. */
function byNameRead(cases: readonly ReadCase[]): ReadonlyMap<string, readonly ReadCase[]> {
  const found = new Map<string, ReadCase[]>();
  for (const one of cases) {
    for (const name of new Set([...(one.rule.each ?? []), ...namesRead(one.condition)])) {
      const list = found.get(name) ?? [];
      found.set(name, list);
      list.push(one);
    }
  }
  return found;
}
