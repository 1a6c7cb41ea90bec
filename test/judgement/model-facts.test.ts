/** The facts that LightLLM reads from a model's config.json, which depend on the release. */
import { expect, test } from "vitest";
import { withConfig } from "../../server/src/judgement/surroundings";
import { service } from "../../server/src/service";
import { open } from "../support/service";

type Config = Readonly<Record<string, unknown>>;

/** An effective value of a launch with a model; undefined if it is unknown. */
function started(release: string, config: Config, flag: string): unknown {
  const text = `# lightllm: release=${release}\nmodel_dir: /models/m\nport: 8080\n`;
  const [judged] = open(text, {}, "yaml", withConfig(JSON.stringify(config))).launches;
  if (!judged) throw new Error("There is no launch.");
  return service.knownValues(judged.values)[flag];
}

const QWEN_OMNI = ["Qwen3OmniMoeForConditionalGeneration"];

test.each<[flag: string, config: Config, byRelease: Readonly<Record<string, unknown>>]>([
  ["eos_id", { eos_token_id: 2 }, { "v1.0.0": [2], "v1.1.0": [2], "v1.2.0": [2] }],
  [
    "eos_id",
    { text_config: { eos_token_id: [3, 4] } },
    { "v1.0.1": undefined, "main-2025-07": [3, 4], "v1.2.0": [3, 4], "main-2026-08": [3, 4] },
  ],
  ["eos_id", { eos_token_id: 2, architectures: QWEN_OMNI }, { "v1.1.0": [2], "v1.2.0": [151645] }],
  ["data_type", { torch_dtype: "bfloat16" }, { "v1.0.0": "bfloat16", "v1.2.0": "bfloat16" }],
  ["data_type", { dtype: "bfloat16" }, { "v1.1.0": "float16", "v1.2.0": "bfloat16" }],
  ["data_type", { text_config: { dtype: "bfloat16" } }, { "v1.1.0": "float16", "v1.2.0": "bfloat16" }],
  [
    "max_req_total_len",
    { max_position_embeddings: 1000, rope_scaling: { type: "linear", factor: 4 } },
    { "v1.2.0": 4000 },
  ],
  [
    "max_req_total_len",
    { max_position_embeddings: 1000, rope_scaling: { type: "yarn", factor: 4 } },
    { "v1.2.0": 1000 },
  ],
  ["tool_call_parser", { model_type: "qwen3_5_moe" }, { "v1.1.0": null, "v1.2.0": "qwen3_coder" }],
  ["reasoning_parser", { model_type: "deepseek_r1" }, { "v1.2.0": "deepseek-r1" }],
  [
    "disable_vision",
    { model_type: "qwen2_vl", architectures: ["A"], vision_config: {} },
    { "v1.2.0": false },
  ],
  ["disable_vision", { model_type: "qwen2_vl", architectures: ["A"] }, { "v1.2.0": true }],
  ["disable_audio", { audio_config: { model_type: "whisper" } }, { "v1.2.0": false }],
  ["enable_fused_shared_experts", { model_type: "deepseek_v3" }, { "v1.2.0": true }],
])("%s with %j", (flag, config, byRelease) => {
  const found = Object.keys(byRelease).map((release) => [release, started(release, config, flag)]);
  expect(Object.fromEntries(found)).toEqual(byRelease);
});
