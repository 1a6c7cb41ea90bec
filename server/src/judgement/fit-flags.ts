/** The values of a launch that decide what it takes of a GPU, from its effective values. */
import type { Beyond, FitFlags } from "../fit/memory-flags";
import { isList, isMapping, truth, type Value } from "../python/values";
import type { EffectiveValues } from "./effective-values";
import { countOf } from "./site-needs";

/** Bytes of LightLLM's words for a data type. */
const ELEMENTS: Readonly<Record<string, number>> = {
  fp16: 2,
  float16: 2,
  bf16: 2,
  bfloat16: 2,
  fp32: 4,
  float32: 4,
};

/** Run modes that load a language model. */
const WITH_MODEL = new Set<Value>(["normal", "prefill", "decode"]);

/** The flags, or the names of those that are not known. */
export type FitFlagsReading =
  | { readonly flags: FitFlags; readonly unknown?: undefined }
  | { readonly flags?: undefined; readonly unknown: readonly string[] };

/** Reads the flags; undefined if the launch loads no language model. */
export function fitFlagsOf(values: EffectiveValues): FitFlagsReading | undefined {
  const mode = effectiveOf(values, "run_mode");
  if (!WITH_MODEL.has(mode)) return typeof mode === "string" ? undefined : { unknown: ["run_mode"] };
  const reader = new Reader(values);
  const flags: FitFlags = {
    tp: reader.count("tp"),
    dp: reader.count("dp", 1),
    memFraction: reader.fraction("mem_fraction"),
    runningMaxReqSize: reader.count("running_max_req_size"),
    maxReqTotalLen: reader.count("max_req_total_len"),
    batchMaxTokens: reader.count("batch_max_tokens"),
    maxTotalTokenNum: reader.optionalCount("max_total_token_num"),
    graphMaxBatchSize: reader.graphs(),
    graphMaxLenInBatch: reader.count("graph_max_len_in_batch", 0),
    countsOnGpu: reader.word("penalty_counter_mode", "gpu_counter") === "gpu_counter",
    elementBytes: reader.element(),
    quantType: reader.quantType(),
    kvTypes: reader.kvTypes(),
    draftLayers: reader.draftLayers(),
    fusesSharedExperts: reader.isOn("enable_fused_shared_experts") && !reader.hasExpertParallelism(),
    keepsWholeKvB: !/^(?:on|true|1)$/i.test(reader.variable("DISABLE_CC_METHOD")),
    allowsLongRequests: reader.word("performance_mode", "") === "personal",
    plainAttention: ["llm_prefill_att_backend", "llm_decode_att_backend"].every((key) =>
      reader.isTriton(key),
    ),
    beyond: reader.beyond(mode),
  };
  return reader.unknown.size > 0 ? { unknown: [...reader.unknown] } : { flags };
}

function effectiveOf(values: EffectiveValues, key: string): Value {
  return values.effective(key)?.value ?? null;
}

/** Reads values, and collects the names of those that are not known or have another type. */
class Reader {
  readonly unknown = new Set<string>();

  constructor(private readonly values: EffectiveValues) {}

  /** A whole number that is not negative. @param otherwise for a release without the flag. */
  count(key: string, otherwise?: number): number {
    const effective = this.values.effective(key);
    if (!effective && otherwise !== undefined) return otherwise;
    const count = countOf(effective?.value ?? null);
    if (count === undefined) this.unknown.add(key);
    return count ?? 0;
  }

  optionalCount(key: string): number | undefined {
    return effectiveOf(this.values, key) === null ? undefined : this.count(key);
  }

  fraction(key: string): number {
    const value = effectiveOf(this.values, key);
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number === "number" && number > 0 && number <= 1) return number;
    this.unknown.add(key);
    return 0;
  }

  isOn(key: string): boolean {
    const value = truth(effectiveOf(this.values, key));
    if (typeof value === "boolean") return value;
    this.unknown.add(key);
    return false;
  }

  word(key: string, otherwise: string): string {
    const value = effectiveOf(this.values, key);
    if (value === null) return otherwise;
    if (typeof value !== "string") this.unknown.add(key);
    return typeof value === "string" ? value : otherwise;
  }

  /** A variable of the environment; empty if the launch does not set it. */
  variable(name: string): string {
    const value = this.values.input.environment.get(name);
    if (value === undefined) return "";
    if (typeof value !== "string") this.unknown.add(name);
    return typeof value === "string" ? value : "";
  }

  graphs(): number {
    if (this.isOn("disable_cudagraph")) return 0;
    return this.count("graph_max_batch_size") * (this.count("mtp_step", 0) + 1);
  }

  element(): number {
    const bytes = ELEMENTS[this.word("data_type", "float16")];
    if (bytes === undefined) this.unknown.add("data_type");
    return bytes ?? 0;
  }

  /** What the checkpoint says replaces the flag (`common/quantization/__init__.py`). */
  quantType(): string {
    const checkpoint = this.values.config("quantization_config");
    if (!isMapping(checkpoint)) return this.word("quant_type", "");
    const { quant_method, weight_block_size = null } = checkpoint;
    const isBlock =
      isList(weight_block_size) &&
      weight_block_size.length === 2 &&
      weight_block_size.every((one) => one === 128n);
    return quant_method === "fp8" && isBlock ? "fp8w8a8-b128-deepgemm" : `checkpoint:${String(quant_method)}`;
  }

  kvTypes(): readonly string[] {
    const modern = effectiveOf(this.values, "llm_kv_type");
    if (typeof modern === "string") return [modern];
    const modes = effectiveOf(this.values, "mode");
    if (modes === null && modern === null) return ["None"];
    const words = isList(modes) ? modes.filter((one) => typeof one === "string") : undefined;
    if (!words || !isList(modes) || words.length < modes.length) this.unknown.add("mode");
    return words && words.length > 0 ? words : ["None"];
  }

  draftLayers(): number {
    const mode = this.word("mtp_mode", "");
    if (mode === "eagle_with_att") return 1;
    return mode === "vanilla_with_att" || mode === "deepseekv3" ? this.count("mtp_step", 0) : 0;
  }

  isTriton(key: string): boolean {
    const value = effectiveOf(this.values, key);
    return isList(value) && value.length > 0 && value.every((one) => one === "triton");
  }

  hasExpertParallelism(): boolean {
    return this.isOn("enable_ep_moe") || this.variable("MOE_MODE") === "EP";
  }

  beyond(mode: Value): Beyond[] {
    const hasVision = truth(this.values.value("has_vision"));
    const showsImages = this.isOn("enable_multimodal") && !this.isOn("disable_vision");
    const facts: readonly (readonly [Beyond, boolean])[] = [
      ["experts", this.hasExpertParallelism()],
      ["draft", this.word("mtp_mode", "") !== ""],
      ["pd", mode !== "normal"],
      ["vision", showsImages && hasVision !== false],
      ["quant-file", effectiveOf(this.values, "quant_cfg") !== null || this.word("expert_dtype", "") !== ""],
      ["linear-attention", truth(this.values.value("is_linear_att")) === true],
    ];
    return facts.flatMap(([name, holds]) => (holds ? [name] : []));
  }
}
