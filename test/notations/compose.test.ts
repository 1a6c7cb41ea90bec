/** Launches in Compose files: the commands of services, with their words and environment. */
import { describe, expect, test } from "vitest";
import { notationOf } from "../../server/src/notations";
import { findInCompose } from "../../server/src/notations/compose/find";
import { YamlStream } from "../../server/src/notations/yaml-text/stream";
import { afterFix } from "../support/service";
import {
  afterChange,
  afterTaking,
  environmentIn,
  expectSpansInside,
  launchesIn,
  wordsIn,
} from "./fixtures/containers";

const RUN = "python -m lightllm.server.api_server";
const FLOW = "python, -m, lightllm.server.api_server";

/** A file with one service. */
const service = (...lines: string[]) =>
  `services:\n  llm:\n    image: lightllm:v1.1.0\n${lines.map((line) => `    ${line}\n`).join("")}`;

describe("finds the launch", () => {
  test.each<[string, string, string[][]]>([
    [
      "in a string",
      service(`command: ${RUN} --tp 8 --model_name 'a b'`),
      [["--tp", "8", "--model_name", "a b"]],
    ],
    ["in a quoted string", service(`command: "${RUN} --model_name \\"a b\\""`), [["--model_name", "a b"]]],
    [
      "in a string in single quotes",
      service(`command: '${RUN} --model_name ''a b'''`),
      [["--model_name", "a b"]],
    ],
    ["in a string over lines", service(`command: ${RUN}`, "  --tp 8", "  --x"), [["--tp", "8", "--x"]]],
    ["in a folded block", service("command: >-", `  ${RUN}`, "  --tp 8", "  --x"), [["--tp", "8", "--x"]]],
    [
      "in a literal block without backslashes, which compose reads as one row of words",
      service("command: |", `  ${RUN}`, "  --tp 8", "  --x"),
      [["--tp", "8", "--x"]],
    ],
    [
      "in a literal block with backslashes, which compose takes for the beginnings of words",
      service("command: |", `  ${RUN} \\`, "    --tp 8 \\", "  --x"),
      [["\n", "--tp", "8", "\n--x"]],
    ],
    [
      "in a string with a hash, which begins no comment",
      service("command: |", `  ${RUN} --tp 8#`, "  # --x"),
      [["--tp", "8#", "#", "--x"]],
    ],
    [
      "in a string with escapes",
      service(`command: ${RUN} --x a\\nb --y "c\\d"`),
      [["--x", "?", "--y", "cd"]],
    ],
    [
      "in a string with a redirection, after which nothing is read",
      service(`command: ${RUN} --x a --tp 2 2>&1 --y b`),
      [["--x", "a", "--tp", "2"]],
    ],
    [
      "in a string with a number directly before a redirection, which goes with it",
      service(`command: ${RUN} --x a --tp 2>log`),
      [["--x", "a", "--tp"]],
    ],
    [
      "in a string with a dollar before quotes",
      service(`command: ${RUN} --x $$'a b' --y $$"c"`),
      [["--x", "$a b", "--y", "$c"]],
    ],
    ["in a list in brackets", service(`command: [${FLOW}, --tp, "8"]`), [["--tp", "8"]]],
    ["in brackets over lines", service(`command: [${FLOW}, # start`, "  --tp, '8',", "]"), [["--tp", "8"]]],
    [
      "in a list in lines",
      service("command:", "  - python", "  - -m", "  - lightllm.server.api_server", "  - --tp=8"),
      [["--tp=8"]],
    ],
    [
      "in a list as deep as its key",
      service("command:", "- python", "- -m", "- lightllm.server.api_server", "- --x"),
      [["--x"]],
    ],
    ["after a shell", service(`command: ["bash", "-c", "cd /x && ${RUN} --tp 8"]`), [["--tp", "8"]]],
    [
      "after a shell, as a block",
      service(
        "command:",
        "  - bash",
        "  - -lc",
        "  - |",
        "    export A=1",
        `    exec ${RUN} \\`,
        "      --tp 8",
      ),
      [["--tp", "8"]],
    ],
    ["after a shell in a string", service(`command: bash -c "${RUN} --tp 8"`), [["--tp", "8"]]],
    ["in the entry point", service(`entrypoint: [${FLOW}, --tp, "8"]`), [["--tp", "8"]]],
    [
      "in entry point and command",
      service(`entrypoint: [${FLOW}]`, "command:", "  - --tp", "  - '8'"),
      [["--tp", "8"]],
    ],
    ["in command and entry point", service("command: [--tp, '8']", `entrypoint: [${FLOW}]`), [["--tp", "8"]]],
    [
      "in an entry point list and a command string",
      service(`entrypoint: [${FLOW}]`, "command: --tp 8 --x"),
      [["--tp", "8", "--x"]],
    ],
    [
      "in an entry point string and a command list",
      service(`entrypoint: ${RUN}`, "command: [--tp, '8']"),
      [["--tp", "8"]],
    ],
    ["in two strings", service(`entrypoint: ${RUN} --x`, "command: --tp 8"), [["--x", "--tp", "8"]]],
    ["where a comment says so", service("# lightllm: args", "command: [serve, --tp, '8']"), [["--tp", "8"]]],
    [
      "where a comment says so, in a string",
      service("# lightllm: args", "command: /start.sh --tp 8"),
      [["--tp", "8"]],
    ],
  ])("%s", (_, text, words) => {
    expect(wordsIn("compose", text)).toEqual(words);
  });

  test("without the module's name where another service of the image has it in its entry point", () => {
    const text = `services:
  master:
    image: lightllm
    entrypoint: [${FLOW}]
    command: [--run_mode, pd_master]
  prefill:
    image: lightllm
    command: [--run_mode, prefill]
  decode:
    image: lightllm
    command: --run_mode decode
  web:
    image: nginx
    command: [--run_mode, none]
`;
    expect(wordsIn("compose", text)).toEqual([
      ["--run_mode", "pd_master"],
      ["--run_mode", "prefill"],
      ["--run_mode", "decode"],
    ]);
  });

  test.each([
    ["a service of another program", service("command: [vllm, serve, --tp, '8']")],
    ["a volume", service("volumes: ['./lightllm.server.api_server:/x']", "command: [--tp, '8']")],
    ["a file without services", `jobs:\n  a:\n    command: ${RUN} --tp 8\n`],
    ["a comment", service(`# command: ${RUN} --tp 8`, "command: sleep 1")],
    ["a health check", service(`healthcheck: {test: "${RUN} --help"}`)],
  ])("is silent about %s", (_, text) => {
    expect(launchesIn("compose", text)).toEqual([]);
  });
});

describe("text that is included from elsewhere", () => {
  const text = `x-env: &env
  LOADWORKER: 18
  MOE_MODE: EP
x-flags: &flags [--tp, "8"]
services:
  a: &a
    image: lightllm
    entrypoint: &start [${FLOW}]
    command: *flags
    environment:
      <<: *env
      MOE_MODE: TP
  b:
    <<: *a
    command: [--dp, "2"]
  c:
    extends: {service: b}
    environment: [A=1, "B=x y", C]
  d:
    extends: b
    entrypoint: *start
    command:
      - --x
`;

  test("counts in every service", () => {
    expect(wordsIn("compose", text).sort()).toEqual([["--dp", "2"], ["--dp", "2"], ["--tp", "8"], ["--x"]]);
    expect(
      environmentIn("compose", text)
        .map((one) => one.join(" "))
        .sort(),
    ).toEqual([
      "A=1 B=x y C=?",
      "MOE_MODE=TP LOADWORKER=18",
      "MOE_MODE=TP LOADWORKER=18",
      "MOE_MODE=TP LOADWORKER=18",
    ]);
  });

  test("is edited where it is written", () => {
    const changed = afterChange("compose", text, (of) => ({
      kind: "set",
      argument: of("--tp"),
      words: ["16"],
    }));
    expect(changed).toBe(text.replace('[--tp, "8"]', '[--tp, "16"]'));
  });

  test("may be a circle", () => {
    const circle = service(`command: ${RUN}`, "extends: other", "<<: &c", "  <<: *c").replace(
      "services:",
      "services: &s\n  <<: *s\n  other: {extends: llm}",
    );
    expect(() => findInCompose(circle, new YamlStream())).not.toThrow();
  });
});

describe("variables", () => {
  test.each<[string, string[]]>([
    [`[${FLOW}, --port, "\${PORT}", --host=$HOST]`, ["--port", "?", "--host=?"]],
    [`[${FLOW}, --port, "\${PORT:-8000}", --tp, "\${TP-4}"]`, ["--port", "8000", "--tp", "4"]],
    [`[${FLOW}, --port, "\${PORT:-}", --tp, "\${TP-}"]`, ["--port", "?", "--tp", "?"]],
    [`[${FLOW}, --port, "\${PORT:?unset}", --tp, "\${A:-\${B}}"]`, ["--port", "?", "--tp", "?"]],
    [`[${FLOW}, --model_name, "a$$b"]`, ["--model_name", "a$b"]],
    [`${RUN} --port \${PORT:-8000} --tp $TP`, ["--port", "8000", "--tp", "?*"]],
    [`${RUN} --port '\${PORT:-8000}' --tp '$TP' --x 'a\${B}'`, ["--port", "8000", "--tp", "?", "--x", "?"]],
    [`${RUN} --port $$PORT --tp "$$TP" --x '$$X'`, ["--port", "$PORT", "--tp", "$TP", "--x", "$X"]],
  ])("in %s", (command, words) => {
    expect(wordsIn("compose", service(`command: ${command}`))).toEqual([words]);
  });

  test("of the environment are known to a shell", () => {
    const text = service(
      `command: [sh, -c, '${RUN} --tp $$TP --model_dir "$$DIR"']`,
      "environment: [TP=8, DIR=/m/x y]",
    );
    expect(wordsIn("compose", text)).toEqual([["--tp", "8", "--model_dir", "/m/x y"]]);
    const changed = afterChange("compose", text, (of) => ({
      kind: "set",
      argument: of("--tp"),
      words: ["16"],
    }));
    expect(changed).toBe(text.replace("TP=8", "TP=16"));
  });

  test.each([
    [
      "a string",
      `${RUN} --port $PORT --tp '\${TP}' --dp \${DP:-4}`,
      ["--port", "?*", "--tp", "?", "--dp", "4"],
    ],
    [
      "a shell",
      `sh -c '${RUN} --port $PORT --dp \${DP:-4} --tp $$TP'`,
      ["--port", "?*", "--dp", "4", "--tp", "8"],
    ],
    [
      "a list",
      `[sh, -c, 'DP=2; ${RUN} --port $PORT --dp \${DP:-4} --tp "$$TP"']`,
      ["--port", "?*", "--dp", "4", "--tp", "8"],
    ],
  ])("are those of the place where Compose runs, not of the container: %s", (_, command, words) => {
    const text = service(`command: ${command}`, "environment: {PORT: 80x, TP: 8, DP: x}");
    expect(wordsIn("compose", text)).toEqual([words]);
  });

  test("a word that is written again keeps its dollars", () => {
    const text = service(`command: [${FLOW}, --model_dir, /m, --model_name, "a$$B", c]`);
    expect(afterFix(text, "argparse-positional", undefined, "compose")).toBe(text.replace(", c]", "]"));
  });

  test("keep their values as they are written", () => {
    const text = service(
      `command: ${RUN}`,
      "environment:",
      "  A: 18",
      '  B: "x"',
      "  C: ${D}",
      "  E:",
      "  F: ${G:-1}",
    );
    expect(environmentIn("compose", text)).toEqual([["A=18", "B=x", "C=?", "E=?", "F=1"]]);
  });
});

describe("completing", () => {
  test.each([
    ["in a string", [`command: ${RUN} --mo|`], "--model_dir", /--model_dir \|\n/],
    [
      "in a folded block",
      ["command: >", `  ${RUN}`, "  --tp 8", "  --run_mode pre|"],
      "prefill",
      /--run_mode prefill\|\n/,
    ],
    [
      "in a block of a shell",
      ["command:", "  - sh", "  - -c", "  - |", `    ${RUN} \\`, "      --mo|"],
      "--model_dir",
      /--model_dir \|\n/,
    ],
    [
      "in a command of its own",
      [`entrypoint: [${FLOW}]`, "command:", "  - --mo|"],
      "--model_dir",
      /- --model_dir\|\n/,
    ],
    ["in a string in quotes", [`command: "${RUN} --mo|"`], "--model_dir", /--model_dir \|"\n/],
  ])("%s", (_, lines, label, expected) => {
    expect(afterTaking("compose", service(...lines), label)).toMatch(expected);
  });
});

test.each([
  ["services:\n  a: {}\n", true],
  ["# x\nname: y\nservices: # here\n  a: {}\n", true],
  ["spec:\n  services:\n    a: {}\n", false],
  ["services: [a]\n", false],
])("a mapping of services makes a Compose file: %j", (text, is) => {
  const reads = notationOf("yaml", "file:///a.yaml", `${text}# lightllm\n`);
  expect(reads?.id === "compose").toBe(is);
});

test("half-typed and broken text is read without a throw, and spans stay inside", () => {
  const whole = service(
    `entrypoint: &e [${FLOW}]`,
    "command:",
    '  - "--tp 8"',
    "  - --x={{ .y }}",
    "  {{- if .a }}",
    "  - '--z'",
    "  {{- end }}",
    "environment: {A: 1}",
    `# c`,
  ).concat(
    `  b:\n    <<: *e\n    command: >\n      ${RUN}\n      --tp "$$A"\n  c: {command: "${RUN} \\"--x\\" '"}\n`,
  );
  expectSpansInside(
    whole,
    ['"', "[", "\n", "- ", ": ", "{{", "&a "],
    (text) => findInCompose(text, new YamlStream()).launches,
  );
});
