/** Findings and migrations that once were wrong or missing, by number; other tests have their kinds. */
import { describe, expect, test } from "vitest";
import type { ModelFolder } from "../../server/src/judgement/model/folder";
import { NO_SURROUNDINGS } from "../../server/src/judgement/surroundings";
import { service } from "../../server/src/service";
import { open } from "../support/service";

const { hover, migrate, releaseChanges, reportedFindings, shippedCatalogue } = service;

const catalogue = shippedCatalogue();

function release(name: string) {
  const found = catalogue.release(name);
  if (!found) throw new Error(`There is no release ${name}.`);
  return found;
}

/** The codes that a check reports. */
function codesOf(inRelease: string, body: string, config?: object): string[] {
  const model = (): ModelFolder => ({ kind: "folder", files: { config: JSON.stringify(config) } });
  const text = `# lightllm: release=${inRelease}\nmodel_dir: /m\n${body}\n`;
  const surroundings = config ? { ...NO_SURROUNDINGS, model } : undefined;
  return reportedFindings(open(text, {}, "yaml", surroundings)).map(({ code }) => code);
}

/** A launch after its migration, with the old defaults kept: its lines, then all that is said, without repetitions. */
function migrated(from: string, body: string, to: string): { lines: string[]; said: string; done: string } {
  const document = open(`model_dir: /m\n${body}\n`);
  const { text, launches } = migrate(document, document.launches, release(to), {
    from: release(from),
    newDefaults: false,
  });
  const { done = [], notes = [], differences = [] } = launches[0] ?? {};
  return {
    lines: text.split("\n"),
    said: [...done, ...notes, ...differences].join("\n"),
    done: done.join("\n"),
  };
}

const QWEN2 = {
  model_type: "qwen2",
  architectures: ["Qwen2ForCausalLM"],
  eos_token_id: 1,
  num_attention_heads: 28,
};

describe("a check", () => {
  test.each<[number: string, release: string, body: string, code: string, config?: object]>([
    ["1.1", "v1.2.0", "chunked_prefill_size: 0", "chunked-size-not-positive"],
    ["2.2", "v1.2.0", "run_mode: pd_master\nhttpserver_workers: 4", "pd-master-http-workers"],
    ["2.7", "v1.2.0", "enable_decode_microbatch_overlap: true", "decode-overlap-needs-dp"],
    ["2.14", "v1.0.1", "static_quant: true", "static-quant-needs-vllm-w8a8"],
    [
      "2.16",
      "v1.2.0",
      "disable_vision: true\ndisable_audio: true\nenv: {LIGHTLLM_HUGE_PAGE_ENABLE: 1}",
      "huge-pages-unused",
    ],
    [
      "2.18",
      "v1.1.0",
      "use_reward_model: true\ndisable_chunked_prefill: true\ndisable_dynamic_prompt_cache: true",
      "reward-model-class",
      QWEN2,
    ],
    [
      "2.23",
      "v1.2.0",
      "mtp_mode: vanilla_with_att\nmtp_step: 2\nmtp_draft_model_dir: /d",
      "mtp-vanilla-dir-count",
    ],
    [
      "2.23",
      "main-2026-08",
      "mtp_mode: vanilla_with_att\nmtp_step: 2\nmtp_draft_model_dir: /d",
      "mtp-vanilla-dir-count",
    ],
    [
      "3.20",
      "v1.1.0",
      "mtp_mode: deepseekv3\nmtp_step: 8\nmtp_draft_model_dir: /d",
      "mtp-step-beyond-places",
    ],
    ["4.2", "v1.2.0", "enable_cpu_cache: true\nenable_rl: true", "rl-with-cpu-cache"],
    ["4.3", "v1.2.0", "enable_rl: true\nhttpserver_workers: 2", "rl-needs-one-http-worker"],
  ])("meaning %s: %s reports %j as %s", (_, inRelease, body, code, config) => {
    expect(codesOf(inRelease, body, config)).toContain(code);
  });

  test("meaning 2.17: words of quant_type that do nothing say so", () => {
    const text = "# lightllm: release=v1.1.0\nmodel_dir: /m\nquant_type: triton-fp8w8a8-block128\n";
    const said = JSON.stringify(hover(open(text), text.indexOf("triton-") + 2)?.contents);
    expect(said).toContain("Without effect");
    const other = "# lightllm: release=main-2025-07\nmodel_dir: /m\nquant_type: fp8w8a8-b128\n";
    expect(JSON.stringify(hover(open(other), other.indexOf("fp8w8a8-b") + 2)?.contents)).toContain(
      "Not implemented",
    );
  });

  test("meaning 4.8: fp8kv_spt names the package that it needs", () => {
    const text = "# lightllm: release=v1.2.0\nmodel_dir: /m\nllm_kv_type: fp8kv_spt\n";
    expect(JSON.stringify(hover(open(text), text.indexOf("fp8kv") + 2)?.contents)).toContain(
      "0.6.5 or newer",
    );
  });

  test("meaning 3.3: kimi_k2 finds calls in streams only", () => {
    const text = "# lightllm: release=v1.2.0\nmodel_dir: /m\ntool_call_parser: kimi_k2\n";
    expect(JSON.stringify(hover(open(text), text.indexOf("kimi") + 2)?.contents)).toContain(
      "only in streamed",
    );
  });
});

type Carried = readonly [
  number: string,
  from: string,
  body: string,
  to: string,
  expected: { readonly has?: readonly string[]; readonly lacks?: RegExp; readonly says?: readonly RegExp[] },
];

const CARRIED: readonly Carried[] = [
  [
    "1.1",
    "v1.0.1",
    "output_constraint_mode: xgrammar",
    "v1.2.0",
    { has: ["chunked_prefill_size: 16384"], lacks: /size: 0/ },
  ],
  [
    "1.1",
    "v1.0.1",
    "diverse_mode: true",
    "v1.1.0",
    { has: ["chunked_prefill_size: 16384"], lacks: /size: 0/ },
  ],
  [
    "1.2",
    "v1.1.0",
    "run_mode: pd_master\nhttpserver_workers: 4",
    "v1.2.0",
    { lacks: /httpserver_workers/, says: [/1 HTTP worker/] },
  ],
  [
    "1.3",
    "v1.1.0",
    "tp: 2",
    "v1.2.0",
    { says: [/Special tokens appear.*`SKIP_SPECIAL_TOKENS=1` keeps them out/] },
  ],
  [
    "1.4",
    "v1.1.0",
    "tp: 2",
    "v1.2.0",
    {
      says: [
        /65536 tokens .65535 through `.generate`. in place of 16.*`router_token_ratio: 0.0`.*few run/,
        /before, completions were greedy/,
        /parsers .* follow the model.*separate_reasoning/,
      ],
    },
  ],
  [
    "1.5",
    "v1.1.0",
    "tp: 2",
    "v1.2.0",
    { has: ["llm_prefill_att_backend: triton", "llm_decode_att_backend: triton"] },
  ],
  [
    "1.5",
    "v1.1.0",
    "enable_flashinfer_decode: true",
    "v1.2.0",
    { has: ["llm_prefill_att_backend: triton", "llm_decode_att_backend: flashinfer"] },
  ],
  ["1.5", "v1.1.0", "mode: triton_flashdecoding", "v1.2.0", { has: ["llm_decode_att_backend: triton"] }],
  ["1.6", "v1.1.0", "quant_type: fp8w8a8-b128", "v1.2.0", { has: ["quant_type: fp8w8a8-b128-vllm"] }],
  ["1.7", "v1.1.0", "quant_cfg: /q.yaml", "v1.2.0", { says: [/`vllm-w8a8` is `w8a8`.*does not load/] }],
  [
    "1.8",
    "v1.0.1",
    "tp: 2",
    "v1.2.0",
    { has: ["router_max_wait_tokens: 6", "disable_aggressive_schedule: true"] },
  ],
  ["1.8", "main-2025-07", "tp: 2", "v1.2.0", { lacks: /router_max_wait_tokens/ }],
  [
    "1.9",
    "v1.1.0",
    "mode: triton_int8kv",
    "v1.2.0",
    { has: ["llm_kv_type: int8kv"], says: [/some 19 % fewer with a head of 128/] },
  ],
  ["1.9", "v1.1.0", "mode: ppl_int8kv", "v1.2.0", { has: ["llm_kv_type: int8kv"] }],
  [
    "1.10",
    "v1.0.1",
    "enable_chunked_prefill: true",
    "main-2025-07",
    { says: [/Prompts share the kv cache/] },
  ],
  [
    "1.10",
    "v1.1.0",
    "dp_prefill_wait_step: 3\ntp: 2\ndp: 2\nenable_tpsp_mix_mode: true",
    "v1.2.0",
    { lacks: /dp_prefill/ },
  ],
  [
    "1.10",
    "v1.1.0",
    "run_mode: decode\nhost: 10.0.0.1",
    "v1.2.0",
    { says: [/CUDA peer access, and stop without it/] },
  ],
  [
    "1.10",
    "v1.1.0",
    "tp: 2",
    "v1.2.0",
    { lacks: /disable_vision/, says: [/vision and audio are loaded without a flag.*`disable_vision`/] },
  ],
  [
    "1.10",
    "v1.1.0",
    "tp: 4\nenable_multimodal: true\nvisual_gpu_ids: [0]",
    "v1.2.0",
    { says: [/each GPU holds a copy of the vision model/] },
  ],
  ["1.10", "main-2025-07", "tp: 2", "v1.1.0", { has: ["penalty_counter_mode: cpu_counter"] }],
  [
    "1.10",
    "main-2025-07",
    "env:\n  LIGHTLLM_ENABLE_GPU_BUFFER_FOR_OUT_TOKEN_ID_COUNTER: 1",
    "v1.1.0",
    { has: ["penalty_counter_mode: gpu_counter"] },
  ],
  [
    "1.11",
    "v1.0.1",
    "tp: 2\ndisable_custom_allreduce: true",
    "main-2025-07",
    { has: ["enable_custom_allgather: true"], lacks: /custom_allreduce/ },
  ],
  [
    "1.11",
    "v1.0.1",
    "quant_type: ppl-w4a16-128",
    "v1.1.0",
    { lacks: /quant_type/, says: [/4 times their memory/] },
  ],
  ["1.10", "v1.2.0", "visual_tp: 2\ntp: 2", "v1.0.1", { has: ["enable_multimodal: true"] }],
  ["1.10", "v1.2.0", "audio_dp: 2\ntp: 2", "v1.1.0", { has: ["enable_multimodal_audio: true"] }],
  ["1.10", "v1.2.0", "disable_vision: true\nvisual_tp: 2", "v1.1.0", { lacks: /enable_multimodal/ }],
  ["1.11", "v1.1.0", "quant_type: ao-w8a16", "v1.2.0", { lacks: /quant_type/, says: [/twice|2 times/] }],
  ["1.11", "v1.0.0", "splitfuse_mode: true", "main-2025-07", { lacks: /splitfuse|disable_chunked/ }],
  [
    "1.11",
    "v1.1.0",
    "enable_flashinfer_prefill: true\nenv: {MOE_MODE: EP}",
    "v1.2.0",
    { has: ["llm_prefill_att_backend: auto"], says: [/refuses FlashInfer for prefill/] },
  ],
  [
    "1.11",
    "v1.1.0",
    "mtp_mode: deepseekv3\nmtp_step: 2\nmtp_draft_model_dir: /d",
    "v1.2.0",
    { has: ["mtp_mode: vanilla_with_att", "mtp_draft_model_dir: [/d, /d]"] },
  ],
];

describe("a migration", () => {
  test("meaning 1.5: what depends on the model is in the list of changes", () => {
    const { behaviour } = releaseChanges(release("v1.1.0"), release("v1.2.0"), catalogue);
    expect(behaviour.map(({ name }) => name)).toContain("shared experts");
  });

  test("meaning 3.4: a migration names the new ports of PD nodes in both directions", () => {
    const node = "run_mode: prefill\nhost: 10.0.0.1";
    expect(migrated("v1.1.0", node, "v1.2.0").said).toContain("30000 + 100 × GPU");
    expect(migrated("v1.2.0", node, "v1.1.0").said).toContain("20000 to 30000");
  });

  test.each(CARRIED)("meaning %s: from %s %j to %s", (_, from, body, to, { has = [], lacks, says = [] }) => {
    const { lines, said } = migrated(from, body, to);
    for (const line of has) expect(lines).toContain(line);
    if (lacks) expect(lines.join("\n")).not.toMatch(lacks);
    for (const sentence of says) expect(said).toMatch(sentence);
  });

  test("meaning 1.6: the other name of the kernel stays too", () => {
    expect(migrated("v1.1.0", "quant_type: vllm-fp8w8a8-b128", "v1.2.0").lines).toContain(
      "quant_type: fp8w8a8-b128-vllm",
    );
  });

  test.each([
    ["v1.0.1", "tp: 2\ndisable_custom_allreduce: true", "v1.2.0"],
    ["v1.0.0", "splitfuse_block_size: 512\nenable_chunked_prefill: true", "main-2026-08"],
    ["v1.0.1", "enable_chunked_prefill: true\nuse_dynamic_prompt_cache: true", "v1.2.0"],
  ])(
    "meaning 1.11: from %s %j to %s says the outcome once, and nothing that the result does not have",
    (...row) => {
      const { lines, done } = migrated(...row);
      const sentences = done.split("\n");
      expect(new Set(sentences).size).toBe(sentences.length);
      for (const [, key, value] of done.matchAll(/^`(\w+): ([^`]+)`/gm))
        expect(lines).toContain(`${key}: ${value}`);
      for (const [, key] of done.matchAll(/^`(\w+)` is added/gm))
        expect(lines.some((line) => line.startsWith(`${key}:`))).toBe(true);
      for (const [, key] of done.matchAll(/^`(\w+)` is taken out/gm))
        expect(lines.some((line) => line.startsWith(`${key}:`))).toBe(false);
    },
  );
});
