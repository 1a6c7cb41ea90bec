/** Python expressions with unknown values, and parsing of Python expressions. */
import { describe, expect, test } from "vitest";
import { expression } from "../../server/src/python/expression";
import { JsonError, readJson, toJson } from "../../server/src/python/json";
import { readInteger, readNumber } from "../../server/src/python/numbers";
import { ExpressionError } from "../../server/src/python/parse-expression";
import { PythonError, UNKNOWN, type Value } from "../../server/src/python/values";

const VALUES: Readonly<Record<string, Value>> = {
  tp: 8n,
  dp: 0n,
  ratio: 0.5,
  mode: "decode",
  nothing: null,
  on: true,
  off: false,
  ids: [0n, 1n, 2n],
  mixed: [1n, UNKNOWN],
  dict: { quant_method: "fp8" },
};

function evaluate(source: string): Value {
  return expression(source).evaluate({
    value: (name) => VALUES[name] ?? (name in VALUES ? null : UNKNOWN),
    given: (flag) => flag === "tp",
    since: (release) => release <= "v1.1.0",
    words: () => ["fast", "slow"],
    environment: (name) => (name === "MODE" ? "EP" : UNKNOWN),
    config: (key) => (key === "layers" ? 32n : null),
    code: (fact) => (fact === "kv_heads" ? "equal" : null),
    has: (key) => key === "num_attention_heads",
  });
}

describe("an expression has the value that Python gives it", () => {
  test.each<[string, Value]>([
    ["1 + 2 * 3", 7n],
    ["-(-7 // 2)", 4n],
    ["-7 // 2", -4n],
    ["-7 % 3", 2n],
    ["7 / 2", 3.5],
    ["2 * ratio", 1],
    ["1 == 1.0", true],
    ["True + 1", 2n],
    ["99999999999999999999 + 1", 100000000000000000000n],
    ["not off and on", true],
    ["not (off and on)", true],
    ["not off or on", true],
    ["0 < tp <= 8", true],
    ["0 < tp < 8", false],
    ["tp if on else dp", 8n],
    ['mode in ["prefill", "decode"]', true],
    ['"code" in mode', true],
    ["nothing is None and tp is not None", true],
    ["len(ids) < 4", true],
    ["ids[:2] + [9]", [0n, 1n, 9n]],
    ["ids[-1]", 2n],
    ["list(range(3))", [0n, 1n, 2n]],
    ["[x * 2 for x in ids if x > 0]", [2n, 4n]],
    ["any(x > 1 for x in ids)", true],
    ["all(x > 1 for x in ids)", false],
    ["[on, off, on].count(True)", 2n],
    ["max(1, tp // 3)", 2n],
    ["min([3, 1, 2])", 1n],
    ['dict["quant_method"]', "fp8"],
    ['fullmatch("[0-9]+p[0-9]+d", "2p4d")', true],
    ['env.MODE == "EP" and config.layers == 32', true],
    ["given(tp) and not given(dp)", true],
    ['"fast" in words(tokenizer_mode)', true],
    ['since("v1.0.1") and not since("v1.2.0")', true],
    ["known(tp) and not known(unsaid + 1)", true],
    ["ports_bad([80, 81, 80])", true],
    ["ports_bad([80, 65536])", true],
    ["ports_bad([80, 81])", false],
  ])("%s", (source, value) => expect(evaluate(source)).toEqual(value));
});

describe("an unknown value makes only dependent values unknown", () => {
  test.each<[string, Value]>([
    ["unsaid + 1", UNKNOWN],
    ["unsaid and off", false],
    ["off and unsaid", false],
    ["unsaid or on", true],
    ["unsaid or off", UNKNOWN],
    ["not unsaid", UNKNOWN],
    ["unsaid and nothing < 3", UNKNOWN],
    ["1 in mixed", true],
    ["2 in mixed", UNKNOWN],
    ["len(mixed)", 2n],
    ["any(x == 1 for x in mixed)", true],
    ["all(x == 1 for x in mixed)", UNKNOWN],
    ["[x for x in mixed if x > 0]", UNKNOWN],
    ["5 if unsaid else 5", 5n],
    ["5 if unsaid else 6", UNKNOWN],
    ["ports_bad([80, unsaid, 80])", true],
    ["ports_bad([80, unsaid])", UNKNOWN],
    ["range(99999999999)", UNKNOWN],
  ])("%s", (source, value) => expect(evaluate(source)).toEqual(value));
});

describe("raises where Python does", () => {
  test.each([
    "1 // dp",
    "nothing < 1",
    "1 in nothing",
    "len(tp)",
    "ids[7]",
    'dict["none"]',
    "tp + mode",
    "max([])",
    "ids[:nothing + 1]",
  ])("%s", (source) => expect(() => evaluate(source)).toThrow(PythonError));
});

describe("is not read at all, with the place, where it is not of the part of Python that is used", () => {
  test.each(["1 +", "(1", "lambda: 1", "a b", "[1, 2", "1 ? 2", '"open'])("%s", (source) =>
    expect(() => expression(source)).toThrow(ExpressionError),
  );
});

describe("a word as Python's int() reads it", () => {
  test.each<[string, bigint | undefined]>([
    ["7", 7n],
    [" 7 ", 7n],
    ["+3", 3n],
    ["-0", 0n],
    ["1_000", 1000n],
    ["٣", 3n],
    ["𝟗", 9n],
    ["99999999999999999999", 99999999999999999999n],
    ["1__0", undefined],
    ["1e3", undefined],
    ["8.0", undefined],
    ["", undefined],
    ["9".repeat(4301), undefined],
  ])("%s", (text, value) => expect(readInteger(text)).toBe(value));
});

describe("a word as Python's float() reads it", () => {
  test.each<[string, number | undefined]>([
    ["1e3", 1000],
    [".5", 0.5],
    ["1_0.5", 10.5],
    ["-inf", Number.NEGATIVE_INFINITY],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["nan", Number.NaN],
    ["1e400", Number.POSITIVE_INFINITY],
    ["0x10", undefined],
    ["half", undefined],
  ])("%s", (text, value) => expect(readNumber(text)).toBe(value));
});

describe("JSON as Python's json.loads reads it", () => {
  test.each<[string, unknown]>([
    ['{"a": 1, "b": 1.0, "c": [true, null]}', { a: 1n, b: 1, c: [true, null] }],
    ["[NaN, -Infinity]", [Number.NaN, Number.NEGATIVE_INFINITY]],
    ['"1.0 and 2"', "1.0 and 2"],
    ['{"text": "a \\" 1 quote", "n": 2}', { text: 'a " 1 quote', n: 2n }],
    ['{"a": 1, "a": 2}', { a: 2n }],
    ["12345678901234567890", 12345678901234567890n],
  ])("%s", (text, value) => expect(readJson(text)).toEqual(value));

  test.each(["", "{", '{"a": 1,}', "// c\n{}", "\uFEFF{}", "{'a': 1}", "01", "1.", "[1 2]"])(
    "not %s",
    (text) => expect(() => readJson(text)).toThrow(JsonError),
  );

  test("tells integers from floats that are whole, and writes both as JSON", () => {
    expect(typeof readJson("2")).toBe("bigint");
    expect(typeof readJson("2.0")).toBe("number");
    expect(JSON.stringify(toJson(readJson('[2, 2.5, NaN, {"k": 3}]')))).toBe('[2,2.5,"nan",{"k":3}]');
  });
});
