/** Flags and values that another release has, but not the judging one. */
import { describe, expect, test } from "vitest";
import { MIGRATE_KIND } from "../../server/src/features/code-action-kinds";
import { service } from "../../server/src/service";
import { afterFix, applied, open, type TestNotation } from "../support/service";

const { codeActions, diagnose } = service;

const RUN = "python -m lightllm.server.api_server";
const FLAG = "flag-of-another-release";
const VALUE = "value-of-another-release";

/** By release: the text, the rule, the message, and the text after the preferred fix. */
const CASES: readonly [release: string, text: string, code: string, message: string, fixed: string][] = [
  [
    "v1.2.0",
    "model_dir: /m\nenable_fa3: true\n",
    FLAG,
    "'enable_fa3' was removed in v1.2.0; attention backends are now chosen with 'llm_prefill_att_backend' and 'llm_decode_att_backend'. LightLLM v1.2.0 refuses to start.",
    "model_dir: /m\nllm_prefill_att_backend: fa3\nllm_decode_att_backend: fa3\n",
  ],
  [
    "main-2026-08",
    "model_dir: /m\nenable-fa3: true\n",
    FLAG,
    "'enable-fa3' was removed in v1.2.0;",
    "model_dir: /m\nllm_prefill_att_backend: fa3\nllm_decode_att_backend: fa3\n",
  ],
  [
    "v1.2.0",
    "model_dir: /m\nsimple_constraint_mode: true\n",
    FLAG,
    "'simple_constraint_mode' was removed in v1.0.1; constrained output is now chosen with 'output_constraint_mode'.",
    "model_dir: /m\noutput_constraint_mode: outlines\n",
  ],
  [
    "v1.1.0",
    "model_dir: /m\nllm_kv_type: int4kv\n",
    FLAG,
    "'llm_kv_type' came with v1.2.0; v1.1.0 chooses the kv cache's type with 'mode'. LightLLM v1.1.0 refuses to start.",
    "model_dir: /m\nmode: ppl_int4kv_flashdecoding\n",
  ],
  [
    "v1.0.1",
    "model_dir: /m\nmtp_step: 1\n",
    FLAG,
    "'mtp_step' came with main-2025-07; v1.0.x has no multi-token prediction.",
    "model_dir: /m\n",
  ],
  [
    "v1.2.0",
    "model_dir: /m\nnixl_pd_kv_page_num: 32\n",
    FLAG,
    "'nixl_pd_kv_page_num' was on LightLLM's main branch only, from ",
    "model_dir: /m\npd_kv_page_num: 32\n",
  ],
  [
    "v1.2.0",
    "model_dir: /m\nsplitfuse_block_size: 32\n",
    FLAG,
    "'splitfuse_block_size' was removed before v1.0.0, on 2025-02-14; it became 'chunked_prefill_size'.",
    "model_dir: /m\nchunked_prefill_size: 32\n",
  ],
  [
    "v1.2.0",
    "model_dir: /m\nmode: [triton_int8kv]\n",
    "argparse-ambiguous-prefix",
    "'mode' was removed in v1.2.0; the kv cache's type is now chosen with 'llm_kv_type'. LightLLM v1.2.0 has no flag 'mode', and as an abbreviation it could mean 3 flags",
    "model_dir: /m\nllm_kv_type: int8kv\n",
  ],
  [
    "v1.2.0",
    "model_dir: /m\nenable_multimodal: true\n",
    "argparse-prefix-accepted",
    "'enable_multimodal' was removed in v1.2.0; vision is on by itself where the model has it; 'disable_vision' switches it off. LightLLM v1.2.0 takes 'enable_multimodal' as an abbreviation of 'enable_multimodal_url_cache', which is something else.",
    "model_dir: /m\n",
  ],
  [
    "v1.2.0",
    "model_dir: /m\nsampling_backend: sglang_kernel\n",
    VALUE,
    "The value 'sglang_kernel' of 'sampling_backend' was removed in v1.2.0; sampling kernels now come from FlashInfer. LightLLM v1.2.0 refuses it.",
    "model_dir: /m\nsampling_backend: flashinfer\n",
  ],
  [
    "v1.1.0",
    "model_dir: /m\ntool_call_parser: kimi_k2\n",
    VALUE,
    "The value 'kimi_k2' of 'tool_call_parser' came with v1.2.0; v1.1.0 reads the tool calls of Qwen 2.5, Llama 3 and Mistral only. LightLLM v1.1.0 refuses it.",
    "model_dir: /m\n",
  ],
];

describe("in a config", () => {
  test.each(CASES)("%s: %j is %s: %s", (release, body, code, message, fixed) => {
    const text = `# lightllm: release=${release}\n${body}`;
    const said = diagnose(open(text)).find((one) => one.code === code);
    expect(said?.message).toContain(message);
    expect(afterFix(text, code)).toBe(`# lightllm: release=${release}\n${fixed}`);
  });
});

describe("in other notations, with the text around it unchanged", () => {
  test.each<[TestNotation, string, string]>([
    [
      "shell",
      `# lightllm: release=v1.2.0\n${RUN} \\\n  --model_dir /m \\\n  --enable_fa3 \\\n  --tp 2\n`,
      `# lightllm: release=v1.2.0\n${RUN} \\\n  --model_dir /m \\\n  --llm_prefill_att_backend fa3 \\\n  --llm_decode_att_backend fa3 \\\n  --tp 2\n`,
    ],
    [
      "dockerfile",
      `# lightllm: release=v1.2.0\nFROM x\nCMD ["python", "-m", "lightllm.server.api_server", "--model_dir", "/m", "--enable_fa3"]\n`,
      `# lightllm: release=v1.2.0\nFROM x\nCMD ["python", "-m", "lightllm.server.api_server", "--model_dir", "/m", "--llm_prefill_att_backend", "fa3", "--llm_decode_att_backend", "fa3"]\n`,
    ],
    [
      "compose",
      `# lightllm: release=v1.2.0\nservices:\n  a:\n    command:\n      - python\n      - -m\n      - lightllm.server.api_server\n      - --model_dir\n      - /m\n      - --enable_fa3 # faster\n      - --tp=2\n`,
      `# lightllm: release=v1.2.0\nservices:\n  a:\n    command:\n      - python\n      - -m\n      - lightllm.server.api_server\n      - --model_dir\n      - /m\n      - --llm_prefill_att_backend\n      - fa3 # faster\n      - --llm_decode_att_backend\n      - fa3\n      - --tp=2\n`,
    ],
  ])("%s", (notation, text, fixed) => expect(afterFix(text, FLAG, undefined, notation)).toBe(fixed));
});

describe("saying that the launch is for the release that has it", () => {
  test.each([
    [
      "# lightllm: release=v1.2.0\nmodel_dir: /m\nenable_fa3: true\n",
      "# lightllm: release=v1.1.0\nmodel_dir: /m\nenable_fa3: true\n",
    ],
    [
      "# lightllm: release=v1.1.0\nmodel_dir: /m\ntool_call_parser: kimi_k2\n",
      "# lightllm: release=v1.2.0\nmodel_dir: /m\ntool_call_parser: kimi_k2\n",
    ],
  ])("%j", (text, expected) => {
    const document = open(text);
    const at = { start: { line: 2, character: 1 }, end: { line: 2, character: 30 } };
    const actions = codeActions(document, { range: at, diagnostics: [] });
    const [action] = actions.filter(({ title }) => title.startsWith("Say that this launch is for"));
    expect(applied(document, action?.edit)).toBe(expected);
    expect(diagnose(open(expected))).toEqual([]);
  });

  test("is not offered for what no release has", () => {
    const document = open("# lightllm: release=v1.2.0\nmodel_dir: /m\nsplitfuse_mode: true\n");
    const at = { start: { line: 2, character: 1 }, end: { line: 2, character: 1 } };
    const titles = codeActions(document, { range: at, diagnostics: [] }).map(({ title }) => title);
    expect(titles.join()).not.toContain("Say that");
  });
});

describe("moving the whole launch", () => {
  const text = "# lightllm: release=v1.1.0\nmodel_dir: /m\nenable_fa3: true\nmem_fraction: 0.8\n";
  const at = { start: { line: 1, character: 2 }, end: { line: 1, character: 2 } };

  test("is offered where a person asks, for a launch of an older release", () => {
    const document = open(text);
    const [action] = codeActions(document, { range: at, diagnostics: [], asked: true, only: [MIGRATE_KIND] });
    expect(action?.title).toBe("Migrate this launch from LightLLM v1.1.0 to v1.2.0");
    const after = applied(document, action?.edit);
    expect(after).toContain("# lightllm: release=v1.2.0\nmodel_dir: /m\nllm_prefill_att_backend: fa3\n");
    expect(codeActions(document, { range: at, diagnostics: [] })).toEqual([]);
    expect(
      codeActions(open(after), { range: at, diagnostics: [], asked: true, only: [MIGRATE_KIND] }),
    ).toEqual([]);
  });
});
