/** What a launch needs of the container, pod or job around it, from its effective values. */
import type { Catalogue } from "../catalogue/types";
import { expression, valueOrUnknown } from "../python/expression";
import { isList, type Value } from "../python/values";
import type { EffectiveValues } from "./effective-values";

/** Evaluates an expression of `schemas/container.yaml`; unknown if Python raises. */
export function needOf(source: string, values: EffectiveValues): Value {
  return valueOrUnknown(expression(source), values);
}

/** A whole number that is not negative; undefined for any other value. */
export function countOf(value: Value): number | undefined {
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** The GPUs that a launch uses on its node. */
export interface UsedGpus {
  /** Those of the language model: 0 to one less than this. */
  readonly ofModel: number;
  /** The numbers of the others; undefined if they are not known. */
  readonly others: readonly number[] | undefined;
  /** The others and all that are perhaps used too; undefined if even that is not known. */
  readonly atMost: readonly number[] | undefined;
}

/** The GPUs of a launch; undefined if the language model's are not known. */
export function usedGpus(catalogue: Catalogue, values: EffectiveValues): UsedGpus | undefined {
  const { gpus, vision_gpus, audio_gpus, possible_gpus } = catalogue.container();
  const others = [vision_gpus, audio_gpus].map((source) => numbersOf(needOf(source, values)));
  const known = others.flatMap((list) => list ?? []);
  const isKnown = others.every((list) => list !== undefined);
  const possible = isKnown ? known : numbersOf(needOf(possible_gpus, values));
  const atMost = possible && [...known, ...possible];
  const ofModel = needOf(gpus, values);
  // A vision server has only the GPUs of its list; other modes without GPUs have none.
  const isServer = values.value("run_mode") !== "visual_only";
  const count = ofModel === null || !isServer ? 0 : countOf(ofModel);
  return count === undefined ? undefined : { ofModel: count, others: isKnown ? known : undefined, atMost };
}

function numbersOf(value: Value): number[] | undefined {
  if (!isList(value)) return undefined;
  const numbers = value.map(countOf);
  return numbers.every((one) => one !== undefined) ? numbers : undefined;
}
