/** systemd unit files: read like systemd, and written so that systemd reads the intended values. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LaunchChange } from "../../server/src/launch/launch-change";
import { notationOf } from "../../server/src/notations";
import { systemd } from "../../server/src/notations/systemd";
import { afterFixIn, changed, findingsIn, labelsIn, wordsIn } from "./fixtures/documents";
import { environmentOf } from "./fixtures/variables";

const RUN = "/usr/bin/python3 -m lightllm.server.api_server";
const service = (...lines: readonly string[]) => `[Service]\n${lines.join("\n")}\n`;
const start = (words: string, ...before: readonly string[]) =>
  service(...before, `ExecStart=${RUN} ${words}`);

test.each([
  ["", "file:///etc/systemd/system/lightllm.service", true],
  ["ini", "file:///etc/systemd/system/lightllm@.service", true],
  ["properties", "file:///etc/systemd/system/lightllm.service.d/10-gpus.conf", true],
  ["systemd-unit-file", "untitled:Untitled-1", true],
  ["systemd", "file:///a", true],
  ["", "file:///etc/systemd/journald.conf", false],
  ["", "file:///a.service.ts", false],
])("a unit file by its language and name: %s %s", (language, uri, is) => {
  expect(notationOf(language, uri, "")?.id === "systemd").toBe(is);
});

describe("words of a command line", () => {
  test.each<readonly [what: string, text: string, words: readonly (readonly string[])[]]>([
    ["white space", start("--tp 8\t--dp  2"), [["--tp", "8", "--dp", "2"]]],
    ["double quotes", start('--host "a b"'), [["--host", "a b"]]],
    ["single quotes", start("--host 'a b'"), [["--host", "a b"]]],
    ["escapes of C", start('--host "a\\tb\\x41\\102\\u4e2d" \\s'), [["--host", "a\tbAB中", " "]]],
    ["an escape in single quotes", start("--host 'it\\'s'"), [["--host", "it's"]]],
    ["an unknown escape stays", start("--host a\\q"), [["--host", "a\\q"]]],
    ["an empty word", start('--host ""'), [["--host", ""]]],
    ["a percent sign", start("--host 50%%"), [["--host", "50%"]]],
    ["a percent sign before no letter of systemd", start("--host 5%/"), [["--host", "5%/"]]],
    ["a specifier is not known", start("--model_dir /m/%i --host %H"), [["--model_dir", "?", "--host", "?"]]],
    ["a dollar", start("--host a$$b"), [["--host", "a$b"]]],
    ["a word of its own splits", start("$OPTS", "Environment='OPTS=--tp 8'"), [["--tp", "8"]]],
    ["quotes in its value", start("$OPTS", `Environment="OPTS=--host 'a b'"`), [["--host", "a b"]]],
    ["a value without words", start("--tp $A 8", "Environment=A="), [["--tp", "8"]]],
    ["braces do not split", start("--host ${A}", "Environment='A=1 2'"), [["--host", "1 2"]]],
    ["braces in a word", start("--host=a${A}b", "Environment=A=1"), [["--host=a1b"]]],
    ["no braces in a word", start("--host=a$A", "Environment=A=1"), [["--host=a$A"]]],
    ["a variable that nothing sets", start("--tp ${A} $B"), [["--tp", "?", "?*"]]],
    ["no default", start("--tp ${A:-8}"), [["--tp", "?"]]],
    [
      "nothing put in after a colon",
      service("Environment=A=1", `ExecStart=:${RUN} --host $A $$\{A}`),
      [["--host", "$A", "$${A}"]],
    ],
    ["the last one counts", start("--tp ${A}", "Environment=A=1", "Environment=A=2"), [["--tp", "2"]]],
    ["several in one line", start("--tp ${B}", 'Environment=A=1 "B=2"'), [["--tp", "2"]]],
    [
      "an empty value takes them back",
      start("--tp ${A}", "Environment=A=1", "Environment="),
      [["--tp", "?"]],
    ],
    [
      "a file may set it",
      start("--tp ${A} $B", "Environment=A=1", "EnvironmentFile=-/etc/x"),
      [["--tp", "?", "?*"]],
    ],
    [
      "no file any more",
      start("--tp ${A}", "Environment=A=1", "EnvironmentFile=/etc/x", "EnvironmentFile="),
      [["--tp", "1"]],
    ],
    ["taken away", start("--tp ${A}", "Environment=A=1", "UnsetEnvironment=A"), [["--tp", "?"]]],
    [
      "taken away for another value",
      start("--tp ${A}", "Environment=A=1", "UnsetEnvironment=A=2"),
      [["--tp", "1"]],
    ],
    ["a specifier in a value", start("--model_dir ${A}", "Environment=A=/m/%i"), [["--model_dir", "?"]]],
    ["a dollar in a value", start("--host ${A}", "Environment=A=$B"), [["--host", "$B"]]],
    ["set further down", `${start("--tp ${A}")}Environment=A=1\n`, [["--tp", "1"]]],
  ])("%s", (_, text, words) => {
    expect(wordsIn(systemd, text)).toEqual(words);
  });
});

describe("lines of a unit file", () => {
  test.each<readonly [what: string, text: string, words: readonly (readonly string[])[]]>([
    [
      "a backslash goes on",
      service(`ExecStart=${RUN} \\`, "  --tp 8 \\", "  --dp 2"),
      [["--tp", "8", "--dp", "2"]],
    ],
    ["no white space before it", service(`ExecStart=${RUN}\\`, "--tp\\", "8"), [["--tp", "8"]]],
    ["comments between", service(`ExecStart=${RUN} \\`, "# one", "  ; two \\", "  --tp 8"), [["--tp", "8"]]],
    ["an empty line ends it", service(`ExecStart=${RUN} --tp 8 \\`, "", "--dp 2"), [["--tp", "8"]]],
    [
      "white space after it ends it",
      service(`ExecStart=${RUN} --tp 8 \\ `, "  --dp 2"),
      [["--tp", "8", "\\"]],
    ],
    ["an escaped one ends it", service(`ExecStart=${RUN} --host a\\\\`, "--dp=2"), [["--host", "a\\"]]],
    ["CR LF", service(`ExecStart=${RUN} \\`, "  --tp 8").replaceAll("\n", "\r\n"), [["--tp", "8"]]],
    ["the end of the file", `[Service]\nExecStart=${RUN} --tp 8 \\`, [["--tp", "8"]]],
    ["white space around =", service(`ExecStart = ${RUN} --tp 8`), [["--tp", "8"]]],
    ["a byte order mark", `\uFEFF${start("--tp 8")}`, [["--tp", "8"]]],
    ["another section", `[Unit]\nExecStart=${RUN} --tp 8\n`, []],
    ["no section", `ExecStart=${RUN} --tp 8\n`, []],
    ["the section again", `[Service]\nA=1\n[Install]\nA=1\n${start("--tp 8")}`, [["--tp", "8"]]],
    ["an empty value takes back", `${start("--tp 8")}ExecStart=\nExecStart=${RUN} --tp 4\n`, [["--tp", "4"]]],
    ["only those of its key", `${start("--tp 8")}ExecStartPre=\n`, [["--tp", "8"]]],
    ["a comment", service(`#ExecStart=${RUN} --tp 8`, `;ExecStart=${RUN} --tp 8`), []],
    ["several commands", service(`ExecStart=/bin/true ; ${RUN} --tp 8 ; /bin/false`), [["--tp", "8"]]],
    ["a quoted semicolon", start('--host ";" --tp 8'), [["--host", ";", "--tp", "8"]]],
    [
      "before the start",
      service(`ExecStartPre=/bin/mkdir /x`, `ExecStartPre=${RUN} --tp 8`),
      [["--tp", "8"]],
    ],
    ["prefixes", service(`ExecStart=-+${RUN} --tp 8`), [["--tp", "8"]]],
    ["two exclamation marks", service(`ExecStart=!!${RUN} --tp 8`), [["--tp", "8"]]],
    [
      "a name of its own",
      service(`ExecStart=@/usr/bin/python3 python3 -m lightllm.server.api_server --tp 8`),
      [["--tp", "8"]],
    ],
    ["a wrapper", service(`ExecStart=/usr/bin/numactl -N 0 ${RUN} --tp 8`), [["--tp", "8"]]],
    [
      "a shell",
      service(`ExecStart=/bin/bash -c 'exec ${RUN} --tp $TP'`, "Environment=TP=4"),
      [["--tp", "4"]],
    ],
    [
      "a shell with dollars",
      service(`ExecStart=/bin/bash -c "T=4; ${RUN} --tp $\${T} --dp $\${X:-2}"`),
      [["--tp", "4", "--dp", "2"]],
    ],
    [
      "systemd puts in before a shell",
      service(`ExecStart=/bin/sh -c '${RUN} --tp \${TP} --host %H'`, "Environment=TP=4"),
      [["--tp", "4", "--host", "?*"]],
    ],
    ["marked as arguments", service("# lightllm: args", "ExecStart=/opt/serve --tp 8"), [["--tp", "8"]]],
    [
      "marked with the other sign",
      service("; lightllm: args", "ExecStart=/opt/serve --tp 8"),
      [["--tp", "8"]],
    ],
    ["no launch", service("ExecStart=/opt/lightllm/serve --tp 8"), []],
  ])("%s", (_, text, words) => {
    expect(wordsIn(systemd, text)).toEqual(words);
  });
});

test.each<readonly [string, string, Readonly<Record<string, string | undefined>>]>([
  ["what is set", start("", "Environment=A=1 'B=x y'"), { A: "1", B: "x y" }],
  ["what a file may set, too", start("", "Environment=A=1", "EnvironmentFile=/etc/x"), { A: undefined }],
  ["what env sets", service("Environment=A=1", `ExecStart=/usr/bin/env A=2 ${RUN}`), { A: "2" }],
  ["for a shell", service("Environment=A=1", `ExecStart=/bin/sh -c 'B=2 ${RUN}'`), { A: "1", B: "2" }],
])("the environment: %s", (_, text, variables) => {
  expect(environmentOf("systemd", text)).toEqual(variables);
});

describe("changes are written as systemd reads them", () => {
  const TEXTS = [
    start("--host x --tp 8"),
    service(`ExecStart=${RUN} \\`, "  # where", '  --host "x" \\', "  --tp 8"),
    service(`ExecStart=/bin/bash -c '${RUN} --host x --tp 8'`),
    service(`ExecStart=/bin/bash -c "${RUN} --host 'x' --tp 8"`),
  ];
  const word = fc.string({
    unit: fc.constantFrom(..."ab 8'\"\\#;|&<*?[]()!~^%@$,:=-{}\t\n\u001b\u202eé中\u{1f600}"),
    maxLength: 10,
  });
  test.each(TEXTS)("any word arrives: %s", (text) => {
    fc.assert(
      fc.property(word, (value) => {
        const set = changed(systemd, text, ({ arguments: given }): LaunchChange => {
          const argument = given.find(({ flag }) => flag === "--host");
          if (!argument) throw new Error("No --host.");
          return { kind: "set", argument, words: [value] };
        });
        expect(wordsIn(systemd, set)).toEqual([["--host", value, "--tp", "8"]]);
        const added = changed(systemd, text, (launch) => ({
          kind: "add",
          launch,
          flag: "--job_name",
          words: [value],
        }));
        expect(wordsIn(systemd, added)).toEqual([["--host", "x", "--tp", "8", "--job_name", value]]);
      }),
      { numRuns: 60 },
    );
  });

  test("a flag goes with its line", () => {
    const removed = changed(systemd, TEXTS[1] ?? "", ({ arguments: [, last] }) => {
      if (!last) throw new Error("No --tp.");
      return { kind: "remove", argument: last };
    });
    expect(removed).toBe(service(`ExecStart=${RUN} \\`, "  # where", '  --host "x"'));
  });

  test("words that a variable brings in stay", () => {
    const text = start("$OPTS", "Environment='OPTS=--tp 8 --dp 2'");
    const after = changed(systemd, text, ({ arguments: [first] }) => {
      if (!first) throw new Error("No flag.");
      return { kind: "remove", argument: first };
    });
    expect(after).toBe(text);
  });
});

test.each([
  ["a flag", start("--tp 8 --enable_fa|"), "--enable_fa3"],
  [
    "a flag on a line of its own",
    service(`ExecStart=${RUN} \\`, "  --tp 8 \\", "  --graph_max_b|"),
    "--graph_max_batch_size",
  ],
  ["a value", start("--run_mode |"), "prefill"],
  ["a value in a shell", service(`ExecStart=/bin/sh -c '${RUN} --run_mode |'`), "prefill"],
  ["a variable", start("--tp 8", "Environment=LOADW|"), "LOADWORKER"],
])("completes %s", (_, text, label) => {
  expect(labelsIn(systemd, text)).toContain(label);
});

test("findings have their places, and fixes are written", () => {
  const text = start("--tpp 8 --run_mode prefil");
  expect(findingsIn(systemd, text)).toContain("argparse-choice: prefil");
  expect(afterFixIn(systemd, text, "argparse-choice")).toContain("--run_mode prefill\n");
});

test.each([
  ["a redirection", start("--tp 8 > log"), "systemd-shell-syntax: >"],
  ["a pipe", start("--tp 8 | tee log"), "systemd-shell-syntax: |"],
  ["a broken line", service(`ExecStart=${RUN} --tp 8 \\ `, "  --dp 2"), "systemd-ignored-line: --dp 2"],
])("finds %s", (_, text, finding) => {
  expect(findingsIn(systemd, text)).toContain(finding);
});

describe("what only a shell or another section would give a meaning", () => {
  test.each([
    ["a home folder", start("--model_dir ~/m"), "systemd-not-expanded: ~/m"],
    ["a home folder after =", start("--model_dir=~/m"), "systemd-not-expanded: --model_dir=~/m"],
    ["a command", start("--tp $(nproc)"), "systemd-not-expanded: $(nproc)"],
    ["a command in backticks", start("--host `hostname`"), "systemd-not-expanded: `hostname`"],
    ["a default", start("--tp ${TP:-8}", "Environment=TP=8"), "systemd-not-expanded: ${TP:-8}"],
    ["an and", start("--tp 8 && true"), "systemd-shell-syntax: &&"],
    ["a glued separator", start("--host a; ls"), "systemd-not-expanded: a;"],
    ["an unset variable", start("--tp ${TP}"), "systemd-unset-variable: ${TP}"],
    ["an unset variable that is split", start("--tp 8 $MORE"), "systemd-unset-variable: $MORE"],
    [
      "a variable that is unset again",
      start("--tp $TP", "Environment=TP=8", "UnsetEnvironment=TP"),
      "systemd-unset-variable: $TP",
    ],
    [
      "a key of another section",
      `[Unit]\nEnvironment=A=1\n${start("--tp 8")}`,
      "systemd-ignored-line: Environment",
    ],
    ["a key of the unit", start("--tp 8", "After=network.target"), "systemd-ignored-line: After"],
    ["a command in another section", `[Unit]\nExecStart=${RUN} --tp 8\n`, "systemd-ignored-line: ExecStart"],
    ["a section in small letters", `[service]\nExecStart=${RUN} --tp 8\n`, "systemd-ignored-line: ExecStart"],
    ["a key above the sections", `Environment=A=1\n${start("--tp 8")}`, "systemd-ignored-line: Environment"],
  ])("finds %s", (_, text, finding) => {
    expect(findingsIn(systemd, text)).toContain(finding);
  });

  test.each([
    ["a specifier", start("--model_dir %h/m --tp 8")],
    ["a variable of the unit", start("--tp ${TP} $MORE", "Environment=TP=8 MORE=--help")],
    ["a variable of a file", start("--tp ${TP}", "EnvironmentFile=-/etc/default/lightllm")],
    ["a variable that is passed", start("--tp ${TP}", "PassEnvironment=TP")],
    ["a variable that systemd sets", start("--model_dir ${STATE_DIRECTORY}/m --host $USER")],
    ["a literal dollar", start("--host $${TP}")],
    ["no substitution", service(`ExecStart=:${RUN} --host \${TP}`)],
    ["a drop-in", service("ExecStart=", `ExecStart=${RUN} --tp \${TP}`)],
    ["a shell", service(`ExecStart=/bin/sh -c "${RUN} --tp 8 --model_dir ~/m; ls"`)],
    ["a tilde inside a word", start("--model_dir /m~/a")],
    ["a section of another program", `[X-Podman]\nExecStart=a\n${start("--tp 8")}`],
  ])("says nothing of %s", (_, text) => {
    expect(findingsIn(systemd, text).filter((one) => one.startsWith("systemd-"))).toEqual([]);
  });
});

test("the fix of a broken line lets it go on", () => {
  const text = service(`ExecStart=${RUN} --tp 8 \\ `, "  --host x");
  expect(wordsIn(systemd, afterFixIn(systemd, text, "systemd-ignored-line"))).toEqual([
    ["--tp", "8", "--host", "x"],
  ]);
});

test.each([
  ["an empty line", ["\n"], undefined],
  ["several", ["  ", "", "# a"], "# a"],
])("the fix of %s below a backslash lets the command go on", (_, lines, kept) => {
  const text = service(`ExecStart=${RUN} --tp 8 \\`, ...lines, "  --host x");
  const mended = afterFixIn(systemd, text, "systemd-ignored-line");
  expect(wordsIn(systemd, mended)).toEqual([["--tp", "8", "--host", "x"]]);
  expect(mended.includes(kept ?? "")).toBe(true);
});

test("half-typed text is read without a throw", () => {
  const whole = service(
    "Environment='A=1 2'",
    `ExecStart=-/bin/sh -c "${RUN} --tp $\${A} \\`,
    "  %i\\x4 ' $A",
  );
  for (let end = 0; end <= whole.length; end++) {
    for (const { span } of systemd.find(whole.slice(0, end)).launches)
      expect(span.end).toBeLessThanOrEqual(end);
  }
});
