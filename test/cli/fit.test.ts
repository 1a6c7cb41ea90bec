/** `lightllm-config fit` as a real process: the table, the JSON, and where the GPUs come from. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/paths";
import { terminal } from "../support/terminal";

const { run, file, folder } = terminal("fit");
mkdirSync(join(folder, "llama"));

const recorded = readFileSync(join(root, "test/data/memory.jsonl"), "utf8").split("\n");
const { config } = JSON.parse(recorded[0] ?? "");
file("llama/config.json", JSON.stringify(config));

const LAUNCH = file(
  "launch.sh",
  "# lightllm: release=v1.2.0\npython -m lightllm.server.api_server --model_dir llama --llm_prefill_att_backend triton --llm_decode_att_backend triton\n",
);

test("the table begins with the answer, and has the numbers that LightLLM printed on this card", () => {
  const { status, stdout } = run(["fit", "--gpu", "150109880320", LAUNCH]);
  expect(status).toBe(0);
  const lines = stdout.split("\n");
  expect(lines[0]).toBe("launch.sh:2  v1.2.0, H200 (139.8 GiB), named by --gpu");
  expect(lines[1]).toBe("  fits: yes");
  expect(stdout).toMatch(/weights +15\.0 GiB on each GPU/);
  expect(stdout).toMatch(/a token +128 KiB/);
  expect(stdout).toMatch(/kv tokens +782,19\d/);
  expect(stdout).toMatch(/requests +5 of full length \(131,072\), 190 of 4k/);
  expect(stdout).toMatch(/> 1 +15\.0 GiB/);
  expect(stdout).toMatch(/\n {4}8 +1\.9 GiB/);
  expect(stdout).toMatch(/tables of requests +254\.3 MiB +exact +257 × .* lightllm\/common\/req_manager\.py/);
});

test("JSON has the numbers, and a status of 1 says that a launch does not fit", () => {
  const small = file(
    "small.sh",
    "python -m lightllm.server.api_server --model_dir llama --mem_fraction 0.15\n",
  );
  const { status, stdout } = run(["fit", "--release", "v1.2.0", "--gpu", "H200", "--format", "json", small]);
  expect(status).toBe(1);
  const [launch] = JSON.parse(stdout).files[0].launches;
  expect(launch.fit).toMatchObject({
    fits: "no",
    gpu: { name: "H200", bytes: 150109880320, from: "option" },
    weightsBytesPerRank: 16060522496,
    cellBytes: 131072,
    problem: { kind: "tokens", needs: 131080 },
  });
  expect(launch.fit.maxTotalTokenNum).toBeGreaterThan(37_700);
  expect(launch.fit.terms.map(({ id }: { id: string }) => id)).toContain("weights");
});

test.each([
  ["a comment", "# lightllm: gpu=H200x1\n", "", "comment"],
  ["the project's configuration", "", "gpu: H200x2\n", "project"],
  ["nothing", "", "", undefined],
])("the GPU of %s", (_, comment, configuration, from) => {
  file(".lightllm-config.yaml", configuration);
  const path = file("named.sh", `${comment}python -m lightllm.server.api_server --model_dir llama\n`);
  const { stdout } = run(["fit", "--format", "json", path]);
  const { fit } = JSON.parse(stdout).files[0].launches[0];
  expect(fit.gpu?.from).toBe(from);
  expect(fit.fits).toBe(from ? "yes" : "unknown");
});

test("measured memory goes before our own", () => {
  const [all, held] = [[], ["--held", "618.9MiB"]].map((more) => {
    const { stdout } = run(["fit", "--gpu", "H200", "--format", "json", ...more, LAUNCH]);
    return JSON.parse(stdout).files[0].launches[0].fit.maxTotalTokenNum;
  });
  expect(held - all).toBe((558 * 2 ** 20) / 131072);
});

test.each([
  [["--gpu", "H900"], "H900"],
  [["--gpu", "H100", "--gpus", "0"], "--gpus"],
  [["--gpus", "2"], "--gpu"],
  [["--held", "much"], "--held"],
])("%j is bad usage", (options, named) => {
  const { status, stderr } = run(["fit", ...options, LAUNCH]);
  expect([status, stderr.split("\n").length]).toEqual([2, 2]);
  expect(stderr).toContain(named);
});
