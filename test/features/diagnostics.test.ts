import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { afterFix, findingsOf, open, openYaml, type TestNotation } from "../support/service";

const { diagnose, fixesOf, reportedFindings } = service;

/** The titles of the fixes of a config's first finding. */
function titlesOfFirst(text: string): string[] {
  const config = openYaml(text);
  const [first] = reportedFindings(config);
  return first ? fixesOf(config, first).map(({ title }) => title) : [];
}

describe("a flag's name", () => {
  test.each([
    ["modle_dir: /x\n", ["argparse-unknown-flag: modle_dir"]],
    ["max-total-token-num: 5\n", ["flag-spelling: max-total-token-num"]],
    ["--tp: 8\n", ["flag-spelling: --tp"]],
    ["TP: 8\n", ["flag-spelling: TP"]],
    ["max_total: 5\n", ["argparse-prefix-accepted: max_total"]],
    ["max: 5\n", ["argparse-ambiguous-prefix: max"]],
    ["help: true\n", ["argparse-help: help"]],
    [
      "# lightllm: release=v1.2.0\nenable_multimodal: true\n",
      ["argparse-prefix-accepted: enable_multimodal"],
    ],
    ["# lightllm: release=v1.2.0\nmode: [triton_fp8kv]\n", ["argparse-ambiguous-prefix: mode"]],
    ["# lightllm: release=v1.0.0\nllm_kv_type: None\n", ["flag-of-another-release: llm_kv_type"]],
    ["nonsense: null\n", ["argparse-unknown-flag: nonsense"]],
    ["p_mode: personal\nperformance_mode: personal\n", ["argparse-repeated-flag: p_mode: personal"]],
    ["x-anything: { goes: here }\ntp: 8\n", []],
  ])("%s", (text, expected) => expect(findingsOf(text)).toEqual(expected));

  test("of another release is reported as such", () => {
    const [finding] = diagnose(openYaml("# lightllm: release=v1.0.0\nllm_kv_type: int8kv\n"));
    expect(finding?.message).toContain("'llm_kv_type' came with v1.2.0; ");
  });
});

describe("a value", () => {
  test.each([
    ["tp: 8\n", []],
    ['tp: "8"\n', []],
    ['tp: " 8 "\n', []],
    ["tp: +8\n", []],
    ['tp: "1_000"\n', []],
    ["tp: 8.0\n", ["argparse-type-int-float: 8.0"]],
    ["tp: 1e3\n", ["argparse-type-int-float: 1e3"]],
    ["tp: eight\n", ["argparse-type-int-float: eight"]],
    ["mem_fraction: 1e-1\n", []],
    ["mem_fraction: nan\n", []],
    ["mem_fraction: half\n", ["argparse-type-int-float: half"]],
    ["eos_id: -1\n", []],
    ["eos_id: [1, -2, x]\n", ["argparse-type-int-float: x"]],
    ["visual_gpu_ids: 0,1\n", ["argparse-comma-list: 0,1"]],
    ["visual_gpu_ids: 0 1\n", ["argparse-comma-list: 0 1"]],
    ["visual_gpu_ids: 0\n", []],
    ["visual_gpu_ids: []\n", ["argparse-missing-value: []"]],
    ["visual_gpu_ids:\n  - 0\n  - 1\n", []],
    ["run_mode: prefil\n", ["argparse-choice: prefil"]],
    ["run_mode: Prefill\n", ["argparse-choice: Prefill"]],
    ["run_mode: 3\n", ["argparse-choice: 3"]],
    ["mtp_mode: None\n", ["none-as-word: None"]],
    ["llm_kv_type: None\n", []],
    ["max_total_token_num: None\n", ["none-as-word: None"]],
    ["max_total_token_num: null\n", []],
    ["max_total_token_num: ~\n", []],
    ["tp: [1, 2]\n", ["argparse-positional: [1, 2]"]],
    ["tp: [8]\n", []],
    ["tp: true\n", ["argparse-missing-value: true"]],
    ["tp: on\n", ["argparse-missing-value: on"]],
    ["tp: false\n", ["yaml-false-for-value: false"]],
    ["job_name: on\n", ["argparse-missing-value: on"]],
    ['job_name: "on"\n', []],
    ["model_dir: -x\n", ["argparse-missing-value: -x"]],
    ["enable_ep_moe: true\n", []],
    ["enable_ep_moe: yes\n", []],
    ["enable_ep_moe: off\n", []],
    ["enable_ep_moe: null\n", []],
    ['enable_ep_moe: "true"\n', ['argparse-switch-with-value: "true"']],
    ["enable_ep_moe: 1\n", ["argparse-switch-with-value: 1"]],
    ["enable_ep_moe: [true]\n", ["argparse-switch-with-value: [true]"]],
    ["model_name: 1.10\n", ["yaml-value-reread: 1.10"]],
    ["model_name: 2026-08-10\n", []],
    ["tp: 010\n", ["yaml-value-reread: 010"]],
    ["mem_fraction: 0.90\n", []],
    ["grouping_key: [a=b, c=d]\n", []],
    ["tp: 8\ntp: 4\n", ["yaml-duplicate-key: tp"]],
    ["use_dynamic_prompt_cache: true\n", ["flag-without-effect: use_dynamic_prompt_cache: true"]],
    ["use_dynamic_prompt_cache: false\n", []],
  ])("%s", (text, expected) => expect(findingsOf(`# lightllm: release=v1.2.0\n${text}`)).toEqual(expected));
});

describe("YAML that is no launch", () => {
  test.each([
    ["mo", ["yaml-shape: mo"]],
    ["tp: 8\nmo\ndp: 2\n", ["yaml-unreadable: mo"]],
    ["tp: 8\nmo", ["yaml-unreadable: mo"]],
    ["tp:8\ndp: 2\n", ["yaml-unreadable: tp:8"]],
    ["tp = 8\ndp: 2\n", ["yaml-unreadable: tp = 8"]],
    ["tp: 8\n  dp: x\nport: 1\n", ["yaml-unreadable: dp: x"]],
    ['host: "10.0.0.5\ntp: x\n', ['yaml-unreadable: "10.0.0.5', "argparse-type-int-float: x"]],
    ["visual_gpu_ids: [0, 1\ntp: x\n", ["yaml-unreadable: [0, 1", "argparse-type-int-float: x"]],
    ["visual_gpu_ids: [0, 1", ["yaml-unreadable: [0, 1"]],
    ["tp: 8\n\tdp: 2\n", ["yaml-unreadable: \tdp: 2"]],
    ["- tp\n- 8\n", ["yaml-shape: - tp\n- 8"]],
    ["just words\n", ["yaml-shape: just words"]],
    ["tp: { a: 1 }\n", ["yaml-shape: tp"]],
    ["visual_gpu_ids: [[0]]\n", ["yaml-shape: [0]"]],
    ["env: 3\n", ["yaml-shape: 3"]],
    ["<<: *nowhere\n", ["yaml-unreadable: *nowhere"]],
    ["host: a: b\n", ["yaml-unreadable: a: b"]],
    ["host: 'a: b\n", ["yaml-unreadable: 'a: b"]],
    ["", []],
    ["# only a comment\n", []],
    ["---\n---\n", []],
    ["env:\n  LOADWORKER: 18\n", []],
    ["%YAML 1.1\n---\ntp: 8\n", []],
    ["{tp: 8, dp: 2}\n", []],
    ["\uFEFFtp: 8\r\ndp: 2\r\n", []],
  ])("%j", (text, expected) => {
    expect(findingsOf(text)).toEqual(expected);
  });
});

describe("merge keys and anchors", () => {
  test.each([
    ["x-base: &b\n  tp: x\n<<: *b\n", ["argparse-type-int-float: x"]],
    ["x-base: &b\n  tp: x\n<<: *b\ntp: 8\n", []],
    ["x-base: &b\n  tp: x\n", []],
    ["x-a: &a { tp: 8 }\nx-b: &b { dp: x }\n<<: [*a, *b]\n", ["argparse-type-int-float: x"]],
    ["x-a: &a { tp: 8 }\nx-b: &b { tp: x }\n<<: [*a, *b]\n", []],
    ["tp: &n 8\ndp: *n\n", []],
    ["model_name: &n abc\ntp: *n\n", ["argparse-type-int-float: *n"]],
    ["x-a: &a\n  <<: &self { tp: x }\n<<: *a\n", ["argparse-type-int-float: x"]],
  ])("%j", (text, expected) => expect(findingsOf(text)).toEqual(expected));
});

describe("directives", () => {
  test.each([
    ["# lightllm: off\ntp: x\nnonsense: 1\n", []],
    ["# lightllm: disable-file=argparse-type-int-float\ntp: x\nfoo: 1\n", ["argparse-unknown-flag: foo"]],
    ["# lightllm: disable-next-line=argparse-type-int-float\ntp: x\ndp: x\n", ["argparse-type-int-float: x"]],
    ["# lightllm: disable-next-line=argparse-unknown-flag, argparse-choice\nrun_mode: x\n", []],
    ["# lightllm: disable-next-line=argparse-choice\ntp: x\n", ["argparse-type-int-float: x"]],
    ["# lightllm: release=v9\ntp: 8\n", ["unknown-release: v9"]],
    ["# lightllm: release=1.1.0\nenable_fa3: true\n", []],
    ["# lightllm: releese=v1.1.0\ntp: 8\n", ["unknown-directive: releese"]],
  ])("%j", (text, expected) => expect(findingsOf(text)).toEqual(expected));

  test.each([
    ["# lightllm: release=v1.1.0\ntp: 8\n---\ndp: 1\n", ["v1.1.0", "v1.1.0"]],
    ["tp: 8\n---\n# lightllm: release=v1.1.0\ndp: 1\n---\nport: 1\n", ["v1.2.0", "v1.1.0", "v1.2.0"]],
    ["# lightllm: release=v1.0.0\ntp: 8\n---\n# lightllm: release=v1.1.0\ndp: 1\n", ["v1.0.0", "v1.1.0"]],
  ])("a release holds for its launch, one at the head of the file for all: %j", (text, expected) => {
    expect(openYaml(text).launches.map(({ release }) => release.name)).toEqual(expected);
  });
});

describe("which release judges", () => {
  test.each([
    ["tp: 8\n", "v1.2.0", "newest"],
    ["enable_fa3: true\n", "v1.1.0", "inferred"],
    ["sampling_backend: sglang_kernel\n", "v1.1.0", "inferred"],
    ["llm_prefill_att_backend: flashqla\n", "main-2026-08", "inferred"],
    ["static_quant: true\n", "v1.0.1", "inferred"],
    ["cache_reserved_ratio: 0.4\nenable_fa3: true\n", "main-2025-07", "inferred"],
    ["tpp: 8\n", "v1.2.0", "newest"],
    ["enable_fa3: true\ntpp: 8\n", "v1.1.0", "inferred"],
    ["# lightllm: release=v1.0.0\nllm_kv_type: int8kv\n", "v1.0.0", "modeline"],
  ])("%j", (text, release, reason) => {
    expect(openYaml(text).launches[0]?.chosen).toMatchObject({ release: { name: release }, reason });
  });

  test("the setting goes before inference and after the comment", () => {
    expect(openYaml("enable_fa3: true\n", { setting: "v1.2.0" }).launches[0]?.chosen).toMatchObject({
      reason: "setting",
    });
    const both = openYaml("# lightllm: release=v1.0.0\ntp: 1\n", { setting: "v1.2.0" });
    expect(both.launches[0]?.chosen).toMatchObject({ reason: "modeline", release: { name: "v1.0.0" } });
  });
});

describe("a diagnostic", () => {
  test("has a source, a stable code, a severity, and a link to the rule's page", () => {
    const [one] = diagnose(openYaml("tp: x\nmodel_dir: /m\n"), { rulePages: "file:///docs/rules/" });
    expect(one).toMatchObject({
      source: "lightllm",
      code: "argparse-type-int-float",
      severity: 1,
      codeDescription: { href: "file:///docs/rules/argparse-type-int-float.md" },
      range: { start: { line: 0, character: 4 }, end: { line: 0, character: 5 } },
    });
  });

  test("points to the other place of a repeated flag", () => {
    const [one] = diagnose(openYaml("tp: 8\ntp: 4\nmodel_dir: /m\n"));
    expect(one).toMatchObject({
      severity: 2,
      relatedInformation: [{ location: { range: { start: { line: 1 } } } }],
    });
  });

  test.each<[string, string, TestNotation]>([
    ['"--dpp=3"', "'--dpp'", "shell"],
    ["'--dpp'=3", "'--dpp'", "shell"],
    ["--d\\pp 3", "'--dpp'", "shell"],
    ['--d"pp" 3', "'--dpp'", "shell"],
    ['"--dpp=3"', "'--dpp'", "python"],
    ['f"--dpp={p}"', "'--dpp'", "python"],
    ["r'--dpp', p", "'--dpp'", "python"],
  ])("names the flag that LightLLM receives, whatever quotes it is in: %s", (words, name, notation) => {
    const command = "python -m lightllm.server.api_server --model_dir /m";
    const list = command.split(" ").map((word) => `"${word}"`);
    const text = notation === "python" ? `run([${list.join(", ")}, ${words}])\n` : `${command} ${words}\n`;
    const messages = diagnose(open(text, {}, notation)).map(({ message }) => message);
    expect(messages).toEqual([expect.stringContaining(`has no flag ${name} and`)]);
  });

  test("marks whole characters where the YAML parser stops inside an emoji", () => {
    const [one] = diagnose(openYaml(">🚀\n"));
    expect(one?.range).toEqual({ start: { line: 0, character: 1 }, end: { line: 0, character: 3 } });
  });

  test("counts positions in UTF-16 units after Chinese text and emoji", () => {
    const [one] = diagnose(openYaml('model_name: "模型🚀" # 说明\ntp: x # 🚀\nmodel_dir: /m\n'));
    expect(one?.range).toEqual({ start: { line: 1, character: 4 }, end: { line: 1, character: 5 } });
  });
});

describe("the preferred fix", () => {
  test.each([
    ["argparse-unknown-flag", "modle_dir: /x # mine\n", "model_dir: /x # mine\n"],
    ["flag-spelling", "  max-total-token-num: 50000\n", "  max_total_token_num: 50000\n"],
    ["flag-spelling", '"--tp": 8\n', '"tp": 8\n'],
    ["argparse-prefix-accepted", "max_total: 5\n", "max_total_token_num: 5\n"],
    ["argparse-choice", "run_mode: 'prefil'\n", "run_mode: 'prefill'\n"],
    ["argparse-comma-list", 'visual_gpu_ids: "0,1"\n', "visual_gpu_ids: [0, 1]\n"],
    ["none-as-word", "mtp_mode: None\n", "mtp_mode: null\n"],
    ["argparse-switch-with-value", 'enable_ep_moe: "yes"\n', "enable_ep_moe: true\n"],
    ["argparse-switch-with-value", "enable_ep_moe: 0\n", "enable_ep_moe: false\n"],
    ["argparse-missing-value", "job_name: on\n", 'job_name: "on"\n'],
    ["argparse-positional", "tp:\n  - 8\n  - 4\ndp: 1\n", "tp: 8\ndp: 1\n"],
    ["argparse-type-int-float", "tp: 8.0\n", "tp: 8\n"],
    ["argparse-type-int-float", "tp: 8,\n", "tp: 8\n"],
    ["argparse-type-int-float", "tp: '8;'\n", "tp: '8'\n"],
    ["argparse-type-int-float", "tp: 8\uff0c\n", "tp: 8\n"],
    ["argparse-comma-list", "visual_gpu_ids: [0\uff0c1]\n", "visual_gpu_ids: [0, 1]\n"],
    ["typographic-character", "port: \u201c8000\u201d\n", "port: 8000\n"],

    ["flag-spelling", "\u2014tp: 8\n", "tp: 8\n"],
    ["yaml-unreadable", "dp\uff1a 1\ntp: 8\n", "dp: 1\ntp: 8\n"],
    ["yaml-unreadable", "tp:\u00a08\ndp: 1\n", "tp: 8\ndp: 1\n"],
    ["yaml-unreadable", "tp: 8\n\u3000dp: 1\n", "tp: 8\ndp: 1\n"],
    ["yaml-unreadable", "env:\n\u00a0\u00a0A: 1\ntp: 8\n", "env:\n  A: 1\ntp: 8\n"],
    ["argparse-type-int-float", "max_req_total_len: 16,384\n", "max_req_total_len: 16384\n"],
    ["argparse-type-int-float", "mem_fraction: 85%\n", "mem_fraction: 0.85\n"],
    ["yaml-duplicate-key", "tp: 8 # old\r\nport: 1\r\ntp: 4\r\n", "port: 1\r\ntp: 4\r\n"],
    ["yaml-duplicate-key", "{tp: 8, port: 1, tp: 4}\n", "{port: 1, tp: 4}\n"],
    ["yaml-false-for-value", "port: false\n", "port: null\n"],
    ["yaml-value-reread", "model_name: 1.10\n", 'model_name: "1.10"\n'],
    ["yaml-unreadable", "tp:8\ndp: 1\n", "tp: 8\ndp: 1\n"],
    ["yaml-unreadable", "host: '10.0.0.5\ndp: 1\n", "host: '10.0.0.5'\ndp: 1\n"],
    ["yaml-unreadable", "model_name: a: b # c\n", 'model_name: "a: b" # c\n'],
    ["yaml-unreadable", "visual_gpu_ids: [0, 1\ntp: 8\n", "visual_gpu_ids: [0, 1]\ntp: 8\n"],
    ["unknown-release", "# lightllm: release=1.2\ntp: 8\n", "# lightllm: release=v1.2.0\ntp: 8\n"],
    ["flag-without-effect", "tp: 8\nuse_dynamic_prompt_cache: true\nport: 1\n", "tp: 8\nport: 1\n"],
    ["argparse-help", "model_dir: /m\nhelp: true", "model_dir: /m\n"],
  ])("of %s: %j", (code, text, expected) => expect(afterFix(text, code)).toBe(expected));

  test.each([
    ["enable_chunked_prefil: true\n", []],
    ["disable_dinamic_prompt_cache: true\n", ["disable_dynamic_prompt_cache"]],
  ])("never turns a flag into its contrary: %j", (text, expected) => {
    const renames = titlesOfFirst(text).flatMap((title) => /^Change to `(.*)`$/.exec(title)?.[1] ?? []);
    expect(renames).toEqual(expected);
  });

  test("of a slip in the name of a flag that is gone says when it was there", () => {
    const [message] = diagnose(openYaml("enable_chunked_prefil: true\n")).map((one) => one.message);
    expect(message).toContain("The flag 'enable_chunked_prefill' exists up to v1.0.1.");
  });

  test("is one of at most three names for a mistyped flag, the nearest first", () => {
    const titles = titlesOfFirst("visual_pd: 2\n");
    expect(titles[0]).toMatch(/`visual_[td]p`/);
    expect(titles.length).toBeLessThanOrEqual(3);
  });
});
