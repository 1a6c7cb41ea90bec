/** The values of a flag that fit the launch's model, where that is known. */
import type { EffectiveValues } from "../../judgement/effective-values";
import { modelFact } from "../../judgement/model/facts";
import { summaryOf } from "../../judgement/model/summary";
import { say } from "../../messages";

/** The parsers that LightLLM itself chooses for a type of model. */
const PARSERS: Readonly<Record<string, string>> = {
  tool_call_parser: "cfg_tool_parser",
  reasoning_parser: "cfg_reasoning_parser",
};

/** Numbers of GPUs that servers have. */
const GPUS = [1, 2, 4, 8, 16];

/** Types of models by the end of the MTP mode that their drafts run in (`base_backend.py`, v1.2.0 and later). */
const MTP: Readonly<Record<string, RegExp>> = {
  with_att: /^(?:deepseek_v3|glm4_moe_lite|qwen3_5(?:_moe)?(?:_text)?)$/,
  no_att: /^(?:qwen3_moe|mistral)$/,
};

/** Words that fit the model, each with the reason; empty if the model is not known, or the flag has nothing to do with it. */
export function modelWords(values: EffectiveValues, key: string): ReadonlyMap<string, string> {
  const { surroundings, catalogue, release } = values.input;
  const path = values.effective("model_dir")?.value;
  const folder = typeof path === "string" && path !== "" ? surroundings.model(path) : undefined;
  const summary = folder && summaryOf(folder);
  if (!folder || !summary) return new Map();
  const { type = "", heads, kvHeads } = summary;
  const parser = PARSERS[key];
  if (parser) {
    const word = modelFact(parser, folder, catalogue.modelFacts(release));
    return new Map(typeof word === "string" ? [[word, say("model.fits-type", { type })]] : []);
  }
  if (key === "mtp_mode") {
    const words = (release.byName.get("--mtp_mode")?.choices ?? []).map(String);
    const ending = Object.keys(MTP).find((one) => MTP[one]?.test(type));
    const fitting = words.filter((word) => ending !== undefined && word.endsWith(ending));
    return new Map(fitting.map((word) => [word, say("model.fits-type", { type })]));
  }
  if (key !== "tp" || heads === undefined || kvHeads === undefined) return new Map();
  const dividing = GPUS.filter((count) => heads % count === 0);
  return new Map(
    dividing.map((count) => [
      String(count),
      say("model.fits-tp", { heads: heads / count, kv: Math.max(1, kvHeads / count), all: heads }),
    ]),
  );
}
