/** The weight files of a model folder: their sizes, and what the headers of safetensors say of their tensors. */
import { isMapping, UNKNOWN, type Value } from "../../python/values";
import { type ModelFolder, quietConfig } from "./folder";
import { optional } from "./lookup";

/** A file that LightLLM may load weights from. */
export interface WeightFile {
  readonly name: string;
  /** In bytes; 0 for a link without a target. */
  readonly bytes: number;
  /** Why it is no weight file: a pointer of Git LFS, no header of safetensors, or bytes that are missing at its end. */
  readonly broken?: "pointer" | "header" | "short";
}

/** What the headers of all safetensors files say; sums of the tensors' bytes. */
export interface TensorBytes {
  /** By the name that safetensors give a data type: `BF16`, `F8_E4M3`, `F32`. */
  readonly byType: Readonly<Record<string, number>>;
  /** Of the vision tower with its projector. */
  readonly vision: number;
  /** Of an audio encoder with its projector. */
  readonly audio: number;
  /** Of the parts that speak (Qwen Omni's talker), which LightLLM does not load. */
  readonly speech: number;
  /** Of the layers of the language part by their numbers; the layers of MTP come after the model's own. */
  readonly byLayer: readonly number[];
  /** Of MTP modules with a name of their own (`mtp.…`). */
  readonly mtp: number;
  /** Whether the gates of experts have a bias (`e_score_correction_bias`), as those of DeepSeek-V3. */
  readonly gateBias?: boolean;
}

/** Whether the weights have the bias of the gates; unknown if their names are not known. */
export function hasGateBias(folder: ModelFolder): Value {
  const tensors = folder.kind === "folder" ? folder.files.weights?.tensors : undefined;
  return tensors ? tensors.gateBias === true : UNKNOWN;
}

/** Whether the folder has weights that DeepSpeed has split: LightLLM wants files named `layer….pt`. */
export function hasDeepSpeedFiles(folder: ModelFolder): boolean {
  return folder.kind === "folder" && folder.files.weights?.isOfDeepSpeed === true;
}

/** The weight files of a folder. */
export interface ModelWeights {
  /** Whether there are files named `layer….pt`, as DeepSpeed writes them. */
  readonly isOfDeepSpeed?: boolean;
  /** `*.safetensors` and `*.bin`, sorted by name. */
  readonly files: readonly WeightFile[];
  /** Absent if a header could not be read, or there are too many files. */
  readonly tensors?: TensorBytes | undefined;
  /** Of `model.safetensors.index.json`: its sum of the tensors' bytes, and the files that it names. */
  readonly index?: { readonly totalBytes?: number; readonly files: readonly string[] } | undefined;
}

/** The sizes of a model's weights, as far as its folder tells them. */
export interface WeightSizes extends Partial<TensorBytes> {
  /** What LightLLM loads: `*.safetensors`, and `*.bin` only where there are none (`hf_load_utils.py`, every release). */
  readonly format: "safetensors" | "bin";
  readonly files: readonly WeightFile[];
  /** Of all tensors in bytes: from the headers, else from the index, else the sizes of the files. */
  readonly bytes: number;
  /** Where `bytes` comes from; the size of a file is some KiB more than that of its tensors. */
  readonly source: "headers" | "index" | "files";
}

/**
 * The sizes of the weights in a folder; undefined if they are not known, or there are none.
 *
 * A file that the index does not name (Mistral's `consolidated.safetensors`) holds the same weights under other names:
 * LightLLM opens it and takes nothing of it, so it does not count.
 */
export function weightSizes(folder: ModelFolder): WeightSizes | undefined {
  const weights = folder.kind === "folder" ? folder.files.weights : undefined;
  if (!weights) return undefined;
  const { tensors, index } = weights;
  const format = weights.files.some(({ name }) => name.endsWith(".safetensors")) ? "safetensors" : "bin";
  const files = usedFiles(weights);
  if (files.length === 0) return undefined;
  if (tensors) {
    const bytes = Object.values(tensors.byType).reduce((sum, one) => sum + one, 0);
    return { format, files, bytes, source: "headers", ...tensors };
  }
  if (format === "safetensors" && index?.totalBytes !== undefined)
    return { format, files, bytes: index.totalBytes, source: "index" };
  return { format, files, bytes: files.reduce((sum, file) => sum + file.bytes, 0), source: "files" };
}

/** The files whose weights LightLLM uses. */
export function usedFiles({ files, index }: Pick<ModelWeights, "files" | "index">): readonly WeightFile[] {
  const safe = files.filter(({ name }) => name.endsWith(".safetensors"));
  if (safe.length === 0) return files.filter(({ name }) => name.endsWith(".bin"));
  const named = safe.filter(({ name }) => index?.files.includes(name));
  return named.length > 0 ? named : safe;
}

/** The files that the index names and the folder does not have. */
export function missingFiles({ files, index }: ModelWeights): readonly string[] {
  return (index?.files ?? []).filter((name) => !files.some((file) => file.name === name));
}

/** How a checkpoint is quantized: `quantization_config` of config.json, of the language part too. */
export interface CheckpointQuantization {
  /** `fp8`, `awq`, `gptq`, `compressed-tensors` …; undefined if it is not named. */
  readonly method: string | undefined;
  readonly bits: number | undefined;
  /** Rows and columns of a block of fp8 weights. */
  readonly block: readonly number[] | undefined;
  readonly config: Value;
}

/** Undefined if config.json has no `quantization_config` where LightLLM looks it up, or is not known. */
export function checkpointQuantization(folder: ModelFolder): CheckpointQuantization | undefined {
  const config = quietConfig(folder);
  const parts = [config, optional(config, "text_config"), optional(config, "llm_config")];
  const found = parts.map((part) => optional(part, "quantization_config")).find(isMapping);
  if (!found) return undefined;
  const method = optional(found, "quant_method");
  const bits = ["bits", "w_bit"].map((key) => optional(found, key)).find((one) => typeof one === "bigint");
  const block = optional(found, "weight_block_size");
  return {
    method: typeof method === "string" ? method : undefined,
    bits: bits === undefined ? undefined : Number(bits),
    block: Array.isArray(block) ? block.map(Number) : undefined,
    config: found,
  };
}
