/** The values of a launch during and after the start-up: written ones, defaults, and values set by start-up steps. */
import type { Catalogue, Release } from "../catalogue/types";
import type { Expression, ExpressionScope } from "../python/expression";
import { fingerprint, UNKNOWN, type Value } from "../python/values";
import { defaultValues, type Written } from "./launch-values";
import { codeFact } from "./model/class-facts";
import { configValue, hasKey, isModelFact, modelFact } from "./model/facts";
import { type ModelFolder, NO_MODEL } from "./model/folder";
import type { Surroundings } from "./surroundings";

/** A value that LightLLM uses. */
export interface Effective {
  readonly value: Value;
  /** Source of the value: the launch, the parser's default, or a step of the start-up. */
  readonly origin: "written" | "default" | "derived";
  /** The expression of the step. */
  readonly formula?: string;
  /** The condition of the step, if it is not known whether it holds: the value is unknown then. */
  readonly condition?: string;
}

/** Input of the start-up: the launch and its surroundings. */
export interface StartupInput {
  readonly written: Written;
  readonly release: Release;
  readonly catalogue: Catalogue;
  readonly surroundings: Surroundings;
  /** The launch's environment by name; a variable that the text does not set is unknown. */
  readonly environment: ReadonlyMap<string, Value>;
}

/** The names in the input of an expression, as `changedSince` has them: what a model says follows from its flag. */
export function namesRead({ names, variables, readsConfig }: Expression): string[] {
  const flags = names.map((name) => {
    if (name === "afs_dir_impossible") return "afs_image_embed_dir";
    return isModelFact(name) ? "model_dir" : name;
  });
  return [...flags, ...variables.map((name) => `$${name}`), ...(readsConfig ? ["model_dir"] : [])];
}

/** The values of a launch during and after the start-up. */
export class EffectiveValues implements ExpressionScope {
  private readonly set: Map<string, Effective>;
  private readonly defaults: ReadonlyMap<string, Value>;

  constructor(
    readonly input: StartupInput,
    set: ReadonlyMap<string, Effective> = new Map(),
  ) {
    this.set = new Map(set);
    this.defaults = defaultValues(input.release);
  }

  /** A copy that later steps do not change. */
  copy(input = this.input): EffectiveValues {
    return new EffectiveValues(input, this.set);
  }

  /** A copy in which a flag is written; values that steps computed from it are as before. */
  withWritten(key: string, value: Value): EffectiveValues {
    const { written } = this.input;
    const values = new Map(written.values).set(key, value);
    const copy = new EffectiveValues({ ...this.input, written: { ...written, values } }, this.set);
    copy.set.delete(key);
    return copy;
  }

  /**
   * The names whose values are not those of another launch; variables of the environment with a `$`. Undefined if the
   * two cannot be compared: another release, other surroundings.
   */
  changedSince(other: EffectiveValues): ReadonlySet<string> | undefined {
    const [{ written, environment, ...rest }, before] = [this.input, other.input];
    const isAlike =
      rest.release === before.release &&
      rest.catalogue === before.catalogue &&
      rest.surroundings === before.surroundings &&
      written.open === before.written.open;
    if (!isAlike) return undefined;
    const changed = new Set<string>();
    for (const map of [written.values, before.written.values, this.set, other.set])
      for (const name of map.keys()) if (this.differsFrom(other, name)) changed.add(name);
    for (const name of [...environment.keys(), ...before.environment.keys()])
      if (!isSame(environment.get(name), before.environment.get(name))) changed.add(`$${name}`);
    return changed;
  }

  private differsFrom(other: EffectiveValues, name: string): boolean {
    const isWritten = this.input.written.values.has(name);
    if (isWritten !== other.input.written.values.has(name)) return true;
    return !isSame(this.effectiveValue(name), other.effectiveValue(name));
  }

  /** The value of a flag; undefined if the release has no such flag and no step sets it. */
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

  /** As `effective`, without where the value comes from. */
  private effectiveValue(name: string): Value | undefined {
    const set = this.set.get(name);
    if (set) return set.value;
    const { values, open } = this.input.written;
    const written = values.get(name);
    if (written !== undefined) return written;
    const usual = this.defaults.get(name);
    return usual !== undefined && open ? UNKNOWN : usual;
  }

  /**
   * The value of a flag or of a fact about the model. @throws PythonError if LightLLM raises when it reads the value.
   */
  value(name: string): Value {
    const effective = this.effectiveValue(name);
    if (effective !== undefined) return effective;
    if (name === "release") return this.input.release.name;
    if (name === "afs_dir_impossible")
      return this.input.surroundings.cannotBeMade(this.value("afs_image_embed_dir")) || UNKNOWN;
    if (name === "gpu_sm") return gpuSm(this.input.surroundings);
    if (!isModelFact(name)) return UNKNOWN;
    const { catalogue, release } = this.input;
    return modelFact(name, this.model(), catalogue.modelFacts(release));
  }

  /**
   * Whether no run mode is written, but unknown words may contain one: then any mode that runs a server is possible.
   */
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

  code(fact: string): Value {
    const { catalogue, release } = this.input;
    return codeFact(fact, this.model(), catalogue.modelCode(release));
  }

  has(key: string): Value {
    return hasKey(key, this.model());
  }

  /** All names with a value: the release's flags in order, then those that steps set. */
  names(): string[] {
    return [...new Set([...this.defaults.keys(), ...this.set.keys()])];
  }

  put(name: string, effective: Effective): void {
    this.set.set(name, effective);
  }

  /** Sets the value of a name, or takes it away. @returns what was set before. */
  replace(name: string, effective: Effective | undefined): Effective | undefined {
    const before = this.set.get(name);
    if (effective) this.set.set(name, effective);
    else this.set.delete(name);
    return before;
  }

  /** The folder of the model. */
  model(): ModelFolder {
    const folder = this.value("model_dir");
    return folder === null || folder === "" ? NO_MODEL : this.input.surroundings.model(folder);
  }
}

/** The compute capability of the launch's GPUs, without the dot. */
function gpuSm({ gpu }: Surroundings): Value {
  return gpu?.gpu.sm === undefined ? UNKNOWN : BigInt(gpu.gpu.sm);
}

/** Whether two values have the same type and value, or are both unknown. */
export function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  const areCollections = typeof a === "object" && typeof b === "object";
  return areCollections && fingerprint(a) === fingerprint(b);
}
