/**
 * The start-up program: what LightLLM does with the parsed arguments before it starts anything. It fills in and replaces
 * values and refuses combinations, step by step; with values that are not known, only what is certain is said.
 */
import type { Catalogue, ProgramId, Release, StartupStep } from "../catalogue/types";
import { configValue, isModelFact, modelFact } from "./model/facts";
import { NO_MODEL } from "./model/folder";
import { type Expression, expression, type Scope } from "./python/expression";
import { equal } from "./python/operations";
import { PythonError, truth, UNKNOWN, type Value } from "./python/values";
import type { Surroundings } from "./surroundings";
import { defaultValues, type Written } from "./values";

/** A value as LightLLM goes on with it. */
export interface Effective {
  readonly value: Value;
  /** How the value came about: by the launch, the parser's default, or a step of the start-up. */
  readonly origin: "written" | "default" | "derived";
  /** What a step computed it by. */
  readonly formula?: string;
}

/** A step that refuses the launch, and the values at that moment. */
export interface Refusal {
  /** The id of the rule that speaks of it. */
  readonly code: string;
  readonly step: StartupStep;
  readonly values: EffectiveValues;
  /** What Python says where the step itself fails. */
  readonly error?: PythonError;
  /** The expression that fails. */
  readonly failing?: string;
}

/** A step that replaces what the launch says. */
export interface Override {
  readonly step: StartupStep;
  readonly flag: string;
  readonly before: Value;
  readonly after: Value;
  readonly values: EffectiveValues;
}

export interface Startup {
  readonly values: EffectiveValues;
  /** In the order in which LightLLM would come to them; it stops at the first. */
  readonly refusals: readonly Refusal[];
  readonly overrides: readonly Override[];
}

/** What the launch and its surroundings say to a start-up. */
export interface StartupInput {
  readonly written: Written;
  readonly release: Release;
  readonly catalogue: Catalogue;
  readonly surroundings: Surroundings;
  /** The launch's environment, by name; unknown where the text does not set it. */
  readonly environment: ReadonlyMap<string, Value>;
}

/** The values of a launch while and after LightLLM starts. */
export class EffectiveValues implements Scope {
  private readonly set: Map<string, Effective>;
  private readonly defaults: ReadonlyMap<string, Value>;

  constructor(
    readonly input: StartupInput,
    set: ReadonlyMap<string, Effective> = new Map(),
  ) {
    this.set = new Map(set);
    this.defaults = defaultValues(input.release);
  }

  /** A copy that later steps leave alone. */
  copy(): EffectiveValues {
    return new EffectiveValues(this.input, this.set);
  }

  /** What is known of a flag's value; nothing where the release has no such flag and no step sets it. */
  effective(name: string): Effective | undefined {
    const set = this.set.get(name);
    if (set) return set;
    const { written } = this.input;
    const value = written.values.get(name);
    if (value !== undefined) return { value, origin: "written" };
    const usual = this.defaults.get(name);
    if (usual === undefined) return undefined;
    return { value: written.open ? UNKNOWN : usual, origin: "default" };
  }

  /** The value of a flag or a fact about the model. @throws PythonError where LightLLM's reading of it raises. */
  value(name: string): Value {
    const set = this.set.get(name);
    if (set) return set.value;
    const { written } = this.input;
    const known = written.values.get(name);
    if (known !== undefined) return known;
    const usual = this.defaults.get(name);
    if (usual !== undefined) return written.open ? UNKNOWN : usual;
    if (name === "release") return this.input.release.name;
    if (name === "afs_dir_impossible")
      return this.input.surroundings.cannotBeMade(this.value("afs_image_embed_dir"));
    if (!isModelFact(name)) return UNKNOWN;
    return modelFact(name, this.model(), this.input.release);
  }

  /** Whether no run mode is written, but words that are not known may hold one: then it is taken for a server of some kind. */
  mayBeAnyServer(): boolean {
    const { values, open } = this.input.written;
    return open && !values.has("run_mode");
  }

  given(name: string): Value {
    const { values, open } = this.input.written;
    return values.has(name) ? true : open ? UNKNOWN : false;
  }

  since(name: string): Value {
    const { catalogue, release } = this.input;
    const first = catalogue.release(name);
    return first ? release.date >= first.date : UNKNOWN;
  }

  words(name: string): Value {
    return this.input.release.byName.get(`--${name}`)?.words ?? [];
  }

  environment(name: string): Value {
    return this.input.environment.get(name) ?? UNKNOWN;
  }

  config(key: string): Value {
    return configValue(key, this.model());
  }

  /** Every name that has a value, in the order of the release's flags, then of the steps. */
  names(): string[] {
    return [...new Set([...this.defaults.keys(), ...this.set.keys()])];
  }

  put(name: string, effective: Effective): void {
    this.set.set(name, effective);
  }

  private model() {
    const folder = this.value("model_dir");
    return folder === null || folder === "" ? NO_MODEL : this.input.surroundings.model(folder);
  }
}

/** The program that a run mode starts; nothing where the mode is not known. */
function programOf(mode: Value): ProgramId | undefined {
  if (typeof mode !== "string") return undefined;
  return mode === "pd_master" || mode === "config_server" || mode === "visual_only" ? mode : "normal";
}

/** Runs the start-up program of a launch. */
export function runStartup(input: StartupInput): Startup {
  const values = new EffectiveValues(input);
  const program = values.mayBeAnyServer() ? "normal" : programOf(values.value("run_mode"));
  const steps = program ? stepsOf(input)[program] : undefined;
  const run = new Run(values);
  if (!program) {
    // Any of the programs may set these.
    for (const { sets } of Object.values(stepsOf(input)).flat())
      for (const [name] of sets) values.put(name, { value: UNKNOWN, origin: "derived" });
  }
  for (const step of steps ?? []) run.take(step);
  return { values, refusals: run.refusals, overrides: run.overrides };
}

/** The rule about a step that was to set a value, and fails itself. */
const FAILING_STEP = "startup-arithmetic";

interface ReadStep {
  readonly step: StartupStep;
  readonly when: Expression | undefined;
  readonly sets: readonly (readonly [name: string, value: Expression])[];
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
  return {
    step,
    when: step.when === undefined ? undefined : expression(step.when),
    sets: (step.set ?? []).map(([name, value]) => [name, expression(value)] as const),
  };
}

class Run {
  readonly refusals: Refusal[] = [];
  readonly overrides: Override[] = [];

  constructor(private readonly values: EffectiveValues) {}

  take({ step, when, sets }: ReadStep): void {
    const holds = when ? this.evaluate(when, step) : true;
    if (holds === undefined) return;
    const certain = truth(holds);
    if (certain === false) return;
    if (step.refuses) {
      if (certain === true) this.refuse(step);
      return;
    }
    for (const [name, value] of sets) this.assign(step, name, value, certain === true);
  }

  private assign(step: StartupStep, name: string, formula: Expression, certain: boolean): void {
    const before = this.values.effective(name);
    const after = this.evaluate(formula, step, certain) ?? UNKNOWN;
    const same = before !== undefined && sameValue(before.value, after);
    if (same) return;
    if (!certain) {
      this.values.put(name, { value: UNKNOWN, origin: "derived" });
      return;
    }
    this.values.put(name, { value: after, origin: "derived", formula: formula.source });
    if (before?.origin === "written" && before.value !== UNKNOWN && after !== UNKNOWN)
      this.overrides.push({ step, flag: name, before: before.value, after, values: this.values.copy() });
  }

  /** The value of an expression; nothing where Python raises. LightLLM dies of that, unless it has refused before. */
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

function sameValue(a: Value, b: Value): boolean {
  return a === b || (a !== UNKNOWN && b !== UNKNOWN && typeof a === typeof b && equal(a, b) === true);
}
