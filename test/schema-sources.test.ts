/**
 * The files that people write in `schemas/`: releases that extend others, and errors, each reported with file and line.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readMessages } from "../scripts/schemas/messages.mjs";
import { readModelFacts } from "../scripts/schemas/model-facts.mjs";
import { readSources } from "../scripts/schemas/sources.mjs";
import { readStartup } from "../scripts/schemas/startup.mjs";
import { root } from "./support/paths";

const folder = mkdtempSync(join(tmpdir(), "lightllm-schemas-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STEPS = `normal:
  - refuse: zmq-mode-value
    when: zmq_mode not in ["tcp://"]
  - id: batch-max-tokens-derived
    set:
      batch_max_tokens: 1
    when: batch_max_tokens is None
  - id: batch-max-tokens-derived
    set:
      batch_max_tokens: 2
pd_master:
  - refuse: pd-master-port-used
    when: ports_bad([port])
`;

/** The programs of v1.0.1, which extends one of two programs. */
async function startup(changes: string) {
  return programs({ "v1.0.0": STEPS, "v1.0.1": `extends: v1.0.0\n${changes}` });
}

/** The steps of the last of some start-ups, by program. */
async function programs(texts: Readonly<Record<string, string>>) {
  const schemas = join(folder, "schemas");
  mkdirSync(join(schemas, "startup"), { recursive: true });
  cpSync(join(root, "schemas/startup.schema.json"), join(schemas, "startup.schema.json"));
  for (const [release, text] of Object.entries(texts))
    writeFileSync(join(schemas, "startup", `${release}.yaml`), text);
  const names = Object.keys(texts);
  const { steps, startup } = await readStartup(schemas, names);
  const own = startup[names.at(-1) ?? ""] ?? {};
  return Object.fromEntries(
    Object.entries(own).map(([program, indices]) => [program, indices.map((index) => steps[index])]),
  );
}

describe("a release that extends another", () => {
  test.each<[name: string, changes: string, expected: string]>([
    ["nothing differs", "", STEPS],
    [
      "a step at the end",
      "normal:\n  - add:\n      - refuse: dp-zero\n        when: dp == 0\n",
      STEPS.replace("pd_master", "  - refuse: dp-zero\n    when: dp == 0\npd_master"),
    ],
    [
      "a step after another",
      "normal:\n  - after: zmq-mode-value\n    add:\n      - refuse: dp-zero\n        when: dp == 0\n",
      STEPS.replace("  - id", "  - refuse: dp-zero\n    when: dp == 0\n  - id"),
    ],
    [
      "a step before another of several",
      "normal:\n  - before: batch-max-tokens-derived\n    number: 1\n    add:\n      - refuse: dp-zero\n        when: dp == 0\n",
      STEPS.replace("  - id", "  - refuse: dp-zero\n    when: dp == 0\n  - id"),
    ],
    [
      "a step that is gone",
      "normal:\n  - remove: zmq-mode-value\n",
      STEPS.replace(/ {2}- refuse: zmq.*\n.*\n/, ""),
    ],
    [
      "the second of two is another",
      "normal:\n  - replace: batch-max-tokens-derived\n    number: 2\n    by:\n      - id: other\n        set:\n          batch_max_tokens: 3\n",
      STEPS.replace(/batch-max-tokens-derived(\n.*\n.*) 2\n/, "other$1 3\n"),
    ],
    [
      "changes one after the other",
      "normal:\n  - add:\n      - refuse: dp-zero\n        when: dp == 0\n  - remove: dp-zero\n",
      STEPS,
    ],
    ["a program that is gone", "pd_master: null\n", STEPS.slice(0, STEPS.indexOf("pd_master"))],
    [
      "a program that is new",
      "visual_only:\n  - add:\n      - refuse: dp-zero\n        when: dp == 0\n",
      `${STEPS}visual_only:\n  - refuse: dp-zero\n    when: dp == 0\n`,
    ],
  ])("%s", async (_, changes, expected) => {
    expect(await startup(changes)).toEqual(await programs({ "v1.0.0": expected }));
  });
});

describe("a mistake in a start-up is named with its file and line", () => {
  const AT = "schemas/startup/v1.0.1.yaml";
  test.each<[changes: string, line: number, message: string]>([
    [
      "normals: []\n",
      2,
      "there is no field 'normals' here. Known: extends, normal, pd_master, config_server, visual_only.",
    ],
    [
      "normal:\n  - refuse: dp-zero\n",
      3,
      "there is no field 'refuse' here. Known: after, before, add, replace, by, remove, number.",
    ],
    ["normal:\n  - remove: dp-zero\n", 3, "there is no step 'dp-zero' to change."],
    [
      "normal:\n\n  - remove: batch-max-tokens-derived\n",
      4,
      "there are 2 steps 'batch-max-tokens-derived': say with `number` which is meant.",
    ],
    [
      "normal:\n  - remove: batch-max-tokens-derived\n    number: 3\n",
      3,
      "there are only 2 steps 'batch-max-tokens-derived' to change.",
    ],
    [
      "normal:\n  - remove: zmq-mode-value\n    after: zmq-mode-value\n",
      3,
      "a change has either `add`, with `after` or `before` or neither, or `replace` and `by`, or `remove`.",
    ],
    [
      "normal:\n  - add:\n      - refuse: dp-zero\n        set:\n          dp: 1\n",
      4,
      "a step has either `refuse`, or `id` and `set`.",
    ],
    [
      "normal:\n  - remove: [\n",
      4,
      "Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
  ])("%j", async (changes, line, message) => {
    await expect(startup(changes)).rejects.toThrow(`${AT}:${line}: ${message}`);
  });

  test.each<[from: string, to: string, message: string]>([
    [
      "v9.9.9",
      "v1.0.0",
      "schemas/startup/v1.0.0.yaml:2: there is no release 'v9.9.9' to extend. Known: v1.0.1.",
    ],
    [
      "v1.0.1",
      "v1.0.0",
      "schemas/startup/v1.0.1.yaml:1: the releases extend each other in a circle: v1.0.0 → v1.0.1 → v1.0.0.",
    ],
    [
      "v1.0.0",
      "v1.0.0",
      "schemas/startup/v1.0.0.yaml:2: the releases extend each other in a circle: v1.0.0 → v1.0.0.",
    ],
  ])("v1.0.0 extends %s, v1.0.1 extends %s", async (from, to, message) => {
    const texts = { "v1.0.0": `\nextends: ${from}\n`, "v1.0.1": `extends: ${to}\n` };
    await expect(programs(texts)).rejects.toThrow(message);
  });
});

describe("facts about models that extend those of another release", () => {
  const BASE = readFileSync(join(root, "schemas/model-facts/v1.0.0.yaml"), "utf8");
  const AT = "schemas/model-facts/v1.0.1.yaml";

  async function facts(changes: string) {
    const schemas = join(folder, "schemas");
    mkdirSync(join(schemas, "model-facts"), { recursive: true });
    cpSync(join(root, "schemas/model-facts.schema.json"), join(schemas, "model-facts.schema.json"));
    writeFileSync(join(schemas, "model-facts/v1.0.0.yaml"), BASE);
    writeFileSync(join(schemas, "model-facts/v1.0.1.yaml"), `extends: v1.0.0\n${changes}`);
    const { modelFacts, modelFactsOf } = await readModelFacts(schemas, ["v1.0.0", "v1.0.1"]);
    return ["v1.0.0", "v1.0.1"].map((release) => modelFacts[modelFactsOf[release] ?? -1]);
  }

  test("nothing differs", async () => {
    const [before, after] = await facts("");
    expect(after).toBe(before);
  });

  test("a mapping is merged, a list is replaced, and null takes away", async () => {
    const [before, after] = await facts(
      "tool_call_parsers:\n  qwen25: null\n  new_parser: [new_type]\nlinear_attention: [new_type]\n",
    );
    const { qwen25: _, ...parsers } = before?.tool_call_parsers ?? {};
    expect(after).toEqual({
      ...before,
      tool_call_parsers: { ...parsers, new_parser: ["new_type"] },
      linear_attention: ["new_type"],
    });
  });

  test.each<[changes: string, line: number, message: string]>([
    ["audio:\n  encoder: []\n", 3, "there is no field 'encoder' here. Known: encoders."],
    ["data_type:\n  first: any\n", 3, "'first' must be one of present, not null."],
    ["fused_experts: qwen\n", 2, "'fused_experts' must be of the type array or null."],
    ["\naudio:\n  encoders: null\n", 3, "the field 'encoders' is missing."],
  ])("%j is a mistake", async (changes, line, message) => {
    await expect(facts(changes)).rejects.toThrow(`${AT}:${line}: ${message}`);
  });
});

describe("a mistake is named with its file and line", () => {
  const project = join(folder, "project");
  beforeAll(() => {
    for (const part of ["server", "scripts", "schemas", "package.json", "tsconfig.json"])
      cpSync(join(root, part), join(project, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"), "junction");
  });

  /** Changes texts in a file below `schemas/`, each of which is there once, and puts it back at the end. */
  async function changed<T>(path: string, changes: readonly Change[], run: () => T | Promise<T>): Promise<T> {
    const file = join(project, "schemas", path);
    const before = readFileSync(file, "utf8");
    let text = before;
    for (const [of, by] of changes) {
      expect(text.split(of), of).toHaveLength(2);
      text = text.replace(of, by);
    }
    writeFileSync(file, text);
    try {
      return await run();
    } finally {
      writeFileSync(file, before);
    }
  }

  /** The line of a text that a file below `schemas/` has once. */
  function lineOf(path: string, text: string): number {
    const before = readFileSync(join(root, "schemas", path), "utf8").split(text)[0] ?? "";
    return before.split("\n").length;
  }

  type Change = readonly [of: string, by: string];
  const RULE = "rules/dp-not-above-tp.yaml";

  test.each<[path: string, change: Change, message: string]>([
    [RULE, ["stage: model-load", "stag: model-load"], "there is no field 'stag' here. Known: "],
    [RULE, ["severity: error", "severity: bad"], "'severity' must be one of error, warning,"],
    [RULE, ["releases: main-2025-07..", "releases: v7.."], "there are no releases v7... Known: v1.0.0, "],
    [
      "flags/basic.yaml",
      ["examples: [prefill, decode", "example: [prefill, decode"],
      "there is no field 'example' here.",
    ],
    [
      "flags/basic.yaml",
      [
        `- say: Keep the default.
        source: advice`,
        "- say: Keep the default.",
      ],
      "the field 'source' is missing.",
    ],
    [
      "flags/basic.yaml",
      ["source: v1.2.0 server/api_start.py:286 }", "source: somewhere }"],
      "'source' must match",
    ],
    [
      "flags/basic.yaml",
      [
        "ipc:///tmp/: { say: Unix socket files below `/tmp`., source: v1.2.0 server/api_start.py:286 }",
        "ipc:///tmp/: { say: Unix socket files. }",
      ],
      "the field 'source' is missing.",
    ],
    [
      "flags/basic.yaml",
      ["source: [v1.0.1 utils/envs_utils.py:10-12", "source: [v1.2.0 utils/envs_utils.py:10-12"],
      "the source is of v1.2.0, where this does not hold.",
    ],
    ["flags/basic.yaml", ["releases: v1.0.0\n", "releases: v9.0.0\n"], "there are no releases v9.0.0."],
    ["ranking.yaml", ["{ flag: model_dir,", "{ flag: model_dirr,"], "there is no flag model_dirr."],
    [
      "moves/never-released.yaml",
      ["flag: --beam_mode", "flag: --beam_mod"],
      "timeline.json has no flag --beam_mod.",
    ],
    [
      "moves/kept-defaults.yaml",
      [
        `mem_fraction:
  if: run_mode in ["normal", "prefill", "decode"]
  source: [v1.1.0 server/api_cli.py:98-101, v1.2.0 server/api_cli.py:159-162]
`,
        `mem_fraction:
  if: run_mode in ["normal", "prefill", "decode"]
`,
      ],
      "the field 'source' is missing.",
    ],
    [
      "moves/never-released.yaml",
      ["source: [v1.2.0 server/audioserver/", "source: [v9.0.0 server/audioserver/"],
      "there is no such release.",
    ],
    ["moves/v1.2.0.yaml", ["from: v1.1.0", "from: v1.0.0"], "it lies between v1.1.0 and v1.2.0."],
    [
      "moves/v1.2.0.yaml",
      [
        "- variable: KV_TRANS_USE_P2P\n    say: peer access between GPUs is on by itself\n    source: [v1.1.0 utils/device_utils.py:109-110, v1.2.0 utils/device_utils.py:139-140]\n",
        "- variable: KV_TRANS_USE_P2P\n    say: peer access between GPUs is on by itself\n",
      ],
      "the field 'source' is missing.",
    ],
    [
      "moves/v1.2.0.yaml",
      ["source: [v1.1.0 utils/device_utils.py:109-110", "source: [v1.0.1 utils/device_utils.py:109-110"],
      "its source is in v1.1.0 or v1.2.0.",
    ],
  ])("%s: %j", async (path, change, message) => {
    const sources = changed(path, [change], () => readSources(join(project, "schemas")));
    await expect(sources).rejects.toThrow(`schemas/${path}:${lineOf(path, change[0])}: ${message}`);
  });

  test.each<[of: string, by: string, message: string]>([
    ["judged-by-newest: the newest release", "judged-by-newest: 5", "'judged-by-newest' is no text."],
    ["judged-by-newest: the newest release", 'judged-by-newest: "{a"', "'judged-by-newest' cannot be read: "],
  ])("a text: %s, %s", async (of, by, message) => {
    const path = "messages/en/release.yaml";
    const texts = changed(path, [[of, by]], () => readMessages(join(project, "schemas/messages")));
    await expect(texts).rejects.toThrow(`schemas/${path}:${lineOf(path, of)}: ${message}`);
  });

  test.each<[path: string, mistakes: readonly (readonly [...Change, message: string])[]]>([
    [
      RULE,
      [
        ["if: dp > tp and tp > 0", "if: dp >", ""],
        ["say: >-\n    `--dp` is {dp}", "say: >-\n    `--dp` is {dpp}", "no release has a flag dpp."],
        ["flags: [dp, tp]", "flags: [dp, tpp]", "no release has a flag tpp."],
      ],
    ],
    [
      "container.yaml",
      [["folders: [model_dir,", "folders: [model_dirr,", "no release has a flag model_dirr."]],
    ],
    [
      "startup/main-2026-08.yaml",
      [
        [
          "linear_att_page_block_num: 10000000",
          "linear_att_page_block_num: nope",
          "no release has a flag nope.",
        ],
        ['when: run_mode == "decode"', "when: lenn(run_mode)", "there is no function lenn. Known: "],
      ],
    ],
  ])("npm run schemas checks what %s computes with", async (path, mistakes) => {
    const changes = mistakes.map(([of, by]): Change => [of, by]);
    const { status, stderr } = await changed(path, changes, () =>
      spawnSync(process.execPath, [join(project, "scripts/schemas.mjs")], { cwd: project, encoding: "utf8" }),
    );
    expect(status).toBe(1);
    const expected = mistakes.map(([of, , message]) => `schemas/${path}:${lineOf(path, of)}: ${message}`);
    for (const line of expected) expect(stderr).toContain(line);
    expect(stderr.trimEnd().split("\n")).toHaveLength(expected.length);
  });
});
