/** Whether a model has a vision part or an audio part. */
import type { ModelFacts, VisionModels } from "../../catalogue/model-facts";
import type { Value } from "../../python/values";
import { architecture, at, get, isAmong } from "./lookup";

/** Whether a model has a vision part. @throws PythonError if LightLLM raises; it then assumes that there is none. */
export function hasVision(config: Value, { vision }: ModelFacts): Value {
  const type = at(config, "model_type");
  const models = vision.find((models) => isOneOf(models, config, type));
  if (models?.key !== undefined) at(config, models.key);
  return models?.not_null === undefined ? models !== undefined : at(config, models.not_null) !== null;
}

function isOneOf(
  { types, architectures, thinker_encoders }: VisionModels,
  config: Value,
  type: Value,
): boolean {
  if (types) return isAmong(type, types);
  if (architectures) return isAmong(architecture(config), architectures);
  const encoder = get(get(config, "thinker_config", {}), "vision_config", {});
  return isAmong(get(encoder, "model_type"), thinker_encoders);
}

/** Whether a model has an audio part. @throws PythonError like `hasVision`. */
export function hasAudio(config: Value, { audio }: ModelFacts): Value {
  const thinker = get(config, "thinker_config");
  const encoder = at(thinker === null ? config : thinker, "audio_config");
  return isAmong(at(encoder, "model_type"), audio.encoders);
}
