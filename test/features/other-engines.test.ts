import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { FIX_ALL_KIND } from "../../server/src/features/code-action-kinds";
import { type LaunchDocument, service } from "../../server/src/service";
import { atCursor, open, type TestNotation } from "../support/service";

const { codeActions, fixesOf, hover, reportedFindings, shippedCatalogue } = service;

const RUN = "python -m lightllm.server.api_server";
const VLLM =
  "--model-path /m --tensor-parallel-size 2 --max-model-len 8192 --gpu-memory-utilization 0.9 --served-model-name x --dtype bfloat16";
const LIGHTLLM =
  "--model_dir /m --tp 2 --max_req_total_len 8192 --mem_fraction 0.9 --model_name x --data_type bfloat16";

/** The text after the editor's "fix all". */
function fixAll(launchDocument: LaunchDocument): string {
  const { document } = launchDocument;
  const range = { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
  const [action] = codeActions(launchDocument, { range, diagnostics: [], only: [FIX_ALL_KIND] });
  return TextDocument.applyEdits(document, action?.edit?.changes?.[document.uri] ?? []);
}

/** The fixes of the first flag of another engine, as `kind title`, the preferred one with a star. */
function fixesIn(text: string, notation: TestNotation, release: string): string[] {
  const launchDocument = open(text, { setting: release }, notation);
  const finding = reportedFindings(launchDocument).find(({ code }) => code === "flag-of-another-engine");
  if (!finding) throw new Error(`No flag of another engine in: ${text}`);
  return fixesOf(launchDocument, finding).map(
    ({ kind, title, preferred }) => `${kind} ${title}${preferred ? " *" : ""}`,
  );
}

const list = (words: string) =>
  words
    .split(" ")
    .map((word) => JSON.stringify(word))
    .join(", ");
const lines = (words: string, indent: string) =>
  words
    .split(" ")
    .map((word) => `${indent}- ${/^[\d.]+$/.test(word) ? JSON.stringify(word) : word}\n`)
    .join("");

describe("a command of vLLM", () => {
  const templates: readonly [TestNotation, (words: string) => string][] = [
    ["shell", (words) => `${RUN} ${words}\n`],
    ["dockerfile", (words) => `FROM lightllm\nCMD [${list(`${RUN} ${words}`)}]\n`],
    ["compose", (words) => `services:\n  a:\n    image: lightllm\n    command: ${RUN} ${words}\n`],
    [
      "kubernetes",
      (words) =>
        `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      args:\n${lines(`${RUN} ${words}`, "        ")}`,
    ],
    ["python", (words) => `import subprocess\nsubprocess.run([${list(`${RUN} ${words}`)}])\n`],
    ["markdown", (words) => `\`\`\`bash\n${RUN} ${words}\n\`\`\`\n`],
    ["systemd", (words) => `[Service]\nExecStart=/usr/bin/${RUN} ${words}\n`],
  ];
  test.each(templates)("in %s becomes one of LightLLM, and has no finding then", (notation, write) => {
    for (const release of ["v1.0.1", "v1.1.0", "v1.2.0"]) {
      const mended = fixAll(open(write(VLLM), { setting: release }, notation));
      expect(mended, release).toBe(write(LIGHTLLM));
      expect(reportedFindings(open(mended, { setting: release }, notation)), release).toEqual([]);
    }
  });

  test.each([["-"], ["_"]])("in a config becomes one of LightLLM, with %j in its keys", (sign) => {
    const keys = `model-path: /m\ntensor-parallel-size: 2\nenforce-eager: true\ndtype: half\n`;
    const text = keys.replaceAll(/-(?=.*:)/g, sign);
    expect(fixAll(open(text, { setting: "v1.2.0" }))).toBe(
      "model_dir: /m\ntp: 2\ndisable_cudagraph: true\ndata_type: float16\n",
    );
  });
});

describe("the fix of a flag of another engine", () => {
  test.each<[words: string, release: string, fixes: readonly string[]]>([
    ["--tp-size 2", "v1.2.0", ["spelling Change to `--tp` *"]],
    ["--tp-size $TP", "v1.2.0", ["spelling Change to `--tp` *"]],
    ["--dtype $D", "v1.2.0", ["choice Change to `--data_type` *"]],
    ["--dtype=half", "v1.2.0", ["spelling Change to `--data_type float16` *"]],
    [
      "--dtype auto",
      "v1.2.0",
      ["spelling Remove `--dtype` and its value `auto`: LightLLM does the same without it *"],
    ],
    ["--max-model-len 8k", "v1.2.0", ["spelling Change to `--max_req_total_len 8000` *"]],
    ["--max-model-len 8K", "v1.2.0", ["spelling Change to `--max_req_total_len 8192` *"]],
    [
      "--served-model-name a b",
      "v1.2.0",
      ["choice Change to `--model_name a`; `--model_name` takes one value *"],
    ],
    [
      "--tensor-parallel-size 2 --tp 4",
      "v1.2.0",
      [
        "choice Remove `--tensor-parallel-size` and its value `2` *",
        "choice Change to `--tp`; the launch also has `--tp`",
      ],
    ],
    [
      "--dp-size 4 --tp 8",
      "v1.2.0",
      [
        "choice Change to `--dp`; with SGLang the number of GPUs is `--tp` × this, unless `--enable-dp-attention` is given; in LightLLM `--tp` counts all GPUs, and `--dp` divides them into groups *",
      ],
    ],
    [
      "--quantization fp8",
      "v1.2.0",
      ["choice Change to `--quant_type fp8w8a8`; a quantized checkpoint is recognized without it *"],
    ],
    [
      "--quantization fp8",
      "v1.0.1",
      ["choice Change to `--quant_type vllm-fp8w8a8`; a quantized checkpoint is recognized without it *"],
    ],
    ["--enable-prefix-caching", "v1.0.1", ["spelling Change to `--use_dynamic_prompt_cache` *"]],
    [
      "--enable-prefix-caching",
      "v1.2.0",
      ["spelling Remove `--enable-prefix-caching`: LightLLM does the same without it *"],
    ],
    [
      "--dist-init-addr 10.0.0.1:2000",
      "v1.2.0",
      ["spelling Change to `--nccl_host 10.0.0.1` and `--nccl_port 2000` *"],
    ],
    [
      "--attention-backend FLASHINFER",
      "v1.2.0",
      [
        "spelling Change to `--llm_prefill_att_backend flashinfer` and `--llm_decode_att_backend flashinfer` *",
      ],
    ],
    ["--swap-space 4", "v1.2.0", ["choice Remove `--swap-space` and its value `4` *"]],
    [
      "--guided-decoding-backend lm-format-enforcer",
      "v1.2.0",
      ["choice Remove `--guided-decoding-backend` and its value `lm-format-enforcer` *"],
    ],
    ["--model /n", "v1.2.0", ["spelling Change to `--model_dir` *"]],
    ["--tensor-paralel-size 2", "v1.2.0", ["spelling Change to `--tp` *"]],
    // TGI means the length of a request, SGLang the size of the kv cache.
    ["--max-total-tokens 9000 --num-shard 2", "v1.2.0", ["spelling Change to `--max_req_total_len` *"]],
    [
      "--max-total-tokens 90000 --mem-fraction-static 0.8",
      "v1.2.0",
      ["spelling Change to `--max_total_token_num` *"],
    ],
    [
      "--max-total-tokens 90000",
      "v1.2.0",
      [
        "choice Change to `--max_total_token_num`",
        "choice Change to `--max_req_total_len`",
        "choice Remove `--max-total-tokens` and its value `90000`",
      ],
    ],
  ])("%s in %s", (words, release, fixes) => {
    const model = words.startsWith("--model ") ? "" : "--model_dir /m ";
    const found = fixesIn(`${RUN} ${model}${words}\n`, "shell", release);
    expect(found.slice(0, fixes.length)).toEqual(fixes);
  });
});

describe("a misspelt flag of another engine", () => {
  test.each<[string, TestNotation, string]>([
    [
      `${RUN} --model_dir /m --tensor-paralel-size 2\n`,
      "shell",
      "`--tensor-paralel-size` seems to be SGLang's and vLLM's `--tensor-parallel-size`; in LightLLM it is `--tp`.",
    ],
    [
      "model_dir: /m\ngpu-memory-utilisation: 0.9\n",
      "yaml",
      "`gpu-memory-utilisation` seems to be vLLM's `gpu-memory-utilization`; in LightLLM it is `mem_fraction`.",
    ],
    [
      `CMD ["python", "-m", "lightllm.server.api_server", "--model_dir", "/m", "--swap-spcae", "4"]\n`,
      "dockerfile",
      "`--swap-spcae` seems to be vLLM's `--swap-space`, and LightLLM has no such flag.",
    ],
    [
      `${RUN} --model_dir /m --tensor-parallel-size 2\n`,
      "shell",
      "`--tensor-parallel-size` is SGLang's and vLLM's name; in LightLLM it is `--tp`.",
    ],
  ])("is not said to be a name of it: %s", (text, notation, message) => {
    const [finding] = reportedFindings(open(text, { setting: "v1.2.0" }, notation)).filter(
      ({ code }) => code === "flag-of-another-engine",
    );
    expect(finding?.message).toContain(message);
  });
});

describe("the facts about other engines", () => {
  const catalogue = shippedCatalogue();
  const names = [...new Set(catalogue.otherEngines().flags.flatMap((flag) => flag.names))];

  test("have the flags that people use", () => {
    expect(names.length).toBeGreaterThan(120);
  });

  test.each(catalogue.releases.map(({ name }) => name))("fit %s", (release) => {
    const flags = catalogue.release(release)?.byName;
    for (const name of names) {
      const launchDocument = open(`${RUN} --model_dir /m --${name} 1\n`, { setting: release }, "shell");
      const [finding] = reportedFindings(launchDocument).filter(
        ({ code }) => code === "flag-of-another-engine",
      );
      expect(finding?.message, name).toContain(`\`--${name}\` is `);
      for (const { kind, edits } of finding ? fixesOf(launchDocument, finding) : []) {
        const [to] = edits
          .map(({ newText }) => newText.trim().split(/[ =]/)[0])
          .filter((text) => text?.startsWith("--"));
        if (kind === "spelling" && to) expect(flags?.has(to), `${name} ${to}`).toBe(true);
      }
    }
  });

  test.each([
    ["--tensor|-parallel-size 2", "**tp**"],
    ["--max_model|_len 8", "**max_req_total_len**"],
    ["--attention-b|ackend fa3", "**llm_decode_att_backend**"],
    ["--max-req-total-l|en 8", "**max_req_total_len**"],
  ])("document %s as the flag that is meant", (marked, head) => {
    const { text, offset } = atCursor(`${RUN} --model_dir /m ${marked}\n`);
    const shown = hover(open(text, { setting: "v1.2.0" }, "shell"), offset);
    expect(JSON.stringify(shown?.contents)).toContain(head);
  });
});

describe("variables of other engines", () => {
  const said = (text: string, notation: TestNotation, setting = "v1.2.0") =>
    reportedFindings(open(text, { setting }, notation))
      .filter(({ code }) => code === "variable-of-another-engine")
      .map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`);

  test.each<[string, TestNotation, string, string[]]>([
    [
      "a variable with a counterpart",
      "shell",
      `VLLM_LOGGING_LEVEL=info ${RUN} --model_dir /m\n`,
      [
        "VLLM_LOGGING_LEVEL: `VLLM_LOGGING_LEVEL` is a variable of vLLM, and LightLLM does not read it. In LightLLM it is `LIGHTLLM_LOG_LEVEL`.",
      ],
    ],
    [
      "a variable without one",
      "yaml",
      "model_dir: /m\nenv:\n  SGLANG_USE_MODELSCOPE: 1\n",
      [
        "SGLANG_USE_MODELSCOPE: `SGLANG_USE_MODELSCOPE` is a variable of SGLang, and LightLLM does not read it. LightLLM reads a folder and downloads nothing.",
      ],
    ],
    [
      "any name with the prefix",
      "dockerfile",
      `FROM x\nENV VLLM_ANY=1\nCMD ${RUN} --model_dir /m\n`,
      ["VLLM_ANY: `VLLM_ANY` is a variable of vLLM, and LightLLM does not read it."],
    ],
    [
      "several names of TGI",
      "compose",
      `services:\n  a:\n    image: x\n    environment: [NUM_SHARD=2, MAX_TOTAL_TOKENS=8192]\n    command: ${RUN} --model_dir /m\n`,
      [
        "NUM_SHARD: `NUM_SHARD` is a variable of TGI, and LightLLM does not read it. In LightLLM it is `--tp`.",
        "MAX_TOTAL_TOKENS: `MAX_TOTAL_TOKENS` is a variable of TGI, and LightLLM does not read it. In LightLLM it is `--max_req_total_len`.",
      ],
    ],
    ["one of TGI's names alone", "shell", `NUM_SHARD=2 ${RUN} --model_dir /m\n`, []],
    [
      "names that the words use",
      "shell",
      `export NUM_SHARD=2 MODEL_ID=/m\n${RUN} --model_dir $MODEL_ID --tp $NUM_SHARD\n`,
      [],
    ],
    ["a name that LightLLM reads", "shell", `VLLM_NCCL_SO_PATH=/x ${RUN} --model_dir /m\n`, []],
  ])("%s", (_, notation, text, expected) => {
    expect(said(text, notation)).toEqual(expected);
  });

  test("a counterpart that the release does not read is not named", () => {
    const text = `VLLM_TORCH_PROFILER_DIR=/t ${RUN} --model_dir /m\n`;
    expect(said(text, "shell", "v1.1.0")[0]).not.toContain("LIGHTLLM_TRACE_DIR");
    expect(said(text, "shell")[0]).toContain("`LIGHTLLM_TRACE_DIR`");
  });
});
