/**
 * YAML as PyYAML reads it. `test/data/pyyaml/record.py` recorded what PyYAML made of each text.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Argument } from "../../server/src/launch/launch";
import { service } from "../../server/src/service";
import { root } from "../support/paths";

function recorded<T>(name: string): T {
  return JSON.parse(readFileSync(join(root, "test/data/pyyaml", `${name}.json`), "utf8"));
}

function read(text: string) {
  const file = service.notations.yaml.find(text);
  const inLaunches = file.launches.flatMap(({ problems = [] }) => problems);
  return { launches: file.launches, problems: [...file.problems, ...inLaunches] };
}

/** Whether a finding says that PyYAML refuses the text; some of its reasons are those of a config's shape too. */
function isRefused(text: string): boolean {
  return read(text).problems.some(({ code }) => code === "yaml-unreadable" || code === "yaml-shape");
}

/** What PyYAML refuses is `{}`. */
type Value = string | boolean | null | Record<string, never>;

test.each(recorded<[string, Value][]>("scalars"))("k: %j", (text, value) => {
  const config = `k: ${text}\n`;
  const { launches, problems } = read(config);
  if (typeof value === "object" && value !== null) return expect(problems).not.toEqual([]);
  expect(problems).toEqual([]);
  expect(wordsOf(launches[0]?.arguments[0])).toEqual(typeof value === "string" ? [value] : value || null);
});

/** A switch that is on has no word, and one that is off is omitted. */
function wordsOf(argument: Argument | undefined): unknown {
  if (argument?.shape === "bare") return true;
  return argument?.shape === "absent" || argument?.shape === "unfinished"
    ? null
    : argument?.words.map(({ text }) => text);
}

interface Recorded {
  /** The words of a key; `true` for a switch, `null` and `false` for a key that is left out. */
  readonly keys: Readonly<Record<string, readonly string[] | boolean | null>>;
  readonly env: Readonly<Record<string, string>>;
}

test.each(recorded<[string, Recorded[] | null][]>("configs"))("%j", (text, documents) => {
  const { launches, problems } = read(text);
  if (documents === null) return expect(isRefused(text)).toBe(true);
  expect(problems.filter(({ code }) => code === "yaml-unreadable")).toEqual([]);
  const expected = documents.map(({ keys, env }) => ({
    keys: Object.entries(keys).map(([key, words]) => [key, words || null]),
    env,
  }));
  const found = launches.map(({ arguments: given, environment }) => ({
    keys: given.filter(({ counts }) => counts).map((one) => [one.flag.slice(2), wordsOf(one)]),
    env: Object.fromEntries(environment.map(({ name, value }) => [name, value.text])),
  }));
  const inOrder = (all: typeof found) => all.map(({ keys, env }) => ({ keys: keys.sort(), env }));
  expect(inOrder(found)).toEqual(inOrder(expected));
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
    const given = read(text).launches[0]?.arguments.filter(({ counts }) => counts) ?? [];
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
    const set = read(text).launches[0]?.environment ?? [];
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

describe("what PyYAML refuses has a reason, and a fix where one is certain", () => {
  test.each([
    ["a tab after a value", "tp: 2\t\nport: 1\n", "a tab is", "tp: 2\nport: 1\n"],
    ["a tab before a comment", "tp: 2\t# GPUs\n", "a tab is", "tp: 2 # GPUs\n"],
    ["a tab after a key", "tp:\t2\n", "a tab is", "tp: 2\n"],
    ["a control character in a comment", "tp: 2 # \x7f\n", "`\\x7f` is not allowed", "tp: 2 # \n"],
    ["a control character in a value", "host: a\x1bb\n", "`\\x1b` is not allowed", "host: ab\n"],
    ["a date that does not exist", "model_name: 2024-02-30\n", "date", 'model_name: "2024-02-30"\n'],
    [
      "a time that does not exist",
      "job_name: 2024-01-01 25:00:00\n",
      "date",
      'job_name: "2024-01-01 25:00:00"\n',
    ],
    ["a number without digits", "model_name: 0x_\n", "without digits", 'model_name: "0x_"\n'],
    ["the value `=`", "host: =\n", "a meaning of its own", 'host: "="\n'],
    ["the value `<<`", "host: <<\n", "a meaning of its own", 'host: "<<"\n'],
    ["an item `=`", "tokens: [a, =]\n", "a meaning of its own", 'tokens: [a, "="]\n'],
    ["a tag of one's own", "host: !foo a\n", "does not know the tag `!foo`", undefined],
    ["a Python tag", "host: !!python/name:os.sep a\n", "tag `!!python/name:os.sep`", undefined],
    ["a value that is no integer", "tp: !!int 8.0\n", "cannot read `8.0` as `!!int`", undefined],
    ["a value that is no float", "mem_fraction: !!float x\n", "cannot read `x` as `!!float`", undefined],
    ["a tag for a mapping", "host: !!map a\n", "for another kind of value", undefined],
    ["a list as a key", "x-a:\n  ? [a]\n  : 1\n", "cannot be a list", undefined],
  ])("%s", (_name, text, reason, fixed) => {
    const [problem] = read(text).problems;
    expect(problem?.message).toContain(reason);
    const [fix] = problem?.fixes ?? [];
    expect(
      fix
        ? fix.edits.reduceRight(
            (all, { span, newText }) => all.slice(0, span.start) + newText + all.slice(span.end),
            text,
          )
        : undefined,
    ).toBe(fixed);
  });
});
