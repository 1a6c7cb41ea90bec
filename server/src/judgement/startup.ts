/**
 * Runs the start-up program: what LightLLM does with the parsed arguments before it starts anything. Its steps compute
 * and replace values and refuse combinations. If values are unknown, only certain results are reported.
 */

import type { ProgramId, StartupStep } from "../catalogue/rule-facts";
import type { Release } from "../catalogue/types";
import { type Expression, expression } from "../python/expression";
import { equal } from "../python/operations";
import { fingerprint, PythonError, truth, UNKNOWN, type Value } from "../python/values";
import { EffectiveValues, isSame, namesRead, type StartupInput } from "./effective-values";
import type { Surroundings } from "./surroundings";

/** A step that refuses the launch, with the values at that time. */
export interface Refusal {
  /** The code of its rule. */
  readonly code: string;
  readonly step: StartupStep;
  readonly values: EffectiveValues;
  /** Python's error, if the step itself fails. */
  readonly error?: PythonError;
  /** The expression that fails. */
  readonly failing?: string;
}

/** A step that replaces a value of the launch. */
export interface Override {
  readonly step: StartupStep;
  readonly flag: string;
  readonly before: Value;
  readonly after: Value;
  readonly values: EffectiveValues;
}

export interface Startup {
  readonly values: EffectiveValues;
  /** In LightLLM's order; LightLLM stops at the first. */
  readonly refusals: readonly Refusal[];
  readonly overrides: readonly Override[];
}

/** The program of a run mode; undefined if the mode is unknown. */
function programOf(mode: Value): ProgramId | undefined {
  if (typeof mode !== "string") return undefined;
  return mode === "pd_master" || mode === "config_server" || mode === "visual_only" ? mode : "normal";
}

/** Maximum number of cached start-ups, of all files together: more than the launches of any real file. */
const MOST_RUNS = 5000;
const runs = new Map<string, Startup>();
/** A number for each surroundings, so that they are part of a key. */
const numbers = new WeakMap<Surroundings, number>();
let surroundingsSeen = 0;

/** The start-up of a launch; cached by its input, because an edit only moves most launches of a file. */
export function startupOf(input: StartupInput): Startup {
  const key = keyOf(input);
  let startup = runs.get(key);
  if (!startup) {
    if (runs.size >= MOST_RUNS) runs.clear();
    startup = runStartup(input);
    runs.set(key, startup);
  }
  return startup;
}

/** The input of a start-up as text. */
function keyOf({ written, release, environment, surroundings }: StartupInput): string {
  let key = `${numberOf(surroundings)} ${release.id} ${written.open}`;
  for (const [name, value] of written.values) key += `\n${name} ${fingerprint(value)}`;
  for (const [name, value] of environment) key += `\n$${name} ${fingerprint(value)}`;
  return key;
}

function numberOf(surroundings: Surroundings): number {
  const number = numbers.get(surroundings) ?? ++surroundingsSeen;
  numbers.set(surroundings, number);
  return number;
}

/** Runs the start-up program of a launch. */
export function runStartup(input: StartupInput): Startup {
  const values = new EffectiveValues(input);
  const program = values.mayBeAnyServer() ? "normal" : programOf(values.value("run_mode"));
  const steps = program ? stepsOf(input)[program] : undefined;
  const run = new Run(values, steps && latest.get(steps));
  if (!program) {
    // Each of the programs may set these.
    for (const { sets } of Object.values(stepsOf(input)).flat())
      for (const [name] of sets) values.put(name, { value: UNKNOWN, origin: "derived" });
  }
  for (const [at, step] of (steps ?? []).entries()) run.take(step, at);
  if (steps) latest.set(steps, { input, done: run.done });
  return { values, refusals: run.refusals, overrides: run.overrides };
}

/** The rule about a step that fails while it computes a value. */
const FAILING_STEP = "startup-arithmetic";

interface ReadStep {
  readonly step: StartupStep;
  readonly when: Expression | undefined;
  readonly sets: readonly (readonly [name: string, value: Expression])[];
  /** The names whose values decide whether the step is taken. */
  readonly reads: ReadonlySet<string>;
}

/** What a step did: nothing if its condition was false, else the values after it of the names that it sets. */
type Done = "nothing" | ReadonlyMap<string, Value | undefined>;

/** The latest run of each program. */
const latest = new WeakMap<readonly ReadStep[], LatestRun>();

interface LatestRun {
  readonly input: StartupInput;
  /** By step. */
  readonly done: readonly Done[];
}

const readSteps = new WeakMap<Release, Partial<Record<ProgramId, readonly ReadStep[]>>>();

function stepsOf({ release, catalogue }: StartupInput): Partial<Record<ProgramId, readonly ReadStep[]>> {
  let programs = readSteps.get(release);
  if (!programs) {
    const read = Object.entries(catalogue.startup(release)).map(([id, steps]) => [id, steps.map(readStep)]);
    programs = Object.fromEntries(read) as Partial<Record<ProgramId, readonly ReadStep[]>>;
    readSteps.set(release, programs);
  }
  return programs;
}

function readStep(step: StartupStep): ReadStep {
  const when = step.when === undefined ? undefined : expression(step.when);
  return {
    step,
    when,
    reads: new Set(when ? namesRead(when) : []),
    sets: (step.set ?? []).map(([name, value]) => [name, expression(value)] as const),
  };
}

class Run {
  readonly refusals: Refusal[] = [];
  readonly overrides: Override[] = [];

  readonly done: Done[] = [];
  /** The names whose values are not those of the run before, at this step; undefined if all may be different. */
  private readonly changed: Set<string> | undefined;

  /** @param before the run of another launch: what it did not do is not done here either if nothing relevant changed. */
  constructor(
    private readonly values: EffectiveValues,
    private readonly before: LatestRun | undefined,
  ) {
    const changed = before && values.changedSince(new EffectiveValues(before.input));
    this.changed = changed && new Set(changed);
  }

  take(step: ReadStep, at: number): void {
    const before = this.before?.done[at];
    const isAsBefore = before === "nothing" && this.changed && !meets(step.reads, this.changed);
    const isNothing = isAsBefore || !this.isTaken(step);
    const after = (name: string) => this.values.effective(name)?.value;
    this.done[at] = isNothing ? "nothing" : new Map(step.sets.map(([name]) => [name, after(name)]));
    if (isNothing && (before === "nothing" || !this.changed)) return;
    for (const [name] of step.sets) {
      const same = before instanceof Map && isSame(after(name), before.get(name));
      if (same) this.changed?.delete(name);
      else this.changed?.add(name);
    }
  }

  /** Takes a step. @returns false if its condition is certainly false. */
  private isTaken({ step, when, sets }: ReadStep): boolean {
    const holds = when ? this.evaluate(when, step) : true;
    if (holds === undefined) return true;
    const certain = truth(holds);
    if (certain === false) return false;
    if (!step.refuses) for (const [name, value] of sets) this.assign(step, name, value, certain === true);
    else if (certain === true) this.refuse(step);
    return true;
  }

  private assign(step: StartupStep, name: string, formula: Expression, certain: boolean): void {
    const before = this.values.effective(name);
    const after = this.evaluate(formula, step, certain) ?? UNKNOWN;
    const same = before !== undefined && sameValue(before.value, after);
    if (same) return;
    if (!certain) {
      const condition = step.when === undefined ? {} : { condition: step.when };
      this.values.put(name, { value: UNKNOWN, origin: "derived", ...condition });
      return;
    }
    this.values.put(name, { value: after, origin: "derived", formula: formula.source });
    if (before?.origin === "written" && before.value !== UNKNOWN && after !== UNKNOWN)
      this.overrides.push({ step, flag: name, before: before.value, after, values: this.values.copy() });
  }

  /** The value of an expression; undefined if Python raises. LightLLM exits then, unless it has refused before. */
  private evaluate(part: Expression, step: StartupStep, certain = true): Value | undefined {
    try {
      return part.evaluate(this.values);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      if (certain) this.refuse(step, { error, failing: part.source });
      return undefined;
    }
  }

  private refuse(step: StartupStep, failure?: { error: PythonError; failing: string }): void {
    const code = step.refuses ? step.id : FAILING_STEP;
    const again = this.refusals.some((refusal) => refusal.code === code);
    if (again || (failure && this.refusals.length > 0)) return;
    this.refusals.push({ code, step, values: this.values.copy(), ...failure });
  }
}

function meets(names: ReadonlySet<string>, changed: ReadonlySet<string>): boolean {
  for (const name of changed) if (names.has(name)) return true;
  return false;
}

/** Whether two values are equal in value and type; unknown values are equal only by identity. */
export function sameValue(a: Value, b: Value): boolean {
  return a === b || (a !== UNKNOWN && b !== UNKNOWN && typeof a === typeof b && equal(a, b) === true);
}
