/** Words that a branch or loop may add to a launch: each flag and value is judged, their combination is not. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { afterFix, atCursor, findingsOf, open, type TestNotation } from "../support/service";
import { wordsOf } from "./fixtures/containers";

const { hover } = service;

const RUN = "python -m lightllm.server.api_server --model_dir /m";
const HEAD = '"python", "-m", "lightllm.server.api_server", "--model_dir", "/m"';

const CASES: readonly [name: string, TestNotation, text: string, findings: readonly string[]][] = [
  [
    "a condition adds to an array",
    "shell",
    `E=(--tp 2)\n[ "$D" ] && E+=(--detail_logg)\n${RUN} "\${E[@]}"\n`,
    ["argparse-unknown-flag: --detail_logg"],
  ],
  [
    "each branch adds its own",
    "shell",
    `E=()\nif [ "$A" ]; then E+=(--tp x); else E+=("--prott" 1); fi\n${RUN} "\${E[@]}"\n`,
    ["argparse-type-int-float: x", 'argparse-unknown-flag: "--prott"'],
  ],
  [
    "a loop adds to an array",
    "shell",
    `E=()\nfor i in 1 2; do E+=(--prott "$i"); done\n${RUN} "\${E[@]}"\n`,
    ["argparse-unknown-flag: --prott"],
  ],
  [
    "a condition adds to a command",
    "shell",
    `C="${RUN}"\nif [ "$A" ]; then C="$C --tpp 3"; fi\n[ "$B" ] && C+=" --prott 1"\n$C\n`,
    ["argparse-unknown-flag: --tpp", "argparse-unknown-flag: --prott"],
  ],
  [
    "branches set a variable",
    "shell",
    `E=""\nif [ "$A" ]; then E="--tpp 3"; elif [ "$B" ]; then E="--data_type fp17"; fi\n${RUN} $E\n`,
    ["argparse-unknown-flag: --tpp", "argparse-choice: fp17"],
  ],
  [
    "a condition adds to a command that is evaluated",
    "shell",
    `C="${RUN}"\n[ "$A" ] && C="$C --tpp 3"; eval "$C"\n`,
    ["argparse-unknown-flag: --tpp"],
  ],
  [
    "branches add to the command of a new shell",
    "shell",
    `C="${RUN}"\nif [ "$A" ]; then C+=" --tpp 3"; else C+=" --tp x"; fi\nbash -c "$C"\n`,
    ["argparse-unknown-flag: --tpp", "argparse-type-int-float: x"],
  ],
  [
    "what is added has signs that the new shell reads",
    "shell",
    `C="${RUN}"\n[ "$A" ] && C+=" --tpp '3'"\n[ "$B" ] && C+=" --tpp 3 > log"\neval "$C"\n`,
    [],
  ],
  [
    "a string in a branch",
    "python",
    `cmd = "${RUN}"\nif x:\n    cmd += " --tpp '2'"\nif y:\n    cmd = f"{cmd} --prott {z}"\nos.system(cmd)\n`,
    ["argparse-unknown-flag: --tpp", "argparse-unknown-flag: --prott"],
  ],
  [
    "a string in a condition",
    "python",
    `os.system(f"${RUN} {'--tpp 2' if x else ''}")\n`,
    ["argparse-unknown-flag: --tpp"],
  ],
  [
    "a redirection in a branch",
    "python",
    `cmd = "${RUN}"\nif x:\n    cmd += " --tpp 2 > log"\nos.system(cmd)\n`,
    [],
  ],
  [
    "a case sets an array",
    "shell",
    `case $1 in\n  a) E=(--tpp 2) ;;\n  *) E=(--prott 1) ;;\nesac\n${RUN} "\${E[@]}"\n`,
    ["argparse-unknown-flag: --tpp", "argparse-unknown-flag: --prott"],
  ],
  [
    "a script in a Dockerfile",
    "dockerfile",
    `FROM x\nCMD E=; [ "$D" ] && E="--tpp 2"; ${RUN} $E\n`,
    ["argparse-unknown-flag: --tpp"],
  ],
  [
    "a script in a pod",
    "kubernetes",
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    command: [bash, -c]\n    args:\n    - |\n      E=()\n      [ "$D" ] && E+=(--tpp 2)\n      ${RUN} "\${E[@]}"\n`,
    ["argparse-unknown-flag: --tpp"],
  ],
  [
    "appended in a branch",
    "python",
    `cmd = [${HEAD}]\nif x:\n    cmd.append("--tpp")\nrun(cmd)\n`,
    ['argparse-unknown-flag: "--tpp"'],
  ],
  [
    "added and extended",
    "python",
    `cmd = [${HEAD}]\nif x:\n    cmd += ["--tp", "x"]\nfor y in z:\n    cmd.extend(["--prott", y])\nrun(cmd)\n`,
    ['argparse-type-int-float: "x"', 'argparse-unknown-flag: "--prott"'],
  ],
  [
    "chosen by an expression",
    "python",
    `cmd = [${HEAD}, "--tpp" if x else "--dpp", *(["--prott"] if y else [])]\nrun(cmd)\n`,
    ['argparse-unknown-flag: "--tpp"', 'argparse-unknown-flag: "--dpp"', 'argparse-unknown-flag: "--prott"'],
  ],
  [
    "a list that a branch sets",
    "python",
    `more = []\nif x:\n    more = ["--tpp", "2"]\nrun([${HEAD}] + more)\n`,
    ['argparse-unknown-flag: "--tpp"'],
  ],
  [
    "the same flag in both branches",
    "shell",
    `E=()\nif a; then E+=(--tp 2); else E+=(--tp 4); fi\n${RUN} "\${E[@]}"\n`,
    [],
  ],
  ["a flag without its value", "shell", `E=()\nif a; then E+=(--tp); fi\nE+=(4)\n${RUN} "\${E[@]}"\n`, []],
  [
    "values that only together are refused",
    "shell",
    `E=()\n[ $A ] && E+=(--tp 6)\n[ $B ] && E+=(--dp 4)\n${RUN} "\${E[@]}"\n`,
    [],
  ],
  ["a value without a flag", "python", `cmd = [${HEAD}, "--tp"]\nif x:\n    cmd.append("x")\nrun(cmd)\n`, []],
];

describe("judges what may be added", () => {
  test.each(CASES)("%s (%s)", (_, notation, text, findings) => {
    expect(findingsOf(text, {}, notation)).toEqual(findings);
  });
});

test.each([
  ["shell", `E=()\n[ "$D" ] && E+=(--detail_logg)\n${RUN} "\${E[@]}"\n`, "--detail_logg", "--detail_log"],
  ["shell", `C="${RUN}"\n[ "$D" ] && C="$C --prott 1"\n$C\n`, "--prott", "--port"],
  ["shell", `C="${RUN}"\n[ "$D" ] && C="$C --prott 1"\neval "$C"\n`, "--prott", "--port"],
  ["python", `c = "${RUN}"\nif x:\n    c += " --prott 1"\nos.system(c)\n`, "--prott", "--port"],
  ["python", `cmd = [${HEAD}]\nif x:\n    cmd.append("--detail_logg")\n`, "--detail_logg", "--detail_log"],
] as const)("corrects a name where it is added (%s)", (notation, text, wrong, right) => {
  expect(afterFix(text, "argparse-unknown-flag", undefined, notation)).toBe(text.replace(wrong, right));
});

test("an unknown combination leaves other values open", () => {
  const [launch] = open(`E=()\n[ $A ] && E+=(--tp 2)\n${RUN} "\${E[@]}" --dp 2\n`, {}, "shell").launches;
  expect(launch && wordsOf(launch.launch)).toEqual(["--model_dir", "/m", "?*", "--dp", "2"]);
  expect(launch?.values.effective("tp")?.value).not.toBe(2n);
});

test("explains a flag that may be added", () => {
  const { text, offset } = atCursor(`E=()\n[ $A ] && E+=(--t|p 2)\n${RUN} "\${E[@]}"\n`);
  const document = open(text, {}, "shell");
  expect(JSON.stringify(hover(document, offset))).toContain("**tp**");
});

describe("words added to a string that a new shell reads", () => {
  const START = `python -m lightllm.server.api_server --model_dir /m`;
  const ALL = ["--model_dir", "/m", "--tp", "2"];
  const MAYBE = ["--model_dir", "/m", null];
  const argvIn = (text: string, notation: TestNotation) =>
    open(text, { setting: "v1.2.0" }, notation).launches.map(({ launch }) => service.argvOf(launch));

  test.each(["eval", "bash -c", "sh -c", "exec bash -lc", "nohup bash -c", "ssh node1", "srun -N1 bash -c"])(
    "a script: %s",
    (shell) => {
      const run = `${shell} "$CMD"\n`;
      expect(argvIn(`CMD="${START}"\nCMD+=" --tp 2"\n${run}`, "shell")).toEqual([ALL]);
      expect(argvIn(`CMD="${START}"\nCMD="$CMD --tp 2"\n${run}`, "shell")).toEqual([ALL]);
      expect(argvIn(`CMD="${START}"\nif x; then CMD+=" --tp 2"; fi\n${run}`, "shell")).toEqual([MAYBE]);
    },
  );

  test.each([
    ["+=", "cmd += ' --tp 2'", ALL],
    ["a sum", "cmd = cmd + ' --tp 2'", ALL],
    ["a longer sum", "cmd = cmd + ' --tp' + ' 2'", ALL],
    ["an f-string", "cmd = f'{cmd} --tp 2'", ALL],
    ["a branch", "if x:\n    cmd += ' --tp 2'", MAYBE],
    ["an f-string in a branch", "if x:\n    cmd = f'{cmd} --tp 2'", MAYBE],
    ["a loop", "for x in y:\n    cmd += ' --tp 2'", MAYBE],
  ])("a Python program: %s", (_, adding, expected) => {
    for (const run of [
      "os.system(cmd)",
      "subprocess.run(cmd, shell=True)",
      "subprocess.run(['bash', '-c', cmd])",
    ])
      expect(argvIn(`cmd = '${START}'\n${adding}\n${run}\n`, "python")).toEqual([expected]);
  });

  test("what a health check of a Dockerfile runs is no launch", () => {
    const text = `FROM x\nHEALTHCHECK --interval=5m \\\n  CMD ["curl", "-f", "http://localhost/"]\nCMD ${START} --tp 2\n`;
    expect(argvIn(text, "dockerfile")).toEqual([ALL]);
    expect(
      argvIn(text.replace('["curl", "-f", "http://localhost/"]', `${START} --prot 1`), "dockerfile"),
    ).toEqual([ALL]);
  });
});
