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
  /** The names whose values decide; variables of the environment with a `$`. */
  readonly reads: ReadonlySet<string>;
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

/** What the conditions of the rules said about a launch: the flags for which each is true, `""` for the launch. */
interface Outcomes {
  readonly values: EffectiveValues;
  readonly ofCases: ReadonlyMap<ReadCase, readonly string[]>;
}

const latest = new WeakMap<RuleContext["release"], Outcomes>();

/** Most launches of a file differ in few values, so only the conditions that read these are evaluated again. */
function speakingAsBefore({ values }: Startup, context: RuleContext): Speaking[] {
  const before = latest.get(context.release);
  const changed = before && values.changedSince(before.values);
  const ofCases = new Map<ReadCase, readonly string[]>();
  const found: Speaking[] = [];
  for (const one of ruleCasesFor(values, context)) {
    const isKnown = changed && ![...changed].some((name) => one.reads.has(name));
    const flags = (isKnown && before?.ofCases.get(one)) || flagsHolding(one, values);
    ofCases.set(one, flags);
    for (const flag of flags) found.push(speakingFor(one.rule, values, flag));
  }
  latest.set(context.release, { values, ofCases });
  return found;
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

/** The cases of the rules that concern the launch's run mode, or all the modes that it may have. */
export function* ruleCasesFor(values: EffectiveValues, context: RuleContext): Generator<ReadCase> {
  const mode = values.value("run_mode");
  const possible = values.mayBeAnyServer() ? SERVING : typeof mode === "string" ? [mode] : [];
  if (possible.length === 0) return;
  for (const one of casesOf(context)) if (possible.every((name) => one.modes.includes(name))) yield one;
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

/** A copy of the values with more of them. */
export function withValues(values: EffectiveValues, more: Readonly<Record<string, Value>>): EffectiveValues {
  const copy = values.copy();
  for (const [name, value] of Object.entries(more))
    copy.put(name, { value: value ?? UNKNOWN, origin: "written" });
  return copy;
}

const readCases = new WeakMap<RuleContext["release"], readonly ReadCase[]>();

/** The cases of all rules for a release. */
function casesOf({ catalogue, release }: RuleContext): readonly ReadCase[] {
  let cases = readCases.get(release);
  if (!cases) {
    cases = catalogue
      .valueRules()
      .flatMap((rule) =>
        (rule.cases ?? [])
          .filter(({ releases }) => releases.includes(release.rulesOf))
          .map((one) => caseOf(rule, one.modes ?? SERVING, expression(one.if))),
      );
    readCases.set(release, cases);
  }
  return cases;
}

function caseOf(rule: ValueRule, modes: readonly string[], condition: Expression): ReadCase {
  return { rule, modes, condition, reads: new Set([...(rule.each ?? []), ...namesRead(condition)]) };
}
