/** `check` of folders, patterns and changed files, as real processes in a real repository. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { terminal } from "../support/terminal";

const { folder, run, text } = terminal("repositories");
const LAUNCH = "python -m lightllm.server.api_server --model_dir /m --tp 8\n";
const BROKEN = "python -m lightllm.server.api_server --model_dir /m --run_mode nromal\n";

function file(name: string, content: string): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
  return name;
}

function git(...words: string[]): void {
  const { status, stderr } = spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}

beforeAll(() => {
  git("init", "-q", "-b", "main");
  file("a.sh", LAUNCH);
  file("bin/start", `#!/usr/bin/env bash\n${LAUNCH}`);
  file("bin/other", LAUNCH);
  file("docs/page.md", `# A page\n\n\`\`\`sh\n${LAUNCH}\`\`\`\n`);
  file("deploy/pod.lightllm.yaml", "model_dir: /m\n");
  file("deploy/none.yaml", "a: 1\n");
  file("build/made.sh", BROKEN);
  file(".gitignore", "build/\n*.tmp.sh\n");
  file("deploy/.gitignore", "!kept.tmp.sh\n");
  file("deploy/kept.tmp.sh", LAUNCH);
  file("deploy/lost.tmp.sh".replace("deploy/", ""), BROKEN);
  file("old/legacy.sh", BROKEN);
  file("large.sh", `${LAUNCH}#${"x".repeat(1_000_001)}\n`);
  file("Makefile", `run:\n\t${LAUNCH}`);
  file("node_modules/x/a.sh", BROKEN);
  file(".lightllm-config.yaml", "exclude: [old]\n");
  symlinkSync("..", join(folder, "deploy/loop"));
  git("add", "-A");
  git("commit", "-qm", "all");
});

const checked = (words: readonly string[], cwd?: string) => {
  const { stdout, stderr, status } = run(["check", "--format", "json", ...words], "", {}, cwd);
  const paths = stdout === "" ? [] : JSON.parse(stdout).files.map(({ path }: { path: string }) => path);
  return { paths, stderr, status };
};

const ALL = ["a.sh", "bin/start", "deploy/kept.tmp.sh", "deploy/pod.lightllm.yaml", "docs/page.md"];

test("without a file, the folder's own files are checked, once each", () => {
  const { paths, stderr, status } = checked([]);
  expect(paths).toEqual(ALL);
  expect(stderr.trimEnd().split("\n").sort()).toEqual([
    "lightllm-config: 'Makefile' starts LightLLM, but files of its kind are not read",
    "lightllm-config: 'bin/other' starts LightLLM, but files of its kind are not read",
    "lightllm-config: 'large.sh' is not read: it has more than 1,000,000 bytes",
  ]);
  expect(status).toBe(0);
  expect(checked([".", "./deploy"]).paths).toEqual(ALL);
  expect(run(["check"]).stdout).toMatch(/^5 launches in 5 files: .* \(\d+ files looked at\)$/m);
});

test.skipIf(process.platform !== "linux")(
  "a file of a folder that cannot be read is named, and the rest is checked",
  () => {
    file("odd/a.sh", LAUNCH);
    writeFileSync(join(folder, "odd/latin.sh"), Buffer.from(`# Größe für café\n${LAUNCH}`, "latin1"));
    writeFileSync(join(folder, "odd/other.sh"), Buffer.from("# Größe für café, not of lightllm\n", "latin1"));
    writeFileSync(
      Buffer.concat([Buffer.from(join(folder, "odd/b")), Buffer.from([0xff]), Buffer.from(".sh")]),
      LAUNCH,
    );
    symlinkSync("nowhere.sh", join(folder, "odd/link.sh"));
    const { paths, stderr, status } = checked(["odd"]);
    expect(paths).toEqual(["odd/a.sh", expect.stringMatching(/^odd\/b/), "odd/latin.sh"]);
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(
        /^lightllm-config: check: 'odd\/b.*\.sh' cannot be read: its name is not in UTF-8$/,
      ),
      expect.stringMatching(/^lightllm-config: check: 'odd\/latin\.sh' cannot be read: it is neither UTF-8/),
    ]);
    expect(status).toBe(2);
    rmSync(join(folder, "odd"), { recursive: true });
  },
);

test("folders, patterns and files together; a file that is named is always read", () => {
  expect(checked(["deploy"]).paths).toEqual(["deploy/kept.tmp.sh", "deploy/pod.lightllm.yaml"]);
  expect(checked(["**/*.sh"]).paths).toEqual(["a.sh", "deploy/kept.tmp.sh"]);
  expect(checked(["{a,b}.sh", "docs/*.md"]).paths).toEqual(["a.sh", "docs/page.md"]);
  const { paths, status } = checked(["old/legacy.sh", "deploy"]);
  expect(paths).toEqual(["old/legacy.sh", "deploy/kept.tmp.sh", "deploy/pod.lightllm.yaml"]);
  expect(status).toBe(1);
  expect(checked([], join(folder, "deploy")).paths).toEqual(["kept.tmp.sh", "pod.lightllm.yaml"]);
});

test("only changed or staged files, without any program of the repository", () => {
  const trap = join(folder, "trap");
  writeFileSync(trap, `#!/bin/sh\ntouch '${join(folder, "sprung")}'\n`);
  chmodSync(trap, 0o755);
  for (const key of ["core.fsmonitor", "diff.external", "core.pager", "diff.x.textconv", "diff.x.command"])
    git("config", key, trap);
  file(".gitattributes", "*.sh diff=x\n");
  expect(checked(["--changed"]).paths).toEqual([]);
  file("a.sh", BROKEN);
  file("deploy/pod.lightllm.yaml", "model_dir: /n\n");
  file("old/legacy.sh", `${BROKEN}\n`);
  expect(checked(["--changed"])).toMatchObject({ paths: ["a.sh", "deploy/pod.lightllm.yaml"], status: 1 });
  expect(checked(["--staged"])).toMatchObject({ paths: [], status: 0 });
  git("-c", "core.fsmonitor=", "add", "deploy");
  expect(checked(["--staged"]).paths).toEqual(["deploy/pod.lightllm.yaml"]);
  expect(checked(["--changed", "deploy"]).paths).toEqual(["deploy/pod.lightllm.yaml"]);
  expect(checked(["--changed=HEAD"], join(folder, "deploy")).paths).toEqual(["pod.lightllm.yaml"]);
  expect(() => text("sprung")).toThrow();
});

test.each([
  [["--changed=nothing"], "Git cannot say what is changed"],
  [["--changed=--output=x"], "'--output=x' is no revision"],
])("%j is bad usage", (words, said) => {
  const { status, stderr } = run(["check", ...words]);
  expect(stderr).toContain(said);
  expect(status).toBe(2);
});
