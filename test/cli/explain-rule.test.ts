/** `explain` of flags and of effective values, and `rule`, as real processes. */
import { expect, test } from "vitest";
import { terminal } from "../support/terminal";

const { run, file } = terminal("explain-rule");

test("explain of a flag says what a hover says; a file of that name goes first", () => {
  for (const words of [["tp"], ["--flag=--tp"], ["--flag=tp", "--release", "v1.0.0"]]) {
    const { status, stdout } = run(["explain", ...words]);
    expect(stdout).toMatch(/^tp — integer, GPUs\n/);
    expect(stdout).not.toContain("`");
    expect(status).toBe(0);
  }
  expect(run(["explain", "--flag", "no_such_flag"])).toMatchObject({ status: 2, stdout: "" });
  file("tp", "#!/bin/sh\npython -m lightllm.server.api_server --model_dir /m\n");
  expect(run(["explain", "tp"]).stdout).toContain("tp:2");
});

test("explain of a file has the effective values, and where each comes from", () => {
  file("a.lightllm.yaml", "# lightllm: release=v1.2.0\nmodel_dir: /m\nchunked_prefill_size: 4096\ntp: 8\n");
  const { stdout } = run(["explain", "a.lightllm.yaml"]);
  const rows = stdout.split("\n").map((line) => line.trim().split(/ {2,}/));
  expect(rows).toContainEqual(["--chunked_prefill_size", "4096", "a.lightllm.yaml:3"]);
  expect(rows).toContainEqual(["--visual_dp", "8", "LightLLM sets it: tp ÷ visual_tp"]);
  expect(stdout).not.toContain("--dp ");
  expect(run(["explain", "--defaults", "a.lightllm.yaml"]).stdout).toMatch(/^ {2}--dp +1 +default$/m);
  const { launches } = JSON.parse(run(["explain", "--format", "json", "a.lightllm.yaml"]).stdout);
  expect(launches).toEqual([
    expect.objectContaining({ path: "a.lightllm.yaml", index: 0, release: "v1.2.0" }),
  ]);
  expect(launches[0].effective).toContainEqual({ flag: "--tp", value: 8, origin: "written", line: 3 });
});

test("explain of a file says from which variable a value comes, what is replaced, and why a value is not known", () => {
  file(
    "launch.sh",
    "TP=8\nLOADWORKER=18 python -m lightllm.server.api_server --model_dir $DIR --tp $TP --disable_chunked_prefill --max_req_total_len 8192 --chunked_prefill_size 4096\n",
  );
  const rows = run(["explain", "launch.sh"]).stdout.split("\n");
  const cells = rows.map((line) => line.trim().split(/ {2,}/));
  expect(cells).toContainEqual(["--tp", "8", "launch.sh:2, from $TP"]);
  expect(cells).toContainEqual(["--model_dir", "$DIR", "launch.sh:2, $DIR is not set in this file"]);
  expect(cells).toContainEqual(["--disable_chunked_prefill", "on", "launch.sh:2"]);
  expect(cells).toContainEqual(["LOADWORKER", "18", "launch.sh:2"]);
  expect(cells).toContainEqual([
    "--chunked_prefill_size",
    "8192",
    "LightLLM uses it instead of 4096: max_req_total_len",
  ]);
  const { launches } = JSON.parse(run(["explain", "--format", "json", "launch.sh"]).stdout);
  expect(launches[0].effective).toContainEqual({
    flag: "--model_dir",
    origin: "written",
    line: 1,
    unknown: "$DIR is not set in this file",
  });
  expect(launches[0].effective).toContainEqual({
    flag: "--chunked_prefill_size",
    value: 8192,
    origin: "derived",
    formula: "max_req_total_len",
    replaces: "4096",
  });
  expect(launches[0].environment).toEqual([{ name: "LOADWORKER", value: "18", origin: "written", line: 1 }]);
});

test("rule prints the page of a rule, or the name that was meant", () => {
  const { status, stdout } = run(["rule", "stand-in-value"]);
  expect(stdout).toMatch(/^# A stand-in that nobody replaced\n/);
  expect(status).toBe(0);
  expect(run(["rule", "stand-in-valeu"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("Did you mean 'stand-in-value'?"),
  });
});
