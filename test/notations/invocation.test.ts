/** How a launch is started, and where its words come from, in each notation. */
import { describe, expect, test } from "vitest";
import type { RunPlace } from "../../server/src/launch/invocation";
import type { Span, Word } from "../../server/src/launch/launch";
import { type Origin, originsOf } from "../../server/src/launch/origin";
import type { NotationId } from "../../server/src/notations";
import { NOTATIONS } from "../../server/src/notations";

const RUN = "python3 -m lightllm.server.api_server";

function onlyLaunch(notation: NotationId, text: string) {
  const { launches } = NOTATIONS[notation].find(text);
  const [launch] = launches;
  if (!launch || launches.length > 1) throw new Error(`${launches.length} launches in:\n${text}`);
  return launch;
}

function inWords(word: Word | undefined): string {
  return word?.text ?? word?.source ?? "";
}

function placeInWords(place: RunPlace): string {
  const named =
    place.kind === "remote"
      ? [place.host]
      : "image" in place || "name" in place
        ? [place.image, place.name]
        : [];
  return [place.kind, ...named.map(inWords).filter((word) => word !== "")].join(" ");
}

/** `interpreter | wrapper > wrapper | place`. */
function invocationIn(notation: NotationId, text: string): string {
  const { invocation } = onlyLaunch(notation, text);
  if (!invocation) return "none";
  const { interpreter, wrappers, place } = invocation;
  const programs = wrappers.map(({ words }) => words.map(inWords).join(" ")).join(" > ");
  return `${inWords(interpreter)} | ${programs} | ${placeInWords(place)}`;
}

type Row = readonly [text: string, expected: string];

describe("how a shell command is started", () => {
  test.each<Row>([
    [RUN, "python3 |  | here"],
    [`/opt/env/bin/python3.10 -u -X dev -m lightllm.server.api_server`, "/opt/env/bin/python3.10 |  | here"],
    [`python ./lightllm/server/api_server.py --tp 8`, "python |  | here"],
    [`PY=/opt/python3\n$PY -m lightllm.server.api_server`, "/opt/python3 |  | here"],
    [`"$PYTHON" -m lightllm.server.api_server`, '"$PYTHON" |  | here'],
    [`$PYTHON -m lightllm.server.api_server`, "$PYTHON |  | here"],
    [
      `A=1 nohup numactl --cpunodebind=0 -m 0 ${RUN} &`,
      "python3 | nohup > numactl --cpunodebind=0 -m 0 | here",
    ],
    [
      `nice -n 5 timeout -s KILL 1h taskset -c 0-7 ${RUN}`,
      "python3 | nice -n 5 > timeout -s KILL 1h > taskset -c 0-7 | here",
    ],
    [`env -u X A=1 sudo -E -u me ${RUN}`, "python3 | env -u X A=1 > sudo -E -u me | here"],
    [`conda run -n llm --no-capture-output ${RUN}`, "python3 | conda run -n llm --no-capture-output | here"],
    [`torchrun --nproc_per_node 8 -m lightllm.server.api_server`, " | torchrun --nproc_per_node 8 | here"],
    [`coverage run -m lightllm.server.api_server`, " | coverage run | here"],
    [`./with-env.sh docker exec c ${RUN}`, "python3 | ./with-env.sh > docker exec c | container c"],
  ])("%s", (text, expected) => {
    expect(invocationIn("shell", text)).toBe(expected);
  });
});

describe("where a shell command runs", () => {
  test.each<Row>([
    [
      `docker run -it --rm --gpus all -p 80:80 -v /m:/m --name ssh x/y:v1 ${RUN}`,
      "python3 | docker run -it --rm --gpus all -p 80:80 -v /m:/m --name ssh x/y:v1 | container x/y:v1",
    ],
    [`docker run --gpus all $IMAGE ${RUN}`, "python3 | docker run --gpus all $IMAGE | container $IMAGE"],
    [`docker run $OPTIONS img ${RUN}`, "python3 | docker run $OPTIONS img | container img"],
    [`docker run --unheard-of img ${RUN}`, "python3 | docker run --unheard-of img | container img"],
    [
      `docker -H tcp://h container run -dit img ${RUN}`,
      "python3 | docker -H tcp://h container run -dit img | container img",
    ],
    [`docker exec -it -e A=1 box ${RUN}`, "python3 | docker exec -it -e A=1 box | container box"],
    [
      `docker compose -f c.yml exec -T app ${RUN}`,
      "python3 | docker compose -f c.yml exec -T app | container app",
    ],
    [
      `singularity exec --nv -B /m img.sif ${RUN}`,
      "python3 | singularity exec --nv -B /m img.sif | container img.sif",
    ],
    [
      `kubectl -n ns exec -it pod-0 -c main -- ${RUN}`,
      "python3 | kubectl -n ns exec -it pod-0 -c main -- | pod pod-0",
    ],
    [
      `kubectl run x --image=lightllm:v1 -- ${RUN}`,
      "python3 | kubectl run x --image=lightllm:v1 -- | pod lightllm:v1 x",
    ],
    [`ssh -p 22 -o A=b me@gpu1 ${RUN}`, "python3 | ssh -p 22 -o A=b me@gpu1 | remote me@gpu1"],
    [`srun -N1 -w node7 --gres=gpu:8 ${RUN}`, "python3 | srun -N1 -w node7 --gres=gpu:8 | remote node7"],
    [`srun --nodelist=node7 ${RUN}`, "python3 | srun --nodelist=node7 | remote node7"],
    [`srun --container-image=img ${RUN}`, "python3 | srun --container-image=img | container img"],
    [
      `ssh gpu1 "docker run img bash -c '${RUN}'"`,
      "python3 | ssh gpu1 > docker run img > bash -c | container img",
    ],
    [`bash -lc "cd /x && ${RUN}"`, "python3 | bash -lc | here"],
    [`tmux new -d -s a "${RUN}"`, "python3 | tmux new -d -s a | here"],
    [`ssh gpu1 <<EOF\nnohup ${RUN} &\nEOF`, "python3 | ssh gpu1 > nohup | remote gpu1"],
    [`ssh gpu1 <<< "exec ${RUN}"`, "python3 | ssh gpu1 > exec | remote gpu1"],
    [`cat <<'EOF' | ssh gpu1 bash\n${RUN}\nEOF`, "python3 | ssh gpu1 > bash | remote gpu1"],
    [`cat <<'EOF' | while read x; do eval $x; done\n${RUN}\nEOF`, "python3 |  | here"],
    [`cat > run.sh <<'EOF'\n${RUN}\nEOF`, "python3 |  | here"],
    [`CMD="${RUN} --tp 8"\nssh gpu1 "$CMD"`, "python3 | ssh gpu1 | remote gpu1"],
    [`docker pull img && ${RUN}`, "python3 |  | here"],
    [`for h in a b; do ssh $h "${RUN}"; done`, "python3 | ssh $h | remote $h"],
  ])("%s", (text, expected) => {
    expect(invocationIn("shell", text)).toBe(expected);
  });
});

const EXEC = '"python3", "-m", "lightllm.server.api_server"';

describe("how a launch in another notation is started", () => {
  test.each<readonly [NotationId, string, string]>([
    ["yaml", "tp: 8\n", "none"],
    [
      "systemd",
      `[Service]\nExecStart=-@/usr/bin/numactl numactl -N 0 ${RUN}\n`,
      "python3 | /usr/bin/numactl -N 0 | here",
    ],
    ["systemd", `[Service]\nExecStart=/bin/bash -c "exec ${RUN}"\n`, "python3 | /bin/bash -c > exec | here"],
    ["dockerfile", `FROM a AS b\nFROM b\nCMD [${EXEC}]\n`, "python3 |  | container a"],
    ["dockerfile", `ARG T=v1\nFROM x:$T\nENTRYPOINT nohup ${RUN}\n`, "python3 | nohup | container x:v1"],
    ["dockerfile", `FROM x\nCMD ["numactl", "-N", "0", ${EXEC}]\n`, "python3 | numactl -N 0 | container x"],
    ["dockerfile", `FROM x\nCMD ["bash", "-c", "exec ${RUN}"]\n`, "python3 | bash -c > exec | container x"],
    [
      "compose",
      `services:\n  a:\n    image: x:\${TAG:-v1}\n    command: [${EXEC}]\n`,
      "python3 |  | container x:v1",
    ],
    [
      "compose",
      `services:\n  a:\n    image: x\n    command: sh -c '${RUN}'\n`,
      "python3 | sh -c | container x",
    ],
    [
      "compose",
      `services:\n  a:\n    image: x\n    entrypoint: [${EXEC}]\n  b:\n    image: x\n    command: --tp 8\n`,
      "several",
    ],
    [
      "kubernetes",
      `spec:\n  containers:\n    - name: a\n      image: x:v1\n      command: [${EXEC}]\n`,
      "python3 |  | pod x:v1",
    ],
    [
      "kubernetes",
      `spec:\n  containers:\n    - name: a\n      image: "{{ .Values.image }}"\n      command: [sh, -c, "exec ${RUN}"]\n`,
      'python3 | sh -c > exec | pod "{{ .Values.image }}"',
    ],
    ["python", `run([${EXEC}])\n`, "python3 |  | here"],
    [
      "python",
      `run(["ssh", "gpu1", sys.executable, "-m", "lightllm.server.api_server"])\n`,
      "sys.executable | ssh gpu1 | remote gpu1",
    ],
    [
      "python",
      `run(["docker", "run", "img", "bash", "-c", "${RUN} --tp 8"])\n`,
      "python3 | docker run img > bash -c | container img",
    ],
    ["python", `client.exec_command("${RUN} --tp 8")\n`, "python3 |  | remote"],
    ["python", `box.exec_run("nohup ${RUN} --tp 8")\n`, "python3 | nohup | container"],
    ["python", `os.system(f"{py} -m lightllm.server.api_server --tp 8")\n`, "{py} |  | here"],
    [
      "markdown",
      `\`\`\`console\n$ docker run img \\\n>   ${RUN}\n\`\`\`\n`,
      "python3 | docker run img | container img",
    ],
    ["restructuredtext", `.. code-block:: bash\n\n   ssh gpu1 ${RUN}\n`, "python3 | ssh gpu1 | remote gpu1"],
  ])("%s: %s", (notation, text, expected) => {
    if (expected === "several") {
      const places = NOTATIONS[notation].find(text).launches.map(({ invocation }) => invocation?.place.kind);
      expect(places).toEqual(["container", "container"]);
    } else expect(invocationIn(notation, text)).toBe(expected);
  });
});

test.each<Row>([
  [`nohup ${RUN} --tp 8`, `nohup ${RUN}`],
  [`cd /x && nohup ${RUN} --tp 8`, `nohup ${RUN}`],
  [`ssh gpu1 "exec ${RUN} --tp 8"`, `ssh gpu1 "exec ${RUN}`],
  [`ssh gpu1 <<EOF\nexec ${RUN} --tp 8\nEOF`, `ssh gpu1 <<EOF\nexec ${RUN}`],
])("the span of it all: %s", (text, expected) => {
  const { invocation } = onlyLaunch("shell", text);
  expect(slice(text, invocation?.span)).toBe(expected);
});

function slice(text: string, span: Span | undefined): string {
  return span ? text.slice(span.start, span.end) : "";
}

/** `$X = variable X, set at X=8`, with the origins of its value in brackets. */
function originInWords(text: string, origin: Origin): string {
  const at = (span: Span | undefined) => (span ? ` at <${slice(text, span)}>` : "");
  switch (origin.from) {
    case "variable": {
      const value = origin.value
        ? ` (${origin.value.map((one) => originInWords(text, one)).join(", ")})`
        : "";
      return `${origin.source} = variable ${origin.name}${at(origin.assigned)}${value}`;
    }
    case "default":
      return `${origin.source} = ${origin.name}${at(origin.assigned)} or ${origin.otherwise}`;
    case "parameter":
      return `${origin.source} = parameter ${origin.name}`;
    case "expression":
      return `${origin.source} = ${origin.language}${origin.of ? ` of ${origin.of.name}${at(origin.of.assigned)}` : ""}`;
  }
}

/** The text of the first word of the last flag, and its origin. */
function lastWord(notation: NotationId, text: string): string[] {
  const { arguments: given } = onlyLaunch(notation, text);
  const word = given.at(-1)?.words[0];
  if (!word) throw new Error(`No word in:\n${text}`);
  return [word.text ?? "?", ...originsOf(word).map((one) => originInWords(text, one))];
}

describe("where a word comes from", () => {
  test.each<readonly [NotationId, string, readonly string[]]>([
    [
      "systemd",
      `[Service]\nEnvironment=TP=8\nExecStart=${RUN} --tp \${TP}\n`,
      ["8", "${TP} = variable TP at <TP=8>"],
    ],
    ["systemd", `[Service]\nExecStart=${RUN} --tp $TP\n`, ["?", "$TP = variable TP"]],
    ["systemd", `[Service]\nExecStart=${RUN} --host %H\n`, ["?", "%H = template"]],
    ["shell", `${RUN} --tp 8`, ["8"]],
    ["shell", `${RUN} --tp "8"`, ["8"]],
    ["shell", `TP=8\n${RUN} --tp $TP`, ["8", "$TP = variable TP at <TP=8>"]],
    ["shell", `TP=8\n${RUN} --tp=$TP`, ["8", "$TP = variable TP at <TP=8>"]],
    ["shell", `${RUN} --tp $TP`, ["?", "$TP = variable TP"]],
    ["shell", `read TP\n${RUN} --tp $TP`, ["?", "$TP = variable TP at <TP>"]],
    ["shell", `if x; then TP=8; fi\n${RUN} --tp $TP`, ["?", "$TP = variable TP at <TP=8>"]],
    ["shell", `f() { ${RUN} --tp $TP; }\nTP=8\nf`, ["?", "$TP = variable TP at <TP=8>"]],
    ["shell", `${RUN} --tp \${TP:-8}`, ["8", "${TP:-8} = TP or 8"]],
    ["shell", `TP=\${1:-8}\n${RUN} --tp $TP`, ["8", "$TP = variable TP at <TP=${1:-8}> (${1:-8} = 1 or 8)"]],
    ["shell", `TP=$N\n${RUN} --tp $TP`, ["?", "$TP = variable TP at <TP=$N> ($N = variable N)"]],
    ["shell", `${RUN} --host $(hostname -i)`, ["?", "$(hostname -i) = shell"]],
    ["shell", `${RUN} --model_dir \${M%/}`, ["?", "${M%/} = shell of M"]],
    ["shell", `${RUN} --model_dir ~/m`, ["?", "~ = variable HOME"]],
    ["shell", `${RUN} --tp $1`, ["?", "$1 = parameter 1"]],
    [
      "shell",
      `M=a\n${RUN} --model_dir /x/$M/\${N:-b}`,
      ["/x/a/b", "$M = variable M at <M=a>", "${N:-b} = N or b"],
    ],
    ["shell", `A=(--tp 8)\n${RUN} "\${A[@]}"`, ["8", "${A[@]} = variable A at <8>"]],
    ["shell", `TP=8\nbash -c "${RUN} --tp $TP"`, ["8", "$TP = variable TP at <TP=8>"]],
    ["shell", `read TP\nssh h "${RUN} --tp $TP"`, ["?", "$TP = variable TP at <TP>"]],
    ["shell", `read TP\nssh h '${RUN} --tp $TP'`, ["?", "$TP = variable TP"]],
    ["shell", `TP=8\nssh h <<EOF\n${RUN} --tp $TP\nEOF`, ["8", "$TP = variable TP at <TP=8>"]],
    ["shell", `${RUN} --tp <how many>`, ["?", "<how many> = placeholder"]],
    ["dockerfile", `FROM x\nENV TP=8\nCMD ${RUN} --tp $TP\n`, ["8", "$TP = variable TP at <TP=8>"]],
    ["dockerfile", `FROM x\nARG N\nENV TP=$N\nCMD ${RUN} --tp $TP\n`, ["?", "$TP = variable TP at <TP=$N>"]],
    ["dockerfile", `FROM x\nCMD [${EXEC}, "--tp", "$TP"]\n`, ["$TP"]],
    [
      "compose",
      `services:\n  a:\n    image: x\n    environment:\n      TP: "8"\n    command: ["sh", "-c", "${RUN} --tp $$TP"]\n`,
      ["8", '$TP = variable TP at <TP: "8">'],
    ],
    [
      "compose",
      `services:\n  a:\n    image: x\n    environment:\n      - TP=\${N}\n    command: ["sh", "-c", "${RUN} --tp $\${TP:-8}"]\n`,
      ["?", "${TP:-8} = TP at <TP=${N}> or 8"],
    ],
    [
      "compose",
      `services:\n  a:\n    image: x\n    command: [${EXEC}, --tp, "\${TP:-8}"]\n`,
      ["8", "${TP:-8} = TP or 8"],
    ],
    [
      "kubernetes",
      `spec:\n  containers:\n    - name: a\n      image: x\n      env:\n        - name: TP\n          value: "8"\n      command: [${EXEC}, --tp, $(TP)]\n`,
      ["8", '$(TP) = variable TP at <name: TP\n          value: "8">'],
    ],
    [
      "kubernetes",
      `spec:\n  containers:\n    - name: a\n      image: x\n      command: [sh, -c, "${RUN} --tp {{ .Values.tp }}"]\n`,
      ["?", "{{ .Values.tp }} = template"],
    ],
    ["python", `tp = 8\nrun([${EXEC}, "--tp", str(tp)])\n`, ["8", "tp = variable tp at <tp = 8>"]],
    ["python", `tp = 8\nrun(f"${RUN} --tp {tp}", shell=True)\n`, ["8", "tp = variable tp at <tp = 8>"]],
    ["python", `run([${EXEC}, "--tp", os.environ["TP"]])\n`, ["?", 'os.environ["TP"] = variable TP']],
    ["python", `run([${EXEC}, "--tp", f"{args.tp}"])\n`, ["?", "args.tp = python"]],
    ["python", `os.system(f"${RUN} --tp {os.getenv('TP')}")\n`, ["?", "os.getenv('TP') = variable TP"]],
    ["python", `for tp in x:\n  run([${EXEC}, "--tp", tp])\n`, ["?", "tp = python of tp"]],
    ["python", `A = ["--tp", "8"]\nrun([${EXEC}, *A])\n`, ["8", 'A = variable A at <A = ["--tp", "8"]>']],
    ["markdown", `\`\`\`bash\nTP=8\n${RUN} --tp $TP\n\`\`\`\n`, ["8", "$TP = variable TP at <TP=8>"]],
    ["restructuredtext", `.. parsed-literal::\n\n   ${RUN} --tp |tp|\n`, ["?", "|tp| = template"]],
    ["yaml", "host: ${HOST}\n", ["?", "${HOST} = variable HOST"]],
    ["yaml", "tp: ${TP:-8}\n", ["?", "${TP:-8} = TP or 8"]],
    ["yaml", "host: ${H-'a'}\n", ["?", "${H-'a'} = H or 'a'"]],
    ["yaml", 'host: ${H:-"a b"}\n', ["?", '${H:-"a b"} = H or a b']],
    ["yaml", "host: $(hostname)\n", ["?", "$(hostname) = shell"]],
    ["yaml", "x-arguments: --tp $TP\n", ["?", "$TP = variable TP"]],
  ])("%s: %s", (notation, text, expected) => {
    expect(lastWord(notation, text)).toEqual(expected);
  });
});

test("a variable of a container is unknown to its shell where its value is, whatever the shell's default", () => {
  const text = `services:\n  a:\n    image: x\n    environment:\n      - TP\n    command: ["sh", "-c", "${RUN} --tp $\${TP:-8}"]\n`;
  // A variable that is only passed on may not be set.
  expect(lastWord("compose", text)[0]).toBe("8");
});
