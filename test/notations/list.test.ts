/** Launches in list form: a change leaves the rest of the text unchanged, and reads back correctly. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isScalar, parseDocument, type Scalar, visit } from "yaml";
import type { LaunchChange } from "../../server/src/launch/launch-change";
import { decodeScalar } from "../../server/src/notations/yaml-text/decode";
import {
  afterChange,
  afterTaking,
  afterTextFix,
  type ChangeOf,
  type ContainerFile,
  labelsIn,
  launchesIn,
  wordsIn,
  wordsOf,
} from "./fixtures/containers";

const MODULE = "lightllm.server.api_server";

/** Syntax around a list; `…` is the place of the list. */
const flowFile = (list: string) => `services:\n  llm:\n    command: ${list}\n    restart: always\n`;
const blockFile = (items: string) => `services:\n  llm:\n    command:\n${items}    restart: always\n`;
const execFile = (list: string) => `FROM lightllm\nCMD ${list}\nEXPOSE 8000\n`;

const START = `"python", "-m", "${MODULE}"`;
const item = (words: readonly string[]) => words.map((word) => `      - ${word}\n`).join("");
const PROGRAM = item(["python", "-m", MODULE]);

const rename: ChangeOf = (of) => ({ kind: "rename", argument: of("--tp"), to: "--dp" });
const setOne: ChangeOf = (of) => ({ kind: "set", argument: of("--tp"), words: ["16"] });
const setTwo: ChangeOf = (of) => ({ kind: "set", argument: of("--tp"), words: ["1", "2"] });
const remove: ChangeOf = (of) => ({ kind: "remove", argument: of("--tp") });
const switchOn: ChangeOf = (of) => ({ kind: "switch", argument: of("--tp"), on: true });
const add: ChangeOf = (_, launch) => ({ kind: "add", launch, flag: "--dp", words: ["2"] });
const addAfter: ChangeOf = (of, launch) => ({
  kind: "add",
  launch,
  flag: "--enable_fa3",
  words: [],
  after: of("--tp"),
});

describe("a list in brackets on one line", () => {
  test.each<[string, ChangeOf, string, string]>([
    ["renames a flag", rename, '"--tp", "8", "--port", "80"', '"--dp", "8", "--port", "80"'],
    ["renames a flag with its value", rename, '"--tp=8", "--port", "80"', '"--dp=8", "--port", "80"'],
    ["sets a value", setOne, '"--tp", "8", "--port", "80"', '"--tp", "16", "--port", "80"'],
    ["sets a value after =", setOne, '"--tp=8"', '"--tp=16"'],
    ["sets several values", setTwo, '"--tp", "8", "--port", "80"', '"--tp", "1", "2", "--port", "80"'],
    ["gives a value", setOne, '"--tp", "--port", "80"', '"--tp", "16", "--port", "80"'],
    ["takes a value away", switchOn, '"--tp", "true"', '"--tp"'],
    ["takes a value after = away", switchOn, '"--tp=true", "--x"', '"--tp", "--x"'],
    ["removes the first", remove, '"--tp", "8", "--port", "80"', '"--port", "80"'],
    ["removes one in the middle", remove, '"--a", "--tp", "8", "--b"', '"--a", "--b"'],
    ["adds at the end", add, '"--tp", "8"', '"--tp", "8", "--dp", "2"'],
    ["adds after another", addAfter, '"--tp", "8", "--x"', '"--tp", "8", "--enable_fa3", "--x"'],
  ])("%s", (_, change, before, after) => {
    expect(afterChange("dockerfile", execFile(`[${START}, ${before}]`), change)).toBe(
      execFile(`[${START}, ${after}]`),
    );
    expect(afterChange("compose", flowFile(`[${START}, ${before}]`), change)).toBe(
      flowFile(`[${START}, ${after}]`),
    );
  });

  test("removes the last with the comma before it", () => {
    expect(afterChange("dockerfile", execFile(`[${START}, "--tp", "8"]`), remove)).toBe(
      execFile(`[${START}]`),
    );
  });

  test("adds the first argument", () => {
    expect(afterChange("dockerfile", execFile(`[${START}]`), add)).toBe(execFile(`[${START}, "--dp", "2"]`));
  });
});

describe("a list in brackets over several lines", () => {
  const lines = (...list: string[]) =>
    execFile(`[${START}, \\\n${list.map((line) => `     ${line}`).join("\n")}`);
  test.each<[string, ChangeOf, string, string]>([
    [
      "removes a line of its own",
      remove,
      lines('"--a", "1", \\', '"--tp", "8", \\', '"--b"]'),
      lines('"--a", "1", \\', '"--b"]'),
    ],
    ["removes the last line", remove, lines('"--a", "1", \\', '"--tp", "8"]'), lines('"--a", "1"]')],
    [
      "removes the end of a line",
      remove,
      lines('"--a", "--tp", "8", \\', '"--b"]'),
      lines('"--a", \\', '"--b"]'),
    ],
    [
      "adds on a line of its own",
      add,
      lines('"--a", "1", \\', '"--tp", "8"]'),
      lines('"--a", "1", \\', '"--tp", "8", \\', '"--dp", "2"]'),
    ],
  ])("%s", (_, change, before, after) => {
    expect(afterChange("dockerfile", before, change)).toBe(after);
  });

  test("keeps comments beside what they are about", () => {
    const before = flowFile(`[${START},\n      "--tp", "8", # GPUs\n      "--x", # why\n    ]`);
    expect(
      afterChange("compose", before, (_, launch) => ({ kind: "add", launch, flag: "--y", words: [] })),
    ).toBe(flowFile(`[${START},\n      "--tp", "8", # GPUs\n      "--x", # why\n      "--y",\n    ]`));
    expect(afterChange("compose", before, remove)).toBe(flowFile(`[${START},\n      "--x", # why\n    ]`));
  });
});

describe("a list in lines", () => {
  test.each<[string, ChangeOf, string[], string[]]>([
    ["renames a flag", rename, ["--tp", '"8"'], ["--dp", '"8"']],
    ["sets a value in its quotes", setOne, ["--tp", "'8'"], ["--tp", "'16'"]],
    ["quotes a number", setOne, ["--tp", "8"], ["--tp", '"16"']],
    ["sets several values", setTwo, ["--tp", "'8'", "--x"], ["--tp", "'1'", "'2'", "--x"]],
    ["gives a value", setOne, ["--tp", "--x"], ["--tp", '"16"', "--x"]],
    ["takes a value away", switchOn, ["--tp", "'8'", "--x"], ["--tp", "--x"]],
    ["removes flag and value", remove, ["--a", "--tp", '"8" # GPUs', "--b"], ["--a", "--b"]],
    ["removes the last", remove, ["--a", "--tp=8"], ["--a"]],
    ["adds after a comment", add, ["--tp", '"8" # GPUs'], ["--tp", '"8" # GPUs', "--dp", '"2"']],
    ["adds after another", addAfter, ["--tp", '"8"', "--x"], ["--tp", '"8"', "--enable_fa3", "--x"]],
    ["knows tags and anchors", setOne, ["--tp", "&n !!str 8", "--x"], ["--tp", '&n !!str "16"', "--x"]],
    ["removes tags and anchors", remove, ["--tp", "&n !!str 8", "--x"], ["--x"]],
    ["adds after an anchor", add, ["--tp", '&n "8"'], ["--tp", '&n "8"', "--dp", '"2"']],
    ["adds in the quotes in use", add, ['"--tp"', '"8"'], ['"--tp"', '"8"', '"--dp"', '"2"']],
  ])("%s", (_, change, before, after) => {
    expect(afterChange("compose", blockFile(PROGRAM + item(before)), change)).toBe(
      blockFile(PROGRAM + item(after)),
    );
  });

  test("keeps CRLF line ends", () => {
    const crlf = (text: string) => text.replaceAll("\n", "\r\n");
    expect(afterChange("compose", crlf(blockFile(PROGRAM + item(["--tp", "'8'"]))), add)).toBe(
      crlf(blockFile(PROGRAM + item(["--tp", "'8'", "--dp", "'2'"]))),
    );
    expect(afterChange("compose", crlf(blockFile(PROGRAM + item(["--tp", "'8'", "--x"]))), remove)).toBe(
      crlf(blockFile(PROGRAM + item(["--x"]))),
    );
  });
});

describe("one element with flag and value", () => {
  test.each<[ContainerFile, string, string]>([
    ["dockerfile", execFile(`[${START}, "--tp 8"]`), execFile(`[${START}, "--tp", "8"]`)],
    ["compose", blockFile(PROGRAM + item(['"--tp 8"'])), blockFile(PROGRAM + item(['"--tp"', '"8"']))],
    ["compose", blockFile(PROGRAM + item(["--tp 8"])), blockFile(PROGRAM + item(["--tp", '"8"']))],
    ["compose", flowFile(`[${START}, '--tp 8 --x']`), flowFile(`[${START}, '--tp', '8', '--x']`)],
    [
      "compose",
      blockFile(PROGRAM + item(["--tp {{ .Values.tp }}"])),
      blockFile(PROGRAM + item(["--tp", '"{{ .Values.tp }}"'])),
    ],
  ])("is split in a %s", (kind, before, after) => {
    expect(afterTextFix(kind, before, "list-element-with-space")).toBe(after);
  });

  test.each([`"--tp=8", "--model_dir=/a b"`, '"--model_name", "a --b c"'])("is not seen in %s", (words) => {
    expect(launchesIn("dockerfile", execFile(`[${START}, ${words}]`))).toHaveLength(1);
    expect(() =>
      afterTextFix("dockerfile", execFile(`[${START}, ${words}]`), "list-element-with-space"),
    ).toThrow("No fix");
  });
});

describe("completing", () => {
  test.each<[string, ContainerFile, string, string, string]>([
    ["a flag in quotes", "dockerfile", '"--mo|"]', "--model_dir", '"--model_dir|"]'],
    ["a flag, cursor at its start", "dockerfile", '"|--mo"]', "--model_dir", '"--model_dir|"]'],
    ["a flag, cursor in its middle", "dockerfile", '"--m|o", "x"]', "--model_dir", '"--model_dir|", "x"]'],
    ["a flag of one dash", "dockerfile", '"-|"]', "--port", '"--port|"]'],
    ["a flag before =", "dockerfile", '"--mo|=x"]', "--model_dir", '"--model_dir|=x"]'],
    ["a flag in empty quotes", "dockerfile", '"--tp", "8", "|"]', "--port", '"--tp", "8", "--port|"]'],
    ["a fresh element", "dockerfile", '"--tp", "8", |]', "--port", '"--tp", "8", "--port"|]'],
    ["a quote that is not closed", "dockerfile", '"--tp", "8", "--po|', "--port", '"--tp", "8", "--port|'],
    ["a value", "dockerfile", '"--run_mode", "pre|"]', "prefill", '"--run_mode", "prefill|"]'],
    ["a value in empty quotes", "dockerfile", '"--run_mode", "|"]', "prefill", '"--run_mode", "prefill|"]'],
    ["a value after =", "dockerfile", '"--run_mode=pre|"]', "prefill", '"--run_mode=prefill|"]'],
    ["a fresh value", "dockerfile", '"--run_mode", |]', "prefill", '"--run_mode", "prefill"|]'],
  ])("%s", (_, kind, marked, label, expected) => {
    expect(afterTaking(kind, execFile(`[${START}, ${marked}`), label)).toBe(
      execFile(`[${START}, ${expected}`),
    );
  });

  test.each<[string, string, string, string]>([
    ["a flag", "      - --mo|\n", "--model_dir", "      - --model_dir|\n"],
    ["a flag in quotes", "      - '--mo|'\n", "--model_dir", "      - '--model_dir|'\n"],
    ["a fresh item", "      - --x\n      - |\n", "--port", "      - --x\n      - --port|\n"],
    ["right after the dash", "      - --x\n      -|\n", "--port", "      - --x\n      - --port|\n"],
    ["a value", "      - --run_mode\n      - pre|\n", "prefill", "      - --run_mode\n      - prefill|\n"],
    ["a fresh value", "      - --run_mode\n      - |\n", "prefill", "      - --run_mode\n      - prefill|\n"],
    ["a number", '      - "--port"\n      - |\n', "8000", '      - "--port"\n      - "8000"|\n'],
    ["a plain number", "      - --port\n      - |\n", "8000", '      - --port\n      - "8000"|\n'],
    ["after =", "      - --run_mode=|\n", "prefill", "      - --run_mode=prefill|\n"],
  ])("in lines: %s", (_, marked, label, expected) => {
    expect(afterTaking("compose", blockFile(PROGRAM + marked), label)).toBe(blockFile(PROGRAM + expected));
  });

  test.each([
    ["before the program's name", execFile(`[|${START}, "--tp", "8"]`)],
    ["in the program's name", execFile(`["python", "-m", "lightllm|.server.api_server", "--tp", "8"]`)],
    ["outside the list", execFile(`[${START}, "--tp", "8"] |`)],
    ["in another key", `${flowFile(`[${START}, "--tp", "8"]`)}    image: |`],
  ])("offers nothing %s", (_, marked) => {
    expect(labelsIn(marked.startsWith("FROM") ? "dockerfile" : "compose", marked)).toEqual([]);
  });
});

/** Each style with a program and no argument yet, and the place of its first launch. */
const STYLES: readonly (readonly [string, ContainerFile, string])[] = [
  ["exec form", "dockerfile", execFile(`[${START}]`)],
  ["exec form over lines", "dockerfile", execFile(`[${START}, \\\n     "--x", \\\n     "--y", "1"]`)],
  ["YAML in brackets", "compose", flowFile(`[${START}]`)],
  ["YAML in brackets, plain", "compose", flowFile(`[python, -m, ${MODULE}, --x, --y, z]`)],
  ["YAML in brackets, single quotes", "compose", flowFile(`['python', '-m', '${MODULE}', '--x', '1']`)],
  ["YAML in lines", "compose", blockFile(`${PROGRAM}${item(["--x"])}`)],
  ["YAML in lines, double quotes", "compose", blockFile(`${PROGRAM}${item(['"--x"', '"y"'])}`)],
  ["YAML in lines, single quotes", "compose", blockFile(`${PROGRAM}${item(["'--x'", "'y'"])}`)],
];

const flagName = fc.stringMatching(/^--[a-z][a-z_]{0,8}$/);
const word = fc
  .string({
    unit: fc.constantFrom(...("aZ09 \"'\\,:#&*[]{}|>%@=~-\n\té漢😀!?./".match(/./gsu) ?? [])),
    maxLength: 8,
  })
  .filter((text) => !text.startsWith("-") && !text.includes("{{") && !text.includes("{%"));
const anArgument = fc.record({
  flag: flagName,
  words: fc.array(fc.oneof(word, fc.constantFrom("8", "1.10", "yes", "null", "0x1")), { maxLength: 3 }),
});

describe("random arguments", () => {
  test.each(STYLES)("written in %s read back as they were", (_, kind, start) => {
    fc.assert(
      fc.property(fc.array(anArgument, { maxLength: 4 }), (given) => {
        let text = start;
        const expected = wordsIn(kind, start)[0] ?? [];
        for (const { flag, words } of given) {
          text = afterChange(kind, text, (_of, launch) => ({ kind: "add", launch, flag, words }));
          expected.push(flag, ...words);
        }
        expect(wordsIn(kind, text), text).toEqual([expected]);
      }),
    );
  });

  test.each(STYLES)("changed in %s read back as they were meant", (_, kind, start) => {
    const step = fc.record({
      what: fc.constantFrom("rename", "set", "remove", "add"),
      at: fc.nat(20),
      ...{ argument: anArgument },
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let text = start;
        for (const { what, at, argument: made } of steps) {
          const [launch] = launchesIn(kind, text);
          if (!launch) throw new Error(text);
          const given = launch.arguments;
          const chosen = given[at % Math.max(1, given.length)];
          const model = given.map((one) => wordsOf({ ...launch, arguments: [one] }));
          const index = chosen ? given.indexOf(chosen) : 0;
          const change: LaunchChange | undefined =
            what === "add"
              ? { kind: "add", launch, ...made, ...(chosen && { after: chosen }) }
              : chosen === undefined
                ? undefined
                : what === "rename"
                  ? { kind: "rename", argument: chosen, to: made.flag }
                  : what === "set"
                    ? { kind: "set", argument: chosen, words: made.words }
                    : { kind: "remove", argument: chosen };
          if (!change) continue;
          if (what === "add") model.splice(chosen ? index + 1 : 0, 0, [made.flag, ...made.words]);
          else if (what === "rename") model[index]?.splice(0, 1, made.flag);
          else if (what === "set") model[index]?.splice(1, 20, ...made.words);
          else model.splice(index, 1);
          text = afterChange(kind, text, () => change);
          expect(wordsIn(kind, text), `${what}\n${text}`).toEqual([model.flat()]);
        }
      }),
    );
  });
});

describe("a YAML scalar with the place of each character", () => {
  const piece = fc.constantFrom(
    ..."a|b c|--tp|\n|\n\n|\n  |\n    |\n   x|  |\t|'|''|\"|\\|\\n|\\\n|\\x41|\\u00e9|:|#| #|$|\r\n|\r\n  |z".split(
      "|",
    ),
  );
  const heads =
    "k: /k: |\n  /k: >\n  /k: |-\n  /k: >+\n  /k: |+\n   /k:\n  j: |2\n    /k:\n  - >1-\n   /k: '/k: \"/- ";
  const tails = ["", "\n", "\nz: 1\n", "\n\n", "\n  \n"];

  test("reads as the parser reads it, in the order of the text", () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.constantFrom(...heads.split("/")),
        fc.constantFrom(...tails),
        (pieces, head, tail) => {
          const quote = /['"]$/.exec(head)?.[0] ?? "";
          const text = head + pieces.join("") + quote + tail;
          const tree = parseDocument(text, { version: "1.1", logLevel: "silent", prettyErrors: false });
          if (tree.errors.length > 0) return;
          visit(tree, (_key, node) => {
            if (!isScalar(node)) return;
            const scalar = node as Scalar.Parsed;
            const isEmptyBlock = scalar.type?.startsWith("BLOCK") && !/\S/.test(scalar.source);
            if (isEmptyBlock) return;
            const decoded = decodeScalar(scalar, { start: 0, text });
            expect(decoded.text, JSON.stringify(text)).toBe(scalar.source);
            expect(decoded.offsets).toHaveLength(decoded.text.length + 1);
            expect([...decoded.offsets].sort((a, b) => a - b)).toEqual(decoded.offsets);
          });
        },
      ),
      { numRuns: 3000 },
    );
  });
});
