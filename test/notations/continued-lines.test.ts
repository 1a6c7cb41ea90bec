import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open, type TestNotation } from "../support/service";

const { applyEdits, fixesOf, reportedFindings } = service;

const RUN = "python -m lightllm.server.api_server";

/** The text of a script in a notation. */
const WRITTEN: readonly [TestNotation, (script: string) => string][] = [
  ["shell", (script) => script],
  ["markdown", (script) => `\`\`\`bash\n${script}\`\`\`\n`],
  [
    "compose",
    (script) =>
      `services:\n  a:\n    image: x\n    command:\n      - bash\n      - -c\n      - |\n${indented(script, 8)}`,
  ],
  [
    "kubernetes",
    (script) =>
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      command: [bash, -c]\n      args:\n        - |\n${indented(script, 10)}`,
  ],
  ["python", (script) => `import subprocess\nsubprocess.run(r"""\n${script}""", shell=True)\n`],
];

function indented(text: string, width: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(width));
}

/** The findings of a text, as `severity code`. */
function findingsIn(text: string, notation: TestNotation): string[] {
  return reportedFindings(open(text, { setting: "v1.2.0" }, notation)).map(
    ({ severity, code }) => `${severity} ${code}`,
  );
}

/** The text after the preferred fix of each finding, one after the other. */
function mended(text: string, notation: TestNotation): string {
  let current = text;
  for (let round = 0; round < 4; round++) {
    const launchDocument = open(current, { setting: "v1.2.0" }, notation);
    const fixes = reportedFindings(launchDocument).flatMap((finding) => fixesOf(launchDocument, finding));
    const fix = fixes.find(({ preferred }) => preferred);
    if (!fix) break;
    current = applyEdits(current, fix.edits);
  }
  return current;
}

describe.each(WRITTEN)("in %s", (notation, write) => {
  test.each<[what: string, script: string, finding: string, expected: string]>([
    [
      "a backslash in a comment after a value",
      `${RUN} --model_dir /m \\\n  --host 0.0.0.0  # all \\\n  --port 1030\n`,
      "warning shell-missing-backslash",
      `# all\n${RUN} --model_dir /m \\\n  --host 0.0.0.0 \\\n  --port 1030\n`,
    ],
    [
      "an empty line below a backslash",
      `${RUN} --model_dir /m \\\n\n  --tp 2 \\\n  --dp 1\n`,
      "warning shell-missing-backslash",
      `${RUN} --model_dir /m \\\n  --tp 2 \\\n  --dp 1\n`,
    ],
    [
      "an empty line and a comment",
      `${RUN} --model_dir /m \\\n\n  # GPUs\n  --tp 2\n`,
      "warning shell-missing-backslash",
      `# GPUs\n${RUN} --model_dir /m \\\n  --tp 2\n`,
    ],
    [
      "a comment and an empty line",
      `${RUN} --model_dir /m \\\n  # GPUs\n\n  --tp 2\n`,
      "warning shell-comment-in-command",
      `# GPUs\n${RUN} --model_dir /m \\\n  --tp 2\n`,
    ],
    [
      "the sign of continued lines",
      `${RUN} \\\n> --model_dir /m \\\n>--tp 2\n`,
      "error shell-typed-prompt",
      `${RUN} \\\n--model_dir /m \\\n--tp 2\n`,
    ],
    [
      "a missing backslash, and one too many before the next command",
      `${RUN} \\\n  --model_dir /m\n  --tp 2 \\\necho done\n`,
      "warning shell-missing-backslash",
      `${RUN} \\\n  --model_dir /m \\\n  --tp 2\necho done\n`,
    ],
    [
      "a comment after a value, and one below it",
      `${RUN} --model_dir /m  # one\n  # two \\\n  --port 1030\n`,
      "warning shell-missing-backslash",
      `# one\n# two\n${RUN} --model_dir /m \\\n  --port 1030\n`,
    ],
    [
      "a comment after the backslash",
      `${RUN} --model_dir /m \\ # all\n  --port 1030\n`,
      "error shell-backslash-space",
      `# all\n${RUN} --model_dir /m \\\n  --port 1030\n`,
    ],
    [
      "two lines of comments",
      `${RUN} --model_dir /m \\\n  # c \\\n  --port 1030 \\\n  # d\n  --tp 2\n`,
      "warning shell-comment-in-command",
      `# c\n# d\n${RUN} --model_dir /m \\\n  --port 1030 \\\n  --tp 2\n`,
    ],
    [
      "a space after the backslash",
      `${RUN} --model_dir /m \\ \n  --tp 8\n`,
      "error shell-backslash-space",
      `${RUN} --model_dir /m \\\n  --tp 8\n`,
    ],
    [
      "a tab after the backslash",
      `${RUN} --model_dir /m \\\t\n  --tp 8\n`,
      "error shell-backslash-space",
      `${RUN} --model_dir /m \\\n  --tp 8\n`,
    ],
    [
      "a no-break space after the backslash",
      `${RUN} --model_dir /m \\\u00a0\n  --tp 8\n`,
      "error shell-backslash-space",
      `${RUN} --model_dir /m \\\n  --tp 8\n`,
    ],
    [
      "a missing backslash that hides the model",
      `${RUN} \\\n  --tp 2\n  --model_dir /x\n`,
      "error shell-missing-backslash",
      `${RUN} \\\n  --tp 2 \\\n  --model_dir /x\n`,
    ],
    [
      "another command after a value",
      `${RUN} --model_dir /m --tp 2 \\\necho started\n`,
      "error shell-dangling-backslash",
      `${RUN} --model_dir /m --tp 2\necho started\n`,
    ],
    [
      "another command after a switch",
      `${RUN} --model_dir /m --detail_log \\\ncurl localhost:8000/health --retry 3\n`,
      "error shell-dangling-backslash",
      `${RUN} --model_dir /m --detail_log\ncurl localhost:8000/health --retry 3\n`,
    ],
    [
      "a variable for the next command",
      `${RUN} --model_dir /m \\\nPORT=8000 ./client\n`,
      "error shell-dangling-backslash",
      `${RUN} --model_dir /m\nPORT=8000 ./client\n`,
    ],
  ])("%s is one finding, and its fix mends it", (_, script, finding, expected) => {
    expect(findingsIn(write(script), notation)).toEqual([finding]);
    expect(mended(write(script), notation)).toBe(write(expected));
    expect(findingsIn(write(expected), notation)).toEqual([]);
  });

  test.each([
    ["values of a list", `${RUN} --model_dir /m --eos_id 1 \\\n  2 3\n`],
    ["a value below its flag", `${RUN} --model_dir \\\n/m\n`],
    ["a comment below the command", `${RUN} --model_dir /m\n# --tp 2\necho started\n`],
    ["a name that is also a program", `${RUN} --model_dir /m --model_name \\\n  test\n`],
  ])("%s is no finding", (_, script) => {
    expect(findingsIn(write(script), notation)).toEqual([]);
  });
});

describe("in its own way", () => {
  test.each<[TestNotation, what: string, text: string, finding: string, expected: string]>([
    [
      "shell",
      "a space before a Windows line end",
      `${RUN} --model_dir /m \\ \r\n  --tp 8\n`,
      "error shell-backslash-space",
      `${RUN} --model_dir /m \\\n  --tp 8\n`,
    ],
    [
      "shell",
      "empty lines above all flags",
      `${RUN} \\\n\n\n  --model_dir /m\n`,
      "error shell-missing-backslash",
      `${RUN} \\\n  --model_dir /m\n`,
    ],
    [
      "compose",
      "a comment in a file with CR LF",
      `services:\n  a:\n    command:\n    - sh\n    - -c\n    - |\n      ${RUN} --model_dir /m \\\n\n        # GPUs\n        --tp 2\n`.replaceAll(
        "\n",
        "\r\n",
      ),
      "warning shell-missing-backslash",
      `services:\n  a:\n    command:\n    - sh\n    - -c\n    - |\n      # GPUs\n      ${RUN} --model_dir /m \\\n        --tp 2\n`.replaceAll(
        "\n",
        "\r\n",
      ),
    ],
    [
      "dockerfile",
      "a backslash in a comment",
      `FROM x\nCMD ${RUN} --model_dir /m \\\n  --host 0.0.0.0  # all \\\n  --port 1030\n`,
      "warning shell-missing-backslash",
      `FROM x\n# all\nCMD ${RUN} --model_dir /m \\\n  --host 0.0.0.0 \\\n  --port 1030\n`,
    ],
    [
      "dockerfile",
      "a missing backslash",
      `FROM x\nCMD ${RUN} \\\n  --tp 2\n  --model_dir /x\n`,
      "error shell-missing-backslash",
      `FROM x\nCMD ${RUN} \\\n  --tp 2 \\\n  --model_dir /x\n`,
    ],
    [
      "dockerfile",
      "another instruction",
      `FROM x\nCMD ${RUN} --model_dir /m --host 0.0.0.0 \\\nEXPOSE 8000\n`,
      "error shell-dangling-backslash",
      `FROM x\nCMD ${RUN} --model_dir /m --host 0.0.0.0\nEXPOSE 8000\n`,
    ],
    [
      "systemd",
      "another setting",
      `[Service]\nExecStart=/usr/bin/${RUN} --model_dir /m --tp 2 \\\nRestart=always\n`,
      "error shell-dangling-backslash",
      `[Service]\nExecStart=/usr/bin/${RUN} --model_dir /m --tp 2\nRestart=always\n`,
    ],
  ])("%s: %s", (notation, _, text, finding, expected) => {
    expect(findingsIn(text, notation)).toEqual([finding]);
    expect(mended(text, notation)).toBe(expected);
    expect(findingsIn(expected, notation)).toEqual([]);
  });
});

describe("backslashes before line ends that YAML folds", () => {
  const COMMAND = [`${RUN} \\`, "--model_dir /m \\", "--tp 8"];
  const MENDED = COMMAND.map((line) => line.replace(/ \\$/, ""));
  /** The command as a text of YAML: a header and the text, all lines with the same indentation. */
  const texts: readonly [TestNotation, string, (lines: readonly string[]) => string][] = [
    ["compose", "> of a Compose command", (lines) => composed(`>\n      ${lines.join("\n      ")}\n`)],
    ["compose", ">- of a Compose command", (lines) => composed(`>-\n      ${lines.join("\n      ")}\n`)],
    ["compose", "no quotes", (lines) => composed(`${lines.join("\n      ")}\n`)],
    ["compose", "single quotes", (lines) => composed(`'${lines.join("\n      ")}'\n`)],
    [
      "compose",
      "> for a shell",
      (lines) => composed(`\n      - bash\n      - -c\n      - >\n        ${lines.join("\n        ")}\n`),
    ],
    ["kubernetes", "> of a pod", (lines) => pod(`>\n          ${lines.join("\n          ")}\n`)],
    ["kubernetes", "single quotes of a pod", (lines) => pod(`'${lines.join("\n          ")}'\n`)],
  ];
  const composed = (command: string) => `services:\n  a:\n    image: x\n    command: ${command}`;
  const pod = (command: string) =>
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      command: [bash, -c]\n      args:\n        - ${command}`;

  test.each(texts)("%s: %s", (notation, _, write) => {
    const text = write(COMMAND);
    expect(findingsIn(text, notation)).toEqual(["error shell-folded-backslash"]);
    expect(mended(text, notation)).toBe(write(MENDED));
    expect(findingsIn(write(MENDED), notation)).toEqual([]);
  });

  test.each<[TestNotation, string]>([
    [
      "compose",
      composed(
        `\n      - bash\n      - -c\n      - >\n        ${RUN} --model_dir /m # all\n        --prot 8\n`,
      ),
    ],
    ["kubernetes", pod(`>\n          ${RUN}\n          # all\n          --model_dir /m\n`)],
  ])("a comment among such lines swallows those below: %s", (notation, text) => {
    expect(findingsIn(text, notation)).toEqual([expect.stringMatching(/ shell-comment-in-command$/)]);
  });

  test.each<[TestNotation, string, string]>([
    ["compose", "double quotes join them", composed(`"${COMMAND.join("\n      ")}"\n`)],
    ["kubernetes", "double quotes join them", pod(`"${COMMAND.join("\n          ")}"\n`)],
    ["compose", "a blank in a name", composed(`>\n      ${RUN} --model_dir /m\\ x\n      --tp 8\n`)],
  ])("%s: not where %s", (notation, _, text) => {
    expect(findingsIn(text, notation)).toEqual([]);
  });

  test.each<[string, (lines: readonly string[]) => string]>([
    ["|", (lines) => composed(`|\n      ${lines.join("\n      ")}\n`)],
    ["deeper lines after >", (lines) => composed(`>\n      ${lines.join("\n        ")}\n`)],
  ])("Compose continues no line at a backslash: %s", (_, write) => {
    expect(findingsIn(write(COMMAND), "compose")).toEqual(["error shell-folded-backslash"]);
    expect(mended(write(COMMAND), "compose")).toBe(write(MENDED));
    expect(findingsIn(write(MENDED), "compose")).toEqual([]);
  });

  test.each([">", "|"])("Compose knows no comments in a text after %s", (sign) => {
    const text = composed(`${sign}\n      ${RUN} --model_dir /m\n      # all\n      --tp 8\n`);
    const [finding, ...others] = open(text, {}, "compose").launches.flatMap(({ findings }) => findings);
    expect(others).toEqual([]);
    expect(text.slice(finding?.span.start, finding?.span.end)).toBe("# all");
  });
});

test.each<[TestNotation, string, string, string]>([
  ["shell", `${RUN} --model_dir /m \\\n  --tp 2 \\`, "warning", `${RUN} --model_dir /m \\\n  --tp 2`],
  ["shell", `${RUN} --model_dir /m --tp 2\\`, "warning", `${RUN} --model_dir /m --tp 2`],
  ["markdown", `\`\`\`bash\n${RUN} --model_dir /m \\`, "warning", `\`\`\`bash\n${RUN} --model_dir /m`],
  ["shell", `bash -c '${RUN} --model_dir /m \\'\n`, "error", `bash -c '${RUN} --model_dir /m'\n`],
  ["python", `os.system("${RUN} --model_dir /m \\\\")\n`, "error", `os.system("${RUN} --model_dir /m")\n`],
])("a backslash that nothing follows, in %s: %s", (notation, text, severity, expected) => {
  expect(findingsIn(text, notation)).toEqual([`${severity} shell-dangling-backslash`]);
  expect(mended(text, notation)).toBe(expected);
});

test("a dash of a word processor is the only cause of what the flag before it gets", () => {
  const text = `${RUN} --model_dir /m —tp 2 --port 80\n`;
  expect(findingsIn(text, "shell")).toEqual(["error typographic-character"]);
  expect(mended(text, "shell")).toBe(text.replace("—", "--"));
});
