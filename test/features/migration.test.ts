/** Migrations of launches between releases: text in, text out. */
import { describe, expect, test } from "vitest";
import type { ModelFolder } from "../../server/src/judgement/model/folder";
import { NO_SURROUNDINGS } from "../../server/src/judgement/surroundings";
import { type MigrationOptions, service } from "../../server/src/service";
import { open, type TestNotation } from "../support/service";

const { migrate, shippedCatalogue } = service;

const catalogue = shippedCatalogue();

function release(name: string) {
  const found = catalogue.release(name);
  if (!found) throw new Error(`There is no release ${name}.`);
  return found;
}

/** Migrates all launches of a text. */
function carry(
  text: string,
  from: string,
  to: string,
  { notation = "yaml", ...options }: { notation?: TestNotation } & Omit<MigrationOptions, "from"> = {},
) {
  const document = open(text, {}, notation);
  const all = { newDefaults: true, ...options, from: release(from) };
  return migrate(document, document.launches, release(to), all);
}

/** The text, the other release and the text there; `⇄` also tests the way back. */
const CONFIGS: readonly [from: string, before: string, way: "→" | "⇄", to: string, after: string][] = [
  ["v1.0.0", "simple_constraint_mode: true", "⇄", "v1.0.1", "output_constraint_mode: outlines"],
  ["main-2025-07", "cache_reserved_ratio: 0.4\ntp: 2", "→", "v1.1.0", "tp: 2"],
  ["v1.1.0", "enable_fa3: true", "→", "v1.2.0", "llm_prefill_att_backend: fa3\nllm_decode_att_backend: fa3"],
  ["v1.1.0", "enable_flashinfer_prefill: true", "⇄", "v1.2.0", "llm_prefill_att_backend: flashinfer"],
  ["v1.1.0", "enable_flashinfer_decode: true", "⇄", "v1.2.0", "llm_decode_att_backend: flashinfer"],
  ["v1.1.0", "mode: ppl_int8kv", "⇄", "v1.2.0", "llm_kv_type: int8kv"],
  ["v1.1.0", "mode: triton_int8kv", "→", "v1.2.0", "llm_kv_type: int8kv"],
  ["v1.1.0", "mode: ppl_int4kv_flashdecoding", "⇄", "v1.2.0", "llm_kv_type: int4kv"],
  ["v1.1.0", "mode: [triton_gqa_attention]\ntp: 2", "→", "v1.2.0", "llm_decode_att_backend: triton\ntp: 2"],
  ["v1.1.0", "mode: [triton_flashdecoding, triton_int8kv]", "→", "v1.2.0", "llm_kv_type: int8kv"],
  ["v1.1.0", "sampling_backend: sglang_kernel", "⇄", "v1.2.0", "sampling_backend: flashinfer"],
  ["v1.1.0", "sampling_backend: triton", "⇄", "v1.2.0", "sampling_backend: triton"],
  [
    "v1.1.0",
    "mtp_mode: deepseekv3\nmtp_step: 1\nmtp_draft_model_dir: /d",
    "⇄",
    "v1.2.0",
    "mtp_mode: vanilla_with_att\nmtp_step: 1\nmtp_draft_model_dir: /d",
  ],
  [
    "v1.1.0",
    "disable_custom_allreduce: true",
    "⇄",
    "v1.2.0",
    "disable_flashinfer_allreduce: true\ndisable_symm_mem_allreduce: true",
  ],
  ["v1.1.0", "enable_multimodal: true # eyes\ntp: 2", "→", "v1.2.0", "tp: 2"],
  ["v1.1.0", "quant_type: vllm-w8a8", "→", "v1.2.0", "quant_type: w8a8"],
  ["v1.1.0", "quant_type: deepgemm-fp8w8a8-b128", "→", "v1.2.0", "quant_type: fp8w8a8-b128-deepgemm"],
  ["v1.1.0", "enable_fa3: false\ntp: 2", "→", "v1.2.0", "tp: 2"],
  ["v1.1.0", "mode: triton_int8kv   # halves it", "→", "v1.2.0", "llm_kv_type: int8kv   # halves it"],
  ["v1.1.0", "performance_mode: personal\ntp: 2", "→", "v1.2.0", "performance_mode: personal\ntp: 2"],
  [
    "v1.0.1",
    "enable_chunked_prefill: true\nuse_dynamic_prompt_cache: true\ntp: 2",
    "→",
    "main-2025-07",
    "tp: 2\ndisable_aggressive_schedule: true",
  ],
  [
    "v1.0.1",
    "enable_chunked_prefill: true\nuse_dynamic_prompt_cache: true\ntp: 2\ndisable_custom_allreduce: true\nenv: {ENABLE_VLLM_REDUCE: 0}",
    "→",
    "main-2025-07",
    "tp: 2\nenable_custom_allgather: true\ndisable_custom_allreduce: true\ndisable_aggressive_schedule: true",
  ],
  [
    "main-2025-07",
    "run_mode: prefill\ndisable_chunked_prefill: true\ndisable_dynamic_prompt_cache: true\nconfig_server_host: $HOST",
    "→",
    "v1.0.1",
    "run_mode: prefill\nuse_dynamic_prompt_cache: true",
  ],
  ["v1.2.0", "mtp_mode: eagle_with_att\nmtp_step: 2\ntp: 2", "→", "v1.1.0", "tp: 2"],
  [
    "v1.2.0",
    "mtp_mode: vanilla_with_att\nmtp_draft_model_dir: [/d, /d]\nmtp_step: 2",
    "→",
    "v1.1.0",
    "mtp_mode: deepseekv3\nmtp_draft_model_dir: /d\nmtp_step: 2",
  ],
  ["v1.2.0", "tool_call_parser: qwen", "→", "v1.1.0", "tool_call_parser: qwen25"],
  [
    "main-2025-07",
    "enable_multimodal: true",
    "→",
    "v1.0.1",
    "enable_multimodal: true\nuse_dynamic_prompt_cache: true",
  ],
  ["v1.2.0", "tool_call_parser: glm47\ntp: 2", "→", "v1.1.0", "tp: 2"],
  ["v1.2.0", "quant_type: fp8w8a8-b128-deepgemm", "⇄", "v1.1.0", "quant_type: deepgemm-fp8w8a8-b128"],
  [
    "v1.2.0",
    "llm_kv_type: fp8kv_spt\nkv_quant_calibration_config_path: /c",
    "→",
    "v1.1.0",
    "mode: offline_calibration_fp8kv\nenable_flashinfer_prefill: true\nenable_flashinfer_decode: true\nkv_quant_calibration_config_path: /c",
  ],
  [
    "v1.0.1",
    "tp: 2",
    "→",
    "main-2025-07",
    "tp: 2\ndisable_chunked_prefill: true\ndisable_dynamic_prompt_cache: true\ndisable_aggressive_schedule: true",
  ],
  [
    "v1.0.0",
    "splitfuse_block_size: 512",
    "→",
    "v1.2.0",
    "chunked_prefill_size: 512\ndisable_chunked_prefill: true\ndisable_dynamic_prompt_cache: true\ndisable_aggressive_schedule: true",
  ],
  [
    "v1.2.0",
    "run_mode: nixl_prefill\nhost: 10.0.0.5",
    "→",
    "main-2026-08",
    "run_mode: prefill\npd_trans_mode: nixl\nhost: 10.0.0.5",
  ],
  [
    "v1.2.0",
    "llm_prefill_att_backend: [fa3]\nllm_decode_att_backend: [fa3]",
    "→",
    "v1.1.0",
    "enable_fa3: true",
  ],
  [
    "main-2026-08",
    "llm_prefill_att_backend: [flashqla, triton]",
    "→",
    "v1.2.0",
    "llm_prefill_att_backend: triton",
  ],
];

describe("a config", () => {
  test.each(CONFIGS)("from %s: %s %s %s: %s", (from, before, way, to, after) => {
    const frame = (body: string) => `model_dir: /m\n${body}\nport: 8080\n`;
    expect(carry(frame(before), from, to).text.replace(/(port: 8080\n)(.*)$/s, "$2$1")).toBe(frame(after));
    if (way === "⇄") expect(carry(frame(after), to, from).text).toBe(frame(before));
  });
});

describe("a script", () => {
  const RUN = "python -m lightllm.server.api_server";
  test.each([
    [
      `${RUN} --model_dir /m --enable_fa3 --port 80\n`,
      `${RUN} --model_dir /m --llm_prefill_att_backend fa3 --llm_decode_att_backend fa3 --port 80\n`,
    ],
    [
      `${RUN} --model_dir /m \\\n  --enable_fa3 \\\n  --port 80\n`,
      `${RUN} --model_dir /m \\\n  --llm_prefill_att_backend fa3 \\\n  --llm_decode_att_backend fa3 \\\n  --port 80\n`,
    ],
    [`${RUN} --model_dir /m --mode=triton_int8kv\n`, `${RUN} --model_dir /m --llm_kv_type=int8kv\n`],
    [`${RUN} --model_dir /m --sa sglang_kernel\n`, `${RUN} --model_dir /m --sampling_backend flashinfer\n`],
    [`${RUN} --model_dir /m --visual_nccl_ports 1 2 3\n`, `${RUN} --model_dir /m\n`],
    [`${RUN} --model_dir /m --splitfuse_mode --enable_multimodal\n`, `${RUN} --model_dir /m\n`],
  ])("%s", (before, after) =>
    expect(carry(before, "v1.1.0", "v1.2.0", { notation: "shell" }).text).toBe(after),
  );

  test("a value that is not known is left, and said", () => {
    const text = `${RUN} --model_dir /m --mode $MODE --sampling_backend $SAMPLING\n`;
    const { text: after, launches } = carry(text, "v1.1.0", "v1.2.0", { notation: "shell" });
    expect(after).toBe(text);
    expect(launches[0]?.notes).toEqual(
      expect.arrayContaining([expect.stringContaining("The value of `--mode` is not known here")]),
    );
  });

  test("all launches of a file, each from its own release", () => {
    const text = `# lightllm: release=v1.1.0\n${RUN} --model_dir /a --enable_fa3\n\n# lightllm: release=v1.0.0\n${RUN} --model_dir /b --simple_constraint_mode\n`;
    const document = open(text, {}, "shell");
    const { text: after, launches } = migrate(document, document.launches, release("v1.2.0"), {
      newDefaults: true,
    });
    expect(launches.map(({ from }) => from.name)).toEqual(["v1.1.0", "v1.0.0"]);
    expect(after).toBe(
      `# lightllm: release=v1.2.0\n${RUN} --model_dir /a --llm_prefill_att_backend fa3 --llm_decode_att_backend fa3\n\n# lightllm: release=v1.2.0\n${RUN} --model_dir /b --output_constraint_mode outlines --disable_aggressive_schedule\n`,
    );
  });

  test("a directive that another launch shares stays when only one is migrated", () => {
    const text = `# lightllm: release=v1.1.0\n\n${RUN} --model_dir /a --enable_fa3\n\n${RUN} --model_dir /b\n`;
    const document = open(text, {}, "shell");
    const one = migrate(document, document.launches.slice(0, 1), release("v1.2.0"), { newDefaults: true });
    expect(one.text).toContain("release=v1.1.0");
    expect(migrate(document, document.launches, release("v1.2.0")).text).toContain("release=v1.2.0");
  });
});

describe("the version beside a launch", () => {
  const compose = (image: string, flag: string) =>
    `services:\n  llm:\n    image: ${image}\n    command: python -m lightllm.server.api_server --model_dir /m ${flag}\n`;
  const after = "--llm_prefill_att_backend fa3 --llm_decode_att_backend fa3";

  test.each([
    ["lightllm:v1.1.0", "v1.2.0", "lightllm:v1.2.0", false],
    ["my.registry:5000/lightllm:1.1.0-cuda12", "v1.2.0", "my.registry:5000/lightllm:1.2.0-cuda12", false],
    ["lightllm:v1.1.0", "main-2026-08", "lightllm:v1.1.0", true],
  ])("%s to %s is %s", (image, to, expected, told) => {
    const document = open(compose(image, "--enable_fa3"), {}, "compose");
    const { text, launches } = migrate(document, document.launches, release(to), { newDefaults: true });
    expect(text).toBe(compose(expected, after));
    const note = `What the launch runs in still names v1.1.0: change that to ${to} too.`;
    expect(launches[0]?.notes).toEqual(told ? [note] : []);
  });
});

/** The body of a config in one release and in another one, with the old defaults kept; only these keys are compared. */
const KEPT: readonly [from: string, before: string, to: string, after: readonly string[]][] = [
  // Chunks: 0 in v1.0.x means one piece, which is no size elsewhere.
  ["v1.0.1", "output_constraint_mode: xgrammar", "v1.2.0", ["chunked_prefill_size: 16384"]],
  ["v1.0.1", "token_healing_mode: true", "v1.1.0", ["chunked_prefill_size: 16384"]],
  ["v1.0.0", "diverse_mode: true\nmax_req_total_len: 8000", "main-2025-07", ["chunked_prefill_size: 8000"]],
  // Attention kernels: Triton where no flag chose another.
  [
    "v1.1.0",
    "enable_flashinfer_prefill: true",
    "v1.2.0",
    ["llm_prefill_att_backend: flashinfer", "llm_decode_att_backend: triton"],
  ],
  [
    "v1.1.0",
    "enable_flashinfer_decode: true",
    "v1.2.0",
    ["llm_prefill_att_backend: triton", "llm_decode_att_backend: flashinfer"],
  ],
  ["v1.1.0", "enable_fa3: true", "v1.2.0", ["llm_prefill_att_backend: fa3", "llm_decode_att_backend: fa3"]],
  ["v1.1.0", "mode: triton_gqa_flashdecoding", "v1.2.0", ["llm_decode_att_backend: triton"]],
  // Kernels of one name.
  ["v1.1.0", "quant_type: fp8w8a8-b128", "v1.2.0", ["quant_type: fp8w8a8-b128-vllm"]],
  // Scheduling.
  ["v1.0.1", "tp: 2", "v1.1.0", ["disable_aggressive_schedule: true", "router_max_wait_tokens: 6"]],
  // Counters of penalties.
  ["main-2025-07", "tp: 2", "v1.1.0", ["penalty_counter_mode: cpu_counter"]],
  [
    "main-2025-07",
    "env:\n  LIGHTLLM_ENABLE_GPU_BUFFER_FOR_OUT_TOKEN_ID_COUNTER: 1",
    "v1.1.0",
    ["penalty_counter_mode: gpu_counter"],
  ],
  ["main-2025-07", "run_mode: pd_master", "v1.1.0", ["select_p_d_node_strategy: random"]],
  // One draft model for each step.
  [
    "v1.1.0",
    "mtp_mode: deepseekv3\nmtp_step: 2\nmtp_draft_model_dir: /d",
    "v1.2.0",
    ["mtp_mode: vanilla_with_att", "mtp_draft_model_dir: [/d, /d]"],
  ],
  ["v1.0.1", "disable_custom_allreduce: true\ntp: 2", "main-2025-07", ["enable_custom_allgather: true"]],
];

/** What must not be written. */
const NEVER: readonly [from: string, before: string, to: string, after: string][] = [
  ["v1.0.1", "output_constraint_mode: xgrammar", "v1.2.0", "chunked_prefill_size: 0"],
  ["main-2025-07", "tp: 2", "v1.2.0", "router_max_wait_tokens"],
  [
    "v1.1.0",
    "dp_prefill_wait_step: 3\ntp: 2\ndp: 2\nenable_tpsp_mix_mode: true",
    "v1.2.0",
    "enable_dp_prefill_balance",
  ],
  ["v1.1.0", "run_mode: pd_master\nhttpserver_workers: 4", "v1.2.0", "httpserver_workers"],
  ["v1.0.1", "disable_custom_allreduce: true", "main-2025-07", "disable_custom_allreduce"],
];

describe("what happens stays the same", () => {
  test.each(KEPT)("from %s: %j to %s", (from, before, to, after) => {
    const { text } = carry(`model_dir: /m\n${before}\n`, from, to, { newDefaults: false });
    for (const line of after) expect(text.split("\n")).toContain(line);
  });

  test.each(NEVER)("from %s: %j to %s never writes %s", (from, before, to, after) => {
    expect(carry(`model_dir: /m\n${before}\n`, from, to, { newDefaults: false }).text).not.toContain(after);
  });
});

describe("what behaves differently is reported, with how to keep it", () => {
  test.each<[from: string, body: string, to: string, said: readonly string[]]>([
    [
      "v1.1.0",
      "tp: 2",
      "v1.2.0",
      [
        "`SKIP_SPECIAL_TOKENS=1` keeps them out",
        "65536 tokens (65535 through `/generate`) in place of 16",
        "greedy",
      ],
    ],
    ["v1.1.0", "tp: 2", "main-2026-08", ["`tool_call_parser: llama3` keeps the one"]],
    ["v1.1.0", "quant_cfg: /q.yaml", "v1.2.0", ["With an old name the model does not load"]],
    ["v1.1.0", "tp: 2", "v1.2.0", ["`disable_vision` and `disable_audio` keep them out"]],
    ["v1.1.0", "enable_multimodal: true\ntp: 4", "v1.2.0", ["`visual_dp` becomes `tp ÷ visual_tp`"]],
    ["v1.1.0", "run_mode: prefill\nhost: 10.0.0.1", "v1.2.0", ["CUDA peer access", "30000 + 100 × GPU"]],
    ["v1.0.1", "enable_chunked_prefill: true", "main-2025-07", ["Prompts share the kv cache"]],
    ["v1.0.0", "use_tgi_api: true", "v1.0.1", ["`RETURN_LIST=1` keeps the list"]],
    ["v1.0.1", "tp: 2", "main-2025-07", ["Every chat request is sampled"]],
    ["main-2025-07", "tp: 2", "v1.1.0", ["The chunks of a prompt are read one after another"]],
    [
      "v1.2.0",
      "tp: 2",
      "v1.1.0",
      ["`SKIP_SPECIAL_TOKENS=0` lets them appear", "ends after 16 tokens", "`enable_fa3` chooses"],
    ],
    ["v1.2.0", "tp: 2", "v1.1.0", ["vision and audio are loaded only with `enable_multimodal`"]],
    ["v1.1.0", "dp: 8\ntp: 8", "v1.0.1", ["reads each prompt in one piece"]],
  ])("from %s: %j to %s", (from, body, to, said) => {
    const { launches } = carry(`model_dir: /m\n${body}\n`, from, to, { newDefaults: false });
    const told = launches[0]?.differences.join("\n");
    for (const sentence of said) expect(told).toContain(sentence);
  });

  test.each([
    ["v1.1.0", "env:\n  SKIP_SPECIAL_TOKENS: 1", "v1.2.0", "Special tokens"],
    ["v1.1.0", "enable_multimodal: true", "v1.2.0", "vision and audio are loaded without a flag"],
    ["v1.1.0", "run_mode: prefill\nenv:\n  KV_TRANS_USE_P2P: 1", "v1.2.0", "peer access"],
    ["v1.1.0", "run_mode: decode", "v1.2.0", "Special tokens"],
    ["v1.2.0", "disable_vision: true", "v1.1.0", "vision and audio are loaded only"],
  ])("from %s: %j to %s says nothing of it where it does not count", (from, body, to, unsaid) => {
    const { launches } = carry(`model_dir: /m\n${body}\n`, from, to, { newDefaults: false });
    expect(launches[0]?.differences.join("\n")).not.toContain(unsaid);
  });

  test("findings of every stage and confidence", () => {
    const body = "model_dir: /m\ntp: 2\nenable_rl: true\nhttpserver_workers: 2\n";
    const { launches } = carry(body, "main-2026-08", "v1.2.0");
    expect(launches[0]?.notes).toEqual([]);
    const master = "model_dir: /m\nrun_mode: pd_master\nhttpserver_workers: 4\n";
    expect(carry(master, "v1.1.0", "v1.2.0").launches[0]?.notes.join()).toContain(
      "A PD master starts 1 HTTP worker",
    );
  });

  test("the outcome of several steps is said once", () => {
    const { launches } = carry("model_dir: /m\nenable_chunked_prefill: true\n", "v1.0.1", "v1.2.0", {
      newDefaults: false,
    });
    const done = launches[0]?.done ?? [];
    expect(done.filter((sentence) => sentence.includes("chunked_prefill")).length).toBeLessThanOrEqual(2);
    const gather = carry("model_dir: /m\ntp: 2\ndisable_custom_allreduce: true\n", "v1.0.1", "v1.2.0");
    expect(gather.launches[0]?.done.join("\n")).toContain("`disable_custom_allreduce` is taken out");
    expect(gather.launches[0]?.done.join("\n")).not.toContain("enable_custom_allgather");
  });
});

describe("what launches share", () => {
  const RUN = "python -m lightllm.server.api_server";
  const text = `# lightllm: release=v1.1.0\nexport MOE_MODE=EP\nARGS=(--model_dir /m --enable_fa3)\n${RUN} "\${ARGS[@]}" --port 1\n${RUN} "\${ARGS[@]}" --port 2\n`;

  test("is changed once, for all of them", () => {
    const { text: after, launches } = carry(text, "v1.1.0", "v1.2.0", { notation: "shell" });
    expect(after).toBe(
      `# lightllm: release=v1.2.0\nARGS=(--model_dir /m --llm_prefill_att_backend fa3 --llm_decode_att_backend fa3)\n${RUN} "\${ARGS[@]}" --port 1 --enable_ep_moe\n${RUN} "\${ARGS[@]}" --port 2 --enable_ep_moe\n`,
    );
    expect(launches.map(({ notes }) => notes)).toEqual([[], []]);
  });

  test("stays if one of them is not migrated, with a message", () => {
    const document = open(text, {}, "shell");
    const [first] = document.launches;
    const only = migrate(document, first ? [first] : [], release("v1.2.0"), { newDefaults: true });
    expect(only.text).toBe(text.replace("--port 1\n", "--port 1 --enable_ep_moe\n"));
    const notes = only.launches[0]?.notes.join("\n");
    expect(notes).toContain("`MOE_MODE` is left, because another launch that is not carried over has it too");
    expect(notes).toContain("`--enable_fa3` is left, because another launch");
  });
});

describe("defaults", () => {
  const before = "model_dir: /m\ntp: 2\n";
  const kept = [
    "mem_fraction: 0.9",
    "running_max_req_size: 1000",
    "max_req_total_len: 16384",
    "chunked_prefill_size: 4096",
    "batch_max_tokens: 8448",
    "router_token_ratio: 0.0",
    "llm_prefill_att_backend: triton",
    "llm_decode_att_backend: triton",
  ];

  test("that mattered are written down", () => {
    const { text, launches } = carry(before, "v1.1.0", "v1.2.0", { newDefaults: false });
    expect(text).toBe(`${before}${kept.join("\n")}\n`);
    expect(launches[0]?.done).toContain(
      "`mem_fraction: 0.9`: the default of v1.1.0 is kept; v1.2.0 would go on with 0.8.",
    );
  });

  test("and a comment says so, when asked", () => {
    const { text } = carry(before, "v1.1.0", "v1.2.0", { newDefaults: false, comments: true });
    expect(text).toBe(
      `# What v1.1.0 left to its defaults: ${kept.join(", ")}\n${before}${kept.join("\n")}\n`,
    );
  });

  test("the comment is where it stays one: above a folded command, not in it", () => {
    const command = "python -m lightllm.server.api_server --model_dir /m --tp 2";
    const text = `services:\n  llm:\n    command: >\n      ${command}\n`;
    const options = { newDefaults: false, comments: true, notation: "compose" } as const;
    const { text: after } = carry(text, "v1.1.0", "v1.2.0", options);
    expect(after).toMatch(
      /\n {4}# What v1\.1\.0 left to its defaults: --mem_fraction 0\.9, [^\n]*\n {4}command: >\n/,
    );
  });

  test.each([
    [
      "run_mode: pd_master\nmodel_dir: /m\n",
      ["max_req_total_len: 16384", "select_p_d_node_strategy: round_robin"],
    ],
    [
      "model_dir: /m\nnnodes: 2\ntp: 2\nnccl_host: 10.0.0.1\nmem_fraction: 0.7\nmax_req_total_len: 100\nrunning_max_req_size: 9\n",
      [
        "chunked_prefill_size: 4096",
        "batch_max_tokens: 100",
        "router_token_ratio: 0.0",
        "nccl_port: 28765",
        "llm_prefill_att_backend: triton",
        "llm_decode_att_backend: triton",
      ],
    ],
  ])("only where they count: %j", (text, expected) => {
    const after = carry(text, "v1.1.0", "v1.2.0", { newDefaults: false }).text;
    expect(after.slice(text.length).trimEnd().split("\n").sort()).toEqual([...expected].sort());
  });

  test("are left alone where further words may set them", () => {
    const text = 'exec python -m lightllm.server.api_server --model_dir /m "$@"\n';
    const { text: after, launches } = carry(text, "v1.1.0", "v1.2.0", {
      newDefaults: false,
      notation: "shell",
    });
    expect(after).toBe(text);
    expect(launches[0]?.notes[0]).toContain("`--mem_fraction 0.9`");
  });
});

test("a flag that the migration added itself is not left without effect, nor reported for that", () => {
  const text_config = { num_attention_heads: 32, num_key_value_heads: 8, max_position_embeddings: 262144 };
  const config = JSON.stringify({ model_type: "qwen3_vl", text_config, vision_config: {}, eos_token_id: 1 });
  const model = (): ModelFolder => ({ kind: "folder", files: { config } });
  const document = open("model_dir: /m\ntp: 2\n", {}, "yaml", { ...NO_SURROUNDINGS, model });
  const { text, launches } = migrate(document, document.launches, release("v1.1.0"), {
    from: release("v1.2.0"),
  });
  expect(text).toContain("mem_fraction: 0.8");
  expect(text).not.toMatch(/visual|multimodal/);
  const { done = [], notes = [], differences = [] } = launches[0] ?? {};
  expect([...done, ...notes, ...differences].join("\n")).not.toMatch(/visual_infer|no effect/);
});

describe("advice that the new release cannot follow is left out", () => {
  test.each([
    ["tp: 8\ndp: 8\nenable_ep_moe: true", "v1.2.0", "v1.0.1", "Set the environment variable `MOE_MODE=EP`"],
    ["tp: 2", "v1.2.0", "v1.0.1", "`--enable_fa3` chooses"],
    ["tp: 2", "v1.2.0", "v1.0.1", "`SKIP_SPECIAL_TOKENS=0` lets"],
    ["hypercorn_config: h.toml", "v1.2.0", "v1.0.1", "LIGHTLMM_GUNICORN_KEEP_ALIVE"],
    ["tp: 8\nenable_ep_moe: true\nenv: {MOE_MODE: EP}", "v1.2.0", "v1.1.0", "Set the environment"],
  ])("%j from %s to %s: %s", (body, from, to, said) => {
    const { launches } = carry(`model_dir: /m\n${body}\n`, from, to);
    const all = [...(launches[0]?.notes ?? []), ...(launches[0]?.differences ?? [])].join("\n");
    expect(all).not.toContain(said);
  });
});

describe("what cannot be migrated is reported", () => {
  test.each([
    ["long_truncation_mode: head", "v1.1.0", "v1.2.0", "Prompts are no longer cut"],
    ["mode: [triton_fp8kv]", "v1.1.0", "v1.2.0", "Nothing takes the place of the mode `triton_fp8kv`"],
    [
      "dp_prefill_wait_step: 3\ndisable_aggressive_schedule: true\ntp: 2\ndp: 2",
      "v1.1.0",
      "v1.2.0",
      "Prefill no longer waits until more data-parallel groups have prompts",
    ],
    ["mode: triton_int8kv", "v1.1.0", "v1.2.0", "some 19 % fewer with a head of 128 values"],
    ["disable_custom_allreduce: true", "main-2025-07", "v1.0.1", "ENABLE_VLLM_REDUCE=0"],
    ["penalty_counter_mode: gpu_counter", "v1.1.0", "main-2025-07", "OUT_TOKEN_ID_COUNTER=1"],
    ["quant_type: ao-w4a16-128", "v1.1.0", "v1.2.0", "which takes 4 times their memory"],
    ["quant_type: ppl-w4a16-128", "v1.0.1", "v1.1.0", "which takes 4 times their memory"],
    [
      "enable_cpu_cache: true",
      "v1.2.0",
      "v1.1.0",
      "The prompt cache of v1.1.0 is on the GPU alone; prompts that no longer fit there are read again.",
    ],
    ["tp: 8\ndp: 8\nenable_ep_moe: true", "v1.2.0", "v1.1.0", "Set the environment variable `MOE_MODE=EP`"],
    ["tp: 8\ndp: 8\nenable_ep_moe: true", "v1.2.0", "v1.0.1", "v1.0.x has no expert parallelism"],
    ["tp: 8\nenable_ep_moe: true", "v1.2.0", "v1.1.0", "only with `--dp` equal to `--tp`"],
    ["enable_flashinfer_prefill: true", "v1.1.0", "v1.0.0", "v1.0.0 has no FlashInfer attention"],
    [
      "penalty_counter_mode: gpu_counter",
      "v1.1.0",
      "v1.0.1",
      "v1.0.x counts tokens for penalties on the CPU",
    ],
    ["enable_custom_allgather: true", "v1.1.0", "v1.2.0", "GPUs gather their results with NCCL."],
    [
      "env: {LIGHTLMM_GUNICORN_TIME_OUT: 60}",
      "v1.1.0",
      "v1.2.0",
      "Hypercorn restarts no worker that is silent",
    ],
    ["quant_type: fp8w8a8-b128", "v1.2.0", "v1.1.0", "takes checkpoints in fp8 blocks only"],
    ["quant_type: awq", "v1.2.0", "v1.1.0", "v1.1.0 does not load AWQ checkpoints"],
    ["env: {REQUEST_PROXY: p}", "main-2025-07", "v1.0.1", "Set `HTTP_PROXY` and `HTTPS_PROXY`"],
    ["env: {SKIP_SPECIAL_TOKENS: 0}", "main-2025-07", "v1.0.1", "Special tokens are left out of answers"],
    ["run_mode: visual_only", "v1.2.0", "v1.1.0", "v1.1.0 cannot run the vision model by itself."],
    ["beam_mode: true", "v1.0.0", "v1.2.0", "Nothing takes the place of beam search"],
    [
      "run_mode: $MODE\nconfig_server_host: c\nconfig_server_port: 1",
      "v1.2.0",
      "v1.0.1",
      "Which of these concerns the launch, if any, depends on a value that is not known here: v1.0.x has no config server, and its nodes",
    ],
    [
      "hypercorn_config: h.toml",
      "v1.2.0",
      "v1.0.1",
      "gunicorn does not read the file of `--hypercorn_config`",
    ],
    ["nnodes: $NODES", "v1.0.1", "v1.0.0", "Whether this concerns the launch depends on a value"],
    [
      "run_mode: pd_master\nconfig_server_host: c\nconfig_server_port: 1",
      "v1.2.0",
      "v1.0.1",
      "v1.0.x has no config server, so that only one PD master",
    ],
  ])("%s from %s to %s: %s", (body, from, to, note) => {
    const { launches } = carry(`model_dir: /m\n${body}\n`, from, to);
    expect(launches[0]?.notes.join("\n").replaceAll("`--", "`")).toContain(note.replaceAll("`--", "`"));
  });
});
