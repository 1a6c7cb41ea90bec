/** What hovers and inlay hints say about memory, where a GPU is named. */
import { expect, test } from "vitest";
import { type Settings, service } from "../../server/src/service";
import { atCursor, open } from "../support/service";

const HEAD = "# lightllm: release=v1.2.0\n# lightllm: model=meta-llama/Meta-Llama-3.1-8B\n";
const GPU = "# lightllm: gpu=H200x4\n";

function hoverAt(marked: string, settings: Partial<Settings> = {}): string {
  const { text, offset } = atCursor(marked);
  const found = service.hover(open(text, settings), offset)?.contents;
  return typeof found === "object" && "value" in found ? found.value : "";
}

test.each([
  ["tp", "1", ["| 8 | 1.9 GiB |", "weights 15.0 GiB on each GPU"]],
  ["mem_fraction", "0.8", ["- longest prefill: ", "Largest that fits: `mem_fraction 0.9"]],
  ["max_total_token_num", "500000", ["(500000 + 1) × 131072", "kv tokens 500,000"]],
  ["max_req_total_len", "8192", ["Largest that fits: `max_req_total_len "]],
  ["running_max_req_size", "256", ["- tables of requests: "]],
])("the hover of %s answers first whether the launch fits", (key, value, said) => {
  const config = `model_dir: /models/m\n${key}: |${value}\n`;
  const text = hoverAt(HEAD + GPU + config);
  expect(text).toContain("**Fits on H200 × 4 (139.8 GiB each): yes**");
  for (const one of said) expect(text).toContain(one);
  // Without a GPU, nothing is said; the setting names one, too.
  expect(hoverAt(HEAD + config)).not.toContain("Fits on");
  expect(hoverAt(HEAD + config, { gpu: "H200x4" })).toContain("**Fits on H200 × 4");
});

test("other flags say nothing about memory", () => {
  expect(hoverAt(`${HEAD}${GPU}model_dir: /models/m\nport: |8080\n`)).not.toContain("Fits on");
});

test("hints stand after the values, and can be switched off", () => {
  const text = `${HEAD}${GPU}model_dir: /models/m\ntp: 1\nmem_fraction: 0.8\nmax_req_total_len: 131072\nrunning_max_req_size: 256\n`;
  const document = open(text);
  const all = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const hints = service.inlayHints(document, all, { fit: true });
  expect(hints.map(({ position, label }) => `${position.line}:${position.character} ${label}`)).toEqual([
    "4:5 ≈ 15.0 GiB of weights on each GPU",
    expect.stringMatching(/^5:17 ≈ 782,19\d kv tokens$/),
    "6:25 ≈ 5 at a time",
    "7:25 ≈ 254.3 MiB of tables",
  ]);
  const first = { start: { line: 4, character: 0 }, end: { line: 4, character: 9 } };
  expect(service.inlayHints(document, first, { fit: true })).toHaveLength(1);
  expect(service.inlayHints(document, all, { fit: false })).toEqual([]);
  expect(service.inlayHints(open(text.replace(GPU, "")), all, { fit: true })).toEqual([]);
});

const POD = `apiVersion: v1
kind: Pod
metadata: {name: llm}
spec:
  nodeSelector: {nvidia.com/gpu.product: NVIDIA-H200}
  containers:
    - name: llm
      image: my/lightllm:v1.2.0
      command: [python, -m, lightllm.server.api_server, --model_dir, /m, --tp, "1"]
      resources: {limits: {nvidia.com/gpu: 1}}
`;
const JOB = `#!/bin/bash
#SBATCH --nodes=1
#SBATCH --gres=gpu:h200:4
python -m lightllm.server.api_server --model_dir /m --tp 4
`;

test.each([
  ["a pod", POD, "kubernetes", "H200", 1],
  ["a Slurm job", JOB, "shell", "H200", 4],
] as const)("the GPUs that %s names count", (_, text, notation, name, count) => {
  const [judged] = open(text, { gpu: "T4x1", model: "Qwen/Qwen3-8B" }, notation).launches;
  const report = judged && service.fitReport(judged);
  expect(report?.gpu).toMatchObject({ name, count, from: "site" });
});
