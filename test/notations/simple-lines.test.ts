import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isAlias, isCollection, isPair, isScalar } from "yaml";
import { type Random, randomFrom } from "../../fuzz/random";
import { parseWithPackage } from "../../server/src/notations/yaml-text/parse";
import { refusalOf } from "../../server/src/notations/yaml-text/pyyaml";
import { readSimpleLines } from "../../server/src/notations/yaml-text/simple-lines";

const ALONE = { before: "", after: "", handles: {} } as const;

/** The parts of a node that the notations read. */
function seen(node: unknown): unknown {
  if (isPair(node)) return [seen(node.key), seen(node.value)];
  if (isCollection(node)) return { range: node.range, flow: node.flow, items: node.items.map(seen) };
  if (isAlias(node)) return { alias: node.source };
  if (!isScalar(node)) return node;
  const { range, source, value, type, tag, anchor } = node;
  return { range: range?.slice(0, 2), source, value, type, tag, anchor };
}

/** Whether a text is of simple lines; then the package and PyYAML's reading must agree with it. */
function readsAlike(text: string): boolean {
  const simple = readSimpleLines(text, ALONE);
  if (!simple) return false;
  const parsed = parseWithPackage(text, 0, ALONE);
  expect({ text, errors: parsed.errors, refusal: refusalOf(text, ALONE) }).toEqual({
    text,
    errors: [],
    refusal: undefined,
  });
  expect({ text, root: seen(simple.root) }).toEqual({ text, root: seen(parsed.root) });
  expect(simple.links.maps.map((map) => map.range)).toEqual(parsed.links.maps.map((map) => map.range));
  return true;
}

describe("lines that need no parser", () => {
  it.each([
    ["model_dir: /models/llama\ntp: 8\n"],
    [
      "# a comment\n\ntp: 8 # how many\r\nenv:\r\n  LOADWORKER: 18\r\n  # more\r\n\r\n  MOE_MODE: EP\r\nport: 80",
    ],
    ["visual_gpu_ids: [0, 1]\nhost: 'a, b'\nport: \"8000\"\n"],
    ["visual_gpu_ids:\n- 0\n- 1\n\n# end\n"],
    [
      'spec:\n  containers:\n    - name: llm\n      args:\n        - "--tp"\n        - --port\n      image: a/b:c\n',
    ],
    ['zmq: ipc:///tmp/x\nname: a model\'s name, with "quotes"\n'],
  ])("reads %j like the package", (text) => {
    expect(readsAlike(text)).toBe(true);
  });

  it.each([
    ["tp:\n", "a key without a value"],
    ["tp: &a 8\n", "an anchor"],
    ["tp: 8\n  dp: 4\n", "a value with further lines"],
    ["x: |\n  text\n", "a block scalar"],
    ["a: 1\n\tb: 2\n", "a tab"],
    ["a: {b: 1}\n", "a mapping in braces"],
    ["a: b: c\n", "a second colon"],
    ["<<: *a\n", "a merge key"],
    ["", "no content"],
    ["word\n", "a word"],
    ["? a\n", "an explicit key"],
    ["a: 'it''s'\n", "an escaped quote"],
  ])("leaves %j to the package: %s", (text) => {
    expect(readSimpleLines(text, ALONE)).toBeUndefined();
  });

  it("reads random lines like the package", () => {
    const random = randomFrom("simple lines", 1);
    let simple = 0;
    for (let turn = 0; turn < 4000; turn++) if (readsAlike(randomLines(random))) simple++;
    expect(simple).toBeGreaterThan(200);
  });

  it("reads the documents of examples and fixtures like the package", () => {
    const root = join(__dirname, "../..");
    let simple = 0;
    for (const folder of ["examples", "fuzz/corpus", "test"]) {
      for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
        if (!/\.ya?ml$/.test(name)) continue;
        const text = readFileSync(join(root, folder, name), "utf8");
        for (const document of text.split(/^---$/m)) if (readsAlike(document)) simple++;
      }
    }
    expect(simple).toBeGreaterThan(20);
  });
});

const VALUES = [
  "8",
  "a",
  "-1",
  "--tp",
  "a b",
  "a: b",
  "a:b",
  "'a b'",
  '"a # b"',
  "[0, 1]",
  "[ a, 'b' ]",
  "[]",
  "a # b",
  "a#b",
  "",
  "~",
  "yes",
  "{}",
  "&a 1",
  "*a",
  "|",
  ">-",
  "!!str 1",
  "a,b",
  "- a",
  "?",
  "'",
  '"',
  "[a",
  "a ",
  "a]",
  "é",
  "%a",
  "@",
  "ipc:///tmp/",
  "a :b",
  "=",
  "<<",
  "-",
  "- - a",
  "1:2",
  "a\tb",
  "0.5",
  "[-m, --tp]",
  "[a b]",
  "[a, ]",
  "'a' b",
  "a 'b'",
  "x: ",
];
const KEYS = ["a", "b", "tp", "x-name", "a.b/c", "'q'", "<<", "", "a b", "-a", "é", "yes"];

function randomLines(random: Random): string {
  const lines = Array.from({ length: 1 + random.below(7) }, () => {
    const indent = " ".repeat(random.pick([0, 0, 0, 2, 2, 4, 1]));
    const comment = random.chance(0.1) ? random.pick([" # c", "#c", " #", "  # é"]) : "";
    const value = random.chance(0.6) ? random.pick(VALUES.slice(0, 14)) : random.pick(VALUES);
    switch (random.below(8)) {
      case 0:
        return `${indent}${random.pick(["", "# c", "#"])}`;
      case 1:
        return `${indent}${random.pick(KEYS.slice(0, 4))}:${comment}`;
      case 2:
        return `${indent}- ${value}${comment}`;
      case 3:
        return `${indent}- ${random.pick(KEYS)}: ${value}${comment}`;
      default:
        return `${indent}${random.chance(0.8) ? random.pick(KEYS.slice(0, 4)) : random.pick(KEYS)}: ${value}${comment}`;
    }
  });
  return lines.join(random.chance(0.9) ? "\n" : "\r\n") + random.pick(["", "\n", "\n\n", "\n  # end\n"]);
}
