/** Input that is no sensible config: a clear message or nothing, never a crash or a hang. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open, openYaml, type TestNotation } from "../support/service";

const { codeActions, complete, diagnose, documentSymbols, hover } = service;

/** Sends every request about a text, at its start, middle and end; returns the messages. */
function askEverything(text: string): string[] {
  const launchDocument = openYaml(text);
  for (const offset of [0, Math.floor(text.length / 2), text.length]) {
    complete(launchDocument, offset);
    hover(launchDocument, offset);
  }
  documentSymbols(launchDocument);
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  codeActions(launchDocument, { range, diagnostics: [] });
  return diagnose(launchDocument).map(({ message }) => String(message));
}

/** Nine anchors of nine aliases each: a billion items when written out. */
const aliasBomb = ["x-a: &a [lol, lol]"]
  .concat(
    [..."bcdefghij"].map(
      (name, index) => `x-${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[index]}`).join(", ")}]`,
    ),
  )
  .concat("visual_gpu_ids: *j", "")
  .join("\n");

const mergeBomb = ["x-a: &a { tp: 8 }"]
  .concat(
    [..."bcdefghijklmno"].map(
      (name, index) =>
        `x-${name}: &${name} { <<: [${Array(9).fill(`*${"abcdefghijklmn"[index]}`).join(", ")}] }`,
    ),
  )
  .concat("<<: *o", "")
  .join("\n");

describe("input that is no config", () => {
  test.each<[string, string, RegExp | undefined]>([
    ["bytes that are not UTF-8", "model_dir: /models/\uFFFD\uFFFD\n", /not UTF-8/],
    ["a binary file with the name of a config", `\x7fELF\0\0${"\x01\x02".repeat(2000)}`, /not a text file/],
    [
      "5 MB of text",
      "tp: 8\n".repeat(900_000),
      /is not checked: it has 5,400,000 characters, and no more than 1,000,000 are read/,
    ],
    ["10,000 unknown keys", Array.from({ length: 10_000 }, (_, n) => `key_${n}: ${n}`).join("\n"), /no flag/],
    ["the same key 10,000 times", "tp: 8\n".repeat(10_000), /written again/],
    ["10,000 documents", "tp: 8\n---\n".repeat(10_000), undefined],
    ["an alias bomb", aliasBomb, /one word of the command line/],
    ["a bomb of merge keys", mergeBomb, undefined],
    ["an anchor that holds itself", "x-a: &a\n  <<: *a\n  tp: 8\n<<: *a\n", undefined],
    [
      "brackets 20,000 deep",
      `visual_gpu_ids: ${"[".repeat(20_000)}`,
      /is not checked: it is nested more than 100 levels deep here/,
    ],
    ["one line of 500,000 characters", `model_dir: ${"x".repeat(500_000)}\n`, undefined],
    ["10,000 half-typed lines", "tp\n".repeat(10_000), /mapping of flags/],
    ["quotes without end on every line", 'host: "a\n'.repeat(2_000), /never closed/],
    ["JSON", '{"tp": 8, "run_mode": "normal"}', undefined],
    [
      "a shell script",
      "#!/bin/bash\npython -m lightllm.server.api_server --tp 8\n",
      /mapping of flags|has no value|cannot be read/,
    ],
    ["nothing but colons", ":\n::\n: :\n", undefined],
    ["a key without a name", ": 8\ntp: 8\n", /name of a flag/],
    ["a lone surrogate", "model_name: \uD800\n", undefined],
    ["only a byte order mark", "\uFEFF", undefined],
  ])("%s", (_, text, message) => {
    const messages = askEverything(text);
    if (message) expect(messages.join("\n")).toMatch(message);
  });

  test.each<[TestNotation, string]>([
    ["yaml", "\n\n  LOA\nenv:\n  X"],
    ["yaml", "\n- a"],
    ["shell", "\n\npython -m lightllm.server.api_server --tp 8 \\\n  --x"],
    [
      "compose",
      "\nservices:\n  a:\n    command: python -m lightllm.server.api_server --tp 8\n    environment:\n      LOA",
    ],
    ["dockerfile", "\nFROM x\nENV LOA\nCMD python -m lightllm.server.api_server --tp 8"],
    [
      "kubernetes",
      "\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    args: [python, -m, lightllm.server.api_server, --t]",
    ],
  ])("a text that begins with a blank line, asked at every place: %s %j", (notation, text) => {
    const launchDocument = open(text, {}, notation);
    for (let offset = 0; offset <= text.length; offset++) {
      complete(launchDocument, offset);
      hover(launchDocument, offset);
    }
  });

  test("half-typed text of every length of a config", () => {
    const config =
      'x-b: &b { tp: 8 }\n# lightllm: release=v1.1.0\n<<: *b\nhost: "10.0.0.5" # here\nvisual_gpu_ids: [0, 1]\nenv:\n  LOADWORKER: 18\n---\n? a\n: - b\n';
    for (let length = 0; length <= config.length; length++) askEverything(config.slice(0, length));
  });
});
