/** The files that launches name: models in folders, drafts, quantization files, JSON files, templates. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { ModelFolders } from "../../server/src/files/model-folders";
import { nodeFiles } from "../../server/src/files/node-files";
import { templateFault } from "../../server/src/judgement/rules/jinja";
import { type LaunchDocument, service } from "../../server/src/service";
import { safetensors, writeFiles } from "../support/weight-files";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "named-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LLAMA = {
  model_type: "llama",
  architectures: ["LlamaForCausalLM"],
  eos_token_id: 2,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  num_hidden_layers: 32,
  hidden_size: 4096,
  head_dim: 128,
  vocab_size: 128256,
};

/** A launch in the folder, after everything that it names has been read. */
async function judged(text: string, release = "v1.2.0", runsHere = false): Promise<LaunchDocument> {
  const folders = new ModelFolders(nodeFiles, Number.POSITIVE_INFINITY);
  const document = TextDocument.create("file:///a.lightllm.yaml", "lightllm-yaml", 1, text);
  const judge = () => {
    const surroundings = folders.around({ folder, runsHere, workspace: { folders: [folder] } });
    const settings = { setting: release, language: "en" } as const;
    return service.analyse(document, service.notations.yaml, settings, service.shippedCatalogue(), {
      surroundings,
    });
  };
  let found = judge();
  while (await folders.settled()) found = judge();
  return found;
}

async function messages(text: string, code: string, release?: string, runsHere?: boolean): Promise<string[]> {
  const found = service.reportedFindings(await judged(text, release, runsHere));
  return found.filter((one) => one.code === code).map(({ message }) => message);
}

test("weights that are no weights are found in the folder", async () => {
  writeFiles(folder, {
    "m/config.json": LLAMA,
    "m/a.safetensors": "version https://git-lfs.github.com/spec/v1\n",
  });
  expect(await messages("model_dir: m\n", "weight-file-broken")).toEqual([
    "`a.safetensors` is a pointer of Git LFS, not weights, which were not downloaded: LightLLM fails while it loads the model. `git lfs pull` fetches them.",
  ]);
  expect(await messages("model_dir: m\nrun_mode: pd_master\n", "weight-file-broken")).toEqual([]);
  writeFiles(folder, { "m/a.safetensors": safetensors({ w: ["BF16", 100] }) });
  expect(await messages("model_dir: m\n", "weight-file-broken")).toEqual([]);
});

test("an entry of the Hugging Face cache is refused, and its snapshot is a fix", async () => {
  const entry = "models--meta-llama--Llama-3.1-8B";
  writeFiles(folder, { [`${entry}/refs/main`]: "abc", [`${entry}/snapshots/abc/config.json`]: LLAMA });
  const document = await judged(`model_dir: ${entry}\n`);
  const [finding] = service.reportedFindings(document).filter(({ effect }) => effect === "refused");
  expect(finding?.message).toContain(
    "it is an entry of the Hugging Face cache, whose model is in `snapshots/abc`",
  );
  const [fix] = finding ? service.fixesOf(document, finding) : [];
  expect(fix && service.applyEdits(document.file.text, fix.edits)).toBe(
    `model_dir: ${entry}/snapshots/abc\n`,
  );
});

test.each<[string, object, string, string[]]>([
  [
    "of another type",
    { ...LLAMA, model_type: "mistral" },
    "vanilla_with_att",
    [
      "A `mistral` draft runs only in the modes `*_no_att`, not in `vanilla_with_att`: loading it ends in an assertion.",
    ],
  ],
  [
    "without MTP",
    LLAMA,
    "vanilla_with_att",
    ["LightLLM has no MTP for drafts of type `llama`: it fails when it loads the draft."],
  ],
  [
    "of another size",
    { ...LLAMA, model_type: "mistral", hidden_size: 2048 },
    "eagle_no_att",
    [
      "The draft in `draft` has a hidden size of 2048, the model one of 4096: the draft cannot use the hidden states of the model, and its first run fails.",
    ],
  ],
  ["that fits", { ...LLAMA, model_type: "mistral" }, "eagle_no_att", []],
])("a draft folder %s", async (_, draft, mode, expected) => {
  writeFiles(folder, { "m/config.json": { ...LLAMA, model_type: "mistral" }, "draft/config.json": draft });
  const text = `model_dir: m\nmtp_mode: ${mode}\nmtp_step: 1\nmtp_draft_model_dir: [draft]\n`;
  expect(await messages(text, "mtp-draft-folder")).toEqual(expected);
});

test("a draft of v1.1.0 has an architecture of its own", async () => {
  const draft = { ...LLAMA, model_type: "deepseek_v3", architectures: ["DeepseekV3ForCausalLM"] };
  writeFiles(folder, { "m/config.json": { ...draft, n_routed_experts: 8 }, "draft/config.json": draft });
  const text = "model_dir: m\nmtp_mode: deepseekv3\nmtp_step: 1\nmtp_draft_model_dir: draft\n";
  expect(await messages(text, "mtp-draft-folder", "v1.1.0")).toHaveLength(1);
});

test("a launch finds the problems of its quantization file, with the release and the model", async () => {
  writeFiles(folder, {
    "m/config.json": LLAMA,
    "q.yaml": "quant_type: w8a8\nmix_bits:\n- name: o_proj\n  quant_type: none\n  layer_nums: [32]\n",
  });
  const text = "model_dir: m\nquant_cfg: q.yaml\n";
  expect(await messages(text, "quant-file-ignored")).toEqual([
    "In `q.yaml`, line 5: The model has 32 layers, 0 to 31: LightLLM ignores 32.",
  ]);
  expect(await messages(text, "quant-file-method", "v1.0.1")).toHaveLength(1);
  writeFiles(folder, { "q.yaml": "foo: bar\n" });
  expect(await messages(text, "quant-file-form")).toEqual([
    "In `q.yaml`, line 1: `quant_type` is missing: LightLLM fails with a KeyError while it loads the model.",
  ]);
});

test("a file that does not exist is an error here, and a warning elsewhere if its folder has others", async () => {
  writeFiles(folder, { "templates/a.jinja": "{{ x }}" });
  const text = (path: string) => `model_dir: m\nchat_template: ${path}\n`;
  const of = (path: string, runsHere = false) =>
    messages(text(path), "named-file-missing", "v1.2.0", runsHere);
  expect(await of("templates/b.jinja")).toHaveLength(1);
  for (const path of ["templates/a.jinja", "b.jinja", "other/b.jinja", "/templates/b.jinja", "../x/b.jinja"])
    expect(await of(path), path).toEqual([]);
  expect(await of("b.jinja", true)).toEqual(["There is no file `b.jinja`: LightLLM fails when it opens it."]);
});

test.each<[string, string | undefined]>([
  ["{{ a }}{% if b %}c{% elif d %}e{% else %}f{% endif %}", undefined],
  ["{%- for m in messages -%}{{- '{% endif %}' -}}{%- else %}{%- endfor %}", undefined],
  ["{% set x = 1 %}{% set y %}a{% endset %}{% raw %}{{ {% endfor %}{% endraw %}", undefined],
  ["{# {% for #}{% generation %}a{% endgeneration %}{% break %}", undefined],
  ["{% for m in messages %}\n{% if x %}\n{% endfor %}", "wrong-end endfor 3 endif"],
  ["a\n{% endif %}", "unopened endif 2"],
  ["{{ a }", "open {{ 1"],
  ["\n\n{% macro x() %}", "open macro 3"],
  ["{% else %}", "unopened else 1"],
  ["{{ 'a }}' ", "open {{ 1"],
])("blocks of a template: %j", (text, expected) => {
  const fault = templateFault(text);
  const words =
    fault && [fault.kind, fault.tag, fault.line, fault.expected].filter((one) => one !== undefined);
  expect(words?.join(" ")).toBe(expected);
});

const REDUNDANT = "model_dir: m\nep_redundancy_expert_config_path: e.json\n";

test.each<[string, string]>([
  ["[1]", "holds no JSON object"],
  ["{'a': 1}", "is not JSON as Python reads it"],
  ['{"redundancy_expert_num": 1}', "is 1, which ends in an assertion"],
  ['{"redundancy_expert_num": "2"}', "not an integer"],
  ['{"redundancy_expert_num": 2, "0": 3}', "is no list of experts"],
  ['{"redundancy_expert_num": 1.5, "layer0": [0]}', "not an integer"],
  ['{"redundancy_expert_num": 2, "0": [0, -1]}', "is not the number of an expert"],
  ['{"redundancy_expert_num": 2, "61": [0, 1]}', "is the number of no layer"],
  ['{"redundancy_expert_num": 2, "layer0": [0, 1]}', "neither a layer's number nor `default`"],
])("redundant experts: %s", async (json, part) => {
  const moe = { ...LLAMA, model_type: "deepseek_v3", num_hidden_layers: 61, n_routed_experts: 256 };
  writeFiles(folder, { "m/config.json": moe, "e.json": json });
  const [message] = await messages(`${REDUNDANT}enable_ep_moe: true\n`, "redundancy-file");
  expect(message).toContain(part);
});

test("redundant experts without expert parallelism, and of a model without experts", async () => {
  const moe = { ...LLAMA, model_type: "qwen3_moe", num_experts: 8 };
  const of = async (config: object, json: string) => {
    writeFiles(folder, { "m/config.json": config, "e.json": json });
    return (await messages(REDUNDANT, "redundancy-file")).join();
  };
  expect(await of(moe, '{"redundancy_expert_num": 2, "default": [0, 1]}')).toContain("there is no place");
  expect(await of(moe, '{"redundancy_expert_num": 0, "default": [0, 99]}')).toBe("");
  expect(await of(LLAMA, '{"redundancy_expert_num": 1, "default": 3}')).toBe("");
});

const CALIBRATION = {
  architectures: "LlamaForCausalLM",
  quant_type: "per_head",
  qmin: -448.0,
  qmax: 448.0,
  num_layers: 32,
  num_head: 2,
  scales_shape: [32, 4],
  scales: Array.from({ length: 32 }, () => [1.5, 1.5, 1.5, 1.5]),
};

test.each<[string, object, string | undefined]>([
  ["that fits", {}, undefined],
  ["of another architecture", { architectures: "Qwen3ForCausalLM" }, "`architectures`"],
  ["of another kind", { quant_type: "per_tensor" }, "`quant_type`"],
  ["with other limits", { qmin: -127 }, "`qmin`"],
  ["with other layers", { num_layers: 31 }, "`num_layers`"],
  ["with another shape", { scales_shape: [32, 2] }, "`scales_shape`"],
  ["with few scales", { scales: [[1.5]] }, "holds 1 numbers"],
  ["without a key", { num_head: undefined }, "has no key `num_head`"],
])("a calibration %s", async (_, changes, part) => {
  writeFiles(folder, { "m/config.json": LLAMA, "c.json": { ...CALIBRATION, ...changes } });
  const text = "model_dir: m\nllm_kv_type: fp8kv_sph\nkv_quant_calibration_config_path: c.json\n";
  const [message] = await messages(text, "kv-calibration-file");
  if (part === undefined) expect(message).toBeUndefined();
  else expect(message).toContain(part);
});

test("the hovers of real architectures", async () => {
  const models = service.shippedCatalogue().publicModels();
  const byArchitecture = new Map(
    Object.entries(models).map(([name, config]) => [JSON.parse(config).architectures[0], name]),
  );
  expect(byArchitecture.size).toBeGreaterThanOrEqual(20);
  const hovers: string[] = [];
  for (const name of [...byArchitecture.values()].sort()) {
    writeFiles(folder, {
      "m/config.json": models[name] ?? "",
      // The weights of DeepSeek have a bias in each gate, without which they load nowhere.
      "m/model.safetensors": safetensors({
        "model.layers.3.mlp.gate.e_score_correction_bias": ["BF16", 2],
        w: ["BF16", 5_000_000],
      }),
    });
    const contents = service.hover(await judged("model_dir: m\n"), "model_dir: ".length)?.contents;
    const text = contents && typeof contents === "object" && "value" in contents ? contents.value : "";
    hovers.push(`# ${name}\n\n${text.split("\n\n").slice(0, 1).join("\n\n")}`);
  }
  await expect(`${hovers.join("\n\n")}\n`).toMatchFileSnapshot("../data/model-hovers.md");
});
