import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open, type TestNotation } from "../support/service";

const { fixesOf, reportedFindings } = service;

const RUN = "python -m lightllm.server.api_server";

/** The fixes of the findings of a script or a config that write a name or a value, as `kind title`. */
function suggestionsIn(text: string, notation: TestNotation = "shell"): string[] {
  const launchDocument = open(text, { setting: "v1.2.0" }, notation);
  return reportedFindings(launchDocument).flatMap((finding) =>
    fixesOf(launchDocument, finding)
      .filter(({ title }) => /^(Change|Leave|Write)/.test(title))
      .map(({ kind, title }) => `${kind} ${title}`),
  );
}

describe("a word of another meaning gets no suggestion", () => {
  test.each([
    ["a variable", "LIGHTLLM_PROCESSOR_DIR=/x", ""],
    ["a variable", "LIGHTLLM_CACHE_HOME=/x", ""],
    ["a variable", "LIGHTLLM_MODEL_NAME=x", ""],
    ["a flag", "", "--replicas 2"],
    ["a flag", "", "--worker_class uvicorn"],
    ["a flag", "", "--max_retry_count 3"],
    ["a flag", "", "--temperature 0.5"],
    ["a flag", "", "--enable_lora_weights"],
    ["a flag", "", "--beam_width 4"],
    ["a flag", "", "--timeout 60"],
  ])("%s: %s %s", (_, variable, flag) => {
    const script = `${variable} ${RUN} --model_dir /m ${flag}\n`.trimStart();
    expect(suggestionsIn(script)).toEqual([]);
  });
});

describe("a misspelt name gets the nearest one", () => {
  test.each([
    ["--max_req_total_length 8", "choice Change to `--max_req_total_len`"],
    ["--prot 80", "spelling Change to `--port`"],
    ["--running_max_request_size 8", "choice Change to `--running_max_req_size`"],
  ])("%s", (flag, fix) => {
    expect(suggestionsIn(`${RUN} --model_dir /m ${flag}\n`)[0]).toBe(fix);
  });
});

describe("a word for a value", () => {
  test.each([
    ["--data_type half", ["spelling Change to `float16`"]],
    ["--data_type HALF", ["spelling Change to `float16`"]],
    ["--data_type float", ["spelling Change to `float32`"]],
    ["--data_type torch.bfloat16", ["spelling Change to `bfloat16`"]],
    ["--data_type auto", ["spelling Leave `--data_type` out"]],
    ["--run_mode master", ["spelling Change to `pd_master`"]],
    ["--llm_kv_type int8", ["spelling Change to `int8kv`"]],
    ["--quant_type fp8", []],
  ])("%s is the value that means the same, or none", (words, fixes) => {
    expect(suggestionsIn(`${RUN} --model_dir /m ${words}\n`).slice(0, 1)).toEqual(fixes);
  });
});
