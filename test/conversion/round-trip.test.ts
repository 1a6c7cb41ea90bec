/** After every conversion and back, LightLLM gets the same words and the same environment. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FORMATS, type FormatId } from "../../server/src/conversion/convert";
import { type Settings, service } from "../../server/src/service";
import { casesOf, inShell, RELEASES } from "../support/conformance";
import { converted, launchesIn, meaningOf, scriptOf, TRICKY } from "../support/conversions";
import { root } from "../support/paths";
import type { TestNotation } from "../support/service";

const { notationOf } = service;

const FORMAT_IDS = Object.keys(FORMATS) as FormatId[];

/** Converts to a format, from there to a config, and from there to a command. */
function expectSame(
  text: string,
  notation: TestNotation,
  to: FormatId,
  settings: Partial<Settings> = {},
): void {
  const before = launchesIn(text, notation, settings).map(meaningOf);
  const there = converted(text, notation, to, settings);
  const from = FORMATS[to].notation.id;
  expect(launchesIn(there, from, settings).map(meaningOf), `${text}\n→ ${to}\n${there}`).toEqual(before);
  const config = to === "yaml" ? there : converted(there, from, "yaml", settings);
  if (to !== "yaml")
    expect(launchesIn(config, "yaml", settings).map(meaningOf), `${there}\n→ yaml\n${config}`).toEqual(
      before,
    );
  const command = converted(config, "yaml", "command", settings);
  expect(launchesIn(command, "shell", settings).map(meaningOf), `${config}\n→ command\n${command}`).toEqual(
    before,
  );
}

describe("a word that is known", () => {
  test.each(FORMAT_IDS)("arrives through %s as it is, as a value and in the environment", (to) => {
    for (const word of TRICKY)
      expectSame(scriptOf(["--model_dir", word, "--tp", "8"], { NAME: word }), "shell", to);
  });
});

/** Arguments with parts that only the shell knows. */
const OPEN = [
  "--host $HOST --tp 8",
  '--host "$HOST" --port "${PORT}"',
  "--port=$PORT --tp=8",
  "--model_dir $ROOT/models/R1 --host ${A}-${B}",
  '--model_dir "it is $ROOT, \\"so\\" \\$5"',
  "--host $(hostname -i) --tp 8",
  "--host \"$(ip -4 addr show 'eth0' | awk '{print $2}')\"",
  "--host `hostname -i`",
  "--node_rank $((RANK + 1)) --port ${PORT:?no port}",
  "--model_dir ~/models --tp 8",
  "--model_dir $1 --tp ${2}",
  '--tp 8 "$@"',
  "--tp 8 $EXTRA_ARGS",
  "--enable_fa3 $EXTRA_ARGS --tp 8",
  "--visual_gpu_ids $IDS --tp 8",
  "--model_dir=--odd --tp 8",
  "-tp 8",
  "$FIRST --tp 8",
];

describe("a word that is not known", () => {
  test.each(FORMAT_IDS)("is the same variable or command after %s", (to) => {
    for (const words of OPEN) expectSame(`python -m lightllm.server.api_server ${words}\n`, "shell", to);
  });
});

describe.each(RELEASES)("LightLLM %s", (release) => {
  test("gets the words of every third recorded command from a config, and of some from every other format", () => {
    for (const [at, one] of casesOf(release).entries()) {
      if (at % 3 === 0) expectSame(inShell(one), "shell", "yaml", { option: release });
      if (at % 25 === 0)
        for (const to of FORMAT_IDS) expectSame(inShell(one), "shell", to, { option: release });
    }
  });
});

describe("the examples", () => {
  const names = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" });
  const files = names.filter(
    (name) => /\.(?:yaml|sh|sbatch)$|Dockerfile$/.test(name) && !/Chart|values/.test(name),
  );
  test.each(files)("%s says the same in every format", (name) => {
    const text = readFileSync(join(root, "examples", name), "utf8");
    const notation = notationOf("", name, text)?.id as TestNotation;
    expect(launchesIn(text, notation).length).toBeGreaterThan(0);
    for (const to of FORMAT_IDS) expectSame(text, notation, to);
  });
});
