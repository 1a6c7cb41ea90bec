import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { atCursor, open, openYaml } from "../support/service";

const { hover } = service;

function hoverAt(marked: string, release?: string): string | undefined {
  const { text, offset } = atCursor(marked);
  const contents = hover(openYaml(text, { setting: release }), offset)?.contents;
  return contents && typeof contents === "object" && "value" in contents ? contents.value : undefined;
}

describe("hovering a key", () => {
  test("says what it is, what it does, its default, where it exists, and who judges", () => {
    const text = hoverAt("batch_max|_tokens: 8448\n", "v1.2.0");
    expect(text).toMatch(/^\*\*batch_max_tokens\*\* — integer, tokens {2}\nHere: `8448`\n\n/);
    expect(text).toContain("Default in v1.2.0: not set");
    expect(text).toContain("In every release · Memory and batch processing · [Reference](https://");
    expect(text).toContain("#cmdoption-batch_max_tokens");
    expect(text).toMatch(/\*Judged by LightLLM v1\.2\.0, as the setting `lightllm\.release` says\*$/);
  });

  test.each([
    ["run_m|ode: prefill\n", "Choices: `normal`, `prefill`"],
    ["|mem_fraction: 0.9\n", "default was `0.9` (v1.0.0 – v1.1.0), then `0.8` (v1.2.0 – main-2026-08)"],
    ["enable_fa3|: true\n", "From main-2025-07 to v1.1.0"],
    ["# lightllm: release=v1.2.0\np_m|ode: personal\n", "**performance_mode** — choice"],
    ["# lightllm: release=v1.0.0\nt|p: 8\n", "Judged by LightLLM v1.0.0, as the comment says"],
    ["enable_fa3: true\nt|p: 8\n", "Judged by LightLLM v1.1.0, the newest that fits these flags"],
    ["# lightllm: release=v1.0.0\nllm_k|v_type: int8kv\n", "**llm_kv_type** — choice"],
    ["x-base: &b\n  t|p: 8\n<<: *b\n", "**tp** — integer, GPUs"],
    ["tp: 8\n---\nd|p: 8\n", "**dp** — integer"],
    ["{tp: 8, d|p: 8}\n", "**dp** — integer"],
    ["x-na|me: prefill\ntp: 8\n", "`lightllm-config run --name prefill`"],
    ["tp: 8\nx-arguments-2|: $A\n", "as a shell writes them"],
    ["tp: 8\n|env:\n  A: 1\n", "`null` leaves one alone"],
    ["tp: 8\nx-arguments: --p|ort 8\n", "**port** — integer"],
  ])("%s", (marked, expected) => {
    expect(hoverAt(marked)).toContain(expected);
  });
});

describe("a hover says of a flag what holds in the judging release", () => {
  test.each([
    ["v1.0.0", "`ipc:///tmp/_<nccl_port>_`", "<id>"],
    ["v1.1.0", "`ipc:///tmp/_<nccl_port>_<node_rank>_`", "<id>"],
    ["v1.2.0", "`ipc:///tmp/_<id>_<node_rank>_`", "<nccl_port>"],
    ["v1.2.0", "- ⚠ `tcp://` does not make `/tmp` unnecessary", "Prefill and decode nodes put"],
    ["v1.2.0", "Advice: Keep the default.", "Use `tcp://` where"],
    ["v1.0.1", "Advice: Keep the default. Use `tcp://` where", "model workers listen"],
  ])("%s: %s", (release, said, unsaid) => {
    const text = hoverAt("zmq_m|ode: tcp://\n", release);
    expect(text).toContain(said);
    expect(text).not.toContain(unsaid);
  });
});

describe("the value that LightLLM uses comes first", () => {
  test.each([
    ["the written value", "v1.2.0", "model_dir: /m\nt|p: 8\n", "Here: `8`"],
    ["the default", "v1.2.0", "model_dir: /m\nt|p: null\n", "Here: `1` (the default)"],
    ["a derived value", "v1.2.0", "batch_max_tok|ens: null\ndp: 2\n", "Here: `8192` (`16384 ÷ dp`)"],
    [
      "a replaced value",
      "v1.2.0",
      "performance_mode: personal\nbatch_max_tok|ens: 9000\n",
      "Here: `2048`, which replaces the written value",
    ],
    [
      "a key that is written again",
      "v1.2.0",
      "t|p: 2\ntp: 4\n",
      "Here: `4`. The flag is given again further on",
    ],
  ])("%s", (_, release, marked, expected) => {
    expect(hoverAt(marked, release)?.split("\n")[1]).toContain(expected);
  });
});

describe("what a finding says of a flag is not said again", () => {
  test.each([
    ["enable_m|ultimodal: true\n", "v1.2.0", "was removed in", "What it does in v1.1.0:"],
    ["log_stats|_interval: 3\n", "v1.1.0", "no effect", "**log_stats_interval**"],
  ])("%s in %s", (marked, release, becomes, expected) => {
    const { text } = atCursor(marked);
    const launchDocument = openYaml(text, { setting: release });
    expect(
      service.reportedFindings(launchDocument).filter(({ message }) => message.includes(becomes)),
    ).toHaveLength(1);
    expect(hoverAt(marked, release)).toContain(expected);
    expect(hoverAt(marked, release)).not.toMatch(/^⚠/m);
  });

  test("but the hover says it where the finding is silenced", () => {
    const marked = "# lightllm: disable-file=flag-of-another-release\nenable_f|a3: true\n";
    expect(hoverAt(marked, "v1.2.0")).toContain("⚠ `enable_fa3` was removed in v1.2.0; attention backends");
  });
});

describe("what differs between releases", () => {
  test.each([
    ["httpserver_wor|kers: 2\nrun_mode: pd_master\n", "v1.1.0", "always runs one worker", "waits 12 seconds"],
    ["httpserver_wor|kers: 2\nrun_mode: pd_master\n", "v1.2.0", "waits 12 seconds", "always runs one worker"],
    ["trust_remote_|code: true\n", "v1.1.0", "every start still loads the tokenizer", "Gemma 4"],
    ["tool_call_par|ser: llama3\n", "main-2025-07", "Left out, it is `llama3`", "qwen3_coder"],
    ["env:\n  HEALTH_TIM|EOUT: 3\n", "v1.1.0", "test request", "no token"],
  ])("%s in %s", (marked, release, said, unsaid) => {
    const text = hoverAt(marked, release);
    expect(text).toContain(said);
    expect(text).not.toContain(unsaid);
  });
});

describe("hovering a value", () => {
  test.each([
    ["run_mode: pre|fill\n", "**run_mode: prefill**"],
    ["run_mode: normal|\n", "**run_mode: normal** — the default"],
    ["enable_ep_moe: tr|ue\n", "`true` writes `--enable_ep_moe`."],
    ["enable_ep_moe: of|f\n", "`off` leaves `--enable_ep_moe` out."],
    ["tp: |8\n", "**tp** — integer, GPUs"],
    ["llm_prefill_att_backend: [fa3, trit|on]\n", "**llm_prefill_att_backend: triton**"],
    ['quant_type: "no|ne"\n', "**quant_type: none**"],
  ])("%s", (marked, expected) => {
    expect(hoverAt(marked)).toContain(expected);
  });
});

describe("hovering outside launches", () => {
  test.each([
    ["# a comm|ent\ntp: 8\n"],
    ["no_such|_flag: 1\n"],
    ["tp: 8\n|\nport: 1\n"],
    ["env:\n  HO|ME: /x\n"],
    ["x-na|mes: a\ntp: 8\n"],
    ["|"],
  ])("%s", (marked) => expect(hoverAt(marked)).toBeUndefined());
});

test("hovering the empty value of a variable is about the place where the cursor is", () => {
  const text = "ENV LOADWORKER=\nCMD python -m lightllm.server.api_server --tp 8\n";
  const { range } = hover(open(text, {}, "dockerfile"), text.indexOf("\n")) ?? {};
  expect(range).toEqual({ start: { line: 0, character: 15 }, end: { line: 0, character: 15 } });
});

test("hovering a release comment lists the releases", () => {
  expect(hoverAt("# lightllm: rel|ease=v1.1.0\ntp: 8\n")).toContain(
    "- `v1.1.0` — release of 2025-09-03, 97 flags",
  );
});
