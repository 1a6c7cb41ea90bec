/** `x-arguments` of a YAML config: words in shell syntax, and nothing that would be a command. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { converted } from "../support/conversions";
import { findingsOf } from "../support/service";

/** The words of each argument, `null` for an unknown one. */
function argumentsOf(value: string): (string | null)[][] {
  const { launches } = service.notations.yaml.find(`x-arguments: ${value}\n`);
  return (launches[0]?.arguments ?? []).map(({ flag, words }) => [
    flag,
    ...words.map(({ text }) => text ?? null),
  ]);
}

describe("what a template fills in is unknown", () => {
  test.each([
    ["{{ .Values.extra }}", [["", null]]],
    ["'{{ .Values.extra }}'", [["", null]]],
    ["--tp {{ .Values.tp }}", [["--tp", null]]],
    [
      "--tp 8 --host={{ .Values.host }}",
      [
        ["--tp", "8"],
        ["--host", null],
      ],
    ],
    ["|\n  {{ .Values.extra }}", [["", null]]],
  ])("%j", (value, expected) => {
    expect(argumentsOf(value)).toEqual(expected);
    expect(findingsOf(`model_dir: /m\nx-arguments: ${value}\n`)).toEqual([]);
  });

  test.each([
    ["a key", "model_dir: /m\n{{ .Values.key }}: 8\n"],
    ["the name of the launch", "x-name: {{ .Release.Name }}\nmodel_dir: /m\n"],
    ["more arguments", "model_dir: /m\nx-arguments: {{ .Values.extra }}\n"],
  ])("%s is judged and written nowhere", (_name, text) => {
    expect(findingsOf(text)).toEqual([]);
    for (const format of ["shell", "compose", "kubernetes", "yaml", "python"] as const)
      expect(converted(text, "yaml", format)).not.toContain("xxx");
  });
});

test("brackets in quotes open nothing", () => {
  const word = "(".repeat(300);
  expect(argumentsOf(`'--model_name "${word}"'`)).toEqual([["--model_name", word]]);
});

describe("what is no argument is a finding", () => {
  test.each([
    ['"--tp 8; rm -rf x"', "; rm -rf x"],
    ["--tp 8 && ls", "&& ls"],
    ["'--tp 8 | tee log'", "| tee log"],
    ["--tp 8 > log", "> log"],
    ["--tp 8 2>&1", "2>&1"],
    ["--tp 8 &", "&"],
    ["'--tp 8 <<E'", "<<E"],
    ["'--host a (b)'", "(b)"],
    ["|\n  --tp 8\n  --port 1", "--port 1"],
    ["[--tp, 8]", "[--tp, 8]"],
    ["{a: b}", "{a: b}"],
  ])("%j", (value, marked) => {
    const text = `model_dir: /m\nx-arguments: ${value}\n`;
    expect(findingsOf(text)).toEqual([`yaml-shape: ${marked}`]);
  });

  test.each([
    "--tp 8",
    "--tp 8;",
    "--tp 8 # two",
    "'--host \"a;b\"'",
    '"$@"',
    "$(cat flags)",
    "|\n  --tp 8\n",
    ">\n  --tp 8\n  --port 1\n",
    "",
    "null",
  ])("%j is right", (value) => expect(findingsOf(`model_dir: /m\nx-arguments: ${value}\n`)).toEqual([]));
});

test("an alias brings its words", () => {
  const { launches } = service.notations.yaml.find("x-more: &more --tp 8\nx-arguments: *more\n");
  expect(launches[0]?.arguments.map(({ flag, words }) => [flag, words[0]?.text])).toEqual([["--tp", "8"]]);
});
