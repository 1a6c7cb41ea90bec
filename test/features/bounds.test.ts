/** Texts that are too long, too deep or too repetitive: one diagnostic or an unknown word, never a crash or a hang. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open, type TestNotation } from "../support/service";

const { codeActions, complete, diagnose, documentSymbols, hover, reportedFindings } = service;

const RUN = "python -m lightllm.server.api_server --model_dir /m";
const many = (text: string, count: number) => text.repeat(count);
/** A line for each number; its content grows with the number. */
const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join("");

/** The messages about a text after requests at its start, middle and end. */
function codesOf(text: string, notation: TestNotation): string[] {
  const launchDocument = open(text, {}, notation);
  for (const offset of [0, Math.floor(text.length / 2), text.length]) {
    complete(launchDocument, offset);
    hover(launchDocument, offset);
  }
  documentSymbols(launchDocument);
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  codeActions(launchDocument, { range, diagnostics: [] });
  return diagnose(launchDocument).map(({ code }) => String(code));
}

const yaml: Readonly<Record<string, (depth: number) => string>> = {
  "lists in lines": (depth) => `x-a:\n  ${many("- ", depth)}a\n`,
  "lists in brackets": (depth) => `x-a: ${many("[", depth)}${many("]", depth)}\n`,
  "brackets never closed": (depth) => `x-a: ${many("[", depth)}\n`,
  "brackets over lines": (depth) => `x-a: ${many("[\n ", depth)}\n`,
  "mappings in braces": (depth) => `x-a: ${many("{a: ", depth)}\n`,
  "mappings in lines": (depth) => `x-a:\n${lines(depth, (at) => `${many(" ", at + 1)}a:\n`)}`,
  "complex keys": (depth) => `x-a:\n  ${many("? ", depth)}a\n`,
};
const around: Readonly<Partial<Record<TestNotation, (inner: string) => string>>> = {
  yaml: (inner) => `model_dir: /m\n${inner}`,
  compose: (inner) => `services:\n  a:\n    command: ${RUN}\n${inner}`,
  kubernetes: (inner) => `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: lightllm\n${inner}`,
};

const shell: Readonly<Record<string, (depth: number) => string>> = {
  subshells: (depth) => `${many("( ", depth)}${RUN}${many(" )", depth)}\n`,
  substitutions: (depth) => `A=${many("$(", depth)}x${many(")", depth)}\n${RUN}\n`,
  "substitutions in quotes": (depth) => `A=${many('"$(', depth)}\n${RUN}\n`,
  "braces of commands": (depth) => `${many("{ ", depth)}${RUN}\n`,
  "braces of variables": (depth) => `A=${many("${a:-", depth)}${many("}", depth)}\n${RUN}\n`,
  "a value": (depth) => `${RUN} --port ${many("$(", depth)}\n`,
  conditions: (depth) => `${many("if x; then ", depth)}${RUN}\n`,
  loops: (depth) => `${many("while x; do ", depth)}${RUN}\n`,
  cases: (depth) => `${many("case x in a) ", depth)}${RUN}\n`,
  functions: (depth) => `${many("f() { ", depth)}${RUN}\n`,
  sums: (depth) => `A=$((${many("1+", 4 * depth)}1))\n${RUN}\n`,
  pipes: (depth) => `cat ${many("<(", depth)}\n${RUN}\n`,
  coprocesses: (depth) => `${many("coproc ", 50 * depth)}${RUN}\n`,
  "here-documents in a line": (depth) => `cat ${many("<<A ", depth)}\n${RUN}\n`,
};

const python: Readonly<Record<string, (depth: number) => string>> = {
  lists: (depth) => `x = ${many("[", depth)}${many("]", depth)}\n`,
  "brackets never closed": (depth) => `x = ${many("(", depth)}\n`,
  "strings in strings": (depth) => `x = ${many("f'{", depth)}\n`,
  sums: (depth) => `x = a${many(" + a", depth)}\n`,
  blocks: (depth) => `${lines(depth, (at) => `${many(" ", at)}if a:\n`)}${many(" ", depth)}pass\n`,
  "methods of methods": (depth) => `x = a${many(".b()", depth)}\n`,
};

const markdown: Readonly<Record<string, (depth: number) => string>> = {
  quotes: (depth) => `${many(">", depth)} a\n`,
  lists: (depth) => `${many("- ", depth)}a\n`,
  numbers: (depth) => `${many("1. ", depth)}a\n`,
  "lists over lines": (depth) => lines(depth, (at) => `${many("  ", at)}- a\n`),
};

const deep: [TestNotation, string, (depth: number) => string][] = [
  ...(["yaml", "compose", "kubernetes"] as const).flatMap((notation) =>
    Object.entries(yaml).map(([name, text]): [TestNotation, string, (depth: number) => string] => [
      notation,
      name,
      (depth) => around[notation]?.(text(depth)) ?? "",
    ]),
  ),
  ...Object.entries(shell).flatMap(([name, text]): [TestNotation, string, (depth: number) => string][] => [
    ["shell", name, text],
    ["markdown", `${name} in a block`, (depth) => `\`\`\`bash\n${text(depth)}\n\`\`\`\n`],
    [
      "restructuredtext",
      `${name} in a block`,
      (depth) => `.. code-block:: bash\n\n   ${text(depth).trimEnd().replaceAll("\n", "\n   ")}\n`,
    ],
    ["python", `${name} in a string`, (depth) => `os.system(${JSON.stringify(text(depth))})\n`],
    ["yaml", `${name} in x-arguments`, (depth) => `x-arguments: ${JSON.stringify(`$A; ${text(depth)}`)}\n`],
    [
      "kubernetes",
      `${name} in a string`,
      (depth) =>
        `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    args: [sh, -c, ${JSON.stringify(text(depth))}]\n`,
    ],
    [
      "compose",
      `${name} in a string`,
      (depth) =>
        `services:\n  a:\n    command: [sh, -c, ${JSON.stringify(text(depth).replaceAll("$", "$$$$"))}]\n`,
    ],
    [
      "dockerfile",
      `${name} in a list`,
      (depth) => `FROM x\nCMD ["sh", "-c", ${JSON.stringify(text(depth))}]\n`,
    ],
  ]),
  ...Object.entries(python).map(([name, text]): [TestNotation, string, (depth: number) => string] => [
    "python",
    name,
    (depth) => `${text(depth)}subprocess.run(["python", "-m", "lightllm.server.api_server"])\n`,
  ]),
  ...Object.entries(markdown).map(([name, text]): [TestNotation, string, (depth: number) => string] => [
    "markdown",
    name,
    (depth) => `${text(depth)}\n\`\`\`bash\n${RUN}\n\`\`\`\n`,
  ]),
];

describe("A2: nesting without end", () => {
  test.each(deep)("%s: %s", (notation, _, text) => {
    for (const depth of [300, 1200]) expect(codesOf(text(depth), notation)).toEqual(["not-checked"]);
  });

  test("a hundred thousand levels", () => {
    expect(codesOf(`tp: ${many("[", 100_000)}`, "yaml")).toEqual(["not-checked"]);
    expect(codesOf(`A=${many("$(", 100_000)}\n${RUN}`, "shell")).toEqual(["not-checked"]);
    expect(codesOf(`x = ${many("[", 100_000)}\n"lightllm.server.api_server"`, "python")).toEqual([
      "not-checked",
    ]);
    expect(codesOf(`${many(">", 100_000)}\n\`\`\`\n${RUN}\n\`\`\`\n`, "markdown")).toEqual(["not-checked"]);
  });

  test("says where it begins, and how deep is too deep", () => {
    const text = `model_dir: /m\ntp: 8\nx-a: ${many("[", 300)}\n`;
    expect(diagnose(open(text))).toMatchObject([
      {
        severity: 2,
        message: "This file is not checked: it is nested more than 100 levels deep here.",
        range: { start: { line: 2 }, end: { line: 2 } },
      },
    ]);
  });

  test("what is beside it in the same file is checked", () => {
    const page = `\`\`\`bash\nA=${many("$(", 300)}\n# lightllm\n\`\`\`\n\n\`\`\`bash\n${RUN} --prot 3\n\`\`\`\n`;
    expect(codesOf(page, "markdown")).toEqual(["not-checked", "argparse-unknown-flag"]);
  });

  test("twenty levels are read", () => {
    expect(codesOf(`model_dir: /m\nx-a: ${many("[", 20)}0${many("]", 20)}\n`, "yaml")).toEqual([]);
    expect(codesOf(`${many("if x; then\n", 20)}${RUN}\n${many("fi\n", 20)}`, "shell")).toEqual([]);
    expect(codesOf(`x = ${many("[", 20)}${many("]", 20)}\nos.system("${RUN}")\n`, "python")).toEqual([]);
  });

  test("a file without LightLLM is ignored", () => {
    expect(codesOf(`A=${many("$(", 300)}\n`, "shell")).toEqual([]);
    expect(codesOf(many("a", 1_100_000), "shell")).toEqual([]);
  });

  test.each<TestNotation>(["yaml", "shell", "dockerfile", "markdown", "restructuredtext", "python"])(
    "%s of more than a million characters",
    (notation) => {
      expect(codesOf(`# lightllm\n${many("# a line\n", 120_000)}`, notation)).toEqual(["not-checked"]);
    },
  );

  test("a launch of more words than one has", () => {
    expect(codesOf(`${RUN}${many(" a", 10_001)}\n`, "shell")).toEqual(["not-checked"]);
    expect(codesOf(`visual_gpu_ids: [${many("1, ", 10_001)}]\n`, "yaml")).toEqual(["not-checked"]);
  });
});

/** The words of the first launch; `undefined` for an unknown one. */
function wordsOf(text: string, notation: TestNotation): readonly (string | undefined)[] {
  const [judged] = open(text, {}, notation).launches;
  return judged?.launch.arguments.flatMap(({ words }) => words.map((word) => word.text)) ?? [];
}

describe("A2, arguments that cannot be read", () => {
  test("may be anything", () => {
    expect(codesOf(`x-arguments: ${JSON.stringify(many("$(", 300))}\n`, "yaml")).toEqual(["not-checked"]);
  });
});

describe("A5: variables that double", () => {
  const doubled = (count: number, line: (at: number) => string) => lines(count, (at) => line(at + 1));

  test.each<[TestNotation, string, (count: number) => string]>([
    [
      "shell",
      "text",
      (n) => `A0=x\n${doubled(n, (at) => `A${at}="$A${at - 1}$A${at - 1}"\n`)}${RUN} --host $A${n}`,
    ],
    [
      "shell",
      "nothing",
      (n) => `A0=\n${doubled(n, (at) => `A${at}="$A${at - 1}$A${at - 1}"\n`)}${RUN} --host "x$A${n}"`,
    ],
    [
      "shell",
      "what is not known",
      (n) => `${doubled(n, (at) => `A${at}="$A${at - 1}$A${at - 1}"\n`)}${RUN} --host "$A${n}"`,
    ],
    ["shell", "an addition", (n) => `A=x\n${many('A+="$A"\n', n)}${RUN} --host $A`],
    [
      "shell",
      "an export",
      (n) =>
        `export A0=x\n${doubled(n, (at) => `export A${at}="$A${at - 1}$A${at - 1}"\n`)}${RUN} --host $A${n}`,
    ],
    [
      "shell",
      "a default",
      (n) => `${doubled(n, (at) => `A${at}="\${A${at - 1}:-x}\${A${at - 1}:-x}"\n`)}${RUN} --host $A${n}`,
    ],
    ["shell", "an array", (n) => `A=(x)\n${many('A+=("${A[@]}")\n', n)}${RUN} "\${A[@]}"`],
    ["shell", "an array in text", (n) => `A=(x)\n${many('A=("${A[@]}" "y${A[@]}")\n', n)}${RUN} "\${A[@]}"`],
    [
      "shell",
      "a command",
      (n) =>
        `A0="x"\n${doubled(n, (at) => `A${at}="$A${at - 1} $A${at - 1}"\n`)}bash -c "${RUN} --host $A${n}"`,
    ],
    [
      "dockerfile",
      "ENV",
      (n) =>
        `FROM x\nENV A0=x\n${doubled(n, (at) => `ENV A${at}=$A${at - 1}$A${at - 1}\n`)}CMD ${RUN} --host $A${n}`,
    ],
    [
      "dockerfile",
      "ARG",
      (n) =>
        `FROM x\nARG A0=x\n${doubled(n, (at) => `ARG A${at}=$A${at - 1}$A${at - 1}\n`)}RUN ${RUN} --host $A${n}`,
    ],
    [
      "kubernetes",
      "env",
      (n) =>
        `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    command: [python, -m, lightllm.server.api_server, --host, $(A${n})]\n    env:\n    - {name: A0, value: x}\n${doubled(n, (at) => `    - {name: A${at}, value: $(A${at - 1})$(A${at - 1})}\n`)}`,
    ],
    [
      "python",
      "text",
      (n) =>
        `a0 = "x"\n${doubled(n, (at) => `a${at} = a${at - 1} + a${at - 1}\n`)}subprocess.run(["python", "-m", "lightllm.server.api_server", "--host", a${n}])`,
    ],
    [
      "python",
      "formatted text",
      (n) =>
        `a0 = "x"\n${doubled(n, (at) => `a${at} = f"{a${at - 1}}{a${at - 1}}"\n`)}subprocess.run(["python", "-m", "lightllm.server.api_server", "--host", a${n}])`,
    ],
    [
      "python",
      "what is not known",
      (n) =>
        `a0 = f()\n${doubled(n, (at) => `a${at} = a${at - 1}\n`)}subprocess.run(["python", "-m", "lightllm.server.api_server", "--host", a${n}])`,
    ],
    [
      "python",
      "a list",
      (n) =>
        `a0 = ["x"]\n${doubled(n, (at) => `a${at} = a${at - 1} + a${at - 1}\n`)}subprocess.run(["python", "-m", "lightllm.server.api_server", "--host", *a${n}])`,
    ],
    [
      "python",
      "a list that grows",
      (n) =>
        `a = ["x"]\n${many("a += a\n", n)}subprocess.run(["python", "-m", "lightllm.server.api_server", "--host", *a])`,
    ],
  ])("%s: %s", (notation, _, text) => {
    codesOf(text(40), notation);
    expect(wordsOf(text(40), notation).at(-1)).toBeUndefined();
  });

  test.each<[TestNotation, string]>([
    ["shell", `A=x\nB="$A$A"\nC="$B$B"\n${RUN} --host $C`],
    ["dockerfile", `FROM x\nENV A=x\nENV B=$A$A\nENV C=$B$B\nCMD ${RUN} --host $C`],
    [
      "python",
      `a = "x"\nb = a + a\nc = b + b\nsubprocess.run(["python", "-m", "lightllm.server.api_server", "--host", c])`,
    ],
  ])("%s: what is short enough is known", (notation, text) => {
    expect(wordsOf(text, notation).at(-1)).toBe("xxxx");
  });

  test("a script may use its variables often", () => {
    const text = `M=/models/${many("x", 100)}\n${many(`python -m lightllm.server.api_server --model_dir $M\n`, 500)}`;
    const { launches } = open(text, {}, "shell");
    expect(launches).toHaveLength(500);
    const known = launches.map(({ launch }) => launch.arguments[0]?.words[0]?.text?.length);
    expect(new Set(known)).toEqual(new Set([108]));
  });

  test.each<[string, string]>([
    [
      "in a chain",
      `x-0: &a0 {tp: 8}\n${doubled(5_000, (at) => `x-${at}: &a${at} {<<: *a${at - 1}}\n`)}<<: *a5000\n`,
    ],
    [
      "in a chain of env",
      `x-0: &a0 {A: 8}\n${doubled(5_000, (at) => `x-${at}: &a${at} {<<: *a${at - 1}}\n`)}env: {<<: *a5000}\n`,
    ],
  ])("merges %s", (_, text) => {
    expect(codesOf(text, "yaml")).toEqual(["not-checked"]);
  });

  test("merges that branch, and that lead back to themselves", () => {
    const branching = `x-0: &a0 {A: 8}\n${doubled(40, (at) => `x-${at}: &a${at} {<<: *a${at - 1}, <<: *a${at - 1}}\n`)}`;
    expect(codesOf(`model_dir: /m\n${branching}env: {<<: *a40}\n`, "yaml")).not.toContain("not-checked");
    codesOf("model_dir: /m\nenv: &e {<<: &f {<<: *e, A: 1}}\n", "yaml");
    codesOf(`services:\n  a: &a\n    <<: &b {<<: *a}\n    command: ${RUN}\n`, "compose");
    codesOf(`services:\n  a: {extends: b}\n  b: {extends: a}\n  c:\n    command: ${RUN}\n`, "compose");
  });
});

describe("D6: a byte order mark in front", () => {
  test.each<[TestNotation, string]>([
    ["yaml", "# lightllm: release=v1.0.0\nmodel_dir: /m\n"],
    ["shell", `# lightllm: release=v1.0.0\n${RUN}\n`],
    ["dockerfile", `# lightllm: release=v1.0.0\nFROM x\nCMD ${RUN}\n`],
    ["compose", `# lightllm: release=v1.0.0\nservices:\n  a:\n    command: ${RUN}\n`],
    ["compose", `services:\n  # lightllm: release=v1.0.0\n  a:\n    command: ${RUN}\n`],
    [
      "kubernetes",
      `apiVersion: v1\nkind: Pod\n# lightllm: release=v1.0.0\nspec:\n  containers:\n  - name: a\n    args: [python, -m, lightllm.server.api_server]\n`,
    ],
    ["markdown", `\`\`\`bash\n# lightllm: release=v1.0.0\n${RUN}\n\`\`\`\n`],
    ["restructuredtext", `.. code-block:: bash\n\n   # lightllm: release=v1.0.0\n   ${RUN}\n`],
    ["markdown", `<!-- lightllm: release=v1.0.0 -->\n\nText\n\n\`\`\`bash\n${RUN}\n\`\`\`\n`],
    ["restructuredtext", `.. lightllm: release=v1.0.0\n\n.. code-block:: bash\n\n   ${RUN}\n`],
    ["python", `# lightllm: release=v1.0.0\nos.system("${RUN}")\n`],
  ])("%s: %j", (notation, text) => {
    for (const written of [text, `\uFEFF${text}`]) {
      const { launches } = open(written, {}, notation);
      expect(launches.map(({ chosen }) => `${chosen.release.name} ${chosen.reason}`)).toEqual([
        "v1.0.0 modeline",
      ]);
    }
  });

  test("marks what follows as arguments", () => {
    expect(wordsOf("\uFEFF# lightllm: args\nserve --tp 8\n# lightllm\n", "shell")).toEqual(["8"]);
  });

  test("stays in front of a comment that is written above the first line", () => {
    const launchDocument = open(`\uFEFF${RUN} --prot 3\n`, {}, "shell");
    const [diagnostic] = diagnose(launchDocument);
    const actions = diagnostic
      ? codeActions(launchDocument, { range: diagnostic.range, diagnostics: [diagnostic] })
      : [];
    const silence = actions.find(({ edit }) => JSON.stringify(edit).includes("disable-next-line"));
    const [edit] = silence?.edit?.changes?.[launchDocument.document.uri] ?? [];
    expect(edit?.range.start).toEqual({ line: 0, character: 1 });
  });
});

test.each<[TestNotation, string]>([
  ["yaml", "model_dir: /m\ntp: x\n"],
  ["shell", `#!/bin/sh\n# all\n${RUN} --tp x\n`],
  ["dockerfile", `FROM x\nCMD ${RUN} --tp x\n`],
  ["compose", `services:\n  a:\n    command: ${RUN} --tp x\n`],
  ["markdown", `Text\n\n\`\`\`bash\n${RUN} --tp x\n\`\`\`\n`],
  ["python", `import os\nos.system("${RUN} --tp x")\n`],
  ["systemd", `[Service]\nExecStart=/usr/bin/${RUN} --tp x\n`],
])("says once that the lines of a file end with CR alone: %s", (notation, text) => {
  const found = reportedFindings(open(text.replaceAll("\n", "\r"), {}, notation));
  expect(found.map(({ code }) => code)).toEqual(["not-checked"]);
});
