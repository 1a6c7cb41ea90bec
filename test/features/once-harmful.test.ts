/** Inputs on which completion, a fix, the reading or the words once did harm, by number; other tests have their kinds. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { afterCompletion, afterFix, atCursor, labelsAt, open, type TestNotation } from "../support/service";

const { applyEdits, argvOf, complete, fixesOf, hover, reportedFindings } = service;

const RUN = "python -m lightllm.server.api_server";
const START = `${RUN} --model_dir /m`;
const LIST = '"python", "-m", "lightllm.server.api_server", "--model_dir", "/m"';

const read = (text: string, notation: TestNotation) =>
  open(text, { setting: "v1.2.0" }, notation).launches.map(({ launch }) => argvOf(launch));
const found = (text: string, notation: TestNotation) =>
  reportedFindings(open(text, { setting: "v1.2.0" }, notation));
const codes = (text: string, notation: TestNotation) => found(text, notation).map(({ code }) => code);
const hovered = (marked: string, notation: TestNotation) => {
  const { text, offset } = atCursor(marked);
  return JSON.stringify(hover(open(text, { setting: "v1.2.0" }, notation), offset));
};

describe("completion", () => {
  test.each<[string, TestNotation, string]>([
    ["B1", "yaml", "model_dir: /m\n---|"],
    ["B1", "yaml", "model_dir: /m\n--|"],
    ["B1", "yaml", "model_dir: /m\n...|"],
    ["B3", "yaml", "model_dir: /models/Qwen3-8B|"],
  ])("%s: nothing is offered (%s) %j", (_, notation, marked) => {
    expect(labelsAt(marked, {}, notation)).toEqual([]);
  });

  test.each<[string, TestNotation, string]>([
    ["B2", "yaml", "model_dir: /m\nport: 80|"],
    ["B2", "yaml", "model_dir: /m\neos_id: [1|"],
    ["B5", "shell", `${START} --run_mode "pre|`],
    ["B7", "shell", `${START} --run_mode "pre|"`],
    ["B7", "shell", `${START} --run_mode "prefill"|`],
  ])(
    "%s: nothing is preselected, and each edit is on the cursor's line and holds it (%s) %j",
    (_, notation, marked) => {
      const { text, offset } = atCursor(marked);
      const document = open(text, {}, notation);
      for (const { preselect, textEdit } of complete(document, offset)) {
        expect(preselect ?? false).toBe(false);
        const range = textEdit && "range" in textEdit ? textEdit.range : undefined;
        const at = document.document.positionAt(offset);
        expect(range?.start.line).toBe(at.line);
        expect(range?.end.line).toBe(at.line);
        expect(range?.start.character).toBeLessThanOrEqual(at.character);
        expect(range?.end.character).toBeGreaterThanOrEqual(at.character);
      }
    },
  );

  test.each([
    ["--|", "--port", "--port "],
    ["--mem_f|", "--mem_fraction", "--mem_fraction "],
  ])("B4: no item has a filter of its own, and %s becomes %s", (typed, label, expected) => {
    const marked = `${START} ${typed}\n`;
    const { text, offset } = atCursor(marked);
    const items = complete(open(text, {}, "shell"), offset);
    expect(items.filter(({ filterText, label }) => filterText === label)).toEqual([]);
    expect(afterCompletion(marked, label, {}, "shell")).toContain(`${START} ${expected}|`);
  });
});

describe("findings and fixes", () => {
  test.each<[string, TestNotation, string, string[]]>([
    ["C5", "shell", `${START} --host 0.0.0.0  # all \\\n  --port 1030\n`, ["shell-missing-backslash"]],
    ["C6", "shell", `${START} \\ \n  --tp 8\n`, ["shell-backslash-space"]],
    ["C7", "shell", `${RUN} \\\n  --tp 2\n  --model_dir /x\n`, ["shell-missing-backslash"]],
    ["C9", "shell", `${START} --data_type half\n`, ["argparse-choice"]],
    ["C11", "shell", `${START} --tp 2 \\\necho started\n`, ["shell-dangling-backslash"]],
    ["D7", "yaml", "model_dir: /m\nx-arguments: '{{ .Values.extra }}'\n", []],
    ["D7", "yaml", 'model_dir: /m\nx-arguments: "--tp 8; rm -rf x"\n', ["yaml-shape"]],
    [
      "D8",
      "kubernetes",
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    command: [${LIST}, "--port", 8080]\n`,
      ["value-not-text"],
    ],
    [
      "D8",
      "compose",
      `services:\n  a:\n    image: x\n    command: [${LIST}, "--port", 8080]\n`,
      ["value-not-text"],
    ],
    ["D8", "python", `subprocess.run([${LIST}, "--port", 8080])\n`, ["value-not-text"]],
    ["D9", "dockerfile", `FROM x\nCMD [${LIST.replaceAll('"', "'")}]\n`, ["docker-exec-form"]],
    ["D11", "markdown", `\`${START} --tpp 2\`\n`, ["argparse-unknown-flag"]],
    ["D12", "python", `run([${LIST}, f"--prot={p}"])\n`, ["argparse-unknown-flag"]],
    ["D13", "shell", "python -m lightllm.server.api_serve --model_dir /m\n", ["module-name"]],
    ["D15", "shell", `${START} --nccl_port=--\n`, ["ports-conflict-or-used"]],
    ["D17", "yaml", "model_dir: /m\nhost: =\n", ["yaml-unreadable"]],
    ["D19", "shell", `${RUN} --help | head\n`, []],
  ])("%s: one cause, one finding (%s) %j", (_, notation, text, expected) => {
    expect(codes(text, notation)).toEqual(expected);
  });

  test("C9: the nearest meaning is offered", () => {
    expect(afterFix(`${START} --data_type half\n`, "argparse-choice", undefined, "shell")).toBe(
      `${START} --data_type float16\n`,
    );
  });

  test("C10: names of other engines become LightLLM's", () => {
    const text = `${RUN} --model-path /m --tensor-parallel-size 2 --max-model-len 8192 --gpu-memory-utilization 0.9 --served-model-name x --dtype bfloat16\n`;
    expect(codes(text, "shell")).toEqual(Array(6).fill("flag-of-another-engine"));
    const said = found(text, "shell").map(({ message }) => /it is `(\w|-)*`/.exec(message)?.[0]);
    expect(said).toEqual(
      ["model_dir", "tp", "max_req_total_len", "mem_fraction", "model_name", "data_type"].map(
        (flag) => `it is \`--${flag}\``,
      ),
    );
  });

  test("C11: the fix keeps the command below", () => {
    const text = `${START} --tp 2 \\\necho started\n`;
    const document = open(text, {}, "shell");
    const [finding] = reportedFindings(document);
    const after = finding ? fixesOf(document, finding).map(({ edits }) => applyEdits(text, edits)) : [];
    expect(after.every((one) => one.includes("echo started"))).toBe(true);
  });
});

describe("reading", () => {
  const D = ["--model_dir", "/m"];
  test.each<[string, TestNotation, string, (string | null)[][]]>([
    [
      "D1",
      "yaml",
      "x-a: &a {port: 7}\nx-b: &b {<<: *a, port: 9}\n<<: *b\nmodel_dir: /m\n",
      [["--port", "9", ...D]],
    ],
    [
      "D3",
      "shell",
      `M="\${1:-}"\n${RUN} --model_dir "$M" --tp "\${TP:-}"\n`,
      [["--model_dir", null, "--tp", null]],
    ],
    [
      "D4",
      "shell",
      `C="${START} --prot 3"\nif [ "$D" ]; then C="$C --tp 2"; fi\n$C\n`,
      [[...D, "--prot", "3", null]],
    ],
    ["D5", "shell", `E=()\n[ "$D" = 1 ] && E+=(--detail_logg)\n${START} "\${E[@]}"\n`, [[...D, null]]],
    ["D9", "dockerfile", `FROM x\nONBUILD CMD ${START}\n`, [D]],
    ["D10", "markdown", `\`\`\`\n${RUN} ...\n\`\`\`\n\n\`\`\`\n${RUN} [-h] [--host HOST]\n\`\`\`\n`, []],
    ["D12", "python", `run([${LIST}, f"--port={p}"])\n`, [[...D, null]]],
    ["D13", "shell", `(env) user@host:~# ${START}\n${START} --tp 2\n`, [D, [...D, "--tp", "2"]]],
    ["D14", "python", `'''\nRun::\n\n    ${START} --tp 2\n'''\n`, [[...D, "--tp", "2"]]],
    ["D21", "python", `c = "${START}"\nc += '--prot'\nos.system(c)\n`, [[...D, "--prot"]]],
  ])("%s (%s) %j", (_, notation, text, expected) => {
    expect(read(text, notation)).toEqual(expected);
  });

  test("D2: the own env is the only one", () => {
    const text = "x-c: &c {env: {A: 1, B: 2}}\n<<: *c\nmodel_dir: /m\nenv: {A: 3}\n";
    const [judged] = open(text).launches;
    expect(judged?.launch.environment.map(({ name, value }) => [name, value.text])).toEqual([["A", "3"]]);
  });

  test("D16: the effective zmq_mode has LightLLM's suffix", () => {
    const [judged] = open("model_dir: /m\nzmq_mode: ipc:///tmp/\n", { setting: "v1.2.0" }).launches;
    expect(judged?.values.effective("zmq_mode")?.value).not.toBe("ipc:///tmp/");
  });
});

describe("words", () => {
  test.each<[string, string, RegExp, RegExp]>([
    ["E1", `${START} --max-req-total-len 1\n`, /underscores/, /key/],
    ["E2", `${START} --tp\n`, /`--tp`/, /null/],
    ["E8", `${START} -- x --pd_master_ip\n`, /belongs to no flag/, /\n|'/],
  ])("%s: in the words of a script, on one line", (_, text, right, wrong) => {
    const said = found(text, "shell").map(({ message }) => message);
    expect(said.join(" ")).toMatch(right);
    expect(said.join(" ")).not.toMatch(wrong);
  });

  test.each<[string, TestNotation, string, RegExp, RegExp]>([
    ["E3", "shell", `TP=8\n${START} --t|p $TP --tp $TP\n`, /later|again/, /leaves `--tp` out/],
    ["E4", "shell", `${START} --batch_max_t|okens 9000\n`, /batch_max_tokens/, /up to v1\.1\.0/],
    [
      "E5",
      "yaml",
      "model_dir: /m\nchunked_prefill_size: 4096\nbatch_max_t|okens: 16384\n",
      /Here: `16384`.*Default in/,
      /^undefined/,
    ],
    ["E6", "shell", `${START} --batch-max-t|okens 9000\n`, /\*\*batch_max_tokens\*\*/, /^undefined/],
    ["E6", "shell", "python -m lightllm.server.api_s|erver --model_dir /m\n", /model_dir/, /^undefined/],
  ])("%s: a hover (%s) at %j", (_, notation, marked, right, wrong) => {
    const shown = hovered(marked, notation);
    expect(shown).toMatch(right);
    expect(shown).not.toMatch(wrong);
  });

  test("E7: a removed flag is explained once", () => {
    const shown = hovered("# lightllm: release=v1.2.0\nmodel_dir: /m\nenable_f|a3: true\n", "yaml");
    const sentences = shown.split(/\\n|(?<=\.) /).filter((one) => one.length > 30);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});
