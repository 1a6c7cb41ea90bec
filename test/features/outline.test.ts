/** Outline and folding of launches in scripts. */
import { expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open } from "../support/service";

const { documentSymbols, foldingRanges } = service;

const RUN = "python -m lightllm.server.api_server";
const script = `#!/bin/bash\nset -e\n${RUN} \\\n  --run_mode prefill \\\n  --model_dir /models/R1 &\n\n${RUN} --tp 8\n`;

test("launches of a script are its outline", () => {
  const outline = documentSymbols(open(script, {}, "shell")).map(({ name, children }) => [
    name,
    children?.flatMap((group) => group.children?.map((flag) => `${flag.name} ${flag.detail}`)),
  ]);
  expect(outline).toEqual([
    ["launch 1: prefill · R1", ["--run_mode prefill", "--model_dir /models/R1"]],
    ["launch 2", ["--tp 8"]],
  ]);
});

test("launches of several lines fold", () => {
  expect(foldingRanges(open(script, {}, "shell"))).toEqual([{ startLine: 2, endLine: 4 }]);
  expect(foldingRanges(open("tp: 8\ndp: 2\n"))).toEqual([]);
});
