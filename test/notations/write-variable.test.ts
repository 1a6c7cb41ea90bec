/** Changes of environment variables, written into every syntax that sets them, and read back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NotationId } from "../../server/src/notations";
import { NOTATIONS } from "../../server/src/notations";
import { afterChange, type Done, editsOf, expectDone } from "./fixtures/variables";

const RUN = "python -m lightllm.server.api_server --tp 8";
const FLOW = '["python", "-m", "lightllm.server.api_server", "--tp", "8"]';

/** The name of the test, the text, the change of `A`, the text afterwards. */
type Row = readonly [name: string, text: string, done: Done, expected: string];

function changes(notation: NotationId, rows: readonly Row[]): void {
  test.each(rows)("%s", (_, text, done, expected) => {
    const after = afterChange(notation, text, "A", done);
    expect(after).toBe(expected);
    expectDone(notation, text, after, "A", done);
  });
}

/** Texts whose variable `A` is never edited. */
function untouched(notation: NotationId, rows: readonly (readonly [name: string, text: string])[]): void {
  test.each(rows)("%s", (_, text) => {
    for (const done of [["rename", "N"], ["set", "2"], ["remove"], ["add", "N", "1"]] as const)
      expect(afterChange(notation, text, "A", done)).toBe(text);
  });
}

describe("in front of a shell command", () => {
  changes("shell", [
    ["a name", `A=1 B=2 ${RUN}\n`, ["rename", "NEW"], `NEW=1 B=2 ${RUN}\n`],
    ["a value", `A=1 ${RUN}\n`, ["set", "2"], `A=2 ${RUN}\n`],
    ["a value that needs quotes", `A=1 ${RUN}\n`, ["set", "a b"], `A='a b' ${RUN}\n`],
    ["a value in its own quotes", `A="1" ${RUN}\n`, ["set", "a $b"], `A="a \\$b" ${RUN}\n`],
    ["a value where there is none", `A= ${RUN}\n`, ["set", "2"], `A=2 ${RUN}\n`],
    ["the default of a value", `A=\${A:-1} ${RUN}\n`, ["set", "2"], `A=\${A:-2} ${RUN}\n`],
    ["a default with white space", `A="\${A:-1}" ${RUN}\n`, ["set", "a b"], `A='a b' ${RUN}\n`],
    ["a value from a variable", `X=1\nA=$X ${RUN} --dp $X\n`, ["set", "2"], `X=1\nA=2 ${RUN} --dp $X\n`],
    ["the first gone", `A=1 B=2 ${RUN}\n`, ["remove"], `B=2 ${RUN}\n`],
    ["the last gone", `B=2 A=1 ${RUN}\n`, ["remove"], `B=2 ${RUN}\n`],
    ["the only one gone", `  A=1 nohup ${RUN}\n`, ["remove"], `  nohup ${RUN}\n`],
    ["one gone with its line", `A=1 \\\n${RUN}\n`, ["remove"], `${RUN}\n`],
    ["one gone in the middle", `B=2 \\\n  A=1 \\\n  ${RUN}\n`, ["remove"], `B=2 \\\n  ${RUN}\n`],
    ["one gone in CR LF", `A=1 \\\r\n  B=2 ${RUN}\r\n`, ["remove"], `B=2 ${RUN}\r\n`],
    ["another", `A=1 ${RUN}\n`, ["add", "N", "a b"], `A=1 N='a b' ${RUN}\n`],
    ["another on its line", `A=1 \\\n  ${RUN}\n`, ["add", "N", "2"], `A=1 \\\n  N=2 \\\n  ${RUN}\n`],
    ["a value in bash -c", `bash -c "A=1 ${RUN}"\n`, ["set", "a b"], `bash -c "A='a b' ${RUN}"\n`],
    [
      "a value in escaped quotes",
      `bash -c "A=\\"1 2\\" ${RUN}"\n`,
      ["set", "a $b"],
      `bash -c "A='a \\$b' ${RUN}"\n`,
    ],
    ["a value in single quotes", `bash -c 'A=1 ${RUN}'\n`, ["set", "a b"], `bash -c 'A="a b" ${RUN}'\n`],
    ["one gone in bash -c", `bash -c "A=1 ${RUN}"\n`, ["remove"], `bash -c "${RUN}"\n`],
    [
      "a value in a here-document",
      `cat > run.sh <<'EOF'\nA=1 ${RUN}\nEOF\n`,
      ["set", "a b"],
      `cat > run.sh <<'EOF'\nA='a b' ${RUN}\nEOF\n`,
    ],
  ]);
});

describe("where quotes do not work", () => {
  test.each([
    ["an unquoted here-document", `cat > run.sh <<EOF\nA=1 ${RUN}\nEOF\n`],
    ["the value of a variable", `OPTIONS="-e A=1 -e B=2"\ndocker run $OPTIONS image ${RUN}\n`],
    ["an element of an array", `OPTIONS=(-e "A=1")\ndocker run "\${OPTIONS[@]}" image ${RUN}\n`],
  ])("%s takes only a plain value", (_, text) => {
    expect(afterChange("shell", text, "A", ["set", "a b"])).toBe(text);
    const set: Done = ["set", "2"];
    const after = afterChange("shell", text, "A", set);
    expect(after).toBe(text.replace("A=1", "A=2"));
    expectDone("shell", text, after, "A", set);
  });
  test("a plain YAML scalar takes nothing that ends it", () => {
    const text = `services:\n  llm:\n    command: sh -c "A=1 ${RUN}"\n`;
    for (const value of ["a #b", "a: b"])
      expect(afterChange("compose", text, "A", ["set", value])).toBe(text);
  });
});

describe("in an export", () => {
  changes("shell", [
    ["a name", `export A=1\n${RUN}\n`, ["rename", "NEW"], `export NEW=1\n${RUN}\n`],
    ["a value", `export A='1'\n${RUN}\n`, ["set", "a b"], `export A='a b'\n${RUN}\n`],
    ["the whole line gone", `ls\n  export A=1  # one\n${RUN}\n`, ["remove"], `ls\n${RUN}\n`],
    ["the line gone with its semicolon", `export A=1;\n${RUN}\n`, ["remove"], `${RUN}\n`],
    ["the first of two gone", `export A=1 B=2\n${RUN}\n`, ["remove"], `export B=2\n${RUN}\n`],
    ["the second of two gone", `export B=2 A=1\n${RUN}\n`, ["remove"], `export B=2\n${RUN}\n`],
    ["one of several lines gone", `export B=2 \\\n  A=1\n${RUN}\n`, ["remove"], `export B=2\n${RUN}\n`],
    ["the first of several lines gone", `export A=1 \\\n  B=2\n${RUN}\n`, ["remove"], `export B=2\n${RUN}\n`],
    ["one before a command gone", `export A=1 && ${RUN}\n`, ["remove"], `${RUN}\n`],
    ["one before a continued command gone", `export A=1; \\\n  ${RUN}\n`, ["remove"], `${RUN}\n`],
    ["one between commands gone", `cd /x && export A=1 && ${RUN}\n`, ["remove"], `cd /x && ${RUN}\n`],
    [
      "one on a line between commands gone",
      `cd /x && \\\n  export A=1 && \\\n  ${RUN}\n`,
      ["remove"],
      `cd /x && \\\n  ${RUN}\n`,
    ],
    ["one in bash -c gone", `bash -c "export A=1; ${RUN}"\n`, ["remove"], `bash -c "${RUN}"\n`],
    ["one after a command gone", `cd /x; export A=1; ${RUN}\n`, ["remove"], `cd /x; ${RUN}\n`],
    ["a declaration gone", `declare -x A=1\n${RUN}\n`, ["remove"], `${RUN}\n`],
    [
      "another",
      `  export A=1 # one\n${RUN}\n`,
      ["add", "N", "2"],
      `  export A=1 # one\n  export N=2\n${RUN}\n`,
    ],
    [
      "another declaration",
      `declare -x A=1\n${RUN}\n`,
      ["add", "N", "2"],
      `declare -x A=1\ndeclare -x N=2\n${RUN}\n`,
    ],
    [
      "another in CR LF",
      `export A=1\r\n${RUN}\r\n`,
      ["add", "N", "2"],
      `export A=1\r\nexport N=2\r\n${RUN}\r\n`,
    ],
    ["another of two", `export A=1 B=2\n${RUN}\n`, ["add", "N", "3"], `export A=1 N=3 B=2\n${RUN}\n`],
    ["another on one line", `export A=1; ${RUN}\n`, ["add", "N", "2"], `export A=1 N=2; ${RUN}\n`],
    [
      "a name that is exported later",
      `A=1\nexport A\n${RUN}\n`,
      ["rename", "NEW"],
      `NEW=1\nexport NEW\n${RUN}\n`,
    ],
    ["a value that is exported later", `A=1\nexport A\n${RUN}\n`, ["set", "2"], `A=2\nexport A\n${RUN}\n`],
    ["one exported by its name gone", `A=1\nexport A\n${RUN}\n`, ["remove"], `A=1\n${RUN}\n`],
    [
      "above a here-document",
      `export A=1\nssh host <<EOF\n${RUN}\nEOF\n`,
      ["set", "2"],
      `export A=2\nssh host <<EOF\n${RUN}\nEOF\n`,
    ],
    ["inside a branch", `if x; then\n  export A=1\n  ${RUN}\nfi\n`, ["remove"], `if x; then\n  ${RUN}\nfi\n`],
  ]);
  test.each([`export A=1 || exit 1\n${RUN}\n`, `export A=1 &\n${RUN}\n`, `if export A=1; then ${RUN}; fi\n`])(
    "leaves what it cannot take out well: %j",
    (text) => {
      expect(afterChange("shell", text, "A", ["remove"])).toBe(text);
    },
  );
});

describe("in a word of a shell command", () => {
  const IMAGE = `image ${RUN}`;
  changes("shell", [
    ["a name after env", `env A=1 ${RUN}\n`, ["rename", "NEW"], `env NEW=1 ${RUN}\n`],
    ["a value after env", `env A=1 B=2 ${RUN}\n`, ["set", "a b"], `env A='a b' B=2 ${RUN}\n`],
    ["a name in quotes", `env "A=1 2" ${RUN}\n`, ["rename", "NEW"], `env "NEW=1 2" ${RUN}\n`],
    ["a value in quotes", `env "A=1 2" ${RUN}\n`, ["set", "a $b"], `env "A=a \\$b" ${RUN}\n`],
    ["one after env gone", `env A=1 B=2 ${RUN}\n`, ["remove"], `env B=2 ${RUN}\n`],
    ["the only one after env gone", `env A=1 ${RUN}\n`, ["remove"], `env ${RUN}\n`],
    ["another after env", `env A=1 ${RUN}\n`, ["add", "N", "2"], `env A=1 N=2 ${RUN}\n`],
    ["a value of docker run", `docker run -e A=1 ${IMAGE}\n`, ["set", "2"], `docker run -e A=2 ${IMAGE}\n`],
    ["one of docker run gone", `docker run -e A=1 ${IMAGE}\n`, ["remove"], `docker run ${IMAGE}\n`],
    [
      "one of docker run gone with its line",
      `docker run \\\n  -e A=1 \\\n  --env B=2 \\\n  ${IMAGE}\n`,
      ["remove"],
      `docker run \\\n  --env B=2 \\\n  ${IMAGE}\n`,
    ],
    ["one joined to its option gone", `docker run --env=A=1 ${IMAGE}\n`, ["remove"], `docker run ${IMAGE}\n`],
    [
      "another of docker run",
      `docker run -e A=1 ${IMAGE}\n`,
      ["add", "N", "a b"],
      `docker run -e A=1 -e N='a b' ${IMAGE}\n`,
    ],
    [
      "another joined to its option",
      `docker run --env=A=1 ${IMAGE}\n`,
      ["add", "N", "2"],
      `docker run --env=A=1 --env=N=2 ${IMAGE}\n`,
    ],
    [
      "another of docker run on its line",
      `docker run \\\n  --env A=1 \\\n  ${IMAGE}\n`,
      ["add", "N", "2"],
      `docker run \\\n  --env A=1 \\\n  --env N=2 \\\n  ${IMAGE}\n`,
    ],
  ]);
});

describe("in a YAML config", () => {
  const config = (...env: string[]) => `tp: 8\n${env.map((line) => `${line}\n`).join("")}port: 80\n`;
  changes("yaml", [
    ["a name", config("env:", "  A: 1"), ["rename", "NEW"], config("env:", "  NEW: 1")],
    ["a name in quotes", config("env:", "  'A': 1"), ["rename", "NEW"], config("env:", "  'NEW': 1")],
    ["a number", config("env:", "  A: x"), ["set", "2"], config("env:", "  A: 2")],
    ["a word that is none", config("env:", "  A: 1"), ["set", "yes"], config("env:", '  A: "yes"')],
    ["a value in quotes", config("env:", "  A: 'x'"), ["set", "it's"], config("env:", "  A: 'it''s'")],
    [
      "one gone with its comment",
      config("env:", "  A: 1 # one", "  B: 2"),
      ["remove"],
      config("env:", "  B: 2"),
    ],
    ["the only one gone", config("env:", "  # about A", "  A: 1"), ["remove"], config()],
    ["the only one at the end gone", "tp: 8\nenv:\n  A: 1", ["remove"], "tp: 8"],
    ["one in braces gone", config("env: {A: 1, B: 2}"), ["remove"], config("env: {B: 2}")],
    ["the last in braces gone", config("env: {B: 2, A: 1}"), ["remove"], config("env: {B: 2}")],
    ["the only one in braces gone", config("env: {A: 1}"), ["remove"], config()],
    [
      "another",
      config("env:", "  A: 1 # one", "  B: 2"),
      ["add", "N", "x: y"],
      config("env:", "  A: 1 # one", '  N: "x: y"', "  B: 2"),
    ],
    ["another at the end", "tp: 8\nenv:\n  A: 1", ["add", "N", "2"], "tp: 8\nenv:\n  A: 1\n  N: 2"],
    ["another in braces", config("env: {A: 1}"), ["add", "N", "a,b"], config('env: {A: 1, N: "a,b"}')],
    [
      "a value in CR LF",
      "tp: 8\r\nenv:\r\n  A: 1\r\n",
      ["add", "N", "2"],
      "tp: 8\r\nenv:\r\n  A: 1\r\n  N: 2\r\n",
    ],
    ["all in braces", "{tp: 8, env: {A: 1}, port: 80}\n", ["remove"], "{tp: 8, port: 80}\n"],
    [
      "an anchor",
      "tp: 8\nenv: &env\n  A: 1\n---\ntp: 4\n",
      ["set", "2"],
      "tp: 8\nenv: &env\n  A: 2\n---\ntp: 4\n",
    ],
    ["an anchor that others refer to", "tp: 8\nenv: &env {A: 1}\n", ["remove"], "tp: 8\nenv: &env {}\n"],
    [
      "the first of several documents",
      "tp: 8\nenv:\n  A: 1\n---\ntp: 4\nenv:\n  A: 2\n",
      ["remove"],
      "tp: 8\n---\ntp: 4\nenv:\n  A: 2\n",
    ],
  ]);
  untouched("yaml", [
    ["merged from elsewhere", "x-a: &a\n  env:\n    A: 1\n<<: *a\ntp: 8\n"],
    ["an alias", "x-a: &a {A: 1}\nenv: *a\ntp: 8\n"],
    ["merged into the mapping", "x-a: &a {A: 1}\nenv:\n  <<: *a\n  B: 2\ntp: 8\n"],
  ]);
});

describe("in a Dockerfile", () => {
  const image = (...given: string[]) => `FROM x\n${given.map((line) => `${line}\n`).join("")}CMD ${FLOW}\n`;
  changes("dockerfile", [
    ["a name", image("ENV A=1 B=2"), ["rename", "NEW"], image("ENV NEW=1 B=2")],
    ["a value", image("ENV A=1 B=2"), ["set", "2"], image("ENV A=2 B=2")],
    ["a value that needs quotes", image("ENV A=1"), ["set", "a b"], image('ENV A="a b"')],
    ["a value in its own quotes", image("ENV A='1'"), ["set", "a $b"], image("ENV A='a $b'")],
    ["a dollar", image("ENV A=1"), ["set", "a$b"], image('ENV A="a\\$b"')],
    ["nothing", image("ENV A=1"), ["set", ""], image('ENV A=""')],
    ["a value of the old form", image("ENV A one two"), ["set", "2"], image("ENV A 2")],
    ["a value that the old form cannot have", image("ENV A one"), ["set", "a b"], image('ENV A="a b"')],
    ["the only one gone", image("ENV B=2", "ENV A=1"), ["remove"], image("ENV B=2")],
    ["one of the old form gone", image("ENV A one two"), ["remove"], image()],
    ["the first gone", image("ENV A=1 B=2"), ["remove"], image("ENV B=2")],
    ["the last gone", image("ENV B=2 A=1"), ["remove"], image("ENV B=2")],
    ["the first line gone", image("ENV A=1 \\", "    B=2"), ["remove"], image("ENV B=2")],
    [
      "a line in the middle gone",
      image("ENV B=2 \\", "    A=1 \\", "    C=3"),
      ["remove"],
      image("ENV B=2 \\", "    C=3"),
    ],
    ["the last line gone", image("ENV B=2 \\", "    A=1"), ["remove"], image("ENV B=2")],
    [
      "one before a comment gone",
      image("ENV A=1 \\", "    # about b", "    B=2"),
      ["remove"],
      image("ENV \\", "    # about b", "    B=2"),
    ],
    [
      "one after a comment gone",
      image("ENV B=2 \\", "    # about a", "    A=1 \\", "    C=3"),
      ["remove"],
      image("ENV B=2 \\", "    # about a", "    C=3"),
    ],
    ["another", image("ENV A=1"), ["add", "N", "a b"], image('ENV A=1 N="a b"')],
    [
      "another line",
      image("ENV A=1 \\", "    B=2"),
      ["add", "N", "3"],
      image("ENV A=1 \\", "    N=3 \\", "    B=2"),
    ],
    [
      "another last line",
      image("ENV B=2 \\", "    A=1"),
      ["add", "N", "3"],
      image("ENV B=2 \\", "    A=1 \\", "    N=3"),
    ],
    ["another of the old form", image("ENV A one two"), ["add", "N", "3"], image("ENV A one two", "ENV N=3")],
    ["one in shell form", `FROM x\nCMD A=1 ${RUN}\n`, ["set", "a b"], `FROM x\nCMD A='a b' ${RUN}\n`],
    ["one in shell form gone", `FROM x\nCMD A=1 \\\n  ${RUN}\n`, ["remove"], `FROM x\nCMD ${RUN}\n`],
    [
      "one in a JSON string",
      `FROM x\nCMD ["sh", "-c", "A=1 ${RUN}"]\n`,
      ["set", 'a"b'],
      `FROM x\nCMD ["sh", "-c", "A='a\\"b' ${RUN}"]\n`,
    ],
    [
      "an export of a RUN gone",
      `FROM x\nRUN export A=1 && \\\n    ${RUN}\n`,
      ["remove"],
      `FROM x\nRUN ${RUN}\n`,
    ],
  ]);
  test("with a backtick as the escape character, what it cannot hold is left alone", () => {
    const text = `# escape=\`\nFROM x\nENV A=1\nCMD ${FLOW}\n`;
    expect(afterChange("dockerfile", text, "A", ["set", "a'b$"])).toBe(text);
    expect(afterChange("dockerfile", text, "A", ["set", "a b$"])).toBe(text.replace("A=1", () => "A='a b$'"));
  });
});

describe("in a Compose file", () => {
  const service = (...given: string[]) =>
    `services:\n  llm:\n${given.map((line) => `    ${line}\n`).join("")}    command: ${FLOW}\n`;
  changes("compose", [
    ["a name", service("environment:", "  A: 1"), ["rename", "NEW"], service("environment:", "  NEW: 1")],
    ["a number", service("environment:", "  A: 1"), ["set", "2"], service("environment:", "  A: 2")],
    ["a string", service("environment:", "  A: x"), ["set", "2"], service("environment:", '  A: "2"')],
    ["a dollar", service("environment:", "  A: x"), ["set", "a$b"], service("environment:", "  A: a$$b")],
    [
      "a value that is passed on",
      service("environment:", "  A:"),
      ["set", "2"],
      service("environment:", '  A: "2"'),
    ],
    ["one gone", service("environment:", "  A: 1", "  B: 2"), ["remove"], service("environment:", "  B: 2")],
    ["the only one gone", service("environment:", "  A: 1"), ["remove"], service()],
    [
      "another",
      service("environment:", "  A: x"),
      ["add", "N", "2"],
      service("environment:", "  A: x", '  N: "2"'),
    ],
    [
      "a name of a list",
      service("environment:", "  - A=1"),
      ["rename", "NEW"],
      service("environment:", "  - NEW=1"),
    ],
    [
      "a value of a list",
      service("environment:", "  - A=1"),
      ["set", "a b"],
      service("environment:", "  - A=a b"),
    ],
    [
      "a value of a list in quotes",
      service("environment:", '  - "A=1"'),
      ["set", 'a "$b"'],
      service("environment:", '  - "A=a \\"$$b\\""'),
    ],
    [
      "an item that is passed on",
      service("environment:", "  - A"),
      ["set", "2"],
      service("environment:", "  - A=2"),
    ],
    [
      "an item gone",
      service("environment:", "  - A=1", "  - B=2"),
      ["remove"],
      service("environment:", "  - B=2"),
    ],
    ["the only item gone", service("environment:", "- A=1"), ["remove"], service()],
    [
      "another item",
      service("environment:", "  - A=1 # x"),
      ["add", "N", "2"],
      service("environment:", "  - A=1 # x", "  - N=2"),
    ],
    [
      "a value in brackets",
      service("environment: [A=1, B=2]"),
      ["set", "a,b"],
      service('environment: ["A=a,b", B=2]'),
    ],
    ["one in brackets gone", service("environment: [A=1, B=2]"), ["remove"], service("environment: [B=2]")],
    [
      "another in brackets",
      service("environment: ['A=1']"),
      ["add", "N", "2"],
      service("environment: ['A=1', 'N=2']"),
    ],
    [
      "one in a shell string",
      `services:\n  llm:\n    command: sh -c "A=1 ${RUN}"\n`,
      ["set", "a$b"],
      `services:\n  llm:\n    command: sh -c "A='a\\$$b' ${RUN}"\n`,
    ],
    [
      "an export of a script gone",
      `services:\n  llm:\n    command:\n      - bash\n      - -c\n      - |\n        export A=1\n\n        ${RUN}\n`,
      ["remove"],
      `services:\n  llm:\n    command:\n      - bash\n      - -c\n      - |\n\n        ${RUN}\n`,
    ],
  ]);
  untouched("compose", [
    [
      "merged from elsewhere",
      `x-e: &e {environment: {A: 1}}\nservices:\n  llm:\n    <<: *e\n    command: ${FLOW}\n`,
    ],
    ["an alias", `x-e: &e {A: 1}\nservices:\n  llm:\n    environment: *e\n    command: ${FLOW}\n`],
    [
      "of the service that it extends",
      `services:\n  a:\n    environment: {A: 1}\n  llm:\n    extends: a\n    command: ${FLOW}\n`,
    ],
  ]);
});

describe("in a manifest", () => {
  const pod = (...given: string[]) =>
    [
      "apiVersion: v1",
      "kind: Pod",
      "spec:",
      "  containers:",
      "    - name: llm",
      ...given.map((line) => `      ${line}`),
      `      command: ${FLOW}`,
      "",
    ].join("\n");
  const A = ["  - name: A", '    value: "1"'];
  const B = ["  - name: B", '    value: "2"'];
  changes("kubernetes", [
    ["a name", pod("env:", ...A), ["rename", "NEW"], pod("env:", "  - name: NEW", '    value: "1"')],
    ["a value", pod("env:", ...A), ["set", "2"], pod("env:", "  - name: A", '    value: "2"')],
    [
      "a number where a string stood",
      pod("env:", "  - name: A", "    value: x"),
      ["set", "2"],
      pod("env:", "  - name: A", '    value: "2"'),
    ],
    [
      "a reference as text",
      pod("env:", "  - name: A", "    value: 'x'"),
      ["set", "$(B)"],
      pod("env:", "  - name: A", "    value: '$$(B)'"),
    ],
    ["one gone", pod("env:", ...A, ...B), ["remove"], pod("env:", ...B)],
    ["the last gone", pod("env:", ...B, ...A), ["remove"], pod("env:", ...B)],
    ["the only one gone", pod("env:", ...A), ["remove"], pod()],
    [
      "one on the level of the key gone",
      pod("env:", "- name: A", '  value: "1"', "- name: B"),
      ["remove"],
      pod("env:", "- name: B"),
    ],
    [
      "another",
      pod("env:", ...A, ...B),
      ["add", "N", "3"],
      pod("env:", ...A, "  - name: N", '    value: "3"', ...B),
    ],
    ["one in braces", pod('env: [{name: A, value: "1"}, {name: B}]'), ["remove"], pod("env: [{name: B}]")],
    [
      "another in braces",
      pod("env:", '  - {name: A, value: "1"}'),
      ["add", "N", "2"],
      pod("env:", '  - {name: A, value: "1"}', '  - {name: N, value: "2"}'),
    ],
    [
      "another in braces in brackets",
      pod('env: [{ name: A, value: "1" }]'),
      ["add", "N", "2"],
      pod('env: [{ name: A, value: "1" }, { name: N, value: "2" }]'),
    ],
    [
      "the only one of a container that begins with it",
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - env:\n        - name: A\n          value: x\n" +
        `      name: llm\n      command: ${FLOW}\n`,
      ["remove"],
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: llm\n      command: ${FLOW}\n`,
    ],
    [
      "one in a shell string",
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: llm\n      args: ["sh", "-c", "A=1 ${RUN}"]\n`,
      ["set", "a b"],
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: llm\n      args: ["sh", "-c", "A='a b' ${RUN}"]\n`,
    ],
  ]);
  test("a value that comes from elsewhere is not set, and its item can go", () => {
    const from = pod("env:", "  - name: A", "    valueFrom: {fieldRef: {fieldPath: status.podIP}}", ...B);
    expect(afterChange("kubernetes", from, "A", ["set", "1"])).toBe(from);
    expect(afterChange("kubernetes", from, "A", ["remove"])).toBe(pod("env:", ...B));
  });
  test("a template that decides about the only variable stays", () => {
    const text = pod("env:", "  {{- if .Values.a }}", ...A, "  {{- end }}");
    expect(afterChange("kubernetes", text, "A", ["remove"])).toBe(
      pod("env:", "  {{- if .Values.a }}", "  {{- end }}"),
    );
  });
});

describe("in a page", () => {
  const page = (...lines: string[]) => `# Run\n\n\`\`\`bash\n${lines.join("\n")}\n\`\`\`\n`;
  changes("markdown", [
    ["a value", page(`A=1 ${RUN}`), ["set", "2"], page(`A=2 ${RUN}`)],
    ["one gone", page("A=1 \\", RUN), ["remove"], page(RUN)],
    ["an export gone", page("export A=1", RUN), ["remove"], page(RUN)],
    ["another export", page("export A=1", RUN), ["add", "N", "2"], page("export A=1", "export N=2", RUN)],
    ["an export at a prompt gone", page("$ export A=1", `$ ${RUN}`), ["remove"], page(`$ ${RUN}`)],
    [
      "another export at a prompt",
      page("me@host:~$ export A=1", `me@host:~$ ${RUN}`),
      ["add", "N", "2"],
      page("me@host:~$ export A=1", "me@host:~$ export N=2", `me@host:~$ ${RUN}`),
    ],
    [
      "one in a quote",
      `> \`\`\`bash\n> export A=1\n> ${RUN}\n> \`\`\`\n`,
      ["add", "N", "2"],
      `> \`\`\`bash\n> export A=1\n> export N=2\n> ${RUN}\n> \`\`\`\n`,
    ],
    [
      "another line in a quote",
      `> \`\`\`bash\n> A=1 \\\n>   ${RUN}\n> \`\`\`\n`,
      ["add", "N", "2"],
      `> \`\`\`bash\n> A=1 \\\n>   N=2 \\\n>   ${RUN}\n> \`\`\`\n`,
    ],
  ]);
  changes("restructuredtext", [
    ["a value", `Run::\n\n    A=1 ${RUN}\n`, ["set", "2"], `Run::\n\n    A=2 ${RUN}\n`],
    ["an export gone", `Run::\n\n    export A=1\n    ${RUN}\n`, ["remove"], `Run::\n\n    ${RUN}\n`],
  ]);
});

describe("in Python", () => {
  const call = (words: string) =>
    `subprocess.run([${words}, "python", "-m", "lightllm.server.api_server"])\n`;
  changes("python", [
    ["a name of a list", call('"env", "A=1"'), ["rename", "NEW"], call('"env", "NEW=1"')],
    ["a value of a list", call('"env", "A=1"'), ["set", 'a "b"'], call('"env", "A=a \\"b\\""')],
    ["an element gone", call('"env", "A=1"'), ["remove"], call('"env"')],
    [
      "an element with its option gone",
      call('"docker", "run", "-e", "A=1", "i"'),
      ["remove"],
      call('"docker", "run", "i"'),
    ],
    ["another element", call("'env', 'A=1'"), ["add", "N", "2"], call("'env', 'A=1', 'N=2'")],
    [
      "another element with its option",
      call('"docker", "run", "-e", "A=1", "i"'),
      ["add", "N", "2"],
      call('"docker", "run", "-e", "A=1", "-e", "N=2", "i"'),
    ],
    [
      "an element from a name",
      `X = "A=1"\nrun(["env", X, "python", "-m", "lightllm.server.api_server"])\n`,
      ["set", "2"],
      `X = "A=2"\nrun(["env", X, "python", "-m", "lightllm.server.api_server"])\n`,
    ],
    ["a value of a string", `os.system("A=1 ${RUN}")\n`, ["set", "a b"], `os.system("A='a b' ${RUN}")\n`],
    ["one of a string gone", `os.system("A=1 ${RUN}")\n`, ["remove"], `os.system("${RUN}")\n`],
    [
      "an export gone",
      `os.system("""\nexport A=1\n${RUN}\n""")\n`,
      ["remove"],
      `os.system("""\n${RUN}\n""")\n`,
    ],
    [
      "another word of a string",
      `run("env A=1 ${RUN}".split())\n`,
      ["add", "N", "2"],
      `run("env A=1 N=2 ${RUN}".split())\n`,
    ],
  ]);
  test.each([
    `X = "A=1"\nrun(["env", X, "python", "-m", "lightllm.server.api_server"])\n`,
    `c = ["env"]\nc.append("A=1")\nrun([*c, "python", "-m", "lightllm.server.api_server"])\n`,
  ])("what is no element of a list is not taken out: %j", (text) => {
    expect(afterChange("python", text, "A", ["remove"])).toBe(text);
    expect(afterChange("python", text, "A", ["add", "N", "1"])).toBe(text);
  });
});

describe("in Environment= of systemd", () => {
  const unit = (...lines: readonly string[]) => `[Service]\n${lines.join("\n")}\nExecStart=${RUN}\n`;
  changes("systemd", [
    ["a name", unit("Environment=A=1 B=2"), ["rename", "NEW"], unit("Environment=NEW=1 B=2")],
    ["a name in quotes", unit('Environment="A=1 2"'), ["rename", "NEW"], unit('Environment="NEW=1 2"')],
    ["a value", unit("Environment=A=1"), ["set", "2"], unit("Environment=A=2")],
    ["a value that needs quotes", unit("Environment=A=1"), ["set", "a b"], unit('Environment="A=a b"')],
    ["a value in its quotes", unit("Environment='A=1 2'"), ["set", "it's"], unit("Environment='A=it\\'s'")],
    ["a percent sign", unit("Environment=A=1"), ["set", "5%"], unit('Environment="A=5%%"')],
    ["the first gone", unit("Environment=A=1 B=2"), ["remove"], unit("Environment=B=2")],
    ["the last gone", unit("Environment=B=2 A=1"), ["remove"], unit("Environment=B=2")],
    ["its line gone", unit("Environment=A=1", "Environment=B=2"), ["remove"], unit("Environment=B=2")],
    ["one more", unit("Environment=A=1"), ["add", "N", "2"], unit("Environment=A=1", "Environment=N=2")],
    [
      "one more beside",
      unit("Environment=A=1 B=2"),
      ["add", "N", "x y"],
      unit('Environment=A=1 "N=x y" B=2'),
    ],
  ]);
});

describe("any name and any value arrive as they are", () => {
  const service = (rest: string) => `services:\n  llm:\n    image: x\n${rest}`;
  const pod = (rest: string) => `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: llm\n${rest}`;
  const list = `command: ${FLOW}\n`;
  const TEXTS: readonly (readonly [NotationId, string])[] = [
    ["yaml", "tp: 8\nenv:\n  A: 1\n"],
    ["yaml", "tp: 8\nenv: {A: '1', B: 2}\n"],
    ["yaml", 'tp: 8\nenv:\n  "A": "1"\n'],
    ["shell", `A=1 \\\n  B=2 ${RUN}\n`],
    ["shell", `A="1" ${RUN}\n`],
    ["shell", `export B=2 A='1'\n${RUN}\n`],
    ["shell", `export A\nexport A=1\n${RUN}\n`],
    ["shell", `docker run -e A=1 image ${RUN}\n`],
    ["shell", `docker run -e "A=1" image ${RUN}\n`],
    ["shell", `bash -c "A=1 ${RUN}"\n`],
    ["shell", `bash -c 'export A="1"; ${RUN}'\n`],
    ["shell", `ssh host <<'EOF'\nA=1 ${RUN}\nEOF\n`],
    ["dockerfile", `FROM x\nENV A=1 \\\n    B=2\nCMD ${FLOW}\n`],
    ["dockerfile", `FROM x\nENV A='1'\nCMD ${FLOW}\n`],
    ["dockerfile", `FROM x\nENV A one\nCMD ${FLOW}\n`],
    ["dockerfile", `FROM x\nCMD A=1 ${RUN}\n`],
    ["dockerfile", `FROM x\nCMD ["sh", "-c", "A=1 ${RUN}"]\n`],
    ["compose", service(`    environment:\n      A: 1\n    ${list}`)],
    ["compose", service(`    environment: {A: x, B: 1}\n    ${list}`)],
    ["compose", service(`    environment:\n      - A=1\n    ${list}`)],
    ["compose", service(`    environment: ["A=1"]\n    ${list}`)],
    ["compose", service(`    command:\n      - sh\n      - -c\n      - "A=1 ${RUN}"\n`)],
    ["kubernetes", pod(`      env:\n        - name: A\n          value: "1"\n      ${list}`)],
    ["kubernetes", pod(`      env: [{name: A, value: x}]\n      ${list}`)],
    ["kubernetes", pod(`      args: [sh, -c, 'A=1 ${RUN}']\n`)],
    ["markdown", `\`\`\`bash\nexport A=1\n${RUN}\n\`\`\`\n`],
    ["restructuredtext", `Run::\n\n  A=1 ${RUN}\n`],
    ["python", `run(["env", "A=1", "python", "-m", "lightllm.server.api_server"])\n`],
    ["python", `os.system('A=1 ${RUN}')\n`],
    ["systemd", `[Service]\nEnvironment=A=1 B=2\nExecStart=${RUN}\n`],
    ["systemd", `[Service]\nEnvironment="A=x"\nEnvironment='B=1'\nExecStart=${RUN}\n`],
    ["systemd", `[Service]\nExecStart=/bin/sh -c "A=1 ${RUN}"\n`],
  ];
  const names = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/).filter((name) => name !== "A" && name !== "B");
  const value = fc.oneof(
    fc.integer({ min: -9, max: 99999 }).map(String),
    fc.constantFrom(
      "",
      "true",
      "no",
      "null",
      "1.10",
      "0x1F",
      "2024-01-01",
      "a: b",
      "- x",
      "~",
      "x #y",
      "{}",
      "[a, b]",
    ),
    fc.string({
      unit: fc.constantFrom(..."ab 8'\"\\#;|&<*?[]()!~^%@,:=-é中\u{1f600}"),
      maxLength: 10,
    }),
  );
  /** Texts in which a dollar can be written without a substitution. */
  const withDollars = fc.tuple(value, value).map((parts) => parts.join("$a"));
  /** Python reads braces and percent signs as placeholders. */
  const withoutTemplates = value.filter((text) => !/[{%]/.test(text));
  const HAVE_DOLLARS: readonly NotationId[] = ["dockerfile", "shell", "markdown", "compose", "systemd"];

  test.each(TEXTS)("half typed, nothing is thrown and every edit stays inside: %s: %s", (notation, text) => {
    const done: readonly Done[] = [["rename", "N"], ["set", "a b"], ["remove"], ["add", "N", "a b"]];
    for (let end = 0; end <= text.length; end++) {
      const typed = text.slice(0, end);
      for (const launch of NOTATIONS[notation].find(typed).launches) {
        for (const variable of launch.environment) {
          for (const { span } of done.flatMap((one) => editsOf(notation, typed, launch, variable, one))) {
            expect(0 <= span.start && span.start <= span.end && span.end <= typed.length).toBe(true);
          }
        }
      }
    }
  });

  test.each(TEXTS)("%s: %s", (notation, text) => {
    const plain = notation === "python" ? withoutTemplates : value;
    const values = HAVE_DOLLARS.includes(notation) ? fc.oneof(value, withDollars) : plain;
    fc.assert(
      fc.property(names, values, values, (name, first, second) => {
        const set: Done = ["set", first];
        const afterSet = afterChange(notation, text, "A", set);
        expectDone(notation, text, afterSet, "A", set);
        const add: Done = ["add", name, second];
        const afterAdd = afterChange(notation, afterSet, "A", add);
        expectDone(notation, afterSet, afterAdd, "A", add);
        const remove: Done = ["remove"];
        const afterRemove = afterChange(notation, afterAdd, "A", remove);
        expectDone(notation, afterAdd, afterRemove, "A", remove);
        const rename: Done = ["rename", "NEW"];
        const afterRename = afterChange(notation, afterRemove, name, rename);
        expectDone(notation, afterRemove, afterRename, name, rename);
      }),
      { numRuns: 40 },
    );
  });
});
