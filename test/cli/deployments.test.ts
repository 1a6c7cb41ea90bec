/** `check` and `explain` of files whose launches belong together, as real processes. */
import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/paths";
import { terminal } from "../support/terminal";

const { folder, run, file, text } = terminal("deployments");

for (const name of ["pd-three-files", "two-nodes"]) {
  cpSync(join(root, "examples", name), join(folder, name), { recursive: true });
}
const PD = ["master", "prefill", "decode"].map((name) => `pd-three-files/${name}.sh`);
const NODES = ["two-nodes/node-0.sh", "two-nodes/node-1.sh"];

/** A copy of an example with another value. */
function changed(path: string, from: string, to: string): string {
  const before = text(path);
  expect(before).toContain(from);
  return file(path.replace(/\.sh$/, "-other.sh"), before.replace(from, to));
}

function config(port: number): string {
  return `model_dir: /m\nhost: 10.0.0.5\nport: ${port}\n`;
}

test("whole deployments have no finding, and are named", () => {
  const { status, stdout } = run(["check", ...PD, ...NODES]);
  expect(stdout).toContain("5 launches in 5 files: 0 errors, 0 warnings");
  expect(stdout).toContain("deployment pd-three-files: 3 launches (they name each other's addresses)");
  expect(stdout).toContain("deployment two-nodes: 2 launches (ranks of one start)");
  expect(status).toBe(0);
});

test("files of the current folder belong together, however their paths are written", () => {
  const here = join(folder, "pd-three-files");
  for (const paths of [
    ["master.sh", "prefill.sh", "decode.sh"],
    ["./master.sh", "prefill.sh", "./decode.sh"],
    [join(here, "master.sh"), "prefill.sh", "./decode.sh"],
    ["../pd-three-files/master.sh", "../pd-three-files/prefill.sh", "../pd-three-files/decode.sh"],
  ]) {
    const { stdout } = run(["check", ...paths], "", {}, here);
    expect(stdout).toMatch(/^deployment (?:master\.sh|pd-three-files): 3 launches/m);
  }
});

test("a launch that disagrees is an error, with the other place and a fix", () => {
  const [first = "", second = ""] = NODES;
  const other = changed(second, "--tp 16", "--tp 8");
  const { status, stdout } = run(["check", first, other]);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^two-nodes\/node-1-other\.sh:\d+:\d+: error: .*tp.* \[[a-z-]+\]$/m);
  expect(stdout).toMatch(/^ {4}two-nodes\/node-0\.sh:\d+:\d+: /m);
  expect(stdout).toMatch(/^ {4}fix: /m);
  expect(run(["check", other]).status).toBe(0);
});

test("JSON has the deployments with their launches, findings, other places and edits", () => {
  const [first = "", second = ""] = NODES;
  const other = changed(second, "--nccl_port 2732", "--nccl_port 2733");
  const { deployments, files } = JSON.parse(run(["check", "--format", "json", first, other]).stdout);
  expect(
    files.flatMap(({ launches }: { launches: { findings: unknown[] }[] }) => launches[0]?.findings),
  ).toEqual([]);
  expect(deployments).toHaveLength(1);
  const [{ reason, launches, findings }] = deployments;
  expect(reason).toBe("ranks");
  expect(launches).toEqual([
    { path: first, index: 0 },
    { path: other, index: 0 },
  ]);
  expect(findings).toEqual([
    expect.objectContaining({
      effect: "fails-later",
      stage: "deployment",
      severity: "error",
      flag: "--nccl_port",
      path: other,
      related: [{ path: first, range: expect.anything(), message: expect.stringContaining("2732") }],
    }),
  ]);
  const [{ kind, edits }] = findings[0].fixes;
  expect(kind).toBe("choice");
  expect(edits).toEqual([expect.objectContaining({ path: expect.any(String), newText: expect.any(String) })]);
});

for (const name of ["built", "apart", "served"]) mkdirSync(join(folder, name));
const IMAGE = `FROM ghcr.io/modeltc/lightllm:v1.2.0
CMD ["python", "-m", "lightllm.server.api_server", "--model_dir", "/m/Q", "--host", "0.0.0.0", "--port", "8088"]
`;

test("check names the place in the Dockerfile where a built image disagrees with its service", () => {
  const image = file("built/Dockerfile", IMAGE);
  const compose = file("built/compose.yaml", 'services:\n  q:\n    build: .\n    ports: ["80:8000"]\n');
  const { status, stdout } = run(["check", "built"]);
  const said = stdout
    .split("\n")
    .filter((line) => line.startsWith("built/") || line.startsWith("    built/"));
  expect(said).toEqual([
    expect.stringMatching(/^built\/compose\.yaml:4:\d+: warning: .*8088.*\[port-elsewhere\]$/),
    "    built/Dockerfile:2:96: The image starts LightLLM here.",
  ]);
  expect(status).toBe(0);
  const { files } = JSON.parse(run(["check", "--format", "json", "built"]).stdout);
  const [{ findings }] = files.filter(({ path }: { path: string }) => path === compose);
  expect(findings).toEqual([
    expect.objectContaining({
      code: "port-elsewhere",
      effect: "suspicious",
      severity: "warning",
      stage: "deployment",
      related: [
        {
          path: image,
          range: { start: { line: 1, character: 95 }, end: { line: 1, character: 111 } },
          message: "The image starts LightLLM here.",
        },
      ],
    }),
  ]);
});

test("check names the place of a Service that is in another file than its pod", () => {
  file(
    "served/service.yaml",
    "apiVersion: v1\nkind: Service\nmetadata: {name: q}\nspec: {selector: {app: q}, ports: [{port: 80}]}\n",
  );
  const pod = file(
    "served/pod.yaml",
    "apiVersion: v1\nkind: Pod\nmetadata: {name: q, labels: {app: q}}\nspec:\n  containers:\n    - name: q\n      image: lightllm:v1.2.0\n      command: [python, -m, lightllm.server.api_server, --model_dir, /m, --host, 0.0.0.0]\n",
  );
  for (const what of ["served", pod])
    expect(run(["check", what]).stdout).toContain(
      "    served/service.yaml:4:43: Another port is named here.",
    );
});

test("check names the other place where a launch disagrees with its container, in text, JSON and SARIF", () => {
  const compose = file(
    "apart/compose.yaml",
    'services:\n  q:\n    image: lightllm:v1.2.0\n    ports: ["80:8000"]\n    command: python -m lightllm.server.api_server --model_dir /m --host 0.0.0.0 --port 8088\n',
  );
  expect(run(["check", compose]).stdout).toContain(
    "    apart/compose.yaml:4:17: Another port is named here.",
  );
  const place = { start: { line: 3, character: 16 }, end: { line: 3, character: 20 } };
  const [{ launches }] = JSON.parse(run(["check", "--format", "json", compose]).stdout).files;
  expect(launches[0].findings).toEqual([
    expect.objectContaining({
      code: "port-elsewhere",
      related: [{ path: compose, range: place, message: "Another port is named here." }],
    }),
  ]);
  const [{ results }] = JSON.parse(run(["check", "--format", "sarif", compose]).stdout).runs;
  expect(results[0].relatedLocations[0].physicalLocation.region.startLine).toBe(4);
});

test("the nearest configuration names a deployment", () => {
  const [a, b] = [file("a.lightllm.yaml", config(8000)), file("b.lightllm.yaml", config(8000))];
  expect(run(["check", a, b]).status).toBe(0);
  file(".lightllm-config.yaml", "deployments:\n  chat: ['?.lightllm.yaml']\n");
  const { status, stdout } = run(["check", a, b]);
  expect(stdout).toContain("[port-twice-on-one-host]");
  expect(stdout).toContain("deployment chat: 2 launches (named by .lightllm-config.yaml)");
  expect(status).toBe(1);
});

test.each([
  ["deployments: [", "not valid"],
  ["deployments: 3\n", "'deployments' must be a mapping"],
  ["\ndeployments:\n  chat: 3\n", ":3: The deployment 'chat' needs a list of file patterns"],
])("a configuration that cannot be used is named: %j", (written, said) => {
  file(".lightllm-config.yaml", written);
  const { status, stderr } = run(["check", file("a.lightllm.yaml", config(8000))]);
  expect(stderr).toMatch(/^lightllm-config: \.lightllm-config\.yaml:\d+: /);
  if (said !== "not valid") expect(stderr).toContain(said);
  expect(status).toBe(0);
  file(".lightllm-config.yaml", "");
});

test("explain prints the launches of each deployment as a table", () => {
  const { status, stdout } = run(["explain", ...PD, file("alone.lightllm.yaml", config(8000))]);
  const lines = stdout.split("\n").map((line) => line.trim().replace(/ {2,}/g, " | "));
  expect(lines).toEqual(
    expect.arrayContaining([
      "deployment pd-three-files: 3 launches (they name each other's addresses)",
      "launch | run mode | host | port | GPUs | node",
      "pd_master · DeepSeek-R1 | pd_master | 10.0.1.30 | 60011 | – | – | pd-three-files/master.sh:7",
      "prefill · DeepSeek-R1 | prefill | 10.0.1.31 | 8019 | 8 | – | pd-three-files/prefill.sh:12",
      "launches that belong to no deployment",
    ]),
  );
  expect(status).toBe(0);
});

test("explain draws a diagram of who calls whom, in which no name is syntax", () => {
  const [master = "", prefill = ""] = PD;
  const odd = file('odd"] --> x["name.lightllm.yaml', `x-name: 'a"]; click'\n${config(1)}`);
  const { stdout } = run(["explain", "--format", "mermaid", master, prefill, odd]);
  expect(stdout.split("\n")[0]).toBe("flowchart LR");
  expect(stdout).toMatch(/d0l1 -->\|pd_master_ip\| d0l0/);
  expect(stdout).toContain('["a#34;#93;#59; click · m<br/>10.0.0.5:1<br/>1 GPU"]');
});

test("explain has where a config server listens, and who calls it", () => {
  const server = "run_mode: config_server\nconfig_server_host: 10.0.0.40\nconfig_server_port: 60088\n";
  const called =
    "run_mode: decode\nmodel_dir: /m\nhost: 10.0.0.5\nconfig_server_host: 10.0.0.40\nconfig_server_port: 60088\n";
  const path = file("served.lightllm.yaml", `${server}---\n${called}`);
  const { stdout } = run(["explain", "--format", "mermaid", path]);
  expect(stdout).toContain('["config_server<br/>10.0.0.40:60088"]');
  expect(stdout).toContain("d0l1 -->|config_server_host| d0l0");
});

test("explain as JSON has the values of each launch", () => {
  const { deployments } = JSON.parse(run(["explain", "--format", "json", ...NODES]).stdout);
  expect(deployments[0].launches[1]).toMatchObject({
    path: NODES[1],
    index: 0,
    runMode: "normal",
    port: 8088,
    gpus: 8,
    rank: 1,
    nodes: 2,
    errors: 0,
  });
});

test("explain says what it cannot do", () => {
  const none = run(["explain", file("none.sh", "echo\n")]);
  expect(none).toMatchObject({ status: 2, stdout: "" });
  expect(none.stderr).toContain("no launch of LightLLM found in none.sh");
  expect(run(["explain", "missing.sh"]).status).toBe(2);
  expect(run(["explain", "--format", "svg", ...NODES]).stderr).toContain("Known: text, json, mermaid");
  expect(readdirSync(folder)).toContain("none.sh");
});
