/** Launches in their containers, pods and jobs: of each whole example, one value is changed on one side. */
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { service } from "../../server/src/service";

const HUGE = "python -m lightllm.server.api_server --model_dir /m --tp 300000000";

const catalogue = service.shippedCatalogue();

function judged(name: string, text: string) {
  const uri = `file:///${name}`;
  const notation = service.notationOf("", uri, text);
  if (!notation) throw new Error(`No notation reads ${name}.`);
  const document = TextDocument.create(uri, "", 1, text);
  return service.analyse(document, notation, { language: "en" }, catalogue);
}

/** The findings about the site, with the text that each one and its other places mark. */
function found(name: string, text: string): string[] {
  const analysed = judged(name, text);
  expect(analysed.launches.length).toBeGreaterThan(0);
  return service
    .reportedFindings(analysed)
    .filter(({ stage }) => stage === "deployment")
    .map(({ code, related = [] }) =>
      [code, ...related.map(({ span }) => text.slice(span.start, span.end))].join(" "),
    );
}

interface Example {
  readonly file: string;
  readonly text: string;
  /** A change, as the text before and after it, and the finding with the marked other places. */
  readonly broken: readonly (readonly [before: string, after: string, finding: string])[];
  readonly harmless: readonly (readonly [before: string, after: string])[];
}

const COMPOSE: Example = {
  file: "compose.yaml",
  text: `# lightllm: release=v1.1.0
x-common: &common
  image: ghcr.io/modeltc/lightllm:v1.1.0
  volumes: ["/data:/models:ro"]
services:
  qwen:
    <<: *common
    shm_size: 16gb
    ports:
      - "8000:8088"
    command: python -m lightllm.server.api_server --model_dir /models/Qwen3-32B --tp 4 --host 0.0.0.0 --port 8088
    healthcheck:
      test: curl -f http://localhost:8088/health || exit 1
    deploy:
      resources:
        reservations:
          devices:
            - driver: nvidia
              count: 4
              capabilities: [gpu]
`,
  broken: [
    ["--tp 4", "--tp 8", "too-few-gpus 4"],
    ["count: 4", "count: 2", "too-few-gpus 2"],
    ["count: 4", 'device_ids: ["4", "5"]', 'too-few-gpus ["4", "5"]'],
    ["count: 4", "count: 8", "gpus-left-over 8"],
    ["--tp 4", "--tp 2", "gpus-left-over 4"],
    ["--port 8088", "--port 8089", "port-elsewhere 8088 8088"],
    ["--port 8088", "", "port-elsewhere 8088 8088"],
    ["8000:8088", "8000:8000", "port-elsewhere 8000"],
    ['- "8000:8088"', "- target: 8000", "port-elsewhere 8000"],
    ["localhost:8088", "localhost:8000", "port-elsewhere 8000"],
    ["--host 0.0.0.0", "", "host-unreachable 8088"],
    ["--host 0.0.0.0", "--host localhost", "host-unreachable 8088"],
    ["shm_size: 16gb", "shm_size: 1gb", "shared-memory-too-small 1gb"],
    ["shm_size: 16gb", "shm_size: 64m", "shared-memory-too-small 64m"],
    ["/data:/models:ro", "/data:/weights:ro", "model-not-mounted /data:/weights:ro"],
    ["--model_dir /models/", "--model_dir /data/", "model-not-mounted /data:/models:ro"],
    ["/data:/models:ro", "${MODELS:-/data}:/weights:ro", "model-not-mounted :/weights:ro"],
    [
      "    ports:",
      "    environment:\n      - CUDA_VISIBLE_DEVICES=4,5,6,7\n    ports:",
      "too-few-gpus 4,5,6,7",
    ],
    ["    ports:", '    environment: {CUDA_VISIBLE_DEVICES: "0,1"}\n    ports:', 'too-few-gpus "0,1"'],
  ],
  harmless: [
    ["8000:8088", "9000:8088"],
    ["8000:8088", "127.0.0.1:80:8088/tcp"],
    ['- "8000:8088"', '- "8000:8000/udp"\n      - 8088'],
    ['- "8000:8088"', '- "8000-8100:8000-8100"'],
    ['- "8000:8088"', '- "${PORT:-8000}:8088"'],
    ['- "8000:8088"', '- "8000:${PORT:-8000}"'],
    ["--port 8088", "--port ${PORT}"],
    ["count: 4", "count: all"],
    ["count: 4", "count: ${GPUS:-2}"],
    ["--tp 4", "--tp ${TP}"],
    ["--tp 4", "--tp 8 --nnodes 2 --nccl_host 10.0.0.1 --nccl_port 2732"],
    ["shm_size: 16gb", "shm_size: 3g"],
    ["shm_size: 16gb", "ipc: host"],
    ["--tp 4", "--tp 4 --running_max_req_size 100"],
    ["localhost:8088", "metrics:9000"],
    ["/data:/models:ro", "models:/models"],
    ["/data:/models:ro", "${MODELS:-/data}:/models:ro"],
    ["/data:/models:ro", "/data:${MODELS}:ro"],
    ["/data:/models:ro", "$MOUNT"],
    ["--host 0.0.0.0", "--host 10.0.0.5"],
    ["    ports:", "    env_file: .env\n    ports:"],
    ["    ports:", "    network_mode: host\n    ports:"],
  ],
};

const KUBERNETES: Example = {
  file: "kubernetes/qwen.yaml",
  text: `# lightllm: release=v1.1.0
apiVersion: apps/v1
kind: Deployment
metadata:
  name: qwen
spec:
  selector: {matchLabels: {app: qwen}}
  template:
    metadata:
      labels: {app: qwen, tier: model}
    spec:
      containers:
        - name: lightllm
          image: ghcr.io/modeltc/lightllm:v1.1.0
          command: ["python", "-m", "lightllm.server.api_server"]
          args: ["--model_dir", "/models/Qwen3-32B", "--tp", "4", "--host", "0.0.0.0", "--port", "8088"]
          ports:
            - name: http
              containerPort: 8088
          readinessProbe:
            httpGet: {path: /health, port: http}
          livenessProbe:
            tcpSocket:
              port: 8088
          resources:
            limits:
              nvidia.com/gpu: 4
          volumeMounts:
            - {name: models, mountPath: /models}
            - {name: shm, mountPath: /dev/shm}
      volumes:
        - name: models
          hostPath: {path: /data}
        - name: shm
          emptyDir: {medium: Memory, sizeLimit: 16Gi}
---
apiVersion: v1
kind: Service
metadata:
  name: front
spec:
  selector: {app: qwen}
  ports:
    - port: 80
      targetPort: 8088
`,
  broken: [
    ["nvidia.com/gpu: 4", "nvidia.com/gpu: 2", "too-few-gpus 2"],
    ['"--tp", "4"', '"--tp", "8"', "too-few-gpus 4"],
    ["nvidia.com/gpu: 4", 'nvidia.com/gpu: "8"', "gpus-left-over 8"],
    ["containerPort: 8088", "containerPort: 8000", "port-elsewhere 8000"],
    ["tcpSocket:\n              port: 8088", "tcpSocket:\n              port: 8000", "port-elsewhere 8000"],
    ["targetPort: 8088", "targetPort: 8000", "port-elsewhere 8000"],
    ["targetPort: 8088", "targetPort: web", "port-elsewhere web"],
    ["port: http}", "port: web}", "port-elsewhere web"],
    ["      targetPort: 8088\n", "", "port-elsewhere 80"],
    ['"8088"]', '"8000"]', "port-elsewhere 8088 8088 8088"],
    ['"--host", "0.0.0.0", ', "", "host-unreachable 8088 8088 8088"],
    ["mountPath: /models", "mountPath: /weights", "model-not-mounted /weights /dev/shm"],
    ['"/models/Qwen3-32B"', '"/data/Qwen3-32B"', "model-not-mounted /models"],
    ["sizeLimit: 16Gi", "sizeLimit: 1Gi", "shared-memory-too-small 1Gi"],
  ],
  harmless: [
    ["port: 80\n", "port: 8080\n"],
    ["selector: {app: qwen}\n  ports", "selector: {app: other}\n  ports"],
    ["targetPort: 8088", "targetPort: http"],
    ["targetPort: 8088", "targetPort: {{ .Values.port }}"],
    ["nvidia.com/gpu: 4", "nvidia.com/gpu: {{ .Values.gpus }}"],
    ["sizeLimit: 16Gi", "sizeLimit: 4000M"],
    [", sizeLimit: 16Gi", ""],
    ["limits:", "requests: {nvidia.com/gpu: 4}\n            limits:"],
    ["hostPath: {path: /data}", "persistentVolumeClaim: {claimName: models}"],
    ["    spec:\n      containers:", "    spec:\n      hostNetwork: true\n      containers:"],
    [
      "      volumes:",
      "        - name: metrics\n          image: exporter\n          ports: [{name: web, containerPort: 9000}]\n      volumes:",
    ],
  ],
};

const SHELL: Example = {
  file: "serve.sh",
  text: `# lightllm: release=v1.1.0
docker run --rm -it --gpus 4 --shm-size 16g -p 80:8088 -v /data:/models my/lightllm:v1.1.0 \\
  python -m lightllm.server.api_server --model_dir /models/Qwen3-32B --tp 4 --host 0.0.0.0 --port 8088
`,
  broken: [
    ["--gpus 4", "--gpus 2", "too-few-gpus 2"],
    ["--gpus 4", "--gpus '\"device=0,1\"'", 'too-few-gpus "device=0,1"'],
    ["--gpus 4", "--gpus all -e CUDA_VISIBLE_DEVICES=0,1", "too-few-gpus 0,1"],
    ["--gpus 4", "--runtime nvidia -e NVIDIA_VISIBLE_DEVICES=0,1", "too-few-gpus 0,1"],
    ["--gpus 4", "--gpus=8", "gpus-left-over 8"],
    ["-p 80:8088", "-p 80:8000", "port-elsewhere 8000"],
    ["-p 80:8088", "--publish=8000", "port-elsewhere 8000"],
    ["--host 0.0.0.0", "", "host-unreachable 8088"],
    ["--shm-size 16g", "--shm-size=1g", "shared-memory-too-small 1g"],
    ["/models/Qwen3-32B", "/data/Qwen3-32B", "model-not-mounted /data:/models"],
    [
      "-v /data:/models my/lightllm",
      '-v "$DATA":/weights:ro ghcr.io/modeltc/lightllm',
      'model-not-mounted "$DATA":/weights:ro',
    ],
    [
      "-v /data:/models",
      "--mount type=bind,src=/models,dst=/weights",
      "model-not-mounted type=bind,src=/models,dst=/weights",
    ],
  ],
  harmless: [
    ["--gpus 4", "--gpus all"],
    ["--gpus 4", '--gpus "$GPUS"'],
    ["-p 80:8088", "-p 80:$PORT"],
    ["-v /data:/models my/lightllm", '-v "$DATA":/models ghcr.io/modeltc/lightllm'],
    ["-v /data:/models my/lightllm", '-v "$DATA":"$TO" ghcr.io/modeltc/lightllm'],
    ["-p 80:8088", "--network host"],
    ["-p 80:8088", "-p 8000:8000 --net=host"],
    ["--gpus 4", "$OPTIONS -p 80:8000"],
    ["--host 0.0.0.0", '--host "$ADDRESS"'],
    ["--shm-size 16g", "--ipc=host --shm-size 1g"],
    ["docker run", "nerdctl run --env-file .env"],
    ["docker run", "podman run --tls-verify -p 22:22"],
  ],
};

const SLURM: Example = {
  file: "job.sbatch",
  text: `#!/bin/bash
# lightllm: release=v1.1.0
#SBATCH --nodes=2
#SBATCH --gres=gpu:h100:8

srun python -m lightllm.server.api_server --model_dir /models/R1 --tp 16 --nnodes 2 --node_rank $SLURM_NODEID \\
  --nccl_host 10.0.0.1 --nccl_port 2732
`,
  broken: [
    ["--gres=gpu:h100:8", "--gres=gpu:4", "too-few-gpus 4"],
    ["--gres=gpu:h100:8", "--gpus-per-node=h100:4", "too-few-gpus 4"],
    ["--gres=gpu:h100:8", "--gpus=8", "too-few-gpus 8"],
    ["srun python", "srun --gres=gpu:4 python", "too-few-gpus 4"],
    ["--tp 16", "--tp 8", "gpus-left-over 8"],
    ["--tp 16 --nnodes 2", "--tp 32 --nnodes $SLURM_JOB_NUM_NODES", "too-few-gpus 8"],
    ["--tp 16 --nnodes 2", '--tp 8 --nnodes "$SLURM_NNODES"', "gpus-left-over 8"],
  ],
  harmless: [
    ["--nnodes 2", "--nnodes $SLURM_NNODES"],
    ["--tp 16 --nnodes 2", "--tp 32 --nnodes $SLURM_NTASKS"],
    ["--tp 16 --nnodes 2", "--tp 32 --nnodes ${SLURM_NNODES}0"],
    ["srun python", "export SLURM_NNODES=$N\nsrun python"],
    ["--gres=gpu:h100:8", "--gpus=16"],
    ["--gres=gpu:h100:8", "--exclusive"],
    ["--gres=gpu:h100:8", "-G 16"],
    ["srun python", "ssh node1 python"],
  ],
};

const ENVIRONMENT: Example = {
  file: "run.sh",
  text: `# lightllm: release=v1.1.0
export CUDA_VISIBLE_DEVICES=0,1
python -m lightllm.server.api_server --model_dir /models/Qwen3-32B --tp 2
`,
  broken: [
    ["=0,1", "=0", "too-few-gpus 0"],
    ["=0,1", "=0,-1,1", "too-few-gpus 0,-1,1"],
    ["--tp 2", "--tp 4", "too-few-gpus 0,1"],
    ["--tp 2", "", "gpus-left-over 0,1"],
    ["--tp 2", "--tp 2 --enable_multimodal --visual_gpu_ids 2", "too-few-gpus 0,1"],
  ],
  harmless: [
    ["=0,1", "=$GPUS"],
    ["=0,1", "=GPU-aaaa,GPU-bbbb"],
    ["=0,1", "=2,3"],
    ["--tp 2", "--run_mode pd_master"],
    ["--tp 2", '--tp 2 "$@"'],
  ],
};

const DOCKERFILE: Example = {
  file: "Dockerfile",
  text: `# lightllm: release=v1.1.0
FROM my/lightllm:v1.1.0 AS base
EXPOSE 8088
FROM base
ENV CUDA_VISIBLE_DEVICES=0,1
HEALTHCHECK CMD curl -f http://localhost:8088/health || exit 1
CMD ["python", "-m", "lightllm.server.api_server", "--model_dir", "/models/Qwen", "--tp", "2", "--host", "0.0.0.0", "--port", "8088"]
`,
  broken: [
    ["EXPOSE 8088", "EXPOSE 8000/tcp", "port-elsewhere 8000"],
    ["localhost:8088", "127.0.0.1:8000", "port-elsewhere 8000"],
    ['"0.0.0.0"', '"127.0.0.1"', "host-unreachable 8088"],
    ["=0,1", "=0", "too-few-gpus 0"],
  ],
  harmless: [
    ["EXPOSE 8088", "EXPOSE 8088 28765 9000"],
    ["EXPOSE 8088", "ARG P\nEXPOSE $P"],
    ["CUDA_VISIBLE_DEVICES=0,1", "NVIDIA_VISIBLE_DEVICES=all"],
  ],
};

const SYSTEMD: Example = {
  file: "lightllm.service",
  text: `# lightllm: release=v1.1.0
[Service]
Environment=CUDA_VISIBLE_DEVICES=0,1
ExecStart=/usr/bin/python3 -m lightllm.server.api_server --model_dir /models/Qwen3-32B --tp 2
`,
  broken: [
    ["=0,1", "=0", "too-few-gpus 0"],
    ["--tp 2", "--tp 4", "too-few-gpus 0,1"],
  ],
  harmless: [["--tp 2\n", "--tp 4\nEnvironmentFile=/etc/lightllm\n"]],
};

const EXAMPLES = { COMPOSE, KUBERNETES, SHELL, SLURM, ENVIRONMENT, DOCKERFILE, SYSTEMD };

describe.each(Object.entries(EXAMPLES))("%s", (_, { file, text, broken, harmless }) => {
  test("is whole", () => expect(found(file, text)).toEqual([]));

  test.each(broken)("%s → %s is %s", (before, after, finding) => {
    expect(text).toContain(before);
    expect(
      found(
        file,
        text.replace(before, () => after),
      ).join(),
    ).toBe(finding);
  });

  test.each(harmless)("%s → %s is nothing", (before, after) => {
    expect(text).toContain(before);
    expect(
      found(
        file,
        text.replace(before, () => after),
      ),
    ).toEqual([]);
  });
});

test.each([
  [
    "a container without ports",
    "compose.yaml",
    "services:\n  a:\n    image: x\n    command: python -m lightllm.server.api_server --model_dir /m\n",
  ],
  [
    "a port of another flag",
    "compose.yaml",
    'services:\n  a:\n    image: x\n    ports: ["2732:2732"]\n    command: python -m lightllm.server.api_server --model_dir /m --nccl_port 2732\n',
  ],
  [
    "two launches in one container",
    "compose.yaml",
    'services:\n  a:\n    image: x\n    gpus: [{count: 4}]\n    ports: ["8001:8001"]\n    command:\n      - bash\n      - -c\n      - |\n        CUDA_VISIBLE_DEVICES=0 python -m lightllm.server.api_server --model_dir /m &\n        python -m lightllm.server.api_server --model_dir /m --port 8001 --host 0.0.0.0\n',
  ],
  [
    "a service that extends another file",
    "compose.yaml",
    'services:\n  a:\n    extends: {file: b.yaml, service: b}\n    ports: ["9000:9000"]\n    command: python -m lightllm.server.api_server --model_dir /m --host 0.0.0.0\n',
  ],
  [
    "a script that fetches the model",
    "compose.yaml",
    "services:\n  a:\n    image: ghcr.io/modeltc/lightllm:v1.2.0\n    command: bash -c 'fetch /m; python -m lightllm.server.api_server --model_dir /m'\n",
  ],
])("%s is fine", (_, file, text) => expect(found(file, text)).toEqual([]));

test.each([
  ["one launch", `CUDA_VISIBLE_DEVICES=0 ${HUGE}\n`],
  ["two at once", `${HUGE} &\n${HUGE} --port 9000 &\n`],
])("more GPUs than any machine has are no list that somebody could write: %s", (_, text) => {
  const analysed = judged("run.sh", text);
  const titles = service
    .reportedFindings(analysed)
    .flatMap((finding) => service.fixesOf(analysed, finding).map(({ title }) => title));
  expect(titles.filter((title) => title.length > 200)).toEqual([]);
  const gpus = service.deploymentsOf([analysed]).flatMap(({ findings }) => findings.map(({ code }) => code));
  expect(gpus).not.toContain("gpu-twice-on-one-host");
});
