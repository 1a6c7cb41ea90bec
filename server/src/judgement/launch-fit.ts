/** What a launch takes of a GPU: its effective values and its model's config.json, with the formulas of `fit/`. */
import { type Advice, adviceFor, type Variant, variantsOf } from "../fit/advice";
import { type Fit, type FitInput, fitOf } from "../fit/fit";
import type { Gpu } from "../fit/gpu";
import type { FitFlags } from "../fit/memory-flags";
import { typeOf } from "../fit/shape";
import { PythonError, UNKNOWN, type Value } from "../python/values";
import type { EffectiveValues } from "./effective-values";
import { fitFlagsOf } from "./fit-flags";
import { configOf } from "./model/folder";
import { weightSizes } from "./model/weights";

/** A fit that could be computed. */
export interface FoundFit {
  readonly kind: "fit";
  readonly input: FitInput;
  readonly fit: Fit;
  readonly modelType: string;
}

/** The fit of a launch, or why there is none. */
export type LaunchFit =
  | FoundFit
  /** Flags whose values are not known. */
  | { readonly kind: "flags"; readonly unknown: readonly string[] }
  /** The model's config.json is not known. */
  | { readonly kind: "model" };

/** The fit on the GPUs that are named for the launch; undefined if none are, or it loads no language model. */
export function fitHere(values: EffectiveValues): LaunchFit | undefined {
  const known = values.input.surroundings.gpu;
  return known && launchFit(values, known.gpu);
}

/** Undefined if the launch loads no language model. */
export function launchFit(values: EffectiveValues, gpu: Gpu): LaunchFit | undefined {
  const reading = fitFlagsOf(values);
  if (!reading) return undefined;
  const config = configOfModel(values);
  if (config === UNKNOWN) return { kind: "model" };
  if (!reading.flags) return { kind: "flags", unknown: reading.unknown };
  const input = fitInput(values, reading.flags, config, gpu);
  return { kind: "fit", input, fit: fitOf(input), modelType: typeOf(config) ?? "" };
}

/** Settings that fit, and the same launch on 1, 2, 4 and 8 GPUs. */
export function fitAdvice(input: FitInput): Advice & { readonly variants: readonly Variant[] } {
  return { ...adviceFor(input), variants: variantsOf(input) };
}

function fitInput(values: EffectiveValues, flags: FitFlags, config: Value, gpu: Gpu): FitInput {
  const { catalogue, release } = values.input;
  const sizes = weightSizes(values.model());
  const files = sizes && { all: sizes.bytes, vision: sizes.vision };
  const outside = values.input.surroundings.gpu?.held;
  return { config, flags, gpu, release: release.rulesOf, facts: catalogue.fit(), files, outside };
}

/** The model's config.json; unknown if it cannot be read, or LightLLM could not read it either. */
function configOfModel(values: EffectiveValues): Value {
  try {
    return configOf(values.model());
  } catch (error) {
    if (error instanceof PythonError) return UNKNOWN;
    throw error;
  }
}
