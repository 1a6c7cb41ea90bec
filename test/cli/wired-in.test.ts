/** The command line where others call it: completion, pre-commit, the Action, GitLab, the problem matcher. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { program, root } from "../support/paths";
import { OUTER, terminal } from "../support/terminal";

const { folder, run, file } = terminal("wired-in");
const BROKEN = "python -m lightllm.server.api_server --model_dir /m --run_mode nromal\n";
const read = (name: string) => readFileSync(join(root, name), "utf8");

beforeAll(() => {
  file("a.sh", BROKEN);
});

test("bash completes subcommands, options and releases", () => {
  const script = run(["completions", "bash"]).stdout;
  const completed = (...words: string[]) => {
    const ask = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _lightllm_config; echo "\${COMPREPLY[@]}"`;
    const { stdout, status } = spawnSync("bash", ["--norc", "-c", `${script}\n${ask}`], { encoding: "utf8" });
    expect(status).toBe(0);
    return stdout.trim().split(" ");
  };
  expect(completed("lightllm-config", "mi")).toEqual(["migrate"]);
  expect(completed("lightllm-config", "check", "--min")).toEqual(["--min-severity"]);
  expect(completed("lightllm-config", "check", "--release", "v1.1")).toEqual(["v1.1.0"]);
  expect(run(["completions", "zsh"]).stdout).toMatch(/^#compdef lightllm-config\n/);
  expect(run(["completions", "fish"]).stdout).toContain("'__fish_seen_subcommand_from check' -l fix\n");
  expect(run(["completions", "tcsh"]).status).toBe(2);
});

test("the pre-commit hook gets the files that may hold a launch", () => {
  const [hook] = parse(read(".pre-commit-hooks.yaml"));
  const { files, entry, language, id } = hook;
  expect({ entry, language, id }).toEqual({
    entry: "lightllm-config check",
    language: "node",
    id: "lightllm-config",
  });
  const pattern = new RegExp(files.replace("(?i)", ""), "i");
  for (const name of ["a.sh", "x/Dockerfile.gpu", "k.yaml", "README.md", "x.service.d/a.conf", "run.slurm"])
    expect(pattern.test(name), name).toBe(true);
  for (const name of ["a.txt", "sh", "a.json"]) expect(pattern.test(name), name).toBe(false);
  // pre-commit packs the clone, which builds it first.
  const { bin, scripts } = JSON.parse(read("package.json"));
  expect({ ...bin, prepare: scripts.prepare }).toEqual({
    "lightllm-config": "dist/cli.js",
    prepare: "node scripts/prepare.mjs",
  });
  const packed = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const names = JSON.parse(packed.stdout)[0].files.map(({ path }: { path: string }) => path);
  expect(names).toEqual(
    expect.arrayContaining(["dist/cli.js", "dist/service.js", "docs/rules/stand-in-value.md"]),
  );
  expect(names.filter((name: string) => /^(?:server|test)\//.test(name))).toEqual([]);
});

test("the Action's steps run, with inputs that a shell would split or run", () => {
  const { inputs, runs } = parse(read("action.yml"));
  const place = join(folder, "action");
  mkdirSync(place);
  symlinkSync(dirname(program), join(place, "dist"));
  const step = (values: Readonly<Record<string, string>>, cwd = folder) => {
    const [build, check] = runs.steps;
    const env = Object.fromEntries(
      Object.entries(check.env as Record<string, string>).map(([name, expression]) => {
        const input = /inputs\.([\w-]+)/.exec(expression)?.[1] ?? "";
        return [name, values[input] ?? inputs[input].default];
      }),
    );
    const { stdout, status, stderr } = spawnSync("bash", ["-e", "-c", `(${build.run})\n${check.run}`], {
      cwd,
      encoding: "utf8",
      env: {
        ...OUTER,
        ...env,
        GITHUB_ACTION_PATH: place,
        PATH: `${dirname(process.execPath)}:${OUTER.PATH}`,
      },
    });
    return { stdout, status, stderr };
  };
  expect(step({ paths: "a.sh" })).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^::error file=a\.sh,/),
  });
  expect(step({ paths: "$(touch sprung)" }).status).toBe(2);
  expect(step({ paths: "a.sh", format: "text", release: "v1.0.0" }).stdout).toContain(
    "LightLLM v1.0.0 (option)",
  );
});

test("GitLab's template keeps the report, and tasks match what the text output says", () => {
  const { "lightllm-config": job } = parse(read("ci/gitlab.yml"));
  expect(job.script.join("\n")).toContain(
    '--package "$LIGHTLLM_CONFIG" -- lightllm-config check --format gitlab',
  );
  expect(job.artifacts).toEqual({ when: "always", reports: { codequality: "gl-code-quality-report.json" } });
  const [{ pattern }] = JSON.parse(read("package.json")).contributes.problemMatchers;
  const lines = run(["check", "a.sh"]).stdout.split("\n");
  const [found] = lines.flatMap((line) => new RegExp(pattern.regexp).exec(line) ?? []);
  expect(found).toMatch(/^a\.sh:1:/);
});

test("this repository checks itself without a finding", () => {
  const { status, stdout } = run(["check", "--quiet", root]);
  expect([status, stdout]).toEqual([0, ""]);
});
