/**
 * YAML as PyYAML reads it. `pyyaml-scalars.json` holds what PyYAML 6.0.3 made of `k: <text>`: `str()` of the value, or the
 * boolean or null itself.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { root } from "../support/paths";

const SCALARS: [string, string | boolean | null][] = JSON.parse(
  readFileSync(join(root, "test/data/pyyaml-scalars.json"), "utf8"),
);

function read(text: string) {
  const file = service.notations.yaml.find(text);
  return { problems: [...file.problems, ...(file.launches[0]?.problems ?? [])], launch: file.launches[0] };
}

test.each(SCALARS)("k: %j", (text, value) => {
  const { launch } = read(`k: ${text}\n`);
  const [argument] = launch?.arguments ?? [];
  // A switch that is on has no word, and one that is off is omitted.
  if (typeof value !== "string") expect(argument?.shape).toBe(value === true ? "bare" : "absent");
  else expect(argument?.words.map((word) => word.text)).toEqual([value]);
});

describe("of equal keys and merge keys counts what PyYAML takes", () => {
  const A = "x-a: &a {p: a, q: a}\n";
  const B = "x-b: &b {p: b}\n";
  test.each([
    ["the last of equal keys", "p: 1\nq: 2\np: 3\n", { p: "3", q: "2" }],
    ["the last of equal keys of a merged mapping", "x-a: &a {p: 1, p: 3}\n<<: *a\n", { p: "3" }],
    ["an own key before a merged one", "<<: {p: 1}\np: 2\n", { p: "2" }],
    ["an own key before a merged one that follows", "p: 2\n<<: {p: 1}\n", { p: "2" }],
    ["an own key of what is merged", `${A}x-b: &b {<<: *a, p: b}\n<<: *b\n`, { p: "b", q: "a" }],
    ["an own key of what is merged, first", `${A}x-b: &b {p: b, <<: *a}\n<<: *b\n`, { p: "b", q: "a" }],
    ["the first of a list of merges", `${A}${B}<<: [*b, *a]\n`, { p: "b", q: "a" }],
    ["the last of several merge keys", `${A}${B}<<: *a\n<<: *b\n`, { p: "b", q: "a" }],
    ["the last of several merge keys, another way", `${A}${B}<<: *b\n<<: *a\n`, { p: "a", q: "a" }],
    ["itself, which brings nothing", "x-a: &a\n  <<: *a\n  p: 1\n<<: *a\n", { p: "1" }],
  ])("%s", (_name, text, expected) => {
    const given = read(text).launch?.arguments.filter(({ counts }) => counts) ?? [];
    const values = given.map(({ flag, words }) => [flag.slice(2), words[0]?.text]);
    expect(Object.fromEntries(values)).toEqual(expected);
    expect(values).toHaveLength(Object.keys(expected).length);
  });

  test.each([
    ["an own env replaces a merged one", "x-a: &a {env: {A: 1}}\n<<: *a\nenv: {B: 2}\n", { B: "2" }],
    ["also where it comes first", "x-a: &a {env: {A: 1}}\nenv: {B: 2}\n<<: *a\n", { B: "2" }],
    ["a merged one counts otherwise", "x-a: &a {env: {A: 1}}\n<<: *a\n", { A: "1" }],
    ["the last of two", "env: {A: 1}\nenv: {B: 2}\n", { B: "2" }],
    ["the last of equal variables", "env: {A: 1, A: 2}\n", { A: "2" }],
    [
      "an own variable before a merged one",
      "x-a: &a {A: 1, B: 1}\nenv: {A: 2, <<: *a}\n",
      { A: "2", B: "1" },
    ],
  ])("%s", (_name, text, expected) => {
    const set = read(text).launch?.environment ?? [];
    expect(Object.fromEntries(set.map(({ name, value }) => [name, value.text]))).toEqual(expected);
    expect(set).toHaveLength(Object.keys(expected).length);
  });
});

test.each([
  ["x: [*nope]\n", "*nope"],
  ["x-a: &a {p: 1}\nx-b: &a {q: 1}\n", "{q: 1}"],
  ["x-a:\n  <<: 3\n", "3"],
])("PyYAML refuses %j, which is said", (text, marked) => {
  expect(read(text).problems.map(({ span }) => text.slice(span.start, span.end))).toContain(marked);
});
