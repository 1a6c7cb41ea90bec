/**
 * What a launch must agree on with the place where it runs, and with the other launches of its deployment: for each row
 * a whole example and a broken one, in several notations, with the effect that decides severity and exit status.
 */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { deploymentsIn, documentsOf, type Files } from "../support/deployments";

/** A whole example, the change that breaks it, and what is found then. */
type Example = readonly [
  row: string,
  notation: string,
  files: Files,
  before: string,
  after: string,
  found: string,
];

const RUN = "python -m lightllm.server.api_server";
const IMAGE = "my/lightllm:v1.2.0";
/** In LightLLM's own image, which has no model. */
const official = (files: Files): Files =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, text.replace("my/light", "ghcr.io/modeltc/light")]),
  );
const ERROR = "fails-later error";
const WARNING = "suspicious warning";
const HINT = "unused hint";
/** In an image of v1.1.0. */
const older = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace("v1.2.0", "v1.1.0")]));

const script = (text: string, release = "v1.2.0"): Files => ({
  "run.sh": `# lightllm: release=${release}\n${text}\n`,
});
const config = (...launches: readonly string[]): Files => ({
  "run.lightllm.yaml": `# lightllm: release=v1.2.0\n${launches.join("---\n")}`,
});
const compose = (keys: string, flags = "--tp 2"): Files => ({
  "compose.yaml": `services:\n  q:\n    image: ${IMAGE}\n    command: ${RUN} --model_dir /models/Q --host 0.0.0.0 --port 8088 ${flags}\n${keys.replace(/^/gm, "    ")}\n`,
});
const devices = (what: string) =>
  `deploy: {resources: {reservations: {devices: [{driver: nvidia, ${what}, capabilities: [gpu]}]}}}`;
const pod = (container: string, spec = "", service = ""): Files => ({
  "pod.yaml": `apiVersion: v1
kind: Pod
metadata: {name: q, labels: {app: q}}
spec:
  containers:
    - name: q
      image: ${IMAGE}
      command: [python, -m, lightllm.server.api_server, --model_dir, /models/Q, --host, 0.0.0.0, --port, "8088", --tp, "2"]
${container.replace(/^/gm, "      ")}
${spec.replace(/^/gm, "  ")}
${service && `---\napiVersion: v1\nkind: Service\nmetadata: {name: q}\nspec: {selector: {app: q}, ${service}}\n`}`,
});
/** A Service in a file of its own. */
const beside = (ports: string, more = "", namespace = ""): Files => ({
  "service.yaml": `apiVersion: v1\nkind: Service\nmetadata: {name: q${namespace}}\nspec: {selector: {app: q${more}}, ports: [${ports}]}\n`,
});
/** Pods that a Deployment starts through a shell, in another file. */
const deployment = (name: string, flags = "--port 8088", ports = ""): Files => ({
  [`${name}.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  template:
    metadata: {labels: {app: q, tier: model}}
    spec:
      containers:
        - name: q
          image: ${IMAGE}
          command: [sh, -c, "exec ${RUN} --model_dir /models/Q --host 0.0.0.0 ${flags}"]
          ${ports}
`,
});
const docker = (options: string, flags = "--tp 2") =>
  script(`docker run ${options} ${IMAGE} ${RUN} --model_dir /models/Q --host 0.0.0.0 --port 8088 ${flags}`);
const image = (line: string): Files => ({
  Dockerfile: `FROM ${IMAGE}\n${line}\nCMD ["python", "-m", "lightllm.server.api_server", "--model_dir", "/models/Q", "--host", "0.0.0.0", "--port", "8088", "--tp", "2"]\n`,
});
const unit = (line: string): Files => ({
  "q.service": `# lightllm: release=v1.2.0\n[Service]\n${line}\nExecStart=/usr/bin/${RUN} --model_dir /models/Q --tp 2\n`,
});
const job = (line: string): Files => ({
  "job.sbatch": `#!/bin/bash\n# lightllm: release=v1.2.0\n${line}\nsrun ${RUN} --model_dir /models/Q --tp 4 --nnodes 2 --node_rank $SLURM_PROCID --nccl_host $FIRST --nccl_port 2732\n`,
});
const plain = `${RUN} --model_dir /models/Q --tp 2`;

const AROUND: readonly Example[] = [
  [
    "GPUs: a prefix",
    "shell",
    script(`CUDA_VISIBLE_DEVICES=0,1 ${plain}`),
    "0,1",
    "0",
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: export",
    "shell",
    script(`export CUDA_VISIBLE_DEVICES=0,1\n${plain}`),
    "0,1",
    "1",
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: env of a config",
    "config",
    config("model_dir: /m\ntp: 2\nenv: {CUDA_VISIBLE_DEVICES: '0,1'}\n"),
    "0,1",
    "1",
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: environment",
    "Compose",
    compose(`environment: ["CUDA_VISIBLE_DEVICES=0,1"]`),
    "S=0,1",
    "S=3",
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: env",
    "Kubernetes",
    pod(`env: [{name: CUDA_VISIBLE_DEVICES, value: "0,1"}]`),
    "0,1",
    "0",
    `too-few-gpus ${ERROR}`,
  ],
  ["GPUs: ENV", "Dockerfile", image("ENV CUDA_VISIBLE_DEVICES=0,1"), "=0,1", "=0", `too-few-gpus ${ERROR}`],
  [
    "GPUs: Environment",
    "systemd",
    unit("Environment=CUDA_VISIBLE_DEVICES=0,1"),
    "=0,1",
    "=0",
    `too-few-gpus ${ERROR}`,
  ],
  ["GPUs: -e", "Docker", docker("-e CUDA_VISIBLE_DEVICES=0,1"), "=0,1", "=0", `too-few-gpus ${ERROR}`],
  [
    "GPUs: limits",
    "Kubernetes",
    pod("resources: {limits: {nvidia.com/gpu: 2}}"),
    "gpu: 2",
    "gpu: 1",
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: requests",
    "Kubernetes",
    pod("resources: {requests: {nvidia.com/gpu: 2}}"),
    "gpu: 2",
    "gpu: 1",
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: compose count",
    "Compose",
    compose(devices("count: 2")),
    "count: 2",
    "count: 1",
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: compose device_ids",
    "Compose",
    compose(devices(`device_ids: ["4", "5"]`)),
    `"4", "5"`,
    `"4"`,
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: compose gpus",
    "Compose",
    compose("gpus: [{count: 2}]"),
    "count: 2",
    "count: 1",
    `too-few-gpus ${ERROR}`,
  ],
  ["GPUs: docker --gpus", "Docker", docker("--gpus 2"), "--gpus 2", "--gpus 1", `too-few-gpus ${ERROR}`],
  ["GPUs: a list of --gpus", "Docker", docker(`--gpus '"device=0,1"'`), "0,1", "0", `too-few-gpus ${ERROR}`],
  ["GPUs: --gres", "Slurm", job("#SBATCH --nodes=2 --gres=gpu:2"), "gpu:2", "gpu:1", `too-few-gpus ${ERROR}`],
  [
    "GPUs: --gpus-per-node",
    "Slurm",
    job("#SBATCH -N 2 --gpus-per-node=2"),
    "node=2",
    "node=1",
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: NVIDIA_VISIBLE_DEVICES",
    "Docker",
    docker("--runtime nvidia -e NVIDIA_VISIBLE_DEVICES=0,1"),
    "=0,1",
    "=0",
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: NVIDIA_VISIBLE_DEVICES",
    "Compose",
    compose("runtime: nvidia\nenvironment: {NVIDIA_VISIBLE_DEVICES: '0,1'}"),
    "0,1",
    "0",
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: those of the vision model",
    "Compose",
    older(compose(devices("count: 2"), "--tp 1 --enable_multimodal --visual_gpu_ids 1")),
    "_ids 1",
    "_ids 2",
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: those of the vision model",
    "shell",
    script(`CUDA_VISIBLE_DEVICES=0,1 ${plain} --enable_multimodal --visual_gpu_ids 1`, "v1.1.0"),
    "_ids 1",
    "_ids 2",
    `too-few-gpus ${ERROR}`,
  ],
  [
    "GPUs: those of a vision server",
    "shell",
    script(
      `CUDA_VISIBLE_DEVICES=4 ${RUN} --run_mode visual_only --model_dir /m --host 10.0.0.4 --visual_gpu_ids 0 --afs_image_embed_dir /a --config_server_host 10.0.0.3 --config_server_port 8090`,
    ),
    "_ids 0",
    "_ids 1",
    `too-few-gpus ${ERROR}`,
  ],
  [
    // Whether there is one only the model's config.json says.
    "GPUs: those of the audio model",
    "shell",
    script(`CUDA_VISIBLE_DEVICES=0,1 ${plain} --disable_vision --audio_gpu_ids 1`),
    "_ids 1",
    "_ids 2",
    "",
  ],
  [
    "GPUs left over",
    "Compose",
    compose(devices("count: 2")),
    "count: 2",
    "count: 4",
    `gpus-left-over ${HINT}`,
  ],
  [
    "GPUs left over",
    "Kubernetes",
    pod("resources: {limits: {nvidia.com/gpu: 2}}"),
    "gpu: 2",
    "gpu: 4",
    `gpus-left-over ${HINT}`,
  ],
  ["GPUs left over", "Docker", docker("--gpus 2"), "--gpus 2", "--gpus 4", `gpus-left-over ${HINT}`],
  [
    "the port: ports",
    "Compose",
    compose(`ports: ["80:8088"]`),
    ":8088",
    ":8000",
    `port-elsewhere ${WARNING}`,
  ],
  [
    "the port: expose",
    "Compose",
    compose(`expose: ["8088"]`),
    `"8088"`,
    `"8000"`,
    `port-elsewhere ${WARNING}`,
  ],
  [
    "the port: containerPort",
    "Kubernetes",
    pod("ports: [{containerPort: 8088}]"),
    "Port: 8088",
    "Port: 80",
    `port-elsewhere ${WARNING}`,
  ],
  [
    "the port: targetPort",
    "Kubernetes",
    pod("", "", "ports: [{port: 80, targetPort: 8088}]"),
    "Port: 8088",
    "Port: 80",
    `port-elsewhere ${WARNING}`,
  ],
  [
    "the port: a Service without targetPort",
    "Kubernetes",
    pod("", "", "ports: [{port: 8088}]"),
    "port: 8088",
    "port: 80",
    `port-elsewhere ${WARNING}`,
  ],
  [
    "the port: targetPort in another file",
    "Kubernetes",
    { ...pod(""), ...beside("{port: 80, targetPort: 8088}") },
    "Port: 8088",
    "Port: 80",
    `port-elsewhere ${WARNING}`,
  ],
  [
    "the port: the server's, of a Service in another file",
    "Kubernetes",
    { ...pod(""), ...beside("{port: 80, targetPort: 8088}") },
    '"8088"',
    '"8000"',
    `port-elsewhere ${WARNING}`,
  ],
  [
    "the port: a Service without targetPort in another file",
    "Kubernetes with a shell",
    { ...deployment("q"), ...beside("{port: 8088}") },
    "port: 8088",
    "port: 80",
    `port-elsewhere ${WARNING}`,
  ],
  [
    "the port: a name in another file",
    "Kubernetes with a shell",
    {
      ...deployment("q", "--port 8088", "ports: [{name: http, containerPort: 8088}]"),
      ...beside("{port: 80, targetPort: http}"),
    },
    "targetPort: http",
    "targetPort: web",
    `port-elsewhere ${WARNING}`,
  ],
  [
    "the address: of a Service in another file",
    "Kubernetes",
    { ...pod(""), ...beside("{port: 80, targetPort: 8088}") },
    "0.0.0.0",
    "127.0.0.1",
    `host-unreachable ${WARNING}`,
  ],
  ...(
    [
      ["another pod", { ...pod(""), ...beside("{port: 8088}", ", tier: web") }],
      ["another namespace", { ...pod(""), ...beside("{port: 8088}", "", ", namespace: b") }],
      ["two pods", { ...deployment("q"), ...deployment("r"), ...beside("{port: 8088}") }],
      [
        "a patch of the pod",
        {
          ...deployment("q"),
          "patch.yaml":
            "kind: Deployment\nmetadata: {name: q}\nspec: {template: {spec: {containers: [{name: q}]}}}\n",
          ...beside("{port: 8088}"),
        },
      ],
      [
        "patches of a kustomization",
        {
          ...deployment("q"),
          "kustomization.yaml": "kind: Kustomization\npatches: []\n",
          ...beside("{port: 8088}"),
        },
      ],
    ] as const
  ).map(
    ([which, files]): Example => [
      `the port: a Service in another file, ${which}`,
      "Kubernetes",
      files,
      "{port: 8088",
      "{port: 80",
      "",
    ],
  ),
  ...(["readiness", "liveness", "startup"] as const).map(
    (kind): Example => [
      `the port: a ${kind} probe`,
      "Kubernetes",
      pod(`${kind}Probe: {httpGet: {path: /health, port: 8088}}`),
      "port: 8088",
      "port: 80",
      `port-elsewhere ${WARNING}`,
    ],
  ),
  ["the port: -p", "Docker", docker("-p 80:8088"), ":8088", ":8000", `port-elsewhere ${WARNING}`],
  [
    "the port: EXPOSE",
    "Dockerfile",
    image("EXPOSE 8088"),
    "EXPOSE 8088",
    "EXPOSE 80",
    `port-elsewhere ${WARNING}`,
  ],
  [
    "the port: a health check",
    "Compose",
    compose("healthcheck: {test: curl -f http://localhost:8088/health}"),
    "host:8088",
    "host:80",
    `port-elsewhere ${WARNING}`,
  ],
  ["the port: its default", "Docker", docker("-p 80:8088"), " --port 8088", "", `port-elsewhere ${WARNING}`],
  [
    "the address: its default",
    "Compose",
    compose(`ports: ["80:8088"]`),
    " --host 0.0.0.0",
    "",
    `host-unreachable ${WARNING}`,
  ],
  [
    "the address",
    "Kubernetes",
    pod("readinessProbe: {httpGet: {path: /health, port: 8088}}"),
    "0.0.0.0",
    "127.0.0.1",
    `host-unreachable ${WARNING}`,
  ],
  ["the address", "Docker", docker("-p 80:8088"), "0.0.0.0", "localhost", `host-unreachable ${WARNING}`],
  ["the address", "Dockerfile", image("EXPOSE 8088"), "0.0.0.0", "127.0.0.1", `host-unreachable ${WARNING}`],
  [
    "the address: with the network of the host",
    "Docker",
    docker("--network host -p 80:8088"),
    "0.0.0.0",
    "127.0.0.1",
    "",
  ],
  [
    "the address: with the network of the host",
    "Kubernetes",
    pod("ports: [{containerPort: 8088}]", "hostNetwork: true"),
    "0.0.0.0",
    "10.0.0.1",
    "",
  ],
  [
    "the model: volumes",
    "Compose",
    official(compose(`volumes: ["/data:/models"]`)),
    ":/models",
    ":/weights",
    `model-not-mounted ${WARNING}`,
  ],
  [
    "the model: volumeMounts",
    "Kubernetes",
    official(pod("volumeMounts: [{name: m, mountPath: /models}]")),
    "Path: /models",
    "Path: /weights",
    `model-not-mounted ${WARNING}`,
  ],
  [
    "the model: -v",
    "Docker",
    official(docker("-v /models:/models")),
    ":/models",
    ":/weights",
    `model-not-mounted ${WARNING}`,
  ],
  ["the model: COPY", "Dockerfile", image("COPY models /models"), "/models\n", "/weights\n", ""],
  [
    "shared memory: shm_size",
    "Compose",
    compose("shm_size: 16gb"),
    "16gb",
    "64m",
    `shared-memory-too-small ${WARNING}`,
  ],
  [
    "shared memory: --shm-size",
    "Docker",
    docker("--shm-size 16g"),
    "16g",
    "64m",
    `shared-memory-too-small ${WARNING}`,
  ],
  ["shared memory: --ipc host", "Docker", docker("--shm-size 16g --ipc host"), "16g", "64m", ""],
  [
    "shared memory: a volume in memory",
    "Kubernetes",
    pod(
      "volumeMounts: [{name: m, mountPath: /models}, {name: s, mountPath: /dev/shm}]",
      "volumes: [{name: s, emptyDir: {medium: Memory, sizeLimit: 16Gi}}]",
    ),
    "16Gi",
    "64Mi",
    `shared-memory-too-small ${WARNING}`,
  ],
  [
    "environment: an env_file",
    "Compose",
    compose(`environment: [CUDA_VISIBLE_DEVICES]\nenv_file: .env\n${devices("count: 2")}`),
    "count: 2",
    "count: 4",
    "",
  ],
  [
    "environment: a ConfigMap",
    "Kubernetes",
    pod("envFrom: [{configMapRef: {name: c}}]\nresources: {limits: {nvidia.com/gpu: 2}}"),
    "gpu: 2",
    "gpu: 4",
    "",
  ],
  ["environment: a file of variables", "systemd", unit("EnvironmentFile=/etc/q"), "--tp 2", "--tp 4", ""],
];

const node = (rank: number) =>
  `model_dir: /m/R1\ntp: 16\nnnodes: 2\nnode_rank: ${rank}\nnccl_host: 10.0.0.20\nnccl_port: 2732\n`;
const nodes = config(node(0), node(1));
const nodeFiles: Files = Object.fromEntries(
  [0, 1].map((rank) => [
    `node-${rank}.sh`,
    `# lightllm: release=v1.2.0\n${RUN} --model_dir /m/R1 --tp 16 --nnodes 2 --node_rank ${rank} --nccl_host 10.0.0.20 --nccl_port 2732${rank ? " --last" : ""}\n`.replace(
      " --last",
      "",
    ),
  ]),
);
const two = (first: string, second: string, release = "v1.2.0") =>
  script(
    `CUDA_VISIBLE_DEVICES=0 ${RUN} --model_dir /m/a ${first} &\nCUDA_VISIBLE_DEVICES=1 ${RUN} --model_dir /m/b ${second} &`,
    release,
  );
const master = "run_mode: pd_master\nmodel_dir: /m/R1\nhost: 10.0.0.30\nport: 60011\n";
const part = (role: string, at: number) =>
  `run_mode: ${role}\nmodel_dir: /m/R1\nhost: 10.0.0.3${at}\npd_master_ip: 10.0.0.30\npd_master_port: 60011\n`;
const pd = config(master, part("prefill", 1), part("decode", 2));
const pdFiles = (release = "v1.2.0"): Files =>
  Object.fromEntries(
    [
      ["master", "--host 10.0.0.30 --port 60011 --run_mode pd_master"],
      ["prefill", "--host 10.0.0.31 --pd_master_ip 10.0.0.30 --pd_master_port 60011 --run_mode prefill"],
      ["decode", "--host 10.0.0.32 --pd_master_ip 10.0.0.30 --pd_master_port 60011 --run_mode decode"],
    ].map(([name, flags]) => [
      `${name}.sh`,
      `# lightllm: release=${release}\n${RUN} --model_dir /m/R1 ${flags}\n`,
    ]),
  );
const server = "config_server_host: 10.0.0.40\nconfig_server_port: 60088\n";
const registered = config(
  `run_mode: config_server\n${server}config_server_visual_redis_port: 6379\n`,
  `run_mode: pd_master\nmodel_dir: /m/R1\nhost: 10.0.0.41\n${server}`,
  `run_mode: prefill\nmodel_dir: /m/R1\nhost: 10.0.0.42\n${server}use_config_server_to_init_nccl: true\nnccl_host: 10.0.0.40\nnccl_port: 2732\n`,
  `run_mode: decode\nmodel_dir: /m/R1\nhost: 10.0.0.43\n${server}use_config_server_to_init_nccl: true\nnccl_host: 10.0.0.40\nnccl_port: 2733\n`,
);
const CALLED = "--config_server_host 10.0.0.40 --config_server_port 60088";
const registeredScript = script(
  [
    `ssh 10.0.0.40 ${RUN} --run_mode config_server ${CALLED}`,
    `ssh 10.0.0.41 ${RUN} --model_dir /m/R1 --run_mode pd_master --host 10.0.0.41 ${CALLED}`,
    `ssh 10.0.0.42 ${RUN} --model_dir /m/R1 --run_mode prefill --host 10.0.0.42 ${CALLED} --use_config_server_to_init_nccl --nccl_host 10.0.0.40 --nccl_port 2732`,
    `ssh 10.0.0.43 ${RUN} --model_dir /m/R1 --run_mode decode --host 10.0.0.43 ${CALLED} --use_config_server_to_init_nccl --nccl_host 10.0.0.40 --nccl_port 2733`,
  ]
    .map((line) => `${line} &\n`)
    .join(""),
);
const seen = config(
  `run_mode: config_server\n${server}config_server_visual_redis_port: 6379\n`,
  `run_mode: visual_only\nmodel_dir: /m/VL\nhost: 10.0.0.41\nvisual_gpu_ids: [0]\nafs_image_embed_dir: /afs/e\nconfig_server_visual_redis_port: 6379\n${server}`,
  `model_dir: /m/VL\nhost: 10.0.0.42\nvisual_use_proxy_mode: true\nafs_image_embed_dir: /afs/e\nconfig_server_visual_redis_port: 6379\n${server}`,
);
const REDIS = `--config_server_visual_redis_port 6379 ${CALLED}`;
const seenScript = script(
  [
    `ssh 10.0.0.40 ${RUN} --run_mode config_server ${REDIS}`,
    `ssh 10.0.0.41 ${RUN} --run_mode visual_only --model_dir /m/VL --host 10.0.0.41 --visual_gpu_ids 0 --afs_image_embed_dir /afs/e ${REDIS}`,
    `ssh 10.0.0.42 ${RUN} --model_dir /m/VL --host 10.0.0.42 --visual_use_proxy_mode --afs_image_embed_dir /afs/e ${REDIS}`,
  ]
    .map((line) => `${line} &\n`)
    .join(""),
);

/** A change of keys of a config as one of flags. */
const flags = (text: string) =>
  text.replace(
    /(^|:|\n)(\w+): (\w[\w./]*)/g,
    (_, start, key, value) => `${start === "\n" ? " " : start}--${key}${value === "true" ? "" : ` ${value}`}`,
  );

/** The same rows in a config and in several files or a script; `last` is the last place of a text. */
const BETWEEN: readonly Example[] = [
  ["one release", "shell", nodeFiles, "last:release=v1.2.0", "release=v1.1.0", `releases-differ ${WARNING}`],
  [
    "one release",
    "Compose",
    {
      "compose.yaml": `services:\n${["prefill", "decode"].map((role) => `  ${role}:\n    image: lightllm:v1.2.0\n    command: ${RUN} --model_dir /m --run_mode ${role} --host 0.0.0.0 --pd_master_ip master --pd_master_port 60011\n`).join("")}`,
    },
    "last:v1.2.0",
    "v1.1.0",
    `releases-differ ${WARNING}`,
  ],
  [
    "a port twice: http",
    "shell",
    two("--port 8000", "--port 8001"),
    "8001",
    "8000",
    `port-twice-on-one-host ${ERROR}`,
  ],
  [
    "a port twice: http",
    "config",
    config(
      "model_dir: /m/a\nhost: 10.0.0.5\nport: 8000\nenv: {CUDA_VISIBLE_DEVICES: '0'}\n",
      "model_dir: /m/b\nhost: 10.0.0.5\nport: 8001\nenv: {CUDA_VISIBLE_DEVICES: '1'}\n",
    ),
    "8001",
    "8000",
    `port-twice-on-one-host ${ERROR}`,
  ],
  [
    "a port twice: nccl",
    "shell",
    two("--port 8000 --nccl_port 2732", "--port 8001 --nccl_port 2733"),
    "2733",
    "2732",
    `port-twice-on-one-host ${ERROR}`,
  ],
  [
    "a port twice: nccl",
    "config",
    config(
      "model_dir: /m/a\nhost: 10.0.0.5\nport: 8000\nnccl_port: 2732\nenv: {CUDA_VISIBLE_DEVICES: '0'}\n",
      "model_dir: /m/b\nhost: 10.0.0.5\nport: 8001\nnccl_port: 2733\nenv: {CUDA_VISIBLE_DEVICES: '1'}\n",
    ),
    "2733",
    "2732",
    `port-twice-on-one-host ${ERROR}`,
  ],
  [
    "a port twice: that of a PD master",
    "shell",
    two("--run_mode pd_master --port 60011", "--port 8001"),
    "8001",
    "60011",
    `port-twice-on-one-host ${ERROR}`,
  ],
  [
    "a port twice: of the decode node's rpyc",
    "shell",
    two(
      "--port 8000 --nccl_port 2732",
      "--run_mode decode --port 8001 --nccl_port 2733 --pd_decode_rpyc_port 42000",
      "v1.1.0",
    ),
    "42000",
    "8000",
    `port-twice-on-one-host ${ERROR}`,
  ],
  [
    "a port twice: of the vision model",
    "shell",
    two(
      "--port 8000 --nccl_port 2732 --enable_multimodal --visual_nccl_ports 29500",
      "--port 8001 --nccl_port 2733",
      "v1.1.0",
    ),
    "8001",
    "29500",
    `port-twice-on-one-host ${ERROR}`,
  ],
  [
    "a port twice: of a vision server",
    "config",
    config(
      `run_mode: visual_only\nmodel_dir: /m\nhost: 10.0.0.5\nvisual_gpu_ids: [1]\nvisual_rpyc_port: 8090\nafs_image_embed_dir: /a\n${server}`,
      `model_dir: /m\nhost: 10.0.0.5\nport: 8000\nvisual_use_proxy_mode: true\nafs_image_embed_dir: /a\n${server}`,
    ),
    "port: 8000",
    "port: 8090",
    `port-twice-on-one-host ${ERROR}`,
  ],
  [
    "a port that another takes",
    "shell",
    two("--port 8000 --nccl_port 2732", "--port 8001 --nccl_port 2733", "v1.1.0"),
    "8001",
    "10003",
    `port-twice-on-one-host ${WARNING}`,
  ],
  [
    "a GPU twice",
    "shell",
    two("--port 8000", "--port 8001"),
    "DEVICES=1",
    "DEVICES=0",
    `gpu-twice-on-one-host ${ERROR}`,
  ],
  [
    "a GPU twice",
    "config",
    config(
      "model_dir: /m/a\nhost: 10.0.0.5\nport: 8000\nenv: {CUDA_VISIBLE_DEVICES: '0'}\n",
      "model_dir: /m/b\nhost: 10.0.0.5\nport: 8001\nenv: {CUDA_VISIBLE_DEVICES: '1'}\n",
    ),
    "'1'",
    "'0'",
    `gpu-twice-on-one-host ${ERROR}`,
  ],
  ...[
    ["nodes: a rank", "node_rank: 1", "node_rank: 0", `node-rank-twice ${ERROR}`],
    ["nodes: the number of nodes", "last:nnodes: 2", "nnodes: 4", `nodes-disagree ${ERROR}`],
    ["nodes: node 0", "last:nccl_host: 10.0.0.20", "nccl_host: 10.0.0.21", `nodes-disagree ${ERROR}`],
    ["nodes: the port of node 0", "last:nccl_port: 2732", "nccl_port: 2733", `nodes-disagree ${ERROR}`],
    ["nodes: tp", "last:tp: 16", "tp: 8", `nodes-disagree ${ERROR}`],
    ["nodes: dp", "last:tp: 16", "tp: 16\ndp: 16", `nodes-disagree ${ERROR}`],
    ["nodes: the model", "last:/m/R1", "/m/V3", `nodes-disagree ${ERROR}`],
    ["nodes: the same model elsewhere", "last:/m/R1", "/data/R1", ""],
    [
      "nodes: a port between nodes",
      "last:tp: 16",
      "tp: 16\nmultinode_httpmanager_port: 20001",
      `nodes-disagree ${ERROR}`,
    ],
    [
      "nodes: the other port between nodes",
      "last:tp: 16",
      "tp: 16\nmultinode_router_gloo_port: 20002",
      `nodes-disagree ${ERROR}`,
    ],
    ["nodes: a CPU cache", "last:tp: 16", "tp: 16\nenable_cpu_cache: true", `nodes-disagree ${ERROR}`],
    ["nodes: experts", "last:tp: 16", "tp: 16\nenable_ep_moe: true", `nodes-disagree ${ERROR}`],
    [
      "nodes: drafts",
      "last:tp: 16",
      "tp: 16\nmtp_mode: eagle_with_att\nmtp_step: 1",
      `nodes-disagree ${ERROR}`,
    ],
    ["nodes: the port for requests", "last:tp: 16", "tp: 16\nport: 8001", ""],
  ].flatMap(([row = "", before = "", after = "", found = ""]): Example[] => {
    return [
      [row, "config", nodes, before, after, found],
      [row, "shell", nodeFiles, flags(before), flags(after), found],
    ];
  }),
  ...[
    [
      "PD: the master's host",
      "last:pd_master_ip: 10.0.0.30",
      "pd_master_ip: 10.0.0.33",
      `pd-master-elsewhere ${ERROR}`,
    ],
    [
      "PD: the master's port",
      "last:pd_master_port: 60011",
      "pd_master_port: 60012",
      `pd-master-elsewhere ${ERROR}`,
    ],
    ["PD: the model", "last:/m/R1", "/m/V3", `pd-nodes-disagree ${ERROR}`],
    [
      "PD: the kv cache",
      "last:run_mode: decode",
      "run_mode: decode\nllm_kv_type: fp8kv_sph",
      `pd-nodes-disagree ${ERROR}`,
    ],
    [
      "PD: a page of the kv cache",
      "last:run_mode: decode",
      "run_mode: decode\npd_kv_page_size: 512",
      `pd-nodes-disagree ${ERROR}`,
    ],
    [
      "PD: the way it is sent",
      "last:run_mode: decode",
      "run_mode: decode\npd_trans_mode: nixl",
      `pd-nodes-disagree ${ERROR}`,
    ],
    [
      "PD: the longest request",
      "last:run_mode: decode",
      "run_mode: decode\nmax_req_total_len: 4096",
      `pd-nodes-disagree ${WARNING}`,
    ],
    [
      "PD: too many nodes",
      "run_mode: pd_master",
      "run_mode: pd_master\npd_master_mode: 1p0d",
      `pd-node-count ${ERROR}`,
    ],
    ["PD: other sizes of the nodes", "last:run_mode: decode", "run_mode: decode\ntp: 4", ""],
    [
      "PD: NCCL ports of different machines",
      "last:run_mode: decode",
      "run_mode: decode\nnccl_port: 2732",
      "",
    ],
  ].flatMap(([row = "", before = "", after = "", found = ""]): Example[] => {
    return [
      [row, "config", pd, before, after, found],
      [row, "shell", pdFiles(), flags(before), flags(after), found],
    ];
  }),
  [
    "config server: its host",
    "config",
    registered,
    "last:config_server_host: 10.0.0.40",
    "config_server_host: 10.0.0.44",
    `config-server-elsewhere ${ERROR}`,
  ],
  [
    "config server: its host",
    "shell",
    registeredScript,
    "last:config_server_host 10.0.0.40",
    "config_server_host 10.0.0.44",
    `config-server-elsewhere ${ERROR}`,
  ],
  [
    "config server: its port",
    "config",
    registered,
    "last:60088",
    "60089",
    `config-server-elsewhere ${ERROR}`,
  ],
  [
    "config server: its port",
    "shell",
    registeredScript,
    "last:60088",
    "60089",
    `config-server-elsewhere ${ERROR}`,
  ],
  [
    "config server: NCCL's port",
    "config",
    registered,
    "2733",
    "2732",
    `nccl-port-twice-on-config-server ${ERROR}`,
  ],
  [
    "config server: NCCL's port",
    "shell",
    registeredScript,
    "2733",
    "2732",
    `nccl-port-twice-on-config-server ${ERROR}`,
  ],
  ["vision servers: redis", "config", seen, "last:6379", "6380", `config-server-elsewhere ${ERROR}`],
  ["vision servers: redis", "shell", seenScript, "last:6379", "6380", `config-server-elsewhere ${ERROR}`],
  ["vision servers: the folder", "config", seen, "last:/afs/e", "/afs/f", `vision-server-differs ${WARNING}`],
  [
    "vision servers: the folder",
    "shell",
    seenScript,
    "last:/afs/e",
    "/afs/f",
    `vision-server-differs ${WARNING}`,
  ],
  ["vision servers: the model", "config", seen, "last:/m/VL", "/m/R1", `vision-server-differs ${WARNING}`],
  [
    "vision servers: the model",
    "shell",
    seenScript,
    "last:/m/VL",
    "/m/R1",
    `vision-server-differs ${WARNING}`,
  ],
];

/** The files with one text of them changed: the first place that has it, or the last. */
function broken(files: Files, written: string, after: string): Files {
  const isLast = written.startsWith("last:");
  const before = isLast ? written.slice(5) : written;
  const names = Object.keys(files).filter((name) => files[name]?.includes(before));
  const name = isLast ? names.at(-1) : names[0];
  if (name === undefined) throw new Error(`Nothing has ${before}.`);
  const text = files[name] ?? "";
  const at = isLast ? text.lastIndexOf(before) : text.indexOf(before);
  return { ...files, [name]: text.slice(0, at) + after + text.slice(at + before.length) };
}

/** What is said of a launch and its place, and between launches: the code, the effect, the severity. */
function said(files: Files): string {
  const between = deploymentsIn(files).flatMap(({ findings }) => findings);
  const around = documentsOf(files)
    .flatMap((document) => service.reportedFindings(document))
    .filter(({ stage }) => stage === "deployment");
  const all = [...between, ...around].map(({ code, effect, severity }) => `${code} ${effect} ${severity}`);
  return [...new Set(all)].join(", ");
}

describe.each([...AROUND, ...BETWEEN])("%s in %s", (_, __, files, before, after, found) => {
  test("is whole, and broken is found", () => {
    expect(said(files)).toBe("");
    expect(said(broken(files, before, after))).toBe(found);
  });
});
