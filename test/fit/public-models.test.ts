/**
 * Ten public models against calculations by hand, in bf16 with v1.2.0, and against the number of parameters that the
 * Hugging Face Hub shows for each model's safetensors, in billions. Shapes: each model's published config.json.
 */
import { expect, test } from "vitest";
import { fitOf } from "../../server/src/fit/fit";
import { readGpu } from "../../server/src/fit/gpu";
import { launchFit } from "../../server/src/judgement/launch-fit";
import { service } from "../../server/src/service";
import { open } from "../support/service";

const facts = service.shippedCatalogue().fit();

function fitFor(model: string, flags = "", gpu = "H200") {
  const text = `# lightllm: release=v1.2.0\n# lightllm: model=${model}\nmodel_dir: /models/m\n${flags}`;
  const [judged] = open(text).launches;
  const card = readGpu(gpu, facts);
  const found = judged && card && launchFit(judged.values, card);
  if (found?.kind !== "fit") throw new Error(`No fit for ${model}: ${JSON.stringify(found)}`);
  return fitOf(found.input);
}

/** Embedding and head, the last norm, and layers of: q and o, k and v, three matrices, two norms, and what else there is. */
const dense = (v: number, h: number, l: number, q: number, kv: number, i: number, more = 0, heads = 2) =>
  2 * (heads * v * h + h + l * (2 * q * h + 2 * kv * h + 3 * i * h + 2 * h + more));

test.each<[model: string, bytes: number, published: number, cell: number]>([
  // 32 layers of 8 kv heads of 128: 2 · 8 · 128 · 32 · 2.
  ["meta-llama/Meta-Llama-3.1-8B", dense(128256, 4096, 32, 4096, 1024, 14336), 8.03, 131072],
  ["meta-llama/Llama-3.1-70B-Instruct", dense(128256, 8192, 80, 8192, 1024, 28672), 70.6, 327680],
  // Embedding and head are one.
  ["meta-llama/Llama-3.2-1B-Instruct", dense(128256, 2048, 16, 2048, 512, 8192, 0, 1), 1.24, 32768],
  // Biases of q, k and v: 3584 + 2 · 512.
  ["Qwen/Qwen2.5-7B", dense(152064, 3584, 28, 3584, 512, 18944, 4608), 7.62, 57344],
  ["Qwen/Qwen2.5-72B", dense(152064, 8192, 80, 8192, 1024, 29568, 10240), 72.7, 327680],
  // Norms of q and k: 2 · 128.
  ["Qwen/Qwen3-8B", dense(151936, 4096, 36, 4096, 1024, 12288, 256), 8.19, 147456],
  ["Qwen/Qwen3-32B", dense(151936, 5120, 64, 8192, 1024, 25600, 256), 32.8, 262144],
  ["mistralai/Mistral-7B-v0.1", dense(32000, 4096, 32, 4096, 1024, 14336), 7.24, 131072],
  // 128 experts of three matrices of 768, the gate, and counters of 8 bytes in each of 48 layers.
  [
    "Qwen/Qwen3-30B-A3B",
    dense(151936, 2048, 48, 4096, 512, 0, 256 + 128 * 3 * 768 * 2048 + 128 * 2048) + 48 * 128 * 8,
    30.5,
    98304,
  ],
])("%s", (model, bytes, published, cell) => {
  const fit = fitFor(model);
  expect(fit.weightsBytesPerRank).toBe(bytes);
  expect(fit.cellBytes).toBe(cell);
  expect(Math.abs(bytes / 2 / (published * 1e9) - 1)).toBeLessThan(0.005);
});

test("DeepSeek-R1 on eight GPUs: fp8 in blocks, one latent for all heads, shared experts fused", () => {
  const fit = fitFor("deepseek-ai/DeepSeek-R1", "tp: 8\n");
  const experts = 58 * 257 * 3 * 7168 * (2048 / 8);
  const feedForward = 3 * 3 * 7168 * (18432 / 8);
  const attention = 7168 * 2112 + 1536 * 16 * 192 + 16 * 256 * 512 + 7168 * 16 * 128;
  // The two halves of kv_b stay in bf16.
  const halves = 2 * (16 * 128 * 512) * 2;
  const rest = 2 * (129280 / 8) * 7168 * 2 + 58 * 256 * 7168 * 2;
  const scales = (experts + feedForward + 61 * attention) / (128 * 128);
  const bytes = experts + feedForward + 61 * (attention + halves) + rest + 4 * scales;
  expect(Math.abs((fit.weightsBytesPerRank ?? 0) / bytes - 1)).toBeLessThan(0.0005);
  // 512 + 64 elements in each of 61 layers, on every GPU.
  expect(fit.cellBytes).toBe(70272);
  // Published: 671 billion parameters, of one byte each; 8 GPUs hold some parts several times.
  expect((8 * bytes) / 671e9).toBeGreaterThan(1);
  expect((8 * bytes) / 671e9).toBeLessThan(1.05);
});

test.each([
  ["tp that does not divide the heads", "Qwen/Qwen2.5-7B", "tp: 8\n", "H200", "no"],
  ["weights larger than the GPU", "Qwen/Qwen2.5-72B", "tp: 1\n", "H100", "no"],
  ["the same split over eight", "Qwen/Qwen2.5-72B", "tp: 8\n", "H100", "yes"],
  ["a model whose layout is not known", "Qwen/Qwen3.5-27B", "tp: 8\n", "H200", "unknown"],
  ["expert parallelism", "Qwen/Qwen3-30B-A3B", "tp: 2\nenable_ep_moe: true\n", "H200", "unknown"],
] as const)("%s", (_, model, flags, gpu, fits) => {
  expect(fitFor(model, flags, gpu).fits).toBe(fits);
});

test.each([
  ["None", 131072],
  ["int8kv", 81920],
  ["int4kv", 49152],
  ["fp8kv_sph", 65536],
  ["fp8kv_spt", 65536],
])("the cell with llm_kv_type %s", (type, bytes) => {
  expect(fitFor("meta-llama/Meta-Llama-3.1-8B", `llm_kv_type: ${type}\n`).cellBytes).toBe(bytes);
});

test.each([
  ["H100x8", "H100", 8],
  ["NVIDIA-H100-80GB-HBM3", "H100", undefined],
  ["nvidia-h100-80gb", "H100", undefined],
  ["a100_80gb:2", undefined, undefined],
  ["80GiBx2", undefined, 2],
  ["A100", undefined, undefined],
  ["0", undefined, undefined],
  ["H100x0", undefined, undefined],
  ["150109880320", "H200", undefined],
] as const)("GPUs written as %s", (written, name, count) => {
  const gpu = readGpu(written, facts);
  expect([gpu?.name, gpu?.count]).toEqual([name, count]);
});
