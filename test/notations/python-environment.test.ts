/** The environment that a Python file gives to the launches that it starts. */
import { describe, expect, test } from "vitest";
import { documentsOf, saidBetween } from "../support/deployments";

const CMD = `["python", "-m", "lightllm.server.api_server", "--model_dir", "/m"]`;

/** The variables of each launch of a text; `?` for a value that is not known. */
function variablesIn(text: string) {
  const [document] = documentsOf({ "serve.py": `import os, subprocess\n${text}\n` });
  return document?.launches.map(({ launch }) =>
    launch.environment.map(({ name, value }) => `${name}=${value.text ?? "?"}`).join(" "),
  );
}

interface Row {
  readonly name: string;
  readonly text: string;
  readonly variables: readonly string[];
}

const ROWS: readonly Row[] = [
  { name: "os.environ", text: `os.environ["A"] = "1"\nsubprocess.run(${CMD})`, variables: ["A=1"] },
  { name: "afterwards", text: `subprocess.run(${CMD})\nos.environ["A"] = "1"`, variables: [""] },
  {
    name: "the last value",
    text: `os.environ["A"] = "1"\nos.environ["A"] = "2"\nsubprocess.run(${CMD})`,
    variables: ["A=2"],
  },
  {
    name: "in a branch",
    text: `if x:\n    os.environ["A"] = "1"\nsubprocess.run(${CMD})`,
    variables: ["A=?"],
  },
  { name: "a default", text: `os.environ.setdefault("A", "1")\nsubprocess.run(${CMD})`, variables: ["A=?"] },
  {
    name: "update",
    text: `os.environ.update({"A": "1"}, B="2")\nsubprocess.run(${CMD})`,
    variables: ["A=1 B=2"],
  },
  {
    name: "deleted",
    text: `os.environ["A"] = "1"\ndel os.environ["A"]\nsubprocess.run(${CMD})`,
    variables: ["A=?"],
  },
  {
    name: "environ",
    text: `from os import environ\nenviron["A"] = "1"\nsubprocess.run(${CMD})`,
    variables: ["A=1"],
  },
  {
    name: "a string for a shell",
    text: `os.environ["A"] = "1"\nos.system("B=2 python -m lightllm.server.api_server --model_dir /m")`,
    variables: ["A=1 B=2"],
  },
  {
    name: "before a function",
    text: `os.environ["A"] = "1"\ndef main():\n    subprocess.run(${CMD})\nmain()`,
    variables: ["A=1"],
  },
  {
    name: "after a function",
    text: `def main():\n    subprocess.run(${CMD})\nos.environ["A"] = "1"\nmain()`,
    variables: ["A=?"],
  },
  {
    name: "in another function",
    text: `def set():\n    os.environ["A"] = "1"\ndef main():\n    subprocess.run(${CMD})`,
    variables: ["A=?"],
  },
  {
    name: "env with the program's own",
    text: `os.environ["A"] = "1"\nsubprocess.run(${CMD}, env={**os.environ, "B": "2"})`,
    variables: ["A=1 B=2"],
  },
  {
    name: "env alone",
    text: `os.environ["A"] = "1"\nsubprocess.run(${CMD}, env={"B": "2"})`,
    variables: ["B=2"],
  },
  {
    name: "env of None",
    text: `os.environ["A"] = "1"\nsubprocess.run(${CMD}, env=None)`,
    variables: ["A=1"],
  },
  { name: "dict", text: `subprocess.run(${CMD}, env=dict(os.environ, B="2"))`, variables: ["B=2"] },
  { name: "a union", text: `subprocess.run(${CMD}, env=os.environ | {"B": "2"})`, variables: ["B=2"] },
  {
    name: "a copy",
    text: `env = os.environ.copy()\nenv["A"] = "1"\nenv.update(B="2")\nsubprocess.Popen(${CMD}, env=env)`,
    variables: ["A=1 B=2"],
  },
  {
    name: "a copy in a function",
    text: `def f():\n    env = os.environ.copy()\n    env["A"] = "0,1"\n    return subprocess.Popen(${CMD}, env=env)`,
    variables: ["A=0,1"],
  },
  {
    name: "one name for two launches",
    text: `env = dict(os.environ)\nenv["A"] = "1"\nsubprocess.Popen(${CMD}, env=env)\nenv["A"] = "2"\nsubprocess.Popen(${CMD}, env=env)`,
    variables: ["A=1", "A=2"],
  },
  {
    name: "a value of a loop",
    text: `for i in range(2):\n    env = dict(os.environ, A=str(i))\n    subprocess.Popen(${CMD}, env=env)`,
    variables: ["A=?"],
  },
  {
    name: "a value with a name",
    text: `GPUS = "0,1"\nsubprocess.run(${CMD}, env={"A": GPUS})`,
    variables: ["A=0,1"],
  },
  {
    name: "words with a name",
    text: `cmd = ${CMD}\nsubprocess.run(cmd, env={"A": "1"})`,
    variables: ["A=1"],
  },
  {
    name: "words that are started twice",
    text: `cmd = ${CMD}\nsubprocess.run(cmd, env={"A": "1"})\nsubprocess.run(cmd, env={"A": "2"})`,
    variables: [""],
  },
  { name: "a parameter", text: `def f(env):\n    subprocess.run(${CMD}, env=env)`, variables: [""] },
  {
    name: "in a container",
    text: `os.environ["A"] = "1"\nsubprocess.run(["docker", "run", "-e", "B=2", "lightllm", *${CMD}])`,
    variables: ["B=2"],
  },
];

describe.each(ROWS.map((row): [string, Row] => [row.name, row]))("%s", (_, { text, variables }) => {
  test("is the environment of the launch", () => {
    expect(variablesIn(text)).toEqual(variables);
  });
});

const start = (how: string, port: number, env: string) =>
  `subprocess.${how}(${CMD.replace("]", `, "--port", "${port}", "--nccl_port", "${port + 100}"]`)}, env=${env})`;
const gpus = (list: string) => `{**os.environ, "CUDA_VISIBLE_DEVICES": "${list}"}`;

test.each([
  ["at once", `${start("Popen", 8000, gpus("0"))}\n${start("Popen", 8000, gpus("1"))}`, 2],
  ["one after the other", `${start("run", 8000, gpus("0"))}\n${start("run", 8000, gpus("1"))}`, 0],
  [
    "after the first has ended",
    `p = ${start("Popen", 8000, gpus("0"))}\np.wait()\n${start("Popen", 8000, gpus("1"))}`,
    0,
  ],
  [
    "one or the other",
    `if x:\n    ${start("Popen", 8000, gpus("0"))}\nelse:\n    ${start("Popen", 8000, gpus("1"))}`,
    0,
  ],
  ["on one GPU", `${start("Popen", 8000, gpus("0"))}\n${start("Popen", 8001, gpus("0"))}`, 1],
  ["on GPUs that are not known", `${start("Popen", 8000, "make(0)")}\n${start("Popen", 8001, "make(1)")}`, 0],
])("two launches %s", (_, text, count) => {
  expect(saidBetween({ "serve.py": `import os, subprocess\n${text}\n` })).toHaveLength(count);
});
