/** Two launches in one command: one cause, one finding, in every notation. */
import { expect, test } from "vitest";
import { service } from "../../server/src/service";
import { findingsOf, open, type TestNotation } from "../support/service";

const RUN = "python -m lightllm.server.api_server";
const FIRST = `${RUN} --model_dir /m --port 8000`;
const SECOND = `${RUN} --model_dir /n --tp 2`;
const START = "python -m lightllm.server.api_server";

const compose = (command: string) => `services:\n  a:\n    image: x\n    command: ${command}\n`;
const pod = (command: string) =>
  `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: x\n    command: ${command}\n`;
const list = (command: string) => `[${command.split(" ").map((word) => `"${word}"`)}]`;
const items = (command: string) =>
  pod(
    command
      .split(" ")
      .map((word) => `\n    - "${word}"`)
      .join(""),
  );
const quotedStart = list(START).slice(1, -1);

/** The texts with one launch and with two, what the finding marks, and what begins the second launch. */
type Row = [TestNotation, (command: string) => string, marked?: string, before?: string];

const IN_A_SHELL: readonly Row[] = [
  ["shell", (command) => `${command}\n`],
  ["shell", (command) => `${command} > log 2>&1 &\n`, `nohup ${START}`, "nohup "],
  ["shell", (command) => `${command}\n`, `CUDA_VISIBLE_DEVICES=1 ${START}`, "CUDA_VISIBLE_DEVICES=1 "],
  ["shell", (command) => `${command}\n`, `docker run --gpus all x ${START}`, "docker run --gpus all x "],
  ["shell", (command) => `ssh host "${command}"\n`],
  ["shell", (command) => `bash -c '${command}'\n`],
  ["markdown", (command) => `\`\`\`bash\n${command}\n\`\`\`\n`],
  ["restructuredtext", (command) => `::\n\n  ${command}\n`],
  ["dockerfile", (command) => `FROM x\nCMD ${command}\n`],
  ["kubernetes", (command) => pod(`[bash, -c, "${command}"]`)],
  ["python", (command) => `os.system("${command}")\n`],
  ["systemd", (command) => `[Service]\nExecStart=/bin/bash -c '${command}'\n`],
];

const WITHOUT_SHELL: readonly Row[] = [
  ["yaml", (command) => `model_dir: /m\nx-arguments: ${command.replace(`${RUN} --model_dir /m `, "")}\n`],
  ["dockerfile", (command) => `FROM x\nCMD ${list(command)}\n`, quotedStart],
  ["compose", (command) => compose(command)],
  ["compose", (command) => compose(list(command)), quotedStart],
  ["kubernetes", (command) => pod(list(command)), quotedStart],
  ["kubernetes", items, quotedStart.replaceAll(",", "\n    - ")],
  ["systemd", (command) => `[Service]\nExecStart=/usr/bin/${command}\n`],
  ["python", (command) => `subprocess.run(${list(command)})\n`, quotedStart],
];

function titled(text: string, notation: TestNotation): Record<string, string> {
  const launchDocument = open(text, {}, notation);
  const [finding] = service.reportedFindings(launchDocument);
  const fixes = finding ? service.fixesOf(launchDocument, finding) : [];
  expect(fixes.every(({ kind }) => kind === "choice")).toBe(true);
  return Object.fromEntries(fixes.map(({ title, edits }) => [title, service.applyEdits(text, edits)]));
}

const RUN_BOTH = "Put `&` between them: both run at the same time";
const RUN_AFTER = "Put `;` between them: the second starts when the first has ended";
const REMOVE = "Remove the second launch, which then starts nowhere";

test.each(IN_A_SHELL)(
  "is ended by a choice in a shell: %s %o %s",
  (notation, write, marked = START, before = "") => {
    const text = write(`${FIRST} ${before}${SECOND}`);
    expect(findingsOf(text, {}, notation)).toEqual([`second-launch: ${marked}`]);
    const fixed = titled(text, notation);
    expect(fixed).toEqual({
      [RUN_BOTH]: write(`${FIRST} & ${before}${SECOND}`),
      [RUN_AFTER]: write(`${FIRST} ; ${before}${SECOND}`),
    });
    expect(open(fixed[RUN_BOTH] ?? "", {}, notation).launches).toHaveLength(2);
    expect(findingsOf(fixed[RUN_BOTH] ?? "", {}, notation)).toEqual([]);
  },
);

test.each(WITHOUT_SHELL)(
  "is removed by a choice without a shell: %s %o",
  (notation, write, marked = START) => {
    const text = write(`${FIRST} ${SECOND}`);
    expect(findingsOf(text, {}, notation)).toEqual([`second-launch: ${marked}`]);
    expect(titled(text, notation)).toEqual({ [REMOVE]: write(FIRST) });
  },
);

test.each([
  ["what the second lacks is said of it afterwards", `${FIRST} ${RUN} --tp 2`, [RUN_BOTH, RUN_AFTER]],
  ["a third one", `${FIRST} ${SECOND} ${SECOND}`, [RUN_BOTH, RUN_AFTER]],
  [
    "an interpreter that is not known",
    `$PY -m lightllm.server.api_server --model_dir /m $PY -m lightllm.server.api_server`,
    [],
  ],
  ["a variable with both", `CMD="${FIRST}"\n$CMD --tp 2 $CMD --dp 1`, []],
  ["words of an array", `A=(--model_dir /m)\n${RUN} "\${A[@]}" --tp 2 ${RUN} "\${A[@]}"`, []],
  [
    "the words of one launch are judged",
    `${RUN} --model_dir /m --tp 2 ${RUN} --model_dir /n --tp x`,
    [RUN_BOTH, RUN_AFTER],
  ],
])("one finding: %s", (_, text, titles) => {
  expect(findingsOf(text, {}, "shell").map((one) => one.split(":")[0])).toEqual(["second-launch"]);
  expect(Object.keys(titled(text, "shell"))).toEqual(titles);
});

test.each<[TestNotation, string, string]>([
  [
    "compose",
    compose(`[${list(FIRST).slice(1, -1)},"&&",${list(SECOND).slice(1, -1)}]`),
    'needs-shell: "&&"',
  ],
  ["systemd", `[Service]\nExecStart=/usr/bin/${FIRST} && ${SECOND}\n`, "systemd-shell-syntax: &&"],
  ["shell", `${FIRST} \\\n${SECOND}\n`, "shell-dangling-backslash: \\"],
])("another cause before it is the one that is said: %s %s", (notation, text, finding) => {
  expect(findingsOf(text, {}, notation)).toEqual([finding]);
});

test.each([
  `${FIRST}\n${SECOND}\n`,
  `${FIRST} &\n${SECOND}\n`,
  `${RUN} --model_dir python -m 3 --port 8000\n`,
])("none in %j", (text) => {
  expect(findingsOf(text, {}, "shell").filter((one) => one.startsWith("second-launch"))).toEqual([]);
});
