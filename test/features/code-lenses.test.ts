/** The code lenses above each launch: their places and commands. */
import { expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open, type TestNotation } from "../support/service";

const { codeLenses } = service;

const RUN = "python -m lightllm.server.api_server";
const MODEL = "--model_dir /models/R1";

/** `line: title`, as an editor shows them. */
function lensesOf(text: string, notation?: TestNotation, runs = true): string[] {
  const lines = new Map<number, string[]>();
  for (const { range, command } of codeLenses(open(text, {}, notation), { runs })) {
    const { line } = range.start;
    lines.set(line, [...(lines.get(line) ?? []), command?.title ?? ""]);
  }
  return [...lines].map(([line, titles]) => `${line}: ${titles.join(" | ")}`);
}

const RUNS = "Run in Terminal | Copy Command | no problems";
const COPIES = "Copy Command | no problems";

test.each<[string, string, TestNotation, string[]]>([
  ["a config", "# a comment\n\nmodel_dir: /m\ntp: 8\n", "yaml", [`2: ${RUNS}`]],
  [
    "a config that begins with its environment",
    "---\nenv:\n  LOADWORKER: 18\nmodel_dir: /m\n",
    "yaml",
    [`1: ${RUNS}`],
  ],
  [
    "a config of several",
    "x-name: a\nmodel_dir: /m\n--- # two\n# b\nmodel_dir: /n\n",
    "yaml",
    [`0: ${RUNS}`, `4: ${RUNS}`],
  ],
  ["a config in one line", "{model_dir: /m, tp: 2}\n", "yaml", [`0: ${RUNS}`]],
  ["an empty config", "# nothing yet\n", "yaml", []],
  [
    "a script",
    `#!/bin/bash\nset -e\nLOADWORKER=18 \\\n  nohup ${RUN} \\\n  ${MODEL} &\n`,
    "shell",
    [`2: ${RUNS}`],
  ],
  [
    "a script of several",
    `${RUN} ${MODEL}\n\n${RUN} ${MODEL} --tp 2\n`,
    "shell",
    [`0: ${RUNS}`, `2: ${RUNS}`],
  ],
  ["an array of words", `ARGS=(\n  ${MODEL}\n)\n${RUN} "\${ARGS[@]}"\n`, "shell", [`3: ${RUNS}`]],
  ["a string for tmux", `tmux new -d "${RUN} ${MODEL}"\n`, "shell", [`0: ${RUNS}`]],
  ["documentation", `# Title\n\n\`\`\`bash\n${RUN} ${MODEL}\n\`\`\`\n`, "markdown", [`3: ${RUNS}`]],
  [
    "reStructuredText",
    `Title\n=====\n\n.. code-block:: bash\n\n   ${RUN} ${MODEL}\n`,
    "restructuredtext",
    [`5: ${RUNS}`],
  ],
  [
    "Python",
    `import subprocess\nsubprocess.run(["python", "-m", "lightllm.server.api_server", "--model_dir", "/m"])\n`,
    "python",
    [`1: ${RUNS}`],
  ],
])("%s", (_, text, notation, expected) => {
  expect(lensesOf(text, notation)).toEqual(expected);
  expect(lensesOf(text, notation, false)).toEqual(
    expected.map((line) => line.replace("Run in Terminal | ", "")),
  );
});

test.each<[string, string, TestNotation, number]>([
  ["a Dockerfile", `FROM x\nCMD ${RUN} ${MODEL}\n`, "dockerfile", 1],
  ["a compose file", `services:\n  a:\n    image: x\n    command: ${RUN} ${MODEL}\n`, "compose", 3],
  ["docker run", `docker run --gpus all x \\\n  ${RUN} ${MODEL}\n`, "shell", 0],
  ["docker exec in a string", `docker exec c bash -c "${RUN} ${MODEL}"\n`, "shell", 0],
  ["srun", `srun -N1 ${RUN} ${MODEL}\n`, "shell", 0],
  ["ssh", `ssh gpu1 "${RUN} ${MODEL}"\n`, "shell", 0],
  ["a here-document piped to ssh", `cat <<'END' | ssh gpu1 bash\n${RUN} ${MODEL}\nEND\n`, "shell", 1],
  ["a command in a variable", `CMD="${RUN} ${MODEL}"\nssh gpu1 "$CMD"\n`, "shell", 0],
  [
    "a list of Python for ssh",
    `run(["ssh", "gpu1", "python", "-m", "lightllm.server.api_server", "--model_dir", "/m"])\n`,
    "python",
    0,
  ],
  ["a string of Python for another machine", `client.exec_command("${RUN} ${MODEL}")\n`, "python", 0],
  ["a here-document for ssh", `ssh gpu1 <<'END'\n${RUN} ${MODEL}\nEND\n`, "shell", 1],
])("what runs elsewhere is not run here: %s", (_, text, notation, line) => {
  expect(lensesOf(text, notation)).toEqual([`${line}: ${COPIES}`]);
});

test.each<[string, string]>([
  ["after a here-document that has ended", `ssh gpu1 <<END\nls\nEND\n${RUN} ${MODEL}\n`],
  ["after a string that is read", `ssh gpu1 <<< "ls"\n${RUN} ${MODEL}\n`],
  ["after a command of its own on its line", `docker pull x && ${RUN} ${MODEL}\n`],
  ["after a command of its own", `docker pull x\n${RUN} ${MODEL}\n`],
  ["with a word in a name", `/opt/docker-env/bin/${RUN} ${MODEL}\n`],
])("what runs here is run here: %s", (_, text) => {
  expect(lensesOf(text, "shell")).toEqual([expect.stringContaining("Run in Terminal")]);
});

test.each<[string, string]>([
  ["modle_dir: /m\nprot: 1\n", "2 errors"],
  ["model_dir: /m\nprot: 1\n", "1 error"],
  ["model_dir: /m\ntp: 1\ntp: 2\n", "1 warning"],
  ["# lightllm: disable-file=argparse-unknown-flag\nmodel_dir: /m\nprot: 1\n", "no problems"],
  ["# lightllm: off\nmodel_dir: /m\nprot: 1\n", "not checked"],
])("problems are counted: %j", (text, title) => {
  expect(codeLenses(open(text), { runs: true }).at(-1)?.command?.title).toBe(title);
});

test("each launch has its own problems, errors and warnings apart", () => {
  const text = `model_dir: /m\nprot: 1\n---\nmodel_dir: /m\n---\nmodel_dir: /m\nmodel_di: /n\nprot: 1\n`;
  const titles = lensesOf(text).map((line) => line.split(" | ").at(-1));
  expect(titles).toEqual(["1 error", "no problems", "1 error, 2 warnings"]);
});

test("a lens leads to its launch, and one that leads nowhere is text", () => {
  const lenses = codeLenses(open("model_dir: /m\n---\nmodel_dir: /m\nprot: 1\n"), { runs: true });
  expect(lenses.map(({ command }) => [command?.command, command?.arguments?.[0]?.position.line])).toEqual([
    ["lightllm.runInTerminal", 0],
    ["lightllm.copyCommand", 0],
    ["", undefined],
    ["lightllm.runInTerminal", 2],
    ["lightllm.copyCommand", 2],
    ["lightllm.showProblems", 2],
  ]);
});
