/** Environment variables: completion, hover and checks, in a YAML config and in a script. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { root } from "../support/paths";
import {
  afterCompletion,
  afterFix,
  atCursor,
  findingsOf,
  labelsAt,
  open,
  type TestNotation,
} from "../support/service";

const { hover, shippedCatalogue } = service;

const RUN = "python -m lightllm.server.api_server";

function hoverAt(marked: string, notation: TestNotation): string {
  const { text, offset } = atCursor(marked);
  return JSON.stringify(hover(open(text, {}, notation), offset)?.contents ?? "");
}

describe("completion", () => {
  test.each<[TestNotation, string, string, string]>([
    ["yaml", "env:\n  |", "LOADWORKER", "env:\n  LOADWORKER: |"],
    ["yaml", "tp: 8\nenv:\n  LOAD|\n", "LOADWORKER", "tp: 8\nenv:\n  LOADWORKER: |\n"],
    ["yaml", "env:\n  LOA|: 18\n", "LOADWORKER", "env:\n  LOADWORKER|: 18\n"],
    ["shell", `LOAD| ${RUN}\n`, "LOADWORKER", `LOADWORKER=| ${RUN}\n`],
    ["shell", `LOAD|=8 ${RUN}\n`, "LOADWORKER", `LOADWORKER|=8 ${RUN}\n`],
    ["shell", `export LOAD|\n${RUN}\n`, "LOADWORKER", `export LOADWORKER=|\n${RUN}\n`],
    ["shell", `export |\n${RUN}\n`, "LOADWORKER", `export LOADWORKER=|\n${RUN}\n`],
    ["shell", `A=1 env LOAD| ${RUN}\n`, "LOADWORKER", `A=1 env LOADWORKER=| ${RUN}\n`],
  ])("%s: %j", (notation, marked, label, expected) => {
    expect(afterCompletion(marked, label, {}, notation)).toBe(expected);
  });

  test("offers what the judging release reads, not what is set or internal", () => {
    const labels = labelsAt("# lightllm: release=v1.2.0\nenv:\n  LOADWORKER: 8\n  |");
    expect(labels).not.toContain("LOADWORKER");
    expect(labels).not.toContain("MOE_MODE");
    expect(labels).not.toContain("LIGHTLLM_CURRENT_DEVICE_ID");
    expect(labels).toContain("LIGHTLLM_LOG_LEVEL");
  });

  test.each([[`export LOAD|\nls\n`], ["LOAD| ls\n"]])(
    "is silent in a script without a launch: %j",
    (marked) => expect(labelsAt(marked, {}, "shell")).toEqual([]),
  );
});

describe("hover", () => {
  test.each<[TestNotation, string]>([
    ["yaml", "env:\n  LOAD|WORKER: 18\n"],
    ["yaml", "env:\n  LOADWORKER: 1|8\n"],
    ["yaml", "x-a: &a\n  env: { LOAD|WORKER: 18 }\n<<: *a\n"],
    ["shell", `LOAD|WORKER=18 ${RUN}\n`],
    ["shell", `export LOAD|WORKER=18\n${RUN}\n`],
    ["shell", `docker run -e LOAD|WORKER=18 image ${RUN}\n`],
  ])("%s: %j", (notation, marked) => expect(hoverAt(marked, notation)).toContain("**LOADWORKER** — integer"));

  test("of a variable of one's own says nothing", () =>
    expect(hoverAt("env:\n  MY_|OWN: 1\n", "yaml")).toBe('""'));
});

describe("findings", () => {
  test.each<[TestNotation, string, string[]]>([
    ["yaml", "env:\n  LOADWORKR: 18\n", ["unknown-environment-variable: LOADWORKR"]],
    [
      "yaml",
      "env:\n  LIGHTLLM_NO_SUCH_THING: 18\n",
      ["unknown-environment-variable: LIGHTLLM_NO_SUCH_THING"],
    ],
    ["yaml", "env:\n  HOME: /x\n  PATH: /y\n  MODE: z\n", []],
    [
      "yaml",
      "# lightllm: release=v1.2.0\nenv:\n  MOE_MODE: EP\n",
      ["environment-variable-not-read: MOE_MODE"],
    ],
    ["yaml", "# lightllm: release=v1.1.0\nenv:\n  MOE_MODE: EP\n", []],
    ["shell", `LOADWORKR=18 ${RUN}\n`, ["unknown-environment-variable: LOADWORKR"]],
    ["shell", `export CUDA_VISIBLE_DEVICES=0\nPORT=1 ${RUN}\n`, []],
    ["shell", `LOADWORKR=18 ls\n`, []],
  ])("%s: %j", (notation, text, expected) => expect(findingsOf(text, {}, notation)).toEqual(expected));

  test("are corrected in place", () => {
    const fixed = afterFix(`LOADWORKR=18 ${RUN}\n`, "unknown-environment-variable", undefined, "shell");
    expect(fixed).toBe(`LOADWORKER=18 ${RUN}\n`);
  });
});

test("every variable is documented", () => {
  const variables = Object.entries(shippedCatalogue().environment());
  const facts = JSON.parse(readFileSync(join(root, "schemas/environment.json"), "utf8"));
  expect(variables.map(([name]) => name).sort()).toEqual(Object.keys(facts).sort());
  for (const [name, { en, releases }] of variables) {
    expect(en.summary.length, name).toBeGreaterThan(14);
    expect(releases.length, name).toBeGreaterThan(0);
  }
});
