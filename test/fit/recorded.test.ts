/**
 * The recorded launches of LightLLM on a real GPU: weights and cells equal, tokens within half a percent.
 * `test/data/memory.jsonl`: v1.2.0 and v1.1.0 on an H200. A launch with `fake_group` ran one rank without the others,
 * so that NCCL held nothing.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type FitInput, fitOf } from "../../server/src/fit/fit";
import { readGpu } from "../../server/src/fit/gpu";
import { launchFit } from "../../server/src/judgement/launch-fit";
import { withConfig } from "../../server/src/judgement/surroundings";
import { quoteWord, service } from "../../server/src/service";
import { root } from "../support/paths";
import { open } from "../support/service";

interface Row {
  readonly id: string;
  readonly release: string;
  readonly argv: readonly string[];
  readonly config: unknown;
  readonly total_memory: number;
  readonly context_bytes: number;
  readonly fake_group: boolean;
  readonly ok: boolean;
  readonly message: string;
  readonly weights?: number;
  readonly tables_alloc?: number;
  readonly check_peak?: number;
  readonly profile: { readonly auto: boolean; readonly size: number; readonly cell_size: number };
}

const rows: Row[] = readFileSync(join(root, "test/data/memory.jsonl"), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line));

/** The input for a recorded launch, read from its words. */
function inputOf({ release, argv, config, total_memory, fake_group, context_bytes }: Row): FitInput {
  const words = argv.map((word) => quoteWord(word === "@MODEL@" ? "/models/m" : word)).join(" ");
  const text = `# lightllm: release=${release}\npython -m lightllm.server.api_server ${words}\n`;
  const [judged] = open(text, {}, "shell", withConfig(JSON.stringify(config))).launches;
  const gpu = readGpu(String(total_memory), service.shippedCatalogue().fit());
  const found = judged && gpu && launchFit(judged.values, gpu);
  if (found?.kind !== "fit") throw new Error(`No fit: ${JSON.stringify(found)}`);
  return { ...found.input, ...(fake_group && { outside: context_bytes }) };
}

/** The launches that failed for want of memory, and what failed; the others of v1.1.0 failed in a kernel. */
const REFUSED: Readonly<Record<string, string>> = {
  "v1.2.0/llama8b-f995": "reserve",
  "v1.2.0/llama8b-hand10M": "given",
  "v1.2.0/llama8b-f15": "tokens",
  "v1.1.0/llama8b-hand10M": "given",
};

test("there are 40 recorded launches", () => expect(rows).toHaveLength(40));

test.each(rows.map((row) => [row.id, row] as const))("%s", (_, row) => {
  const fit = fitOf(inputOf(row));
  const { weightsBytesPerRank, cellBytes, maxTotalTokenNum = 0 } = fit;
  expect(cellBytes).toBe(row.profile.cell_size);
  if (row.weights) expect(weightsBytesPerRank).toBe(row.weights);
  expect(Math.abs(maxTotalTokenNum / row.profile.size - 1)).toBeLessThan(0.005);
  if (row.ok) expect(fit.fits).not.toBe("no");
  expect([row.id, fit.problem?.kind]).toEqual([row.id, REFUSED[row.id]]);
});
