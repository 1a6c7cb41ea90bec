/** Versions of LightLLM named near a launch: the ones found, their places and their order. */
import { describe, expect, test } from "vitest";
import type { NotationId } from "../../server/src/notations";
import { NOTATIONS } from "../../server/src/notations";

const RUN = "python -m lightllm.server.api_server --tp 8";
const FLOW = '["python", "-m", "lightllm.server.api_server", "--tp", "8"]';

/** The versions near the last launch: kind and text at the place; `=` if that is not the version. */
function pinsOf(notation: NotationId, text: string): string[] {
  const launch = NOTATIONS[notation].find(text).launches.at(-1);
  if (!launch) throw new Error(`No launch in:\n${text}`);
  return (launch.pins ?? []).map(({ kind, version, span }) => {
    const written = text.slice(span.start, span.end);
    return written === version ? `${kind} ${version}` : `${kind} ${version} = ${written}`;
  });
}

type Row = readonly [text: string, pins: readonly string[]];

function pins(notation: NotationId, rows: readonly Row[]): void {
  test.each(rows)("%s", (text, expected) => {
    expect(pinsOf(notation, text)).toEqual(expected);
    const [first] = NOTATIONS[notation].find(text).launches;
    if (expected.length === 0) expect(first).not.toHaveProperty("pins");
  });
}

describe("the tag of an image", () => {
  test.each<readonly [image: string, version: string | undefined]>([
    ["lightllm:v1.1.0", "v1.1.0"],
    ["lightllm:1.1.0", "1.1.0"],
    ["ghcr.io/modeltc/lightllm:v1.1.0", "v1.1.0"],
    ["ghcr.io/ModelTC/LightLLM:v1.1.0", "v1.1.0"],
    ["my-registry:5000/team/lightllm-fork:v1.1.0", "v1.1.0"],
    ["lightllm:v1.1.0-cuda12.4", "v1.1.0"],
    ["lightllm:v1.1.0rc1", "v1.1.0rc1"],
    ["lightllm:v1.1.0.post1_x", "v1.1.0.post1"],
    ["lightllm:cuda12.4-v1.1.0", "v1.1.0"],
    ["lightllm:main-2026-08", "main-2026-08"],
    ["lightllm:main-2026-08-cuda12", "main-2026-08"],
    [`lightllm:v1.1.0@sha256:${"0".repeat(64)}`, "v1.1.0"],
    ["$REGISTRY/lightllm:v1.1.0", "v1.1.0"],
    ["lightllm", undefined],
    ["my-registry:5000/lightllm", undefined],
    ["my-registry:5000.1/lightllm", undefined],
    [`lightllm@sha256:${"0".repeat(64)}`, undefined],
    ["lightllm:latest", undefined],
    ["lightllm:main", undefined],
    ["lightllm:main-deepep", undefined],
    ["lightllm:nightly", undefined],
    ["lightllm:dev", undefined],
    ["lightllm:v1.1.0x", undefined],
    ["lightllm:cuda12.4", undefined],
    ["lightllm:py3.10-cuda12.4", undefined],
    ["lightllm:2", undefined],
    ["lightllm:$TAG", undefined],
    ["lightllm:v1.1.0-$CUDA", undefined],
    ["lightllm-$FLAVOUR:v1.1.0", undefined],
    ["vllm:v0.6.0", undefined],
    ["lightllm/vllm:v0.6.0", undefined],
    ["nvidia/cuda:12.4.1", undefined],
  ])("%s", (image, version) => {
    const found = version === undefined ? [] : [`image ${version}`];
    expect(pinsOf("shell", `docker run ${image} ${RUN}\n`)).toEqual(found);
  });
});

describe("in a shell script, an image", () => {
  pins("shell", [
    [`sudo docker run --gpus all -v /m:/m lightllm:v1.1.0 ${RUN}\n`, ["image v1.1.0"]],
    [`docker run \\\n  --rm \\\n  "lightllm:v1.1.0" \\\n  ${RUN}\n`, ["image v1.1.0"]],
    [`docker run lightllm:v1.1.0 bash -c "cd /x && ${RUN}"\n`, ["image v1.1.0"]],
    [`docker run -i lightllm:v1.1.0 bash <<'EOF'\n${RUN}\nEOF\n`, ["image v1.1.0"]],
    [`ssh host "docker run lightllm:v1.1.0 bash -c '${RUN}'"\n`, ["image v1.1.0"]],
    [`podman run lightllm:v1.1.0 ${RUN}\n`, ["image v1.1.0"]],
    [`nerdctl run lightllm:v1.1.0 ${RUN}\n`, ["image v1.1.0"]],
    [`kubectl run llm --image=lightllm:v1.1.0 --command -- ${RUN}\n`, ["image v1.1.0"]],
    [`kubectl run llm --image lightllm:v1.1.0 --command -- ${RUN}\n`, ["image v1.1.0"]],
    [`singularity exec --nv docker://ghcr.io/modeltc/lightllm:v1.1.0 ${RUN}\n`, ["image v1.1.0"]],
    [`srun --container-image=ghcr.io#modeltc/lightllm:v1.1.0 ${RUN}\n`, ["image v1.1.0"]],
    [`# lightllm: args\ndocker run lightllm:v1.1.0 --tp 8\n`, ["image v1.1.0"]],
    [`IMAGE=lightllm:v1.1.0\ndocker run $IMAGE ${RUN}\n`, ["image v1.1.0"]],
    [`TAG=v1.1.0\ndocker run "lightllm:$TAG" ${RUN}\n`, ["image v1.1.0"]],
    [`docker run lightllm:\${TAG:-v1.1.0} ${RUN}\n`, ["image v1.1.0"]],
    [`V=1.1\ndocker run lightllm:v$V.0 ${RUN}\n`, ["image v1.1.0 = v$V.0"]],
    [`V=v1.1\ndocker run lightllm:$V.0 ${RUN}\n`, ["image v1.1.0 = lightllm:$V.0"]],
    [`V=v1.1.0\nssh host <<EOF\ndocker run lightllm:$V ${RUN}\nEOF\n`, ["image v1.1.0 = lightllm:$V"]],
    [`if x; then TAG=v1.1.0; fi\ndocker run lightllm:$TAG ${RUN}\n`, []],
    [`docker run -v lightllm:v1.1.0 -e A=lightllm:v1.0.0 --name lightllm:v1.0.1 x ${RUN}\n`, []],
    [`docker pull lightllm:v1.1.0\n${RUN}\n`, []],
    [`${RUN} --model_name lightllm:v1.1.0\n`, []],
    [`docker run vllm:v1.1.0 ${RUN} --model_name lightllm:v1.1.0\n`, []],
    [`docker run lightllm:v1.1.0 ls\n${RUN}\n`, []],
  ]);
});

describe("in a shell script, a package", () => {
  const GIT = "https://github.com/ModelTC/lightllm";
  pins("shell", [
    [`pip install lightllm==1.1.0\n${RUN}\n`, ["package 1.1.0"]],
    [`pip3 install -U 'lightllm[all]==1.1.0' other==2.0.0\n${RUN}\n`, ["package 1.1.0"]],
    [`/opt/bin/pip3.10 install "lightllm == 1.1.0"\n${RUN}\n`, ["package 1.1.0"]],
    [`pip install lightllm==1.1.0+cu124\n${RUN}\n`, ["package 1.1.0"]],
    [`pip install "lightllm==1.1.0; python_version > '3.9'"\n${RUN}\n`, ["package 1.1.0"]],
    [`uv pip install lightllm==1.1.0\n${RUN}\n`, ["package 1.1.0"]],
    [`sudo python3 -m pip install lightllm==1.1.0\n${RUN}\n`, ["package 1.1.0"]],
    [`V=1.1.0\npip install lightllm==$V\n${RUN}\n`, ["package 1.1.0"]],
    [`pip install lightllm==1.1.0 && ${RUN}\n`, ["package 1.1.0"]],
    [`pip install git+${GIT}.git@v1.0.1\n${RUN}\n`, ["package v1.0.1"]],
    [`pip install "git+${GIT}@v1.0.1#egg=lightllm"\n${RUN}\n`, ["package v1.0.1"]],
    [`pip install "lightllm @ git+${GIT}.git@v1.0.1"\n${RUN}\n`, ["package v1.0.1"]],
    [`pip install git+ssh://git@github.com/ModelTC/lightllm.git@v1.0.1\n${RUN}\n`, ["package v1.0.1"]],
    [`git clone -b v1.1.0 ${GIT}.git\ncd lightllm\n${RUN}\n`, ["package v1.1.0"]],
    [`git clone --depth 1 --branch v1.1.0 ${GIT} src\n${RUN}\n`, ["package v1.1.0"]],
    [`git clone --branch=v1.1.0 git@github.com:ModelTC/lightllm.git\n${RUN}\n`, ["package v1.1.0"]],
    [`git clone ${GIT}.git && cd lightllm && git checkout v1.1.0\n${RUN}\n`, ["package v1.1.0"]],
    [`cd ~/lightllm\ngit fetch --tags\ngit checkout tags/v1.1.0\n${RUN}\n`, ["package v1.1.0"]],
    [`cd /src/lightllm; git switch --detach v1.1.0\n${RUN}\n`, ["package v1.1.0"]],
    [`cd lightllm\ngit checkout -b mine v1.1.0\n${RUN}\n`, ["package v1.1.0"]],
    [`git -C /src/lightllm checkout v1.1.0\n${RUN}\n`, ["package v1.1.0"]],
    [`ssh host "pip install lightllm==1.1.0"\nssh host "${RUN}"\n`, ["package 1.1.0"]],
    [
      `pip install lightllm==1.0.0\npip install lightllm==1.1.0\n${RUN}\npip install lightllm==1.2.0\n`,
      ["package 1.1.0", "package 1.0.0"],
    ],
    [`pip install lightllm==1.0.0\ndocker run lightllm:v1.1.0 ${RUN}\n`, ["image v1.1.0", "package 1.0.0"]],
    [`# pip install lightllm==1.1.0\n${RUN}\n`, []],
    [`echo pip install lightllm==1.1.0\n${RUN}\n`, []],
    [`${RUN}\npip install lightllm==1.1.0\n`, []],
    [`pip install lightllm\n${RUN}\n`, []],
    [`pip install "lightllm>=1.1.0"\n${RUN}\n`, []],
    [`pip install lightllm==1.1.*\n${RUN}\n`, []],
    [`pip install lightllm==$VERSION\n${RUN}\n`, []],
    [`pip install lightllm-kernel==1.1.0 vllm==0.6.0\n${RUN}\n`, []],
    [`pip download lightllm==1.1.0\n${RUN}\n`, []],
    [`pip install git+${GIT}.git@main\n${RUN}\n`, []],
    [`pip install git+https://github.com/x/vllm.git@v0.6.0\n${RUN}\n`, []],
    [`git clone -b main ${GIT}.git\n${RUN}\n`, []],
    [`git clone -b v0.6.0 https://github.com/x/vllm.git\n${RUN}\n`, []],
    [`git clone ${GIT}.git\ncd vllm\ngit checkout v0.6.0\n${RUN}\n`, []],
    [`git checkout v1.1.0\n${RUN}\n`, []],
    [`cd lightllm\ngit checkout v1.1.0 -- setup.py\n${RUN}\n`, []],
    [`git clone -b v1.1.0 ${GIT}.git\ncd lightllm\ngit checkout 0a1b2c3\n${RUN}\n`, []],
    [`git clone -b v1.1.0 ${GIT}.git\ncd lightllm\ngit checkout -b mine\n${RUN}\n`, ["package v1.1.0"]],
  ]);
});

describe("in a Dockerfile", () => {
  const CMD = `CMD ${FLOW}\n`;
  pins("dockerfile", [
    [`FROM ghcr.io/modeltc/lightllm:v1.1.0\n${CMD}`, ["image v1.1.0"]],
    [`FROM --platform=linux/amd64 lightllm:v1.1.0 AS x\n${CMD}`, ["image v1.1.0"]],
    [`FROM lightllm:v1.1.0 AS base\nFROM base AS x\nFROM x\nENTRYPOINT ${FLOW}\n`, ["image v1.1.0"]],
    [`FROM lightllm:v1.1.0\nRUN ${RUN}\n`, ["image v1.1.0"]],
    [`FROM lightllm:v1.1.0\nCMD ["sh", "-c", "${RUN}"]\n`, ["image v1.1.0"]],
    [`FROM lightllm:v1.1.0\nENTRYPOINT ${FLOW}\nCMD ["--dp", "1"]\n`, ["image v1.1.0"]],
    [`ARG TAG=v1.1.0\nFROM lightllm:\${TAG}\n${CMD}`, ["image v1.1.0"]],
    [`ARG TAG="v1.1.0"\nFROM lightllm:$TAG\n${CMD}`, ["image v1.1.0"]],
    [`ARG TAG\nFROM lightllm:\${TAG:-v1.1.0}\n${CMD}`, ["image v1.1.0"]],
    [`ARG IMAGE=lightllm:v1.1.0-cuda12.4\nFROM $IMAGE\n${CMD}`, ["image v1.1.0"]],
    [`FROM x\nRUN pip install lightllm==1.1.0\n${CMD}`, ["package 1.1.0"]],
    [`FROM x\n${CMD}RUN pip install lightllm==1.1.0\n`, ["package 1.1.0"]],
    [`FROM x\nARG V=1.1.0\nRUN pip install \\\n    lightllm==$V\n${CMD}`, ["package 1.1.0"]],
    [
      `FROM x AS a\nRUN pip install lightllm==1.0.0\nFROM a\nRUN pip install lightllm==1.1.0\n${CMD}`,
      ["package 1.1.0", "package 1.0.0"],
    ],
    [
      `FROM x\nRUN git clone https://github.com/ModelTC/lightllm.git /l\nWORKDIR /l\nRUN git checkout v1.1.0\n${CMD}`,
      ["package v1.1.0"],
    ],
    [`FROM lightllm:v1.0.0\nRUN pip install lightllm==1.1.0\n${CMD}`, ["image v1.0.0", "package 1.1.0"]],
    [`FROM lightllm:v1.1.0 AS x\nFROM y\n${CMD}`, []],
    [`FROM x AS a\nRUN pip install lightllm==1.0.0\nFROM y\n${CMD}`, []],
    [`ARG TAG\nFROM lightllm:$TAG\n${CMD}`, []],
    [`FROM lightllm:latest\n# RUN pip install lightllm==1.1.0\n${CMD}`, []],
  ]);
});

describe("in a Compose file", () => {
  const service = (image: string, command = FLOW) =>
    `services:\n  llm:\n    image: ${image}\n    command: ${command}\n`;
  pins("compose", [
    [service("ghcr.io/modeltc/lightllm:v1.1.0"), ["image v1.1.0"]],
    [service('"lightllm:v1.1.0-cuda12.4"'), ["image v1.1.0"]],
    [service("lightllm:${TAG:-v1.1.0}"), ["image v1.1.0"]],
    [service("${IMAGE:-lightllm:v1.1.0}"), ["image v1.1.0"]],
    [service("${REGISTRY:-ghcr.io}/lightllm:v1.1.0"), ["image v1.1.0"]],
    [service("lightllm:v1.1.0", `bash -c "${RUN}"`), ["image v1.1.0"]],
    [service("x", `bash -c "pip install lightllm==1.1.0 && ${RUN}"`), ["package 1.1.0"]],
    [
      service("lightllm:v1.0.0", `["bash", "-c", "pip install lightllm==1.1.0 && ${RUN}"]`),
      ["image v1.0.0", "package 1.1.0"],
    ],
    [
      `x-l: &l\n  image: lightllm:v1.1.0\nservices:\n  llm:\n    <<: *l\n    command: ${FLOW}\n`,
      ["image v1.1.0"],
    ],
    [service("lightllm:${TAG}"), []],
    [service("lightllm:{{ tag }}"), []],
    [service("lightllm:latest"), []],
    [service("vllm:v1.1.0"), []],
    [`services:\n  llm:\n    build: .\n    command: ${FLOW}\n`, []],
  ]);
});

describe("in a manifest", () => {
  const pod = (image: string, command = FLOW) =>
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: sidecar\n      image: lightllm:v0.1.0\n` +
    `    - name: llm\n      image: ${image}\n      command: ${command}\n`;
  pins("kubernetes", [
    [pod("ghcr.io/modeltc/lightllm:v1.1.0"), ["image v1.1.0"]],
    [pod("'lightllm:v1.1.0'", `["sh", "-c", "${RUN}"]`), ["image v1.1.0"]],
    [pod("{{ .Values.registry }}/lightllm:v1.1.0"), ["image v1.1.0"]],
    [pod("x", `["sh", "-c", "pip install lightllm==1.1.0 && ${RUN}"]`), ["package 1.1.0"]],
    [pod('"lightllm:{{ .Values.tag }}"'), []],
    [pod('"lightllm:v1.1.0-{{ .Values.cuda }}"'), []],
    [pod("lightllm:main"), []],
  ]);
});

describe("in a page", () => {
  const block = (text: string, language = "bash") => `\`\`\`${language}\n${text}\n\`\`\`\n`;
  pins("markdown", [
    [block(`docker run lightllm:v1.1.0 ${RUN}`), ["image v1.1.0"]],
    [`Install:\n\n${block("pip install lightllm==1.1.0")}\nRun:\n\n${block(RUN)}`, ["package 1.1.0"]],
    [block(`$ pip install lightllm==1.1.0\n$ ${RUN}`, "console"), ["package 1.1.0"]],
    [`${block(RUN)}\n${block("pip install lightllm==1.1.0")}`, []],
    [`pip install lightllm==1.1.0\n\n${block(RUN)}`, []],
    [`${block("lightllm==1.1.0", "json")}\n${block(RUN)}`, []],
  ]);
  pins("restructuredtext", [
    [`Install::\n\n    pip install lightllm==1.1.0\n\nRun::\n\n    ${RUN}\n`, ["package 1.1.0"]],
  ]);
});

describe("in Python", () => {
  pins("python", [
    [
      'run(["docker", "run", "--rm", "lightllm:v1.1.0", "python", "-m", "lightllm.server.api_server"])\n',
      ["image v1.1.0"],
    ],
    [`os.system("docker run lightllm:v1.1.0 ${RUN}")\n`, ["image v1.1.0"]],
    [`os.system("pip install lightllm==1.1.0 && ${RUN}")\n`, ["package 1.1.0"]],
    [`os.system(f"docker run lightllm:{tag} ${RUN}")\n`, []],
    ['run(["lightllm:v1.1.0", "python", "-m", "lightllm.server.api_server"])\n', []],
  ]);
});
