/** `lightllm-config new` as a real process: what it writes, and what it never overwrites. */
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { terminal } from "../support/terminal";

const { run, file, text, folder } = terminal("new");

/** A model of a usual form that is a mixture of experts, with 24 heads. */
const CONFIG = {
  architectures: ["Qwen3MoeForCausalLM"],
  model_type: "qwen3_moe",
  eos_token_id: 1,
  head_dim: 128,
  hidden_size: 2048,
  intermediate_size: 6144,
  max_position_embeddings: 40960,
  moe_intermediate_size: 768,
  norm_topk_prob: true,
  num_attention_heads: 24,
  num_experts: 128,
  num_experts_per_tok: 8,
  num_hidden_layers: 48,
  num_key_value_heads: 4,
  rms_norm_eps: 1e-6,
  rope_theta: 1000000,
  torch_dtype: "bfloat16",
  vocab_size: 151936,
};

test("writes a config for a model folder that passes check, and never overwrites it", () => {
  mkdirSync(join(folder, "My Model"));
  file("My Model/config.json", JSON.stringify(CONFIG));
  const words = ["new", "--model", "My Model", "--gpu", "H200x4", "-o", "deploy/here"];
  const first = run(words);
  expect(first).toMatchObject({ status: 0, stderr: "" });
  expect(first.stdout).toBe(`Written: ${join("deploy", "here", "my-model.lightllm.yaml")}\n`);
  const written = text("deploy/here/my-model.lightllm.yaml");
  expect(written).toContain(`model_dir: ${join(folder, "My Model")}\n`);
  expect(written).toContain("\ntp: 4\n");
  expect(run(["check", "--max-warnings", "0", "deploy"])).toMatchObject({ status: 0 });
  const again = run(words);
  expect(again.status).toBe(2);
  expect(again.stderr).toContain("exists already, and nothing is overwritten. No file was written.");
  expect(text("deploy/here/my-model.lightllm.yaml")).toBe(written);
});

test("writes a set of scripts that can be executed", () => {
  const { status } = run(
    "new --model deepseek-ai/DeepSeek-R1 --gpu H200x8 --purpose pd --format shell --release v1.1.0 -o pd".split(
      " ",
    ),
  );
  expect(status).toBe(0);
  const names = ["deepseek-r1-decode.sh", "deepseek-r1-pd-master.sh", "deepseek-r1-prefill.sh"];
  expect(readdirSync(join(folder, "pd")).sort()).toEqual(names);
  if (process.platform !== "win32")
    expect(statSync(join(folder, "pd", names[0] ?? "")).mode & 0o100).not.toBe(0);
  const { status: checked, stdout } = run(["check", "--max-warnings", "0", "--format", "json", "pd"]);
  expect(checked).toBe(0);
  expect(JSON.parse(stdout).deployments).toMatchObject([{ findings: [], launches: [{}, {}, {}] }]);
});

/** What cannot be asked, and what is said. */
const FAULTS: readonly [words: string, status: number, said: RegExp][] = [
  ["--gpu H100x8", 2, /say which model and which GPUs/],
  ["--model nobody/knows --gpu H100x8", 2, /no model folder 'nobody\/knows' here/],
  ["--model Qwen/Qwen3-8B --gpu Z80x8", 2, /'Z80x8' is no GPU whose memory is known/],
  ["--model Qwen/Qwen3-8B --gpu H100x8 --purpose chat", 2, /no purpose 'chat'. Known: one-node, nodes/],
  ["--model Qwen/Qwen3-8B --gpu H100x8 --purpose pd --format shell", 2, /several files .*-o FOLDER/],
  ["--model Qwen/Qwen3-8B --gpu H100x8 --purpose nodes --nodes 1", 2, /--nodes takes a number from 2 to 64/],
  ["--model Qwen/Qwen3-8B --gpu H100x8 --release v1.0.0", 1, /does not implement the model type 'qwen3'/],
];

test.each(FAULTS)("new %s", (words, status, said) => {
  const answer = run(["new", ...words.split(" ")]);
  expect(answer.status).toBe(status);
  expect(answer.stdout).toBe("");
  expect(answer.stderr).toMatch(said);
  expect(answer.stderr.trim().split("\n")).toHaveLength(1);
});

test("prints a single file, and takes the purpose from config.json", () => {
  const { status, stdout } = run([
    "new",
    "--model",
    "Qwen/Qwen2-VL-7B-Instruct",
    "--gpu",
    "L40x1",
    "--release",
    "v1.1.0",
  ]);
  expect(status).toBe(0);
  expect(stdout).toContain("enable_multimodal: true\n");
});
