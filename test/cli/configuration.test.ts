/** `.lightllm-config.yaml`, `package.json` and `pyproject.toml` as the subcommands read them, as real processes. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { terminal } from "../support/terminal";

const { folder, run } = terminal("configuration");

function files(texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const CONFIG = "model_dir: /path/to/model\n";

test("the nearest configuration above a file counts, in whatever file it is", () => {
  files({
    ".lightllm-config.yaml": "release: v1.0.0\nrules: { stand-in-value: error }\n",
    "top.lightllm.yaml": CONFIG,
    "a/package.json": '{ "name": "no configuration" }',
    "a/x.lightllm.yaml": CONFIG,
    "b/pyproject.toml": '[tool.lightllm-config]\nrelease = "v1.1.0"\nrules = { stand-in-value = "off" }\n',
    "b/c/x.lightllm.yaml": CONFIG,
    "d/package.json": '{ "lightllm-config": { "release": "v1.0.1" } }',
    "d/x.lightllm.yaml": CONFIG,
  });
  const paths = ["top", "a/x", "b/c/x", "d/x"].map((name) => `${name}.lightllm.yaml`);
  const { status, stdout, stderr } = run(["check", "--format", "json", ...paths]);
  const judged = JSON.parse(stdout).files.map(
    ({ launches: [launch] }: { launches: { [name: string]: never }[] }) => [
      launch?.release,
      launch?.releaseReason,
      (launch?.findings as unknown as { severity: string }[] | undefined)?.map(({ severity }) => severity),
    ],
  );
  expect(judged).toEqual([
    ["v1.0.0", "setting", ["error"]],
    ["v1.0.0", "setting", ["error"]],
    ["v1.1.0", "setting", []],
    ["v1.0.1", "setting", ["warning"]],
  ]);
  expect(stderr).toBe("");
  expect(status).toBe(1);
  expect(run(["check", "--release", "v1.2.0", "b/c/x.lightllm.yaml"]).stdout).toContain(
    "LightLLM v1.2.0 (option)",
  );
  expect(run(["explain", "--format", "json", "top.lightllm.yaml"]).status).toBe(0);
  expect(run(["migrate", "--to", "v1.1.0", "top.lightllm.yaml"]).stderr).toContain("v1.0.0 → v1.1.0");
});

test("what does not exist is reported once, with its line", () => {
  rmSync(join(folder, ".lightllm-config.yaml"));
  files({
    "e/.lightllm-config.yaml": "rules:\n  stand-in-valeu: off\nrelase: v1.0.0\n",
    "e/x.lightllm.yaml": CONFIG,
    "e/y.lightllm.yaml": CONFIG,
  });
  const { stderr } = run(["check", "e/x.lightllm.yaml", "e/y.lightllm.yaml"]);
  expect(stderr.trimEnd().split("\n").sort()).toEqual([
    "lightllm-config: e/.lightllm-config.yaml:2: There is no rule 'stand-in-valeu'. Did you mean 'stand-in-value'?",
    "lightllm-config: e/.lightllm-config.yaml:3: There is no key 'relase'. Did you mean 'release'?",
  ]);
});

test("schema prints the schema of the configuration", () => {
  const { properties } = JSON.parse(run(["schema", "--configuration"]).stdout);
  expect(Object.keys(properties)).toEqual(
    expect.arrayContaining(["release", "rules", "include", "exclude", "deployments", "language", "gpu"]),
  );
});

test("the language is that of --lang, else of the configuration, else of the environment", () => {
  files({ ".lightllm-config.yaml": "language: zh-cn\n" });
  const said = (words: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const { stdout } = run(words, "", { LC_ALL: "en_US.UTF-8", ...env });
    return ["Parallelism", "并行模式"].filter((title) => stdout.includes(title));
  };
  const asked = ["explain", "--flag", "tp"];
  expect(said(asked)).toEqual(["并行模式"]);
  expect(said(["--lang", "en", ...asked])).toEqual(["Parallelism"]);
  expect(said([...asked, "--lang=en"])).toEqual(["Parallelism"]);
  rmSync(join(folder, ".lightllm-config.yaml"));
  expect(said(asked)).toEqual(["Parallelism"]);
  expect(said(asked, { LC_ALL: "zh_CN.UTF-8" })).toEqual(["并行模式"]);
  expect(said([...asked, "--lang", "zh-cn"])).toEqual(["并行模式"]);
  const { status, stderr } = run([...asked, "--lang", "fr"]);
  expect([status, stderr]).toEqual([2, "lightllm-config: there is no language 'fr'. Known: en, zh-cn\n"]);
  expect(run(["check", "--", "--lang", "en", "--model_dir", "/m"]).stdout).toContain("--lang");
});
