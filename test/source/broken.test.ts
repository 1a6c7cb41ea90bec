/** Incomplete texts of LightLLM's parser are detected, and no text makes the reader fail or hang. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shippedCatalogue } from "../../server/src/catalogue";
import { readSource, type SourceReading } from "../../server/src/source";
import { PLAIN, SHAPES, type Style, writeParser } from "../support/argparse-writer";

const catalogue = shippedCatalogue();
const release = catalogue.newest;
const read = (text: string) => readSource(text, catalogue);
const whole = writeParser(release.flags, PLAIN);
/** A part of the parser that is short enough to test every cut quickly. */
const some = ["model_dir", "run_mode", "tp", "eos_id", "performance_mode", "grouping_key", "enable_ep_moe"];
const few = release.flags.filter(({ key }) => some.includes(key));

function why(reading: SourceReading): string {
  return reading.kind === "broken" ? reading.why : `${reading.release.name}, ${reading.differences}`;
}

const add = (name: string) => `    p.add_argument("--${name}")\n`;
const flags = ["model_dir", "tp", "dp", "host", "port", "nccl_port"].map(add).join("");

describe("what is broken, and why", () => {
  test.each<[string, string, RegExp]>([
    ["nothing", "", /^it is empty$/],
    ["blanks", " \n\t\n", /^it is empty$/],
    ["a NUL", whole.replace("help", "he\0lp"), /^it holds NUL characters/],
    ["UTF-16", [...whole].join("\0"), /^it holds NUL characters/],
    ["another encoding", whole.replace("help", "h\ufffdlp"), /no UTF-8$/],
    ["too long", `${whole}#${"x".repeat(1_000_000)}`, /^it is longer than 1,000,000 characters$/],
    ["no flags", "print('hello')\n", /^it adds no flags/],
    ["no Python", "# Title\n\nSome *words* and [more](x)!\n", /not Python$|middle of a statement$/],
    [
      "another program",
      `def f(p):\n${add("model")}${add("port")}    return p\n`,
      /^it has no flag --model_dir/,
    ],
    [
      "another program with a model folder",
      `def f(p):\n${add("model_dir")}${add("lr")}${add("epochs")}    return p\n`,
      /^only 1 of its 3 flags are LightLLM's$/,
    ],
    [
      "a call that is cut",
      whole.slice(0, whole.lastIndexOf("help=")),
      /^it ends in the middle of a statement$/,
    ],
    [
      "a function that is cut between two calls",
      whole.slice(0, whole.lastIndexOf("    parser.add_argument(")),
      /^its function `make_argument_parser` ends without returning the parser$/,
    ],
    [
      "a name that is cut",
      whole.slice(0, whole.lastIndexOf("_argument(")),
      /^it ends in the middle of a statement$/,
    ],
    ["a second half", `${flags}    return p\n`, /not Python$|which it never makes$/],
    [
      "a second half without indentation",
      flags.replaceAll("    p", "p"),
      /^it adds flags to `p`, which it never makes$/,
    ],
    [
      "a module that is cut",
      `p = ArgumentParser()\n${flags.replaceAll("    p", "p")}`,
      /^it ends before the parser is used$/,
    ],
    [
      "a helper that is missing",
      `def f():\n    p = ArgumentParser()\n${flags}    more(p)\n    return p\n`,
      /^it gives the parser to `more`, which is not there$/,
    ],
    [
      "a conflict of a merge",
      whole.replace("    parser.add_argument(", "<<<<<<< HEAD\n    parser.add_argument("),
      /^line 7 is not Python$/,
    ],
    [
      "a bracket too many",
      whole.replace("type=int,", "type=int),"),
      /in the code that adds the flags, is not Python$/,
    ],
    ["brackets without end", "(".repeat(300_000), /nested too deeply$/],
    ["calls in calls", `p.add_argument(${"f(".repeat(5000)}${")".repeat(5001)}`, /nested too deeply$/],
    [
      "blocks in blocks",
      `${Array.from({ length: 400 }, (_, depth) => `${" ".repeat(depth)}if x:\n`).join("")}${" ".repeat(400)}p.add_argument("--x")\n`,
      /nested too deeply$/,
    ],
  ])("%s", (_, text, expected) => {
    expect(why(read(text))).toMatch(expected);
  });
});

describe("what is not broken", () => {
  test.each<[string, string]>([
    ["a byte order mark", `\ufeff${whole}`],
    ["line ends of Windows", whole.replaceAll("\n", "\r\n")],
    ["tabs", whole.replaceAll("    ", "\t")],
    ["an error elsewhere", `${whole}\n\ndef other(:\n    pass\n`],
    ["comments after the end", `${whole}\n\n# the end`],
    [
      "a function that gets the parser and returns nothing",
      `def f(p):\n${flags}\n\ndef main():\n    q = ArgumentParser()\n    f(q)\n    return q\n`,
    ],
    [
      "a parser that is used at once",
      `def main():\n    p = ArgumentParser()\n${flags}    start(p.parse_args())\n`,
    ],
    [
      "a program",
      `if __name__ == "__main__":\n    p = ArgumentParser()\n${flags}    args, _ = p.parse_known_args()\n`,
    ],
  ])("%s", (_, text) => {
    expect(read(text)).toMatchObject({ kind: "release" });
  });
});

/** A reading without its id: two readings of one text are two releases. */
function contentOf(reading: SourceReading) {
  return reading.kind === "release" ? { ...reading, release: { ...reading.release, id: "" } } : reading;
}

describe("a text that is cut anywhere is either the whole parser or broken", () => {
  const holds = (text: string, full: SourceReading, at: number) => {
    const reading = read(text.slice(0, at));
    if (reading.kind === "release")
      expect(contentOf(reading), text.slice(0, at).slice(-200)).toEqual(contentOf(full));
  };

  test.each(SHAPES)("with %s, at every character", (shape) => {
    const text = writeParser(few, { ...PLAIN, shape });
    const full = read(text);
    expect(full).toMatchObject({ kind: "release" });
    for (let at = 0; at < text.length; at++) holds(text, full, at);
  });

  test("in any style, of any release", () => {
    const style: fc.Arbitrary<Style> = fc.record({
      shape: fc.constantFrom(...SHAPES),
      parser: fc.constantFrom("parser", "p", "arguments"),
      strings: fc.constantFrom("double", "single", "triple", "raw", "implicit", "f-string"),
      choices: fc.constantFrom("list", "tuple", "set", "constant", "sum"),
      numbers: fc.constantFrom("plain", "arithmetic"),
      lines: fc.constantFrom("one", "many"),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...catalogue.releases),
        style,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (one, way, part) => {
          const text = writeParser(one.flags, way);
          holds(text, { kind: "release", release: one, differences: 0 }, Math.floor(part * text.length));
        },
      ),
      { numRuns: 150 },
    );
  });
});

test("no text makes the reader fail", () => {
  const piece = fc.constantFrom(
    "p",
    ".add_argument(",
    '"--model_dir"',
    ")",
    "(",
    "\n",
    "    ",
    "def f(p):",
    "=",
    "[",
    "'''",
    ",",
    "*",
    "**",
    "return p",
    "lambda",
    "f'{",
    ":",
    "\\",
    "if",
    "add = p.add_argument",
    ".set_defaults(",
    "1.",
    "\t",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.array(piece).map((pieces) => pieces.join("")),
      ),
      (text) => {
        expect(["broken", "release"]).toContain(read(text).kind);
      },
    ),
    { numRuns: 500 },
  );
});
