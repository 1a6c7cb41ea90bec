/** A project's configuration: what is read of it, what is reported, and what an editor shows in it. */
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parse } from "yaml";
import { service } from "../../server/src/service";
import { atCursor, open } from "../support/service";

const { read, readRules, schema, diagnose, complete, hover, actions } = service.configuration;

const WHOLE = `release: v1.1.0
rules:
  argparse-choice: warning
  stand-in-value: off
include: ["deploy/**"]
exclude: old
deployments:
  chat: [a.sh, b.sh]
language: zh-cn
gpu: H100x8
`;

const VALUES = {
  release: "v1.1.0",
  rules: { "argparse-choice": "warning", "stand-in-value": "off" },
  include: ["deploy/**"],
  exclude: ["old"],
  deployments: [{ name: "chat", globs: ["a.sh", "b.sh"] }],
  language: "zh-cn",
  gpu: "H100x8",
};

const MANIFEST = JSON.stringify({ name: "x", "lightllm-config": parse(WHOLE) }, null, 2);
const TOML = `[project]
name = "x"
[tool.lightllm-config]
release = "1.1.0"
include = ["deploy/**"]
exclude = ["old"]
language = "zh-cn"
gpu = "H100x8"
[tool.lightllm-config.rules]
argparse-choice = "warning"
stand-in-value = "off"
[tool.lightllm-config.deployments]
chat = ["a.sh", "b.sh"]
`;

test.each([
  [".lightllm-config.yaml", WHOLE],
  ["/x/package.json", MANIFEST],
  ["/x/pyproject.toml", TOML],
])("%s holds all keys", (path, text) => {
  expect(read(text, path)).toEqual({ configuration: VALUES, problems: [] });
});

test.each([
  ["/x/package.json", '{ "name": "lightllm-config" }'],
  ["/x/package.json", '{ "lightllm-config": '],
  ["/x/pyproject.toml", '[project]\nname = "lightllm-config"\n'],
  ["/x/pyproject.toml", "[tool.lightllm-config\n"],
])("%s without a configuration has none: %j", (path, text) => {
  expect(read(text, path)).toBeUndefined();
});

const EMPTY = { rules: {}, exclude: [], deployments: [] };

test.each<[string, number, string, string | undefined]>([
  ["relase: v1.1.0\n", 1, "There is no key `relase`. Did you mean `release`?", "release"],
  ["zzz: 1\n", 1, "There is no key `zzz`.", undefined],
  ["release: v9\n", 1, "`release` has no value `v9`. Known: v1.0.0", undefined],
  [
    "rules:\n  stand-in-valeu: off\n",
    2,
    "There is no rule `stand-in-valeu`. Did you mean `stand-in-value`?",
    "stand-in-value",
  ],
  [
    "rules:\n  stand-in-value: warn\n",
    2,
    "`stand-in-value` must be one of off, hint, warning, error",
    undefined,
  ],
  ["rules: [a]\n", 1, "`rules` must be a mapping", undefined],
  ["language: fr\n", 1, "`language` has no value `fr`. Known: en, zh-cn", undefined],
  ["gpu: 8\n", 1, "`gpu` has no value `8`", undefined],
  ["gpu: H900x8\n", 1, "`H900x8` is no GPU whose memory is known", "H100x8"],
  ["exclude:\n  a: b\n", 2, "`exclude` must be a list of file patterns", undefined],
  ["deployments: 3\n", 1, "`deployments` must be a mapping", undefined],
  ["- a\n", 1, "The file must be a mapping", undefined],
  ["rules: {\n", 2, "The file is no valid YAML", undefined],
])("%j is reported with its line and has no effect", (text, line, message, meant) => {
  const reading = read(text);
  expect(reading?.configuration).toEqual(EMPTY);
  expect(reading?.problems).toEqual([
    expect.objectContaining({ line, message: expect.stringContaining(message) }),
  ]);
  expect(reading?.problems[0]?.meant).toBe(meant);
});

test("a code in a table of pyproject.toml is reported with its line", () => {
  const text = '[tool.other]\nx = 1\n\n[tool.lightllm-config.rules]\n"stand-in-valeu" = "off"\n';
  expect(read(text, "pyproject.toml")?.problems).toEqual([
    expect.objectContaining({ line: 5, meant: "stand-in-value" }),
  ]);
});

test("the published schema accepts what is read without a problem, and refuses the rest", () => {
  const validate = new Ajv({ strict: false }).compile(schema());
  expect(validate(parse(WHOLE))).toBe(true);
  for (const text of [
    "relase: v1.1.0",
    "release: v9",
    "rules: {a: off}",
    "language: fr",
    "gpu: 8",
    "exclude: {a: b}",
  ])
    expect(validate(parse(text)), text).toBe(false);
});

describe("levels of rules", () => {
  const TEXT = "model_dir: /path/to/model\ntp: 0\n";
  const severities = (rules: Record<string, "off" | "hint" | "warning" | "error">, text = TEXT) =>
    Object.fromEntries(
      service.reportedFindings(open(text, { rules })).map(({ code, severity }) => [code, severity]),
    );

  test("give findings another severity, or none", () => {
    const before = severities({});
    expect(Object.keys(before)).toContain("stand-in-value");
    expect(severities({ "stand-in-value": "error" })).toEqual({ ...before, "stand-in-value": "error" });
    const { "stand-in-value": _, ...others } = before;
    expect(severities({ "stand-in-value": "off" })).toEqual(others);
  });

  test("reach diagnostics, fixes and what is found between launches", () => {
    const two = "model_dir: /m\nhost: 10.0.0.5\nport: 8000\n---\nmodel_dir: /m\nhost: 10.0.0.5\nport: 8000\n";
    const between = (rules: Record<string, "off" | "hint">) =>
      service.deploymentsOf([open(two, { rules })]).flatMap(({ findings }) => findings);
    const [{ code } = { code: "" }] = between({});
    expect(code).not.toBe("");
    expect(between({ [code]: "hint" })).toEqual([expect.objectContaining({ code, severity: "hint" })]);
    expect(between({ [code]: "off" })).toEqual([]);
    const wrong = open("model_dir: /m\nrun_mode: normall\n", { rules: { "argparse-choice": "hint" } });
    const [finding] = service.reportedFindings(wrong);
    expect(finding).toMatchObject({ code: "argparse-choice", severity: "hint", effect: "refused" });
    expect(finding && service.fixesOf(wrong, finding)).not.toEqual([]);
    expect(wrong.launches[0]?.accepted).toBe(false);
  });

  test("of the editor's setting are reported if they do not exist", () => {
    expect(readRules({ "stand-in-valeu": "off", "stand-in-value": "of", "argparse-choice": "hint" })).toEqual(
      {
        rules: { "argparse-choice": "hint" },
        problems: [
          "There is no rule `stand-in-valeu`. Did you mean `stand-in-value`?",
          expect.stringContaining("`stand-in-value` must be one of"),
        ],
      },
    );
  });
});

test("a comment goes before the setting, the setting before the configuration", () => {
  const judged = (text: string, setting?: string) =>
    open(text, { configured: "v1.0.1", setting }).launches.map(({ chosen }) => [
      chosen.release.name,
      chosen.reason,
    ]);
  expect(judged("tp: 8\n")).toEqual([["v1.0.1", "setting"]]);
  expect(judged("tp: 8\n", "v1.1.0")).toEqual([["v1.1.0", "setting"]]);
  expect(judged("# lightllm: release=v1.2.0\ntp: 8\n", "v1.1.0")).toEqual([["v1.2.0", "modeline"]]);
});

const document = (text: string) => TextDocument.create("file:///.lightllm-config.yaml", "yaml", 1, text);

test.each<[string, readonly string[], readonly string[]]>([
  ["|", ["release", "rules", "gpu"], ["stand-in-value"]],
  ["release: v1.1.0\nru|", ["rules"], []],
  ["release: |", ["v1.2.0", "main-2025-07"], ["rules"]],
  ["language: |", ["en", "zh-cn"], []],
  ["rules:\n  |", ["stand-in-value"], ["release"]],
  ["rules:\n  stand-in-value: |", ["off", "hint", "warning", "error"], ["release"]],
  ["rules: { |", ["stand-in-value"], []],
  ["rules: { stand-in-value: |", ["off"], ["stand-in-value"]],
  ["deployments:\n  |", [], ["release", "stand-in-value"]],
])("completion at %j", (marked, there, absent) => {
  const { text, offset } = atCursor(marked);
  const labels = complete(document(text), offset).map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining([...there]));
  for (const label of absent) expect(labels).not.toContain(label);
});

test.each([
  ["re|lease: v1.1.0\n", "The LightLLM release that judges launches"],
  ["rules:\n  stand-in|-value: off\n", "A stand-in that nobody replaced. By default: warning."],
])("hover at %j", (marked, said) => {
  const { text, offset } = atCursor(marked);
  expect(JSON.stringify(hover(document(text), offset))).toContain(said);
});

test("a misspelt code is a diagnostic with a fix", () => {
  const at = document("rules:\n  stand-in-valeu: off\n");
  const [diagnostic, ...others] = diagnose(at);
  expect(others).toEqual([]);
  expect(diagnostic).toMatchObject({ source: "lightllm", range: { start: { line: 1, character: 2 } } });
  const [action] = diagnostic ? actions(at, diagnostic.range) : [];
  const edits = action?.edit?.changes?.[at.uri] ?? [];
  expect(TextDocument.applyEdits(at, edits)).toBe("rules:\n  stand-in-value: off\n");
});
