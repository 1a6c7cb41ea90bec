/** What people write below `schemas/`: releases that extend others, and mistakes, each named with its file and line. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readModelFacts } from "../scripts/schemas/model-facts.mjs";
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
    ["fused_experts: qwen\n", 2, "'fused_experts' must be array,null."],
    ["\naudio:\n  encoders: null\n", 3, "the field 'encoders' is missing."],
  ])("%j is a mistake", async (changes, line, message) => {
    await expect(facts(changes)).rejects.toThrow(`${AT}:${line}: ${message}`);
  });
});

describe("npm run schemas", () => {
  const project = join(folder, "project");
  beforeAll(() => {
    for (const part of ["server", "scripts", "schemas", "package.json", "tsconfig.json"])
      cpSync(join(root, part), join(project, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"), "junction");
  });

  /** What it says while a file below `schemas/` is another. */
  function refusal(path: string, change: (text: string) => string) {
    const file = join(project, "schemas", path);
    const before = readFileSync(file, "utf8");
    writeFileSync(file, change(before));
    const { status, stderr } = spawnSync(process.execPath, [join(project, "scripts/schemas.mjs")], {
      cwd: project,
      encoding: "utf8",
    });
    writeFileSync(file, before);
    return { status, lines: stderr.trimEnd().split("\n") };
  }

  test("names a condition that cannot be read, and a flag that no release has", () => {
    const changes =
      "extends: v1.0.0\nnormal:\n  - add:\n      - refuse: dp-zero\n        when: dp ==\n      - id: x\n        set:\n          dp: dpp\n";
    const { status, lines } = refusal("startup/v1.0.1.yaml", () => changes);
    expect(status).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/^schemas\/startup\/v1\.0\.1\.yaml:5: /),
      "schemas/startup/v1.0.1.yaml:8: no release has a flag dpp.",
    ]);
  });
});
