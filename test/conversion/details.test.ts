/** Details of conversions: places of comments, notes about unknown values, needs of a container. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { FormatId } from "../../server/src/conversion/convert";
import { converted } from "../support/conversions";
import { open, type TestNotation } from "../support/service";

const RUN = "python -m lightllm.server.api_server";

/** A launch in a notation, and the config that it becomes. */
const IMPORTED: readonly [what: string, notation: TestNotation, text: string, config: string][] = [
  [
    "each unknown value of an f-string has a name",
    "python",
    `os.system(f"${RUN} --model_dir {d} --tp {args.tp} --port {1 + x}")\n`,
    "model_dir: ${D}  # stands for d\ntp: ${TP}  # stands for args.tp\nport: ${PORT}  # stands for 1 + x\n",
  ],
  [
    "so it has in a text with format",
    "python",
    `os.system("${RUN} --model_dir {} --tp {n}".format(d, n=n))\n`,
    "model_dir: ${MODEL_DIR}  # stands for {}\ntp: ${TP}  # stands for {n}\n",
  ],
  [
    "with percent signs",
    "python",
    `os.system("${RUN} --model_dir %s --tp %d" % (d, n))\n`,
    "model_dir: ${MODEL_DIR}  # stands for %s\ntp: ${TP}  # stands for %d\n",
  ],
  [
    "with percent signs in a list",
    "python",
    'run(["python", "-m", "lightllm.server.api_server", "--model_dir", "%s/x" % d, "--tp", "%d" % n])\n',
    'model_dir: ${MODEL_DIR}  # stands for "%s/x" % d\ntp: ${TP}  # stands for "%d" % n\n',
  ],
  [
    "put together with plus",
    "python",
    `os.system("${RUN} --model_dir " + d + " --tp " + str(n))\n`,
    "model_dir: ${D}  # stands for d\ntp: ${N}  # stands for n\n",
  ],
  [
    "D18: no unknown value has the name of a variable that a shell sets",
    "python",
    `os.system(f"${RUN} --model_dir {path} --tp {_} --nccl_port {uid} --host {user}")\n`,
    "model_dir: ${MODEL_DIR}  # stands for path\ntp: ${TP}  # stands for _\nnccl_port: ${NCCL_PORT}  # stands for uid\nhost: ${HOST}  # stands for user\n",
  ],
  [
    "D20: the default of a parameter is noted",
    "shell",
    `${RUN} --model_dir "\${1:-/m}" --tp \${2-8}\n`,
    "model_dir: /m  # the default of ${1:-/m}\ntp: 8  # the default of ${2-8}\n",
  ],
  [
    "a comment after a command on one line is about all of it",
    "shell",
    `${RUN} --model_dir /m --tp 8 # for the demo\n`,
    "# for the demo\n\nmodel_dir: /m\ntp: 8\n",
  ],
  [
    "a comment that would become a directive on a line of its own is left out",
    "shell",
    `${RUN} --model_dir /m --tp 8 # lightllm: config\n`,
    "model_dir: /m\ntp: 8\n",
  ],
  [
    "a flag among more arguments takes one value, a key a list",
    "yaml",
    "model_dir: /m\nx-arguments: --grouping_key a b\n",
    "model_dir: /m\ngrouping_key: a\nx-arguments: b\n",
  ],
  [
    "a comment after a value that would become a directive, too",
    "yaml",
    "model_dir: /m # lightllm: off\ntp: 8 # two nodes\n",
    "model_dir: /m\ntp: 8  # two nodes\n",
  ],
  [
    "a comment above a variable goes with the flag that has its value",
    "shell",
    `# The folder.\nMODEL=/m\nset -e\n# Start.\n${RUN} --model_dir $MODEL\n`,
    "# Start.\n\n# The folder.\nmodel_dir: /m\n",
  ],
  [
    "a comment names the programs before the launch",
    "shell",
    `A=1 numactl --cpunodebind=0 \\\n  nohup python3 -u -m lightllm.server.api_server --tp 8 > log 2>&1 & # node 0\n`,
    "# node 0\n# Was started by: numactl --cpunodebind=0 nohup\n\ntp: 8\nenv:\n  A: 1\n",
  ],
  [
    "a host, a container and a list of words too",
    "shell",
    `ssh -p 22 gpu1 "docker run --gpus all x bash -c '${RUN} --tp 8'"\n`,
    "# Was started by: ssh -p 22 gpu1 docker run --gpus all x\n\ntp: 8\n",
  ],
  [
    "a comment names the programs before the launch in a list",
    "dockerfile",
    'FROM x\nCMD ["numactl", "-N", "0", "python", "-m", "lightllm.server.api_server", "--tp", "8"]\n',
    "# Was started by: numactl -N 0\n\ntp: 8\n",
  ],
  [
    "what the script sets is noted if its value is unknown",
    "shell",
    `read TP\nif x; then HOST=a; fi\nbash -c "${RUN} --tp $TP --host $HOST --port $PORT"\n`,
    "tp: ${TP}  # set by the script: give it a value\nhost: ${HOST}  # set by the script: give it a value\nport: ${PORT}  # from the environment\n",
  ],
  [
    "an expression of Python in a string is named by it",
    "python",
    `os.system(f"${RUN} --tp {args.world_size} --host {os.environ['HOST']}")\n`,
    "tp: ${WORLD_SIZE}  # stands for args.world_size\nhost: ${HOST}  # from the environment\n",
  ],
  [
    "a default that is a part of a value is noted as one",
    "shell",
    `${RUN} --model_dir \${MODELS:-/models}/R1\n`,
    "model_dir: /models/R1  # with the default of ${MODELS:-/models}\n",
  ],
  [
    "what only sets or replaces is not",
    "shell",
    `A='x y' exec env B=2 /opt/env/bin/python -m lightllm.server.api_server --tp 8\n`,
    "tp: 8\nenv:\n  A: x y\n  B: 2\n",
  ],
  [
    "what steers tools is left out",
    "shell",
    `#!/bin/bash\n#SBATCH --nodes=2\n# shellcheck disable=SC2086\n${RUN} --tp 8\n`,
    "tp: 8\n",
  ],
  [
    "comments of another command are left out",
    "shell",
    `# Wait.\nsleep 1\n${RUN} --tp 8\n# Tell.\necho done\n`,
    "# Wait.\n\ntp: 8\n",
  ],
  [
    "a default is noted, also in a string for another shell",
    "shell",
    `PORT="\${PORT:-18089}"\ndocker run x bash -lc "${RUN} --port \${PORT}"\nA="}"\n`,
    "# Was started by: docker run x\n\nport: 18089  # the default of ${PORT:-18089}\n",
  ],
  [
    "a substitution that is never closed has a name",
    "shell",
    `${RUN} --tp 8 $(cat extra\n`,
    "tp: 8\nx-arguments: ${EXTRA_ARGUMENTS}  # stands for $(cat extra\n",
  ],
  [
    "a variable of the shell's home",
    "shell",
    `${RUN} --model_dir ~/m\n`,
    "model_dir: ${HOME}/m  # from the environment\n",
  ],
  [
    "a flag that a mapping would drop",
    "shell",
    `${RUN} --tp 4 --port 1 --tp 8\n`,
    "x-arguments: --tp 4\nport: 1\ntp: 8\n",
  ],
  [
    "words that no key can express, at their places",
    "shell",
    `${RUN} -h --tp 8 $A --port 1 "$@"\n`,
    'x-arguments: -h\ntp: 8\nx-arguments-2: ${A}  # from the environment\nport: 1\nx-arguments-3: "\\"$@\\""  # from the words the script is given\n',
  ],
  [
    "a flag that collects",
    "shell",
    `${RUN} --grouping_key a=b --tp 8 --grouping_key c=d\n`,
    "grouping_key: [a=b, c=d]\ntp: 8\n",
  ],
  [
    "the name of a deployment",
    "yaml",
    "x-name: a\nx-deployment: 'two: words'\ntp: 8\n",
    'x-name: a\nx-deployment: "two: words"\ntp: 8\n',
  ],
  ["the name of a function", "shell", `decode() {\n  ${RUN} --tp 8\n}\ndecode\n`, "x-name: decode\ntp: 8\n"],
  [
    "branches that exclude each other",
    "shell",
    `if [ -n "$A" ]; then\n  export LOADWORKER=1\n  ${RUN} --tp 1\nelse\n  ${RUN} --tp 2\nfi\n`,
    "tp: 1\nenv:\n  LOADWORKER: 1\n---\ntp: 2\n",
  ],
  [
    "arguments that one branch or the other adds to",
    "shell",
    `ARGS=(--tp 8)\nif [ -n "$A" ]; then\n  ARGS+=(--dp 2)\nelif [ -n "$B" ]; then\n  ARGS+=(--dp 4)\nelse\n  ARGS+=(--dp 8)\nfi\n${RUN} "\${ARGS[@]}"\n`,
    "tp: 8\nx-arguments: ${EXTRA_ARGUMENTS}  # more words that the script adds\n",
  ],
  [
    "a launch that is a condition, once",
    "shell",
    `if ${RUN} --tp 1; then\n  echo yes\nelif ${RUN} --tp 2; then\n  echo no\nelse\n  echo never\nfi\n`,
    "tp: 1\n---\ntp: 2\n",
  ],
  [
    "a case that runs on into the next",
    "shell",
    `case $1 in\n  a) export LOADWORKER=1 ;&\n  b) ${RUN} --tp 1 ;;\nesac\n`,
    "x-name: b\ntp: 1\nenv:\n  LOADWORKER: 1\n",
  ],
  [
    "a variable of Python's environment, and an expression",
    "python",
    'import os\ncommand = ["python", "-m", "lightllm.server.api_server", "--host", os.getenv("HOST"), "--port", str(base + 1)]\n',
    "host: ${HOST}  # from the environment\nport: ${PORT}  # stands for base + 1\n",
  ],
  [
    "names that two templates would share",
    "kubernetes",
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      command: ["python", "-m", "lightllm.server.api_server", "--port", "{{ .Values.a.port }}", "--nccl_port", "{{ .Values.b.port }}"]\n',
    "x-name: a\nport: ${PORT}  # stands for {{ .Values.a.port }}\nnccl_port: ${PORT_2}  # stands for {{ .Values.b.port }}\n",
  ],
  [
    "two dollars beside a variable of Compose",
    "compose",
    'services:\n  a:\n    environment: {X: "$$${B}$$C"}\n    command: ["python", "-m", "lightllm.server.api_server", "--model_name", "${A}$${B}$$"]\n',
    "x-name: a\nmodel_name: ${A}$${B}$  # from the environment\nenv:\n  X: ${X}  # stands for $${B}$C\n",
  ],
  [
    "two dollars beside a variable of Kubernetes",
    "kubernetes",
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      env: [{name: X, value: "$(B)$$(C)"}]\n      command: ["python", "-m", "lightllm.server.api_server", "--model_name", "$(A)$$(B)$$"]\n',
    "x-name: a\nmodel_name: ${A}$$(B)$  # from the environment\nenv:\n  X: ${B}$$(C)  # from the environment\n",
  ],
  [
    "a dollar before a sign, which Docker takes for a variable",
    "dockerfile",
    `ENV X=$$Y\nCMD ${RUN} --tp 8\n`,
    "tp: 8\nenv:\n  X: ${Y}  # stands for $$Y\n",
  ],
];

describe("import", () => {
  test.each(IMPORTED)("%s", (_what, notation, text, config) => {
    expect(converted(text, notation, "yaml")).toBe(config);
  });
});

const RENDERED: readonly [what: string, config: string, format: FormatId, part: string][] = [
  ["two dollars before a brace are one", "model_dir: /m/$${A}\n", "command", `--model_dir '/m/\${A}'`],
  ["a dollar that begins nothing is one", "model_dir: /m$5\n", "command", `--model_dir '/m$5'`],
  ["what env sets is put into the words", "host: ${A}\nenv: {A: ::1}\n", "kubernetes", "        - ::1\n"],
  [
    "a container's own PATH is known only in it",
    "tp: 8\nenv: {PATH: '/opt/bin:${PATH}'}\n",
    "compose",
    'export PATH="/opt/bin:$${PATH}"',
  ],
  ["what Compose puts in", "host: ${HOST}\n", "compose", "      - ${HOST}\n"],
  ["what Kubernetes puts in", "host: ${HOST}\n", "kubernetes", "        - $(HOST)\n"],
  [
    "the image of the release that judges",
    "tp: 8\nenable_fa3: true\n",
    "compose",
    "image: ghcr.io/modeltc/lightllm:v1.1.0\n",
  ],
  ["a name that Kubernetes takes", "x-name: My Node_1\ntp: 8\n", "kubernetes", "  name: my-node-1\n"],
  [
    "a word with a line break in a Dockerfile",
    'chat_template: "a\\nb"\nhost: ${A}\n',
    "dockerfile",
    'CMD ["bash","-c",',
  ],
  ["a comment that is after a key", "tp: 8 # all\n", "python", '    "--tp", "8",  # all\n'],
  [
    "a variable that is null is not set",
    "tp: 8\nenv: {HOST: null, A: 1}\n",
    "command",
    `A=1 ${RUN} --tp 8\n`,
  ],
  ["every word a script is given", "x-arguments: '\"$@\"'\n", "compose", '  "$$@"\n'],
  ["the words of a variable", "x-arguments: $A\n", "compose", "  ${A}\n"],
  [
    "what silences a finding, still",
    "model_dir: /m\n# Never mind.\n# lightllm: disable-next-line=argparse-unknown-flag\ntpp: 8\n",
    "shell",
    "# --tpp: Never mind.\n# lightllm: disable-file=argparse-unknown-flag\n",
  ],
  ["a launch without words", "{}\n", "command", `${RUN}\n`],
];

/** What a container gets in addition to the command: ports, GPUs, folders. */
const NEEDED: readonly [
  what: string,
  config: string,
  ports: string[],
  gpus: number | undefined,
  folders: string[],
][] = [
  [
    "one node",
    "model_dir: /models/R1\nhost: 0.0.0.0\nport: 8088\ntp: 8\n",
    ["8088:8088"],
    8,
    ["/models/R1:/models/R1:ro"],
  ],
  ["the default address, which nothing outside reaches", "model_dir: /m\n", [], 1, ["/m:/m:ro"]],
  ["an address of a machine", "model_dir: /m\nhost: 10.0.0.5\n", ["8000:8000"], 1, ["/m:/m:ro"]],
  ["the default port", "model_dir: /m\nhost: 0.0.0.0\n", ["8000:8000"], 1, ["/m:/m:ro"]],
  [
    "one of two nodes",
    "# lightllm: release=v1.1.0\nmodel_dir: /m\nhost: 0.0.0.0\ntp: 16\nnnodes: 2\n",
    ["8000:8000"],
    8,
    ["/m:/m:ro"],
  ],
  [
    "the first release",
    "# lightllm: release=v1.0.0\nmodel_dir: /m\nhost: 0.0.0.0\ntp: 2\n",
    ["8000:8000"],
    2,
    ["/m:/m:ro"],
  ],
  [
    "a PD master",
    "run_mode: pd_master\nmodel_dir: /m\nhost: 0.0.0.0\nport: 60011\n",
    ["60011:60011"],
    undefined,
    ["/m:/m:ro"],
  ],
  [
    "a config server",
    "run_mode: config_server\nconfig_server_host: 0.0.0.0\nconfig_server_port: 60088\n",
    ["60088:60088"],
    undefined,
    [],
  ],
  ["what is not known", "model_dir: ${MODEL}\ntp: ${TP}\nport: ${PORT}\n", [], undefined, []],
  ["a model of Hugging Face", "model_dir: Qwen/Qwen3-8B\nhost: 0.0.0.0\ntp: 2\n", ["8000:8000"], 2, []],
];

describe("a container", () => {
  test.each(NEEDED)("of %s is given what it needs", (_what, config, ports, gpus, folders) => {
    const { services } = parse(converted(config, "yaml", "compose"));
    const { lightllm } = services;
    expect(lightllm.ports ?? []).toEqual(ports);
    expect(lightllm.volumes ?? []).toEqual(folders);
    expect(lightllm.deploy?.resources.reservations.devices[0].count).toBe(gpus);
    const pod = parse(converted(config, "yaml", "kubernetes"));
    const [container] = pod.spec.containers;
    expect((container.ports ?? []).map((one: { containerPort: number }) => one.containerPort)).toEqual(
      ports.map((both) => Number(both.split(":")[0])),
    );
    expect(container.resources?.limits["nvidia.com/gpu"]).toBe(gpus);
    const mounted = (container.volumeMounts ?? []).map((one: { name: string }) => one.name);
    expect((pod.spec.volumes ?? []).map((one: { name: string }) => one.name)).toEqual(mounted);
    expect(mounted.length).toBe(folders.length + (gpus === undefined ? 0 : 1));
  });
});

test.each([
  ["model_dir: /m\n", "# Port 8000 is not published: LightLLM listens on 127.0.0.1 only"],
  ["model_dir: /m\nhost: localhost\n", "# Port 8000 is not published: LightLLM listens on localhost only"],
  ["model_dir: /m\nhost: 10.0.0.5\n", "# --host 10.0.0.5 is an address of the machine that ran it"],
])("a manifest of %j says why nothing may reach the server, and has no finding", (config, note) => {
  for (const format of ["compose", "kubernetes", "dockerfile"] as const) {
    const text = converted(config, "yaml", format);
    expect(text).toContain(note);
    const { launches } = open(text, {}, format);
    expect(launches.map(({ findings }) => findings.map(({ code }) => code))).toEqual([[]]);
  }
});

const SERVED = "python -m lightllm.server.api_server --host 0.0.0.0";

test.each<[string, string, string[], string[]]>([
  [
    "files",
    `HF_HOME=/home/me/hf LD_LIBRARY_PATH=/usr/lib ${SERVED} --model_dir /m --quant_cfg /m/q.yaml --chat_template chat.jinja --disk_cache_dir /data\n`,
    ["have them: --disk_cache_dir /data, HF_HOME=/home/me/hf, --chat_template chat.jinja."],
    ["set WorkingDirectory: --chat_template chat.jinja."],
  ],
  [
    "a network device",
    `NCCL_SOCKET_IFNAME=ens5f0 ${SERVED} --model_dir Qwen/Qwen3-8B\n`,
    ["a container has others: NCCL_SOCKET_IFNAME=ens5f0."],
    [],
  ],
  ["nothing of its machine", `TOKENIZERS_PARALLELISM=1 ${SERVED} --model_dir /m\n`, [], []],
])("a conversion of a script says what only its machine has: %s", (_, script, inContainer, inService) => {
  const notes = (text: string) =>
    text.split("\n").flatMap((line) => /^ *# (?=These|This|A service)(.*)/.exec(line)?.[1] ?? []);
  const says = (format: "compose" | "kubernetes" | "dockerfile" | "systemd", expected: string[]) => {
    const text = converted(script, "shell", format);
    expect(notes(text)).toEqual(expected.map((end) => expect.stringMatching(new RegExp(`${end}$`))));
  };
  for (const format of ["compose", "kubernetes", "dockerfile"] as const) says(format, inContainer);
  says("systemd", inService);
});

describe("render", () => {
  test.each(RENDERED)("%s", (_what, config, format, part) => {
    expect(converted(config, "yaml", format)).toContain(part);
  });
});
