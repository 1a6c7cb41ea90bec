/** The public model that a comment or the setting names for a folder that cannot be read. */
import { expect, test } from "vitest";
import { summaryOf } from "../../server/src/judgement/model/summary";
import { NO_SURROUNDINGS, withConfig } from "../../server/src/judgement/surroundings";
import { type Settings, service } from "../../server/src/service";
import { afterFix, atCursor, labelsAt, open, type TestNotation } from "../support/service";

const models = service.shippedCatalogue().publicModels();

function codesIn(text: string, settings: Partial<Settings> = {}, notation?: TestNotation) {
  return service.reportedFindings(open(text, settings, notation)).map(({ code }) => code);
}

function hoverAt(marked: string, settings: Partial<Settings> = {}, surroundings = NO_SURROUNDINGS): string {
  const { text, offset } = atCursor(marked);
  const contents = service.hover(open(text, settings, "yaml", surroundings), offset)?.contents;
  return contents && typeof contents === "object" && "value" in contents ? contents.value : "";
}

test("each model of the table has the facts that a hover shows", () => {
  expect(Object.keys(models).length).toBeGreaterThanOrEqual(60);
  for (const [name, config] of Object.entries(models)) {
    const summary = summaryOf({ kind: "folder", files: { config } });
    expect(summary, name).toMatchObject({ type: expect.any(String), architecture: expect.any(String) });
    // Two old kinds of configs leave the rest to their classes' defaults.
    if (!/llava-1.5|Qwen-7B|chatglm/.test(name))
      expect(summary, name).toMatchObject({ layers: expect.any(Number), kvHeads: expect.any(Number) });
  }
});

/** Facts as the models' cards and papers have them. */
test.each<[string, object]>([
  [
    "Qwen/Qwen3-8B",
    { layers: 36, heads: 32, kvHeads: 8, headSize: 128, context: 40960, dataType: "bfloat16" },
  ],
  ["Qwen/Qwen3-235B-A22B", { layers: 94, heads: 64, kvHeads: 4, experts: 128, expertsPerToken: 8 }],
  ["Qwen/Qwen2.5-72B", { layers: 80, heads: 64, kvHeads: 8, headSize: 128, context: 131072 }],
  ["deepseek-ai/DeepSeek-R1", { layers: 61, heads: 128, latentSize: 576, experts: 256, context: 163840 }],
  ["meta-llama/Meta-Llama-3.1-405B", { layers: 126, heads: 128, kvHeads: 8, vocabulary: 128256 }],
  ["mistralai/Mixtral-8x7B-v0.1", { layers: 32, kvHeads: 8, experts: 8, expertsPerToken: 2 }],
  ["openai/gpt-oss-120b", { layers: 36, heads: 64, kvHeads: 8, headSize: 64, experts: 128 }],
  ["Qwen/Qwen3-VL-8B-Instruct", { layers: 36, hasVision: true, context: 262144 }],
  ["google/gemma-3-27b-it", { layers: 62, hasVision: true }],
  ["Qwen/Qwen3-8B-FP8", { quantization: { method: "fp8", block: [128, 128] } }],
])("facts of %s", (name, facts) => {
  expect(summaryOf({ kind: "folder", files: { config: models[name] } })).toMatchObject(facts);
});

const WRITTEN: readonly (readonly [TestNotation, string, string])[] = [
  ["yaml", "#", "model_dir: /models/q\ntp: 3\n"],
  ["shell", "#", "python -m lightllm.server.api_server --model_dir /models/q --tp 3\n"],
  ["dockerfile", "#", "FROM x\nCMD python -m lightllm.server.api_server --model_dir /models/q --tp 3\n"],
  [
    "compose",
    "#",
    "services:\n  a:\n    image: x\n    command: python -m lightllm.server.api_server --model_dir /models/q --tp 3\n",
  ],
  [
    "systemd",
    "#",
    "[Service]\nExecStart=/usr/bin/python -m lightllm.server.api_server --model_dir /m --tp 3\n",
  ],
];

test.each(WRITTEN)("a comment judges the launch by a public model in %s", (notation, sign, text) => {
  const settings = { setting: "v1.2.0" };
  expect(codesIn(text, settings, notation)).not.toContain("heads-divisible-by-tp");
  expect(codesIn(`${sign} lightllm: model=Qwen/Qwen3-8B\n${text}`, settings, notation)).toContain(
    "heads-divisible-by-tp",
  );
});

test("the setting names a model, and a comment goes before it", () => {
  const text = "model_dir: /models/q\ntp: 12\n";
  // 32 heads are no multiple of 12, 24 heads are.
  expect(codesIn(text, { setting: "v1.1.0", model: "Qwen/Qwen3-8B" })).toContain("heads-divisible-by-tp");
  expect(
    codesIn(`# lightllm: model=meta-llama/Llama-3.2-3B-Instruct\n${text}`, {
      setting: "v1.1.0",
      model: "Qwen/Qwen3-8B",
    }),
  ).not.toContain("heads-divisible-by-tp");
});

test("a folder that can be read counts more than the name", () => {
  const config = JSON.stringify({
    model_type: "qwen3",
    eos_token_id: 1,
    num_attention_heads: 12,
    num_key_value_heads: 12,
  });
  const text = "# lightllm: model=Qwen/Qwen3-8B\nmodel_dir: /models/q\ntp: 12\n";
  const found = service.reportedFindings(open(text, { setting: "v1.2.0" }, "yaml", withConfig(config)));
  expect(found.map(({ code }) => code)).not.toContain("heads-divisible-by-tp");
});

test("each launch has the model of its own comment", () => {
  const text = `# lightllm: model=Qwen/Qwen3-8B
model_dir: /models/q
tp: 3
---
# lightllm: model=meta-llama/Llama-3.2-3B-Instruct
model_dir: /models/l
tp: 3
`;
  const found = service.reportedFindings(open(text, { setting: "v1.2.0" }));
  expect(
    found.filter(({ code }) => code === "heads-divisible-by-tp").map(({ span }) => span.start < 60),
  ).toEqual([true]);
});

test("a model that is not known has a finding, and the same name of another owner a fix", () => {
  expect(codesIn("# lightllm: model=\nmodel_dir: /m\n")).toContain("unknown-model");
  const text = "# lightllm: model=qwen-team/Qwen3-8B\nmodel_dir: /m\n";
  const [finding] = service.reportedFindings(open(text));
  expect(finding?.message).toBe(
    `\`qwen-team/Qwen3-8B\` is not among the ${Object.keys(models).length} public models whose facts are known. Did you mean \`Qwen/Qwen3-8B\`?`,
  );
  expect(afterFix(text, "unknown-model", finding && service.fixesOf(open(text), finding)[0]?.title)).toBe(
    "# lightllm: model=Qwen/Qwen3-8B\nmodel_dir: /m\n",
  );
});

test("completion offers the directive and the names of the models", () => {
  expect(labelsAt("# lightllm: |\nmodel_dir: /m\n")).toContain("model");
  const names = labelsAt("# lightllm: model=|\nmodel_dir: /m\n");
  expect(names).toContain("deepseek-ai/DeepSeek-R1");
  expect(labelsAt("# lightllm: model=Qwen/Qwen3-8|\nmodel_dir: /m\n")).toContain("Qwen/Qwen3-8B");
});

test("a hover of the folder shows the model, which releases load it, and what was used", () => {
  const text = "# lightllm: model=Qwen/Qwen3-30B-A3B\nmodel_dir: /models/x|y\n";
  expect(hoverAt(text).split("\n").slice(0, 7)).toEqual([
    "**Qwen3MoeForCausalLM** · `qwen3_moe` · bfloat16  ",
    "48 layers · 32 heads and 4 kv heads of 128 · context 40,960  ",
    "128 experts, 8 for each token  ",
    "Loads in main-2025-07, v1.1.0, v1.2.0, main-2026-08, not in v1.0.0, v1.0.1",
    "",
    "*Facts of the public model `Qwen/Qwen3-30B-A3B`, which you named: the folder itself cannot be read here*",
    "",
  ]);
  const own = JSON.stringify({ model_type: "gemma2", eos_token_id: 1, architectures: ["Gemma2ForCausalLM"] });
  expect(hoverAt("model_dir: /models/x|y\n", {}, withConfig(own))).toContain(
    "Loads in no known release\n\n*From the files in this folder*",
  );
});

test.each([
  ["/models/Qwen3-8B", "Qwen/Qwen3-8B"],
  ["Qwen/Qwen3-8B", "Qwen/Qwen3-8B"],
  ["/root/.cache/huggingface/hub/models--deepseek-ai--DeepSeek-R1/snapshots/abc", "deepseek-ai/DeepSeek-R1"],
])("a hover of the unread folder %s says how to name its model", (folder, name) => {
  expect(hoverAt(`model_dir: |${folder}\n`)).toContain(`\`# lightllm: model=${name}\` judges`);
});

test("a hover of an unread folder with another name says nothing of models", () => {
  expect(hoverAt("model_dir: |/models/my-finetune\n")).not.toContain("lightllm: model=");
});

test("a hover of the comment shows the model", () => {
  expect(hoverAt("# lightllm: mo|del=deepseek-ai/DeepSeek-R1\nmodel_dir: /m\n")).toContain(
    "61 layers · 128 heads, kv cache of 576 elements per token and layer (MLA) · context 163,840",
  );
});

test.each<[string, string, string, readonly string[]]>([
  ["parsers", "deepseek-ai/DeepSeek-V3", "tool_call_parser: |", ["deepseekv3"]],
  ["reasoning parsers", "Qwen/Qwen3-8B", "reasoning_parser: |", ["qwen3"]],
  ["MTP modes", "deepseek-ai/DeepSeek-V3", "mtp_mode: |", ["vanilla_with_att", "eagle_with_att"]],
  ["numbers of GPUs", "meta-llama/Llama-3.2-3B-Instruct", "tp: |", ["1", "2", "4", "8"]],
])("completion offers the %s of the model first, and says why", (_, name, marked, first) => {
  const text = `# lightllm: release=v1.2.0\n# lightllm: model=${name}\nmodel_dir: /m\n${marked}\n`;
  expect(labelsAt(text).slice(0, first.length)).toEqual(first);
});

test.each(["meta-llama/Meta-Llama-3.1-70B", "Qwen/Qwen3-32B"])(
  "the releases that load %s are the same whatever the GPU",
  (name) => {
    const loads = (gpu: string) =>
      /Loads in [^\n]*/.exec(hoverAt(`# lightllm: model=${name}\n${gpu}mod|el_dir: /models/q\ntp: 8\n`))?.[0];
    expect(loads("")).toContain("v1.2.0");
    expect(loads("# lightllm: gpu=24GiBx8\n")).toBe(loads(""));
  },
);
