/** Numbers and booleans in commands that take texts only: Docker Compose, Kubernetes, Python's subprocess. */
import { describe, expect, test } from "vitest";
import { afterFix, findingsOf } from "../support/service";

const START = '"python", "-m", "lightllm.server.api_server", "--model_dir", "/m"';

const compose = (items: string, more = "") =>
  `services:\n  llm:\n    image: l\n${more}    command: [${START}, ${items}]\n`;
const pod = (items: string, more = "") =>
  `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: l\n${more}    command: [${START}]\n    args: [${items}]\n`;
const python = (before: string, items: string, after = "") =>
  `import subprocess\n${before}[${START}, ${items}]${after}\n`;
const run = (items: string) => python("subprocess.run(", items, ")");

/** The texts of the findings, without those of values. */
function notTexts(text: string, notation: "compose" | "kubernetes" | "python"): string[] {
  return findingsOf(text, {}, notation).filter((one) => one.startsWith("value-not-text"));
}

describe("what is no text is refused, and the fix makes it one", () => {
  test.each([
    ["compose", "a number", compose('"--port", 8080'), '"--port", 8080]', '"--port", "8080"]'],
    ["compose", "a float", compose('"--mem_fraction", 0.9'), "0.9", '"0.9"'],
    [
      "compose",
      "a block item",
      `services:\n  a:\n    command:\n${START.split(", ")
        .map((one) => `    - ${one}\n`)
        .join("")}    - --tp\n    - 8\n`,
      "- 8",
      '- "8"',
    ],
    ["compose", "an entry point", `services:\n  a:\n    entrypoint: [${START}, --tp, 8]\n`, ", 8]", ', "8"]'],
    ["kubernetes", "a number", pod('"--port", 8080'), '"--port", 8080]', '"--port", "8080"]'],
    ["kubernetes", "a number with an exponent", pod('"--mem_fraction", 9e-1'), "9e-1", '"9e-1"'],
    [
      "kubernetes",
      "a variable",
      pod('"--tp", "8"', "    env:\n    - name: LOADWORKER\n      value: 18\n"),
      "18",
      '"18"',
    ],
    ["kubernetes", "a boolean", pod('"--model_name", true'), "true", '"true"'],
    ["python", "a number", run('"--port", 8080'), "8080", '"8080"'],
    [
      "python",
      "the number of a name",
      `PORT = 8080\n${run('"--port", PORT')}`,
      '"--port", PORT',
      '"--port", str(PORT)',
    ],
    [
      "python",
      "a list with a name",
      python("cmd = ", '"--tp", 8', "\nsubprocess.Popen(cmd, env=env)"),
      "8]",
      '"8"]',
    ],
    [
      "python",
      "an imported function",
      `from subprocess import run\nrun([${START}, "--tp", 8])\n`,
      "8]",
      '"8"]',
    ],
    ["python", "arguments of a function", `import os\nos.execlp(${START}, "--tp", 8)\n`, "8)", '"8")'],
  ] as const)("%s: %s", (notation, _name, text, written, fixed) => {
    expect(notTexts(text, notation)).toHaveLength(1);
    const after = afterFix(text, "value-not-text", undefined, notation);
    expect(after).toBe(text.replace(written, fixed));
    expect(notTexts(after, notation)).toEqual([]);
  });

  test.each([
    ["compose", compose('"--tp", null')],
    ["python", run('"--model_name", None')],
    ["python", run('"--model_name", True')],
    ["compose", `x-port: &port 8080\n${compose('"--port", *port')}`],
  ] as const)("%s: without a fix", (notation, text) => {
    expect(notTexts(text, notation)).toHaveLength(1);
  });
});

test.each([
  ["compose", compose('"--port", "8080"')],
  ["compose", compose("--port, ${PORT}")],
  ["compose", compose("--model_name, yes, --port, !!str 8")],
  ["compose", compose('"--port", "1"', "    environment: {LOADWORKER: 18}\n")],
  ["kubernetes", pod('"--port", {{ .Values.port }}')],
  ["kubernetes", pod('"--model_name", 2024-01-01')],
  ["kubernetes", pod('"--tp", "8"', '    env: [{name: LOADWORKER, value: "18"}]\n')],
  ["python", run('"--port", "8080"')],
  ["python", run('"--port", str(8080)')],
  ["python", python("cmd = ", '"--tp", 8', "\nsubprocess.run([str(one) for one in cmd])")],
  ["python", python("cmd = ", '"--tp", 8', "\nsubprocess.run(list(map(str, cmd)))")],
  ["python", python("cmd = ", '"--tp", 8', "\nstart(cmd)")],
  ["python", python("start(", '"--tp", 8', ")")],
  ["python", `def run(words): ...\nrun([${START}, "--tp", 8])\n`],
] as const)("%s: a text, or what may become one: %j", (notation, text) => {
  expect(notTexts(text, notation)).toEqual([]);
});
