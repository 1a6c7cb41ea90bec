/** What containers of one machine, and of one pod, share: published ports, GPUs, a network. */
import { describeRows, type Row } from "../support/deployment-rows";
import type { Files } from "../support/deployments";

const RUN = "python -m lightllm.server.api_server";
const IMAGE = "ghcr.io/modeltc/lightllm:v1.2.0";

/** A Compose file with a service for each text of further keys. */
function compose(...services: readonly string[]): Files {
  const each = services.map(
    (keys, at) =>
      `  s${at}:\n    image: ${IMAGE}\n    command: ${RUN} --model_dir /m/${at} --host 0.0.0.0 --tp 2\n${keys}`,
  );
  return { "compose.yaml": `services:\n${each.join("")}` };
}

/** A service with GPUs, in the long form. */
const devices = (what: string) =>
  `    deploy: {resources: {reservations: {devices: [{driver: nvidia, ${what}, capabilities: [gpu]}]}}}\n`;

/** A script that leaves a container running for each text of options. */
function docker(...options: readonly string[]): Files {
  return {
    "d.sh": options
      .map(
        (own, at) =>
          `docker run -d ${own} ${IMAGE} ${RUN} --model_dir /m/${at} --tp 2 --nccl_port 270${at}\n`,
      )
      .join(""),
  };
}

/** A pod with two containers of LightLLM. */
function pod(first: string, second: string): Files {
  const container = (name: string, more: string) =>
    `    - name: ${name}\n      image: ${IMAGE}\n      command: [python, -m, lightllm.server.api_server, --model_dir, /m/${name}, ${more}]\n`;
  return {
    "pod.yaml": `apiVersion: v1\nkind: Pod\nmetadata: {name: two}\nspec:\n  containers:\n${container("a", first)}${container("b", second)}`,
  };
}

const ROWS: readonly Row[] = [
  {
    name: "one published port of two services",
    files: compose(`    ports: ["8000:8000"]\n`, `    ports: ["8000:8000"]\n`),
    said: ["port-twice-on-one-host at compose.yaml: 8000"],
  },
  {
    name: "one published port in the long form",
    files: compose(`    ports: [{target: 8000, published: "9000"}]\n`, `    ports: ["9000:8000"]\n`),
    said: ["port-twice-on-one-host at compose.yaml: 9000"],
  },
  {
    name: "one published port at two addresses",
    files: compose(`    ports: ["127.0.0.1:8000:8000"]\n`, `    ports: ["10.0.0.1:8000:8000"]\n`),
  },
  {
    name: "one published port at an address and at all",
    files: compose(`    ports: ["127.0.0.1:8000:8000"]\n`, `    ports: ["8000:8000"]\n`),
    said: ["port-twice-on-one-host at compose.yaml: 8000"],
  },
  {
    name: "one published port in different profiles",
    files: compose(
      `    ports: ["8000:8000"]\n    profiles: [small]\n`,
      `    ports: ["8000:8000"]\n    profiles: [large]\n`,
    ),
  },
  {
    name: "a published port that a variable chooses",
    files: compose(`    ports: ["8000:8000"]\n`, '    ports: ["${PORT}:8000"]\n'),
  },
  {
    name: "one published port of two containers of a script",
    files: docker("--gpus '\"device=0,1\"' -p 8000:8000", "--gpus '\"device=2,3\"' -p 8000:8000"),
    said: ["port-twice-on-one-host at d.sh: 8000"],
  },
  {
    name: "one published port of containers that run one after the other",
    files: {
      "d.sh": docker("-p 8000:8000", "-p 8000:8000")["d.sh"]?.replaceAll(" -d ", " --rm ") ?? "",
    },
  },
  {
    name: "one published port on two machines",
    files: {
      "d.sh": (docker("-p 8000:8000", "-p 8000:8000")["d.sh"] ?? "")
        .split("\n")
        .map((line, at) => (line ? `ssh node-${at} ${line}` : ""))
        .join("\n"),
    },
  },
  {
    name: "containers of a script with the network of the host",
    files: docker("--network host -e CUDA_VISIBLE_DEVICES=0,1", "--network host -e CUDA_VISIBLE_DEVICES=2,3"),
    said: ["port-twice-on-one-host at d.sh: lightllm.server.api_server"],
  },
  {
    name: "a GPU in the lists of two services",
    files: compose(devices(`device_ids: ["0", "1"]`), devices(`device_ids: ["1", "2"]`)),
    said: [`gpu-twice-on-one-host at compose.yaml: ["1", "2"]`],
  },
  {
    name: "GPUs of their own for two services",
    files: compose(devices(`device_ids: ["0", "1"]`), devices(`device_ids: ["2", "3"]`)),
  },
  {
    name: "numbers of GPUs, which are the first ones for both",
    files: compose(devices("count: 2"), devices("count: 2")),
    said: ["gpu-twice-on-one-host at compose.yaml: 2"],
  },
  {
    name: "numbers of GPUs for services of different profiles",
    files: compose(
      `${devices("count: 2")}    profiles: [small]\n`,
      `${devices("count: 2")}    profiles: [large]\n`,
    ),
  },
  {
    name: "a number of GPUs, and a list without the first",
    files: compose(devices("count: 2"), devices(`device_ids: ["2", "3"]`)),
  },
  {
    name: "a list that a variable chooses",
    files: compose(devices("count: 2"), devices('device_ids: ["${GPU}"]')),
  },
  {
    name: "all GPUs for both",
    files: compose("    gpus: all\n", "    gpus: all\n"),
    said: ["gpu-twice-on-one-host at compose.yaml: --tp 2"],
    stays: true,
  },
  {
    name: "all GPUs for both, of which a file may choose some",
    files: compose("    gpus: all\n    env_file: .env\n", "    gpus: all\n    env_file: .env\n"),
  },
  {
    name: "a GPU of one machine, by its number in the container",
    files: compose(
      `${devices(`device_ids: ["0", "1", "2", "3"]`)}    environment: ["CUDA_VISIBLE_DEVICES=2,3"]\n`,
      `${devices(`device_ids: ["2", "3", "4", "5"]`)}    environment: ["CUDA_VISIBLE_DEVICES=0,1"]\n`,
    ),
    said: ["gpu-twice-on-one-host at compose.yaml: 0,1"],
    stays: true,
  },
  {
    name: "a GPU in the lists of two containers of a script",
    files: docker("--gpus '\"device=0,1\"'", "--gpus '\"device=1,2\"'"),
    said: [`gpu-twice-on-one-host at d.sh: "device=1,2"`],
  },
  {
    name: "numbers of GPUs in a script",
    files: docker("--gpus 2", "--gpus 2"),
    said: ["gpu-twice-on-one-host at d.sh: 2"],
  },
  {
    name: "one port in a pod",
    files: pod(`--port, "8000"`, `--port, "8000"`),
    said: [`port-twice-on-one-host at pod.yaml: --port, "8000"`],
  },
  { name: "two ports in a pod", files: pod(`--port, "8000"`, `--port, "8001"`) },
  {
    name: "one port in two pods",
    files: {
      "pods.yaml": `${pod(`--port, "8000"`, `--port, "8001"`)["pod.yaml"]}---\n${pod(`--port, "8000"`, `--port, "8001"`)["pod.yaml"]}`,
    },
  },
];

describeRows(ROWS);
