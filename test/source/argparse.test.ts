/** How the reader handles each way to add a flag, compared with Python's argparse. */
import { describe, expect, test } from "vitest";
import type { Option } from "../../server/src/source/option";
import { readParser } from "../../server/src/source/parser-text";

/** The flags of a parser that these lines fill. */
function optionsOf(lines: string, around = ""): readonly Option[] {
  const body = lines.split("\n").map((line) => `    ${line}\n`);
  const text = `import argparse\nimport os\n${around}\n\ndef make(p):\n${body.join("")}    return p\n`;
  const reading = readParser(text);
  if (reading.kind === "broken") throw new Error(`${reading.why}:\n${text}`);
  return reading.options;
}

function factsOf(words: string, around = "") {
  const options = optionsOf(`p.add_argument(${words})`, around);
  expect(options).toHaveLength(1);
  return options[0]?.facts;
}

describe("a default", () => {
  test.each<[string, unknown]>([
    ['"--a"', null],
    ['"--a", default=None', null],
    ['"--a", default="x"', "x"],
    ['"--a", default=8', 8],
    ['"--a", type=int, default="8"', 8],
    ['"--a", type=int, default=" 1_0 "', 10],
    ['"--a", type=float, default="1e-3"', 0.001],
    ['"--a", type=int, default="many"', "many"],
    ['"--a", default=64 * 1024', 65536],
    ['"--a", default=2**10 + (1 << 4)', 1040],
    ['"--a", default=7 // 2', 3],
    ['"--a", default=-1', -1],
    ['"--a", default=- 2.5', -2.5],
    ['"--a", default=+3', 3],
    ['"--a", default=1.', 1],
    ['"--a", default=.5', 0.5],
    ['"--a", default=1.e2', 100],
    ['"--a", default=1_000', 1000],
    ['"--a", default=0x10', 16],
    ['"--a", default=float("inf")', "inf"],
    ['"--a", default=True', true],
    ['"--a", default=[1, "b"]', [1, "b"]],
    ['"--a", default=(1, 2)', [1, 2]],
    ['"--a", default=()', []],
    ['"--a", default="a" "b" \'c\'', "abc"],
    ['"--a", default=("a"\n        "b")', "ab"],
    ['"--a", default="""x\ny"""', "x\n    y"],
    ['"--a", default=r"a\\n"', "a\\n"],
    ['"--a", default="\\x41\\n"', "A\n"],
    ['"--a", default=f"x"', "x"],
    ['"--a", default="a" + "b"', "ab"],
    ['"--a", default=KNOWN', 5],
    ['"--a", default=KNOWN * 2', 10],
    ['"--a", default=f"{NAME}-{KNOWN}"', "n-5"],
    ['"--a", default=str(KNOWN)', "5"],
    ['"--a", default=int("7")', 7],
    ['"--a", default=max(KNOWN, 9)', 9],
    ['"--a", default=len(LIST)', 2],
    ['"--a", default="x" if KNOWN else "y"', "x"],
    ['"--a", default=BY_NAME["k"]', 4],
    ['"--a", default=LIST[-1]', "v"],
    ['"--a", default=TYPED', 6],
    ['"--a", default=None or 3', 3],
    ['"--a", default=argparse.SUPPRESS', null],
    // Known only at run time.
    ['"--a", default=os.getenv("X", "8")', null],
    ['"--a", default=os.environ["X"]', null],
    ['"--a", default="x" if os.name else "y"', null],
    ['"--a", default=f"{os.name}"', null],
    ['"--a", default=TWICE', null],
    ['"--a", default=CHANGED', null],
    ['"--a", default=[x for x in LIST]', null],
    ['"--a", default=1 / 0', null],
    ['"--a", default=undefined', null],
    ['"--a", default=b"x"', null],
    ['"--a", default=[None]', null],
    ['"--a", default=BY_NAME["other"]', null],
    ['"--a", default=LIST[0:1]', null],
    ['"--a", default=lambda: 1', null],
  ])("of %s", (words, expected) => {
    const around =
      'KNOWN = 5\nNAME = "n"\nLIST = ["u", "v"]\nBY_NAME = {"k": 4}\nTYPED: int = 6\nTWICE = 1\nTWICE = 2\nCHANGED = [1]\nCHANGED.append(2)\n';
    expect(factsOf(words, around)?.default).toEqual(expected);
  });
});

test("a constant may stand below the function that uses it, but not below its use on the same level", () => {
  const text = `def make(p):
    p.add_argument("--a", default=LATER)
    p.add_argument("--b", default=local)
    local = 1
    return p

LATER = 5
`;
  const reading = readParser(text);
  const defaults = reading.kind === "options" && reading.options.map(({ facts }) => facts.default);
  expect(defaults).toEqual([5, null]);
});

describe("choices", () => {
  const around =
    'KINDS = ["u", "v"]\nPAIR = ("u", "v")\nBY_NAME = {"u": 1, "v": print}\nMADE = [k for k in KINDS]\nfrom elsewhere import FOREIGN\n';
  test.each<[string, unknown]>([
    ['["u", "v"]', ["u", "v"]],
    ['("u",)', ["u"]],
    ['{"u", "v"}', ["u", "v"]],
    ['["u", None]', ["u", null]],
    ["[1, 2.5, -3]", [1, 2.5, -3]],
    ["range(3)", [0, 1, 2]],
    ["range(1, 8, 3)", [1, 4, 7]],
    ["range(3, 0, -1)", [3, 2, 1]],
    ["KINDS", ["u", "v"]],
    ["list(PAIR)", ["u", "v"]],
    ['KINDS + ["w"]', ["u", "v", "w"]],
    ['["t", *KINDS]', ["t", "u", "v"]],
    ["BY_NAME", ["u", "v"]],
    ["list(BY_NAME.keys())", ["u", "v"]],
    ["sorted({'b', 'a'})", ["a", "b"]],
    ['"uv"', ["u", "v"]],
    ["None", null],
    // Known only at run time.
    ["MADE", null],
    ["FOREIGN", null],
    ['["u", FOREIGN]', null],
    ['FOREIGN + ["u"]', null],
    ["sorted(FOREIGN)", null],
    ["[True, False]", null],
    ["Enum.names()", null],
  ])("%s", (choices, expected) => {
    expect(factsOf(`"--a", choices=${choices}`, around)?.choices).toEqual(expected);
  });
});

describe("the form", () => {
  test.each<[string, object]>([
    ['"--a"', { kind: "text", arity: "one", repeat: "last", default: null }],
    ['"--a", type=int', { kind: "integer", arity: "one" }],
    ['"--a", type=float', { kind: "number", arity: "one" }],
    ['"--a", type=str', { kind: "text" }],
    ['"--a", type=lambda s: int(s)', { kind: "text" }],
    ['"--a", type=bool, default=False', { kind: "text", default: false }],
    ['"--a", type=os.path.abspath', { kind: "text" }],
    ['"--a", nargs="+"', { arity: "many" }],
    ['"--a", nargs="*", type=int', { kind: "integer", arity: "many" }],
    ['"--a", nargs=2', { arity: "many" }],
    ['"--a", nargs="?", const="c"', { kind: "text", arity: "one" }],
    ['"--a", nargs=argparse.REMAINDER', { arity: "many" }],
    ['"--a", nargs=argparse.OPTIONAL', { arity: "one" }],
    ['"--a", action="store"', { kind: "text", arity: "one" }],
    ['"--a", action="store_true"', { kind: "switch", arity: "none", default: false }],
    ['"--a", action="store_true", default=None', { kind: "switch", default: null }],
    ['"--a", action="store_false"', { kind: "switch", arity: "none", default: true }],
    ['"--a", action="store_const", const=3', { kind: "switch", arity: "none", default: null }],
    ['"--a", action="count", default=0', { kind: "switch", arity: "none", default: 0 }],
    ['"--a", action="append"', { kind: "text", arity: "one", repeat: "append" }],
    ['"--a", action="append", type=int, nargs="+"', { kind: "integer", arity: "many", repeat: "append" }],
    ['"--a", action="extend", nargs="+"', { arity: "many", repeat: "append" }],
    ['"--a", action=MyAction', { kind: "text", arity: "one" }],
    ['"--a", action=MyAction, nargs=0', { kind: "switch", arity: "none" }],
    ['"--a", **OPTIONS', { kind: "text", default: 3, choices: [3, 4] }],
  ])("of %s", (words, expected) => {
    expect(factsOf(words, 'OPTIONS = {"default": 3, "choices": [3, 4]}\n')).toMatchObject(expected);
  });

  test("a type that the file itself calls int is no int", () => {
    expect(factsOf('"--a", type=int', "def int(text):\n    return 1\n")?.kind).toBe("text");
  });
});

describe("names", () => {
  test.each<[string, readonly (readonly string[])[]]>([
    ['p.add_argument("--a_b", "-a", "--ab")', [["--a_b", "-a", "--ab"]]],
    ['p.add_argument("-one_dash")', [["-one_dash"]]],
    ["p.add_argument(NAME)", [["--named"]]],
    ['p.add_argument("--" + "a")', [["--a"]]],
    ['p.add_argument(*["--a", "--b"])', [["--a", "--b"]]],
    ['p.add_argument("file")', []],
    ["p.add_argument(unknown)", []],
    ['p.add_argument("-h", "--help", action="help")', []],
    ['p.add_argument("--a", action=argparse.BooleanOptionalAction)', [["--a"], ["--no-a"]]],
    ['p.add_argument("--a")\np.add_argument("--b")', [["--a"], ["--b"]]],
    ['p.add_argument("--a", "--x")\np.add_argument("--x")', [["--a"], ["--x"]]],
    ['if x:\n    p.add_argument("--a")\nelse:\n    p.add_argument("--b")', [["--a"], ["--b"]]],
    [
      'with x as y:\n    for z in y:\n        try:\n            p.add_argument("--a")\n        finally:\n            pass',
      [["--a"]],
    ],
    ['g = p.add_argument_group("g")\ng.add_argument("--a")', [["--a"]]],
    ['p.add_argument_group("g").add_argument("--a")', [["--a"]]],
    ['add = p.add_argument\nadd("--a")', [["--a"]]],
    ['def add(*words, **options):\n    p.add_argument(*words, **options)\nadd("--a", type=int)', [["--a"]]],
    ['# p.add_argument("--a")\n"""p.add_argument("--b")"""', []],
    ['other("--a")\nx.add("--b")', []],
  ])("%s", (lines, expected) => {
    expect(optionsOf(lines, 'NAME = "--named"\n').map(({ names }) => names)).toEqual(expected);
  });
});

describe("what comes later", () => {
  test.each<[string, unknown]>([
    ['p.add_argument("--a", default=1)\np.add_argument("--a", default=2)', 2],
    ['p.add_argument("--a", default=1)\np.set_defaults(a=2)', 2],
    ['p.set_defaults(a=2)\np.add_argument("--a")', 2],
    ['p.set_defaults(a=2)\np.add_argument("--a", default=1)', 1],
    ['p.add_argument("--a", dest="b")\np.set_defaults(b=2)', 2],
    ['p.add_argument("--a", dest="b", default=1)\np.set_defaults(a=2)', 1],
    ['p.add_argument("--a", type=int)\np.set_defaults(a="7")', 7],
    ['p.set_defaults(a="7")\np.add_argument("--a", type=int)', 7],
    ['p.add_argument("--a", action="store_true")\np.set_defaults(a=True)', true],
  ])("%s", (lines, expected) => {
    const options = optionsOf(lines);
    expect(options).toHaveLength(1);
    expect(options[0]?.facts.default).toEqual(expected);
  });
});

describe("help", () => {
  test.each<[string, string | undefined]>([
    ['"--a"', undefined],
    ['"--a", help=None', undefined],
    ['"--a", help=argparse.SUPPRESS', undefined],
    ['"--a", help="one  two\\n three "', "one two three"],
    ['"--a", help=("one " "two")', "one two"],
    ['"--a", help="""one\n        two"""', "one two"],
    ['"--a", default=3, help="is %(default)s, 50%%"', "is 3, 50%"],
    ['"--a", help="x", deprecated=True', "Deprecated. x"],
    ['"--a", help=text_of("a")', undefined],
  ])("of %s", (words, expected) => {
    expect(optionsOf(`p.add_argument(${words})`)[0]?.help).toBe(expected);
  });
});
