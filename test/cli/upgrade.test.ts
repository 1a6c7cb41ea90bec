/** `migrate` of a whole repository: one patch that Git applies, and a report for a pull request. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { terminal } from "../support/terminal";

const { folder, run, text } = terminal("upgrade");

function file(name: string, content: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

beforeEach(() => {
  file(
    "a.sh",
    "# lightllm: release=v1.1.0\npython -m lightllm.server.api_server --model_dir /m --enable_fa3\n",
  );
  file(
    "deploy/compose.yaml",
    [
      "services:",
      "  chat:",
      "    image: ghcr.io/modeltc/lightllm:v1.1.0",
      "    command: [python, -m, lightllm.server.api_server, --model_dir, /m, --enable_fa3]",
      "",
    ].join("\n"),
  );
  file("deploy/none.yaml", "a: 1\n");
  file("chart/Chart.yaml", "apiVersion: v2\nname: chat\nversion: 0.1.0\n");
  file("chart/values.yaml", "image:\n  name: ghcr.io/modeltc/lightllm\n  tag: v1.1.0\n");
  file(
    "chart/templates/chat.yaml",
    [
      "apiVersion: v1",
      "kind: Pod",
      "spec:",
      "  containers:",
      "    - name: chat",
      '      image: "{{ .Values.image.name }}:{{ .Values.image.tag }}"',
      "      command: [python, -m, lightllm.server.api_server, --model_dir, /m, --enable_fa3]",
      "",
    ].join("\n"),
  );
  file("README.md", "# nothing\n");
});

test("one patch over the repository, which Git applies; then nothing is left", () => {
  const { status, stdout, stderr } = run(["migrate", "--to", "v1.2.0", "."]);
  expect(stderr).not.toContain("README.md");
  expect(status).toBe(0);
  const applied = spawnSync("git", ["apply", "-"], { cwd: folder, input: stdout, encoding: "utf8" });
  expect(applied).toMatchObject({ status: 0, stderr: "" });
  expect(text("a.sh")).toMatch(/release=v1\.2\.0/);
  expect(text("deploy/compose.yaml")).toContain("lightllm:v1.2.0");
  expect(text("chart/values.yaml")).toContain("tag: v1.2.0");
  const all = ["a.sh", "deploy/compose.yaml", "chart/templates/chat.yaml"];
  expect(all.map(text).join("")).not.toContain("enable_fa3");
  expect(run(["migrate", "--to", "v1.2.0", "."]).stdout).toBe("");
  expect(run(["check", "--format", "json", "."]).status).toBe(0);
});

test("the report has a summary, places and the patch", () => {
  const { status, stdout } = run(["migrate", "--to", "v1.2.0", "--format", "markdown", "."]);
  expect(stdout).toMatch(
    /^## LightLLM v1\.2\.0\n\n3 launches in 3 files to migrate; 0 launches do not start/,
  );
  expect(stdout).toMatch(/^\| `--enable_fa3` \| .*llm_prefill_att_backend.* \| 3 \|$/m);
  const [, behaves = ""] = /### What behaves differently\n\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
  expect(behaves).toMatch(
    /^- v1\.2\.0: .*<br>`a\.sh:2`, `chart\/templates\/chat\.yaml:7`, `deploy\/compose\.yaml:4`$/m,
  );
  expect(new Set(behaves.match(/^- .*?<br>/gm)).size).toBe(behaves.match(/^- /gm)?.length);
  expect(stdout).toContain("```diff\n--- a/a.sh\n+++ b/a.sh\n");
  expect(stdout.trimEnd().endsWith("</details>")).toBe(true);
  expect(status).toBe(0);
});

test("the report names launches that do not start yet, apart from the others", () => {
  file("b.sh", "# lightllm: release=v1.1.0\npython -m lightllm.server.api_server --model_dir /m --prot 1\n");
  const { status, stdout } = run(["migrate", "--to", "v1.2.0", "--format", "markdown", "a.sh", "b.sh"]);
  expect(stdout).toContain("### What does not start in v1.2.0 yet\n\n- `b.sh:2` (v1.1.0 → v1.2.0)\n  - ");
  expect(status).toBe(1);
});

test("what the files of a deployment no longer agree on is said", () => {
  const pd = (role: string, more: string) =>
    `# lightllm: release=v1.0.1\npython -m lightllm.server.api_server --model_dir /m --run_mode ${role} ${more}\n`;
  const called = "--pd_master_ip 10.0.0.30 --pd_master_port 60011";
  file("pd/master.sh", pd("pd_master", "--host 10.0.0.30 --port 60011"));
  file("pd/prefill.sh", pd("prefill", `--host 10.0.0.31 ${called} --max_req_total_len 16000`));
  file("pd/decode.sh", pd("decode", `--host 10.0.0.32 ${called}`));
  const { stderr, status } = run(["migrate", "--to", "v1.2.0", "pd"]);
  expect(stderr).toContain("prefill.sh:2: '--max_req_total_len' is 16000 here and 16384 elsewhere");
  expect(status).toBe(1);
});
