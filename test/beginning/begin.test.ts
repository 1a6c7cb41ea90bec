/** What `lightllm-config new` and "New Configuration…" write: every purpose, release and format, read back and judged. */
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  BEGINNING_FORMATS,
  type BeginningRequest,
  type BegunFile,
  begin,
  modelNamed,
  PURPOSES,
  type PurposeId,
} from "../../server/src/beginning/begin";
import { beginningFacts } from "../../server/src/beginning/purposes";
import { service } from "../../server/src/service";

const catalogue = service.shippedCatalogue();
const { newest } = catalogue;

/** A public model for each purpose, which old releases know too. */
const MODELS: Readonly<Record<PurposeId, string | object>> = {
  "one-node": "meta-llama/Meta-Llama-3.1-8B",
  nodes: "deepseek-ai/DeepSeek-R1",
  "expert-parallel": "deepseek-ai/DeepSeek-R1",
  pd: "meta-llama/Llama-3.1-70B-Instruct",
  "pd-masters": "meta-llama/Llama-3.1-70B-Instruct",
  multimodal: "Qwen/Qwen2-VL-7B-Instruct",
  reward: { architectures: ["InternLM2ForRewardModel"], model_type: "internlm2", eos_token_id: 2 },
};

const LAUNCHES: Readonly<Record<PurposeId, number>> = {
  "one-node": 1,
  nodes: 2,
  "expert-parallel": 1,
  pd: 3,
  "pd-masters": 5,
  multimodal: 1,
  reward: 1,
};

/** What a release cannot do; every other combination is written. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  "nodes v1.0.0": /^LightLLM v1\.0\.0 cannot do this: it has no --nnodes, --nccl_host\.$/,
  "pd-masters v1.0.0": /^LightLLM v1\.0\.0 cannot do this: it has no --config_server_host\.$/,
  "reward v1.2.0": /cannot load reward models.* v1\.1\.0 can\.$/,
  "reward main-2026-08": /cannot load reward models.* v1\.1\.0 can\.$/,
  "pd-masters v1.0.1": /^LightLLM v1\.0\.1 cannot do this: it has no --config_server_host\.$/,
};

function asked(purpose: PurposeId, more: Partial<BeginningRequest> = {}): BeginningRequest {
  const model = MODELS[purpose];
  const facts =
    typeof model === "string"
      ? { folder: `/models/${model.split("/")[1]}`, publicName: model }
      : { folder: "/models/reward", surroundings: service.withConfig(JSON.stringify(withSizes(model))) };
  return { purpose, release: newest, format: "yaml", gpu: "H200x8", model: facts, ...more };
}

/** A small model of the usual form. */
function withSizes(config: object): object {
  return {
    hidden_size: 4096,
    intermediate_size: 14336,
    num_attention_heads: 32,
    num_hidden_layers: 32,
    num_key_value_heads: 8,
    vocab_size: 92544,
    max_position_embeddings: 32768,
    torch_dtype: "bfloat16",
    rms_norm_eps: 1e-5,
    rope_theta: 1000000,
    ...config,
  };
}

function written(request: BeginningRequest): readonly BegunFile[] {
  const answer = begin(request);
  if (answer.kind === "refused") throw new Error(answer.why);
  return answer.files;
}

/** The files as an editor opens them. */
function opened(files: readonly BegunFile[], { model }: BeginningRequest) {
  return files.map(({ name, text }) => {
    const uri = `file:///project/${name}`;
    const notation = service.notationOf("", uri, text);
    if (!notation) throw new Error(`No notation reads ${name}.`);
    const document = TextDocument.create(uri, "", 0, text);
    const { surroundings } = model;
    return service.analyse(document, notation, { language: "en" }, catalogue, { surroundings });
  });
}

/** All that any check says. */
function objections(files: readonly BegunFile[], request: BeginningRequest): string[] {
  const documents = opened(files, request);
  const own = documents.flatMap((document) => service.reportedFindings(document));
  const between = service.deploymentsOf(documents).flatMap(({ findings }) => findings);
  return [...own, ...between].map(({ code, message }) => `${code}: ${message}`);
}

describe.each(catalogue.releases.map((release) => ({ release })))("$release.name", ({ release }) => {
  test.each(PURPOSES)("%s passes every check in every format, or is refused in a sentence", (purpose) => {
    for (const format of BEGINNING_FORMATS) {
      const request = asked(purpose, { release, format });
      const answer = begin(request);
      const refused = REFUSED[`${purpose} ${release.name}`];
      if (refused) {
        expect(answer).toMatchObject({ kind: "refused", why: expect.stringMatching(refused) });
        continue;
      }
      if (answer.kind === "refused") throw new Error(`${format}: ${answer.why}`);
      expect(objections(answer.files, request), format).toEqual([]);
      const documents = opened(answer.files, request);
      const launches = documents.flatMap((document) => document.launches);
      expect(launches.length, format).toBe(LAUNCHES[purpose]);
      for (const { chosen } of launches) expect(chosen.release.name, format).toBe(release.name);
      const groups = service.deploymentsOf(documents).map(({ members }) => members.length);
      expect(groups, format).toEqual(launches.length > 1 ? [launches.length] : []);
    }
  });
});

/** What a config must have for a request. */
const HAS: readonly [what: string, request: BeginningRequest, lines: readonly string[]][] = [
  ["tp that divides", asked("multimodal"), ["tp: 4", "# lightllm: gpu=H200x4", "so 4 are used"]],
  ["experts", asked("expert-parallel"), ["tp: 8", "dp: 8", "enable_ep_moe: true"]],
  [
    "experts of an old release",
    asked("expert-parallel", { release: service.findRelease("v1.1.0", catalogue) ?? newest }),
    ["dp: 8", "MOE_MODE: EP", "enable_fa3: true"],
  ],
  ["a parser", asked("nodes"), ["tp: 16", "nccl_host: 10.0.0.10", "reasoning_parser: deepseek-r1"]],
  [
    "the addresses that are given",
    asked("pd", { hosts: ["10.1.0.1", "prefill.example", "10.1.0.3"] }),
    ["host: 10.1.0.1", "host: prefill.example", "pd_master_ip: 10.1.0.1"],
  ],
  [
    "less than the model could, where memory ends",
    asked("one-node", { gpu: "A5000x1", model: { folder: "/m", publicName: "Qwen/Qwen3-8B" } }),
    ["tp: 1", "max_req_total_len: "],
  ],
  [
    "what LightLLM's guide says of a model",
    asked("one-node", { model: { folder: "/m", publicName: "Qwen/Qwen3.5-397B-A17B" } }),
    ["LIGHTLLM_TRITON_AUTOTUNE_LEVEL: 1", "llm_prefill_att_backend: fa3", "graph_max_batch_size: 128"],
  ],
];

test.each(HAS)("writes %s", (_, request, lines) => {
  const [file] = written(request);
  for (const line of lines) expect(file?.text).toContain(line);
  expect(objections(written(request), request)).toEqual([]);
});

test("each flag has its reason above it", () => {
  const [file] = written(asked("pd-masters"));
  const seen = new Set<string>();
  const lines = file?.text.split("\n") ?? [];
  for (const [at, line] of lines.entries()) {
    const [, key] = /^ {0,2}([A-Za-z_]+): /.exec(line) ?? [];
    if (!key || key.startsWith("x-") || seen.has(key)) continue;
    seen.add(key);
    expect(lines[at - 1], line).toMatch(/^ *# /);
  }
  expect([...seen]).toContain("config_server_host");
});

/** What nobody can begin, and why. */
const NOT: readonly [request: BeginningRequest, why: RegExp][] = [
  [asked("multimodal", { model: { folder: "/m", publicName: "Qwen/Qwen3-8B" } }), /reads no images/],
  [asked("expert-parallel", { model: { folder: "/m", publicName: "Qwen/Qwen3-8B" } }), /has no experts/],
  [asked("reward", { model: { folder: "/m", publicName: "Qwen/Qwen3-8B" } }), /scores answers/],
  [asked("pd", { hosts: ["10.0.0.1"] }), /3 launches with an address, not 1/],
  [asked("pd", { hosts: ["10.0.0.1", "a b", "c"] }), /'a b' is no address/],
  [
    asked("one-node", {
      release: service.findRelease("v1.0.0", catalogue) ?? newest,
      model: { folder: "/m", publicName: "Qwen/Qwen3-8B" },
    }),
    /does not implement the model type 'qwen3'/,
  ],
  [asked("nodes", { gpu: "80GiBx1", nodes: 2 }), /No files are written/],
];

test.each(NOT)("refuses %#", (request, why) => {
  const answer = begin(request);
  expect(answer.kind === "refused" ? answer.why : answer.files[0]?.text).toMatch(why);
});

test("nothing that people write in a name changes what the files are", () => {
  for (const folder of ["/models/it's $HOME #1: {x}", "/m/`id`", '/m/%h \\ "q"', "/m/模型"]) {
    for (const format of BEGINNING_FORMATS) {
      const request = asked("one-node", { format, model: { folder } });
      const answer = begin(request);
      if (answer.kind === "refused") continue;
      const [launch] = opened(answer.files, request).flatMap((document) => document.launches);
      const words = launch ? service.argvOf(launch.launch) : [];
      expect(words[words.indexOf("--model_dir") + 1], format).toBe(folder);
    }
  }
});

test("a path on another machine names a public model by its last part", async () => {
  expect(await modelNamed("/data/deepseek-r1/", undefined)).toEqual({
    folder: "/data/deepseek-r1/",
    publicName: "deepseek-ai/DeepSeek-R1",
  });
  expect(await modelNamed("qwen/qwen3-8b", undefined)).toMatchObject({ folder: "/models/Qwen3-8B" });
  expect(await modelNamed("nobody/knows-this", undefined)).toBeUndefined();
});

test("every entry is used by some launch", () => {
  const roles = new Set(Object.values(beginningFacts().purposes).flatMap(({ launches }) => launches));
  for (const entry of beginningFacts().entries)
    for (const role of entry.for) expect(roles, `${entry.id} for ${role}`).toContain(role);
});
