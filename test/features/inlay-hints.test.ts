/** Hints beside what is written: values of variables, what LightLLM replaces and computes, GPUs of a node. */
import { expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open, type TestNotation } from "../support/service";

type Kind = "derived" | "replaced" | "variables" | "fit";

const EVERYWHERE = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const COMMAND = "python -m lightllm.server.api_server --model_dir /m";
const V12 = "# lightllm: release=v1.2.0\n";

/** The text with each hint in brackets at its place. */
function hinted(text: string, kinds: readonly Kind[], notation: TestNotation = "shell"): string {
  const launchDocument = open(text, {}, notation);
  const options = Object.fromEntries(kinds.map((kind) => [kind, true]));
  const hints = service.inlayHints(launchDocument, EVERYWHERE, options);
  return hints.reduceRight((before, { position, label }) => {
    const at = launchDocument.document.offsetAt(position);
    return `${before.slice(0, at)}[${label}]${before.slice(at)}`;
  }, text);
}

test.each<[string, Kind, string, string, TestNotation?]>([
  ["a variable", "variables", `TP=8\n${COMMAND} --tp $TP\n`, "--tp $TP[= 8]"],
  ["a part of a word", "variables", `N=a\n${COMMAND} --model_name my-$N\n`, "my-$N[= my-a]"],
  ["one of the environment", "variables", `W=18\nLOADWORKER=$W ${COMMAND}\n`, "=$W[= 18] python"],
  ["one in an array", "variables", `TP=8\nA=(--tp $TP)\n${COMMAND} "\${A[@]}"\n`, "--tp $TP[= 8])"],
  ["a fallback that is in sight", "variables", `${COMMAND} --tp \${TP:-8}\n`, "${TP:-8}\n"],
  ["one that is not known", "variables", `${COMMAND} --tp $TP\n`, "--tp $TP\n"],
  ["a literal value", "variables", `${COMMAND} --tp 8\n`, "--tp 8\n"],
  [
    "a value that LightLLM replaces",
    "replaced",
    `${V12}disable_chunked_prefill: true\nmax_req_total_len: 8192\nchunked_prefill_size: 4096 # kept\n`,
    "chunked_prefill_size: 4096[→ 8192] # kept",
    "yaml",
  ],
  ["a value that stays", "replaced", `${V12}chunked_prefill_size: 4096\n`, "4096\n", "yaml"],
  [
    "what a flag decides",
    "derived",
    `${V12}model_dir: /m\ndisable_chunked_prefill: true\nmax_req_total_len: 8192\n`,
    "max_req_total_len: 8192[→ batch_max_tokens: 8192]",
    "yaml",
  ],
  [
    "what a flag of a command decides",
    "derived",
    `${V12}${COMMAND} --dp 2 --tp 2\n`,
    "--dp 2[→ --batch_max_tokens: 8192]",
  ],
  [
    "what no written flag decides, at the program",
    "derived",
    `${V12}${COMMAND}\n`,
    "lightllm.server.api_server[→ --batch_max_tokens: 16384]",
  ],
  [
    "the same at the first value of a config",
    "derived",
    `${V12}model_dir: /m\n`,
    "/m[→ batch_max_tokens: 16384]",
    "yaml",
  ],
  [
    "nothing that is written",
    "derived",
    `${V12}model_dir: /m\nbatch_max_tokens: 16384\n`,
    "model_dir: /m\nbatch_max_tokens: 16384\n",
    "yaml",
  ],
  [
    "GPUs of each of several nodes",
    "derived",
    `${COMMAND} --tp 16 --nnodes 2\n`,
    "--tp 16[= 8 GPUs on each node]",
  ],
  ["one node", "derived", `${COMMAND} --tp 16 --nnodes 1\n`, "--tp 16 --nnodes 1"],
  ["GPUs that cannot be divided", "derived", `${COMMAND} --tp 3 --nnodes 2\n`, "--tp 3 --nnodes 2"],
])("%s", (_, kind, text, expected, notation) => {
  expect(hinted(text, [kind], notation)).toContain(expected);
});

test("only the kinds that are on are shown, and only in the range", () => {
  const text = `TP=16\n${V12}${COMMAND} --tp $TP --nnodes 2\n`;
  expect(hinted(text, [])).toBe(text);
  expect(hinted(text, ["variables", "derived"])).toContain("--tp $TP[= 16][= 8 GPUs on each node]");
  const first = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
  expect(service.inlayHints(open(text, {}, "shell"), first, { variables: true, derived: true })).toEqual([]);
});

test("the reason is in the tooltip", () => {
  const hints = service.inlayHints(open(`${V12}model_dir: /m\n`), EVERYWHERE, { derived: true });
  expect(hints[0]?.tooltip).toMatch(/^LightLLM sets it: 16384 ÷ dp/);
});
