/** Whole deployments in which one value is changed: what breaks them is found, what does no harm is not. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { deploymentsIn, documentsOf, type Files } from "../support/deployments";
import { root } from "../support/paths";

function examples(folder: string, ...names: readonly string[]): Files {
  const all = names.length > 0 ? names : readdirSync(join(root, "examples", folder));
  return Object.fromEntries(
    all
      .filter((name) => name !== "README.md")
      .map((name) => [name, readFileSync(join(root, "examples", folder, name), "utf8")]),
  );
}

/** A change: the text before, the text after, which of its places is changed, and what is found. */
type Mutation = readonly [before: string, after: string, at: number, found: readonly string[]];

const WHOLE: readonly (readonly [name: string, files: Files, mutations: readonly Mutation[]])[] = [
  [
    "PD in a config",
    examples("", "pd-disaggregation.lightllm.yaml"),
    [
      ["pd_master_port: 60011", "pd_master_port: 60012", 0, ["pd-master-elsewhere"]],
      ["pd_master_port: 60011", "", 1, ["pd-master-elsewhere"]],
      ["pd_master_ip: 10.0.0.30", "pd_master_ip: 10.0.0.33", 1, ["pd-master-elsewhere"]],
      ["host: 10.0.0.30", "host: 10.0.0.33", 0, ["pd-master-elsewhere"]],
      ["host: 10.0.0.30", "host: 127.0.0.1", 0, ["pd-master-elsewhere"]],
      ["host: 10.0.0.30", "host: 0.0.0.0", 0, []],
      ["port: 60011", "port: 60000", 0, ["pd-master-elsewhere"]],
      ["/models/DeepSeek-R1", "/models/DeepSeek-V3", 2, ["pd-nodes-disagree"]],
      ["/models/DeepSeek-R1", "/data/DeepSeek-R1", 2, []],
      [
        "tp: 8\ndp: 8\nenable_ep_moe: true\nenable_mps",
        "tp: 4\ndp: 4\nenable_ep_moe: true\nenable_mps",
        0,
        [],
      ],
      ["enable_mps: true\nenv", "enable_mps: true\npd_kv_page_size: 512\nenv", 0, ["pd-nodes-disagree"]],
      ["enable_mps: true\nenv", "enable_mps: true\npd_trans_mode: nixl\nenv", 0, ["pd-nodes-disagree"]],
      ["enable_mps: true\nenv", "enable_mps: true\nmax_image_pixels: 100352\nenv", 0, ["pd-nodes-disagree"]],
      ["nccl_port: 12322", "nccl_port: 2732", 0, []],
      ["host: 10.0.0.32\nport: 8121", "host: 10.0.0.31\nport: 8019", 0, ["port-twice-on-one-host"]],
    ],
  ],
  [
    "PD in three files",
    examples("pd-three-files"),
    [
      ["60011", "60012", 0, ["pd-master-elsewhere"]],
      ["--port 8121", "--port 8019", 0, []],
    ],
  ],
  [
    "two nodes in two files",
    examples("two-nodes"),
    [
      ["--node_rank 1", "--node_rank 0", 0, ["node-rank-twice"]],
      ["--tp 16", "--tp 8", 0, ["nodes-disagree"]],
      ["--nccl_port 2732", "--nccl_port 2733", 0, ["nodes-disagree"]],
      ["--nnodes 2", "--nnodes 4", 1, ["nodes-disagree"]],
      ["--port 8088", "--port 8089", 0, []],
      ["/models/DeepSeek-R1", "/data/DeepSeek-R1", 1, []],
      ["/models/DeepSeek-R1", "/models/DeepSeek-V3", 1, ["nodes-disagree"]],
    ],
  ],
  [
    "two nodes in a config",
    examples("", "deepseek-r1-two-nodes.lightllm.yaml"),
    [
      ["node_rank: 1", "node_rank: 0", 0, ["node-rank-twice"]],
      ["tp: 16", "tp: 32", 1, ["nodes-disagree"]],
      ["nccl_host: 10.0.0.20", "nccl_host: 10.0.0.21", 1, ["nodes-disagree"]],
      ["nccl_port: 2732", "nccl_port: 2733", 1, ["nodes-disagree"]],
      ["nnodes: 2", "nnodes: 3", 1, ["nodes-disagree"]],
      ["node_rank: 1", "node_rank: 1\nmtp_mode: eagle_with_att\nmtp_step: 1", 0, ["nodes-disagree"]],
      ["node_rank: 1", "node_rank: 1\nenable_cpu_cache: true", 0, ["nodes-disagree"]],
      ["node_rank: 1", "node_rank: 1\nmultinode_httpmanager_port: 20000", 0, ["nodes-disagree"]],
      ["node_rank: 1", "node_rank: $RANK", 0, []],
      ["port: 8088", "port: 8089", 1, []],
      ["LOADWORKER: 18", "LOADWORKER: 4", 1, []],
    ],
  ],
  [
    "several PD masters in a config",
    examples("", "pd-several-masters.lightllm.yaml"),
    [
      ["config_server_port: 60088", "config_server_port: 60089", 0, ["config-server-elsewhere"]],
      ["config_server_port: 60088", "config_server_port: 60089", 3, ["config-server-elsewhere"]],
      ["config_server_host: 10.0.0.40", "config_server_host: 10.0.0.41", 2, ["config-server-elsewhere"]],
      ["port: 60012", "port: 60011", 0, ["port-twice-on-one-host"]],
      ["port: 60012", "port: 60088", 0, ["port-twice-on-one-host"]],
      ["port: 8121", "port: 8019", 0, []],
    ],
  ],
  [
    "several PD masters in a script",
    examples("shell", "pd-multi-master.sh"),
    [
      ["--port 60012", "--port 60011", 0, ["port-twice-on-one-host"]],
      ["--port 60012", "--port 60013", 0, []],
      [
        "--config_server_port $CONFIG_SERVER_PORT \\",
        "--config_server_port 60089 \\",
        0,
        ["config-server-elsewhere"],
      ],
    ],
  ],
  [
    "PD in the functions of a script",
    examples("shell", "pd-single-master.sh"),
    [
      ['--port "$PD_MASTER_PORT"', "--port 60012", 0, ["pd-master-elsewhere"]],
      ["--nccl_port 12322", "--nccl_port 2732", 0, []],
      ["--port 8121", "--port 8121 --pd_kv_page_size 512", 0, ["pd-nodes-disagree"]],
    ],
  ],
  [
    "PD in a Compose file",
    examples("compose"),
    [
      ['"--port", "60011"', '"--port", "60012"', 0, ["pd-master-elsewhere", "port-elsewhere"]],
      ["60011:60011", "60011:60012", 0, ["port-elsewhere"]],
      ["60011:60011", "60012:60011", 0, []],
      ["60011:60011", "8088:60011", 0, []],
      ['"--host", "0.0.0.0"', '"--host", "127.0.0.1"', 0, ["host-unreachable"]],
      ["--pd_master_ip pd-master", "--pd_master_ip pd-masters", 0, []],
      // The number of tokens is given, so that both may find room on it.
      ['device_ids: ["1"]', 'device_ids: ["0"]', 0, []],
      ['device_ids: ["1"]', 'device_ids: ["3"]', 0, []],
      ['device_ids: ["1"]', 'device_ids: ["1", "2"]', 0, ["gpus-left-over"]],
      ["--tp 1", "--tp 2", 1, ["too-few-gpus"]],
      ["count: 8", "count: 4", 0, ["too-few-gpus"]],
      ["shm_size: 16gb", "shm_size: 64m", 0, ["shared-memory-too-small"]],
      ["/models:/models:ro", "/models:/data:ro", 0, ["model-not-mounted"]],
      ["/models:/models:ro", "/srv/models:/models:ro", 0, []],
      ["8088:8088", "80:8088", 0, []],
      ["8088:8088", "8088:8000", 0, ["port-elsewhere"]],
      ["--pd_master_port 60011", "--pd_master_port 60012", 1, ["pd-master-elsewhere"]],
      ["--port 8121", "--port 8019", 0, []],
      [
        "--tp 1\n      --max_total_token_num 40000\n      --max_req_total_len 16000\n      --graph",
        "--tp 1\n      --max_total_token_num 40000\n      --max_req_total_len 8000\n      --graph",
        0,
        ["pd-nodes-disagree"],
      ],
    ],
  ],
  [
    "PD in pods",
    examples("kubernetes", "pd.yaml"),
    [
      [
        "            - --enable_mps\n          env",
        "            - --enable_mps\n            - --pd_kv_page_size=512\n          env",
        0,
        ["pd-nodes-disagree"],
      ],
      ['"8121"', '"8019"', 0, ["port-elsewhere"]],
      ['"60011"', '"60012"', 0, ["pd-master-elsewhere"]],
      ["port: 60011", "port: 80", 0, ["pd-master-elsewhere"]],
      ["--port=60011", "--port=60012", 0, ["port-elsewhere"]],
      ["containerPort: 60011", "containerPort: 60012", 0, ["port-elsewhere"]],
      ["targetPort: http", "targetPort: web", 0, ["port-elsewhere"]],
      ["targetPort: http", "targetPort: 60011", 0, []],
      ["--host=0.0.0.0", "--host=127.0.0.1", 0, ["host-unreachable"]],
      ["--pd_master_mode=1p1d", "--pd_master_mode=1p2d", 0, []],
      ["gpu: 8", "gpu: 4", 1, ["too-few-gpus"]],
      ["mountPath: /models", "mountPath: /data", 1, ["model-not-mounted"]],
      ["sizeLimit: 16Gi", "sizeLimit: 1Gi", 1, ["shared-memory-too-small"]],
      ["/models/DeepSeek-R1", "/models/DeepSeek-V3", 1, ["pd-nodes-disagree"]],
      ["name: prefill", "name: prompts", 0, []],
      ["lightllm:v1.2.0", "lightllm:v1.1.0", 1, ["releases-differ"]],
    ],
  ],
  [
    "nodes in a LeaderWorkerSet",
    examples("kubernetes", "multi-node.yaml"),
    [
      ['"$LWS_GROUP_SIZE"', "4", 0, ["nodes-disagree", "gpus-left-over"]],
      ['"$LWS_GROUP_SIZE"', "2", 0, []],
      ["size: 2", "size: 4", 0, ["gpus-left-over"]],
      ['"$LWS_WORKER_INDEX"', "0", 0, ["node-rank-twice"]],
      [
        '"$LWS_GROUP_SIZE" \\\n                  --node_rank "$LWS_WORKER_INDEX"',
        "2 --node_rank 0",
        0,
        ["node-rank-twice"],
      ],
      [
        '"$LWS_GROUP_SIZE" \\\n                  --node_rank "$LWS_WORKER_INDEX" \\\n                  --nccl_host "$LWS_LEADER_ADDRESS"',
        '2 --node_rank "$LWS_WORKER_INDEX" --nccl_host deepseek-r1-0-1.deepseek-r1',
        0,
        ["nodes-disagree"],
      ],
      ["--port 8088", "--port 8089", 0, ["port-elsewhere"]],
      ["port: 8088", "port: 80", 0, []],
      ["--host 0.0.0.0", "", 0, ["host-unreachable"]],
      ["gpu: 8", "gpu: 4", 0, ["too-few-gpus"]],
      ["--tp 16", "--tp 32", 0, ["too-few-gpus"]],
      // A script may fetch the model.
      ["mountPath: /models", "mountPath: /data", 0, []],
    ],
  ],
  [
    "a Deployment with its Service",
    examples("kubernetes", "single-node.yaml"),
    [
      ['"8088"', '"8000"', 0, ["port-elsewhere"]],
      ["containerPort: 8088", "containerPort: 8000", 0, ["port-elsewhere"]],
      ["port: http", "port: 8000", 0, ["port-elsewhere"]],
      ["port: http", "port: 8088", 0, []],
      ["targetPort: http", "targetPort: 8000", 0, ["port-elsewhere"]],
      ["targetPort: http", "targetPort: web", 0, ["port-elsewhere"]],
      ["port: 8088", "port: 80", 0, []],
      ["- 0.0.0.0", "- 127.0.0.1", 0, ["host-unreachable"]],
      ["- 0.0.0.0", '- "::"', 0, []],
      ["gpu: 8", "gpu: 4", 0, ["too-few-gpus"]],
      ["gpu: 8", "gpu: 16", 0, ["gpus-left-over"]],
      ["/models/DeepSeek-R1", "/data/DeepSeek-R1", 0, ["model-not-mounted"]],
      ["16Gi", "128Mi", 0, ["shared-memory-too-small"]],
      ["16Gi", "64Gi", 0, []],
    ],
  ],
  [
    "an image",
    examples("docker", "Dockerfile"),
    [
      ["EXPOSE 8088", "EXPOSE 8000", 0, ["port-elsewhere"]],
      ["EXPOSE 8088", "EXPOSE 8088 9000", 0, []],
      ['"8088"', '"8089"', 0, ["port-elsewhere"]],
      ['"0.0.0.0"', '"127.0.0.1"', 0, ["host-unreachable"]],
      ["ENV LOADWORKER=18", "ENV CUDA_VISIBLE_DEVICES=0,1", 0, ["too-few-gpus"]],
    ],
  ],
  [
    "a job of Slurm",
    examples("shell", "slurm.sbatch"),
    [
      ["--gpus-per-node=8", "--gpus-per-node=4", 0, ["too-few-gpus"]],
      ["--gpus-per-node=8", "--gres=gpu:8", 0, []],
      ['--nnodes "$SLURM_JOB_NUM_NODES"', "--nnodes 2", 0, []],
      [
        'mapfile -t NODES < <(scontrol show hostnames "$SLURM_JOB_NODELIST")',
        "NODES=(node-0 node-1 node-2 node-3)",
        0,
        ["nodes-disagree"],
      ],
      ['mapfile -t NODES < <(scontrol show hostnames "$SLURM_JOB_NODELIST")', "NODES=(node-0 node-1)", 0, []],
    ],
  ],
  [
    "a unit",
    examples("systemd", "lightllm.service"),
    [
      ["Environment=LOADWORKER=18", "Environment=CUDA_VISIBLE_DEVICES=0,1,2,3", 0, ["too-few-gpus"]],
      ["--host 0.0.0.0", "", 0, []],
      ["--port 8088", "--port 8089", 0, []],
    ],
  ],
  [
    "one node in a config",
    examples("", "deepseek-r1.lightllm.yaml"),
    [
      ["  LOADWORKER: 18", "  CUDA_VISIBLE_DEVICES: 0,1,2,3", 0, ["too-few-gpus"]],
      ["  LOADWORKER: 18", "  CUDA_VISIBLE_DEVICES: 7,6,5,4,3,2,1,0", 0, []],
      ["tp: 8", "tp: 8\ndp: 8", 0, []],
      ["port: 8088", "port: 80", 0, []],
      ["host: 0.0.0.0", "", 0, []],
    ],
  ],
  [
    "the smallest config",
    examples("", "lightllm.yaml"),
    [
      ["model_dir", 'env: { CUDA_VISIBLE_DEVICES: "" }\nmodel_dir', 0, ["too-few-gpus"]],
      ["model_dir", "env: { CUDA_VISIBLE_DEVICES: 5 }\nmodel_dir", 0, []],
      ["model_dir", "env: { CUDA_VISIBLE_DEVICES: 5 }\ntp: 2\nmodel_dir", 0, ["too-few-gpus"]],
      ["model_dir", "---\nport: 8001\nmodel_dir", 0, []],
    ],
  ],
  [
    "vision in a config",
    examples("", "multimodal.lightllm.yaml"),
    [
      ["  LOADWORKER: 12", "  CUDA_VISIBLE_DEVICES: 3", 0, ["too-few-gpus"]],
      ["  LOADWORKER: 12", "  CUDA_VISIBLE_DEVICES: 2,3", 0, []],
      ["tp: 2", "tp: 2\nvisual_gpu_ids: [2]\nenv: { CUDA_VISIBLE_DEVICES: 0,1 }\nx-old:", 0, []],
    ],
  ],
  [
    "vision in a config of v1.1.0",
    examples("", "multimodal-v1.1.0.lightllm.yaml"),
    [
      ["  LOADWORKER: 12", "  CUDA_VISIBLE_DEVICES: 3", 0, ["too-few-gpus"]],
      ["  LOADWORKER: 12", "  CUDA_VISIBLE_DEVICES: 2,3", 0, []],
      ["visual_dp: 2", "visual_dp: 2\nvisual_gpu_ids: [0, 2]\nx-a:", 0, []],
      ["env:\n", "visual_gpu_ids: [0, 2]\nenv:\n  CUDA_VISIBLE_DEVICES: 0,1\n", 0, ["too-few-gpus"]],
    ],
  ],
  [
    "one node in a script",
    examples("shell", "single-node.sh"),
    [
      ["LOADWORKER=18 python", "CUDA_VISIBLE_DEVICES=0,1,2,3 python", 0, ["too-few-gpus"]],
      ["LOADWORKER=18 python", "CUDA_VISIBLE_DEVICES=$GPUS python", 0, []],
      ["LOADWORKER=18 python", "docker run -p 8088:8000 my/image python", 0, ["port-elsewhere"]],
      ["LOADWORKER=18 python", "docker run -p 8000:8088 my/image python", 0, []],
      ["--host 0.0.0.0", "", 0, []],
    ],
  ],
  [
    "one node in a script of v1.1.0",
    examples("shell", "single-node-v1.1.0.sh"),
    [
      ["export MOE_MODE=EP", "export MOE_MODE=EP CUDA_VISIBLE_DEVICES=0,1", 0, ["too-few-gpus"]],
      [
        "LOADWORKER=18 python",
        "docker run --gpus 4 -p 8088:8088 my/image python",
        0,
        ["host-unreachable", "too-few-gpus"],
      ],
      ["LOADWORKER=18 python", "docker run --gpus 8 --network host my/image python", 0, []],
      ["--port 8088", "--port 8089", 0, []],
    ],
  ],
  [
    "vision in a script",
    examples("shell", "multimodal.sh"),
    [
      ["LOADWORKER=12", "CUDA_VISIBLE_DEVICES=1", 0, ["too-few-gpus"]],
      ["LOADWORKER=12", "CUDA_VISIBLE_DEVICES=1,0", 0, []],
      // Only one of them is started.
      ["--port 8089", "--port 8080", 0, []],
    ],
  ],
  [
    "one script for each of two nodes",
    examples("shell", "multi-node.sh"),
    [
      ["export LOADWORKER=18", "export CUDA_VISIBLE_DEVICES=0,1,2,3", 0, ["too-few-gpus"]],
      ["export LOADWORKER=18", "export CUDA_VISIBLE_DEVICES=0,1,2,3,4,5,6,7", 0, []],
      ["NCCL_HOST:-10.0.0.20", "NCCL_HOST:-10.0.0.21", 0, []],
    ],
  ],
  [
    "a job that starts a server and asks it",
    examples("kubernetes", "job.yaml"),
    [
      ["gpu: 2", "gpu: 1", 0, ["too-few-gpus"]],
      ["gpu: 2", "gpu: 4", 0, ["gpus-left-over"]],
      ["--tp 2", "--tp 4", 0, ["too-few-gpus"]],
      ["sizeLimit: 16Gi", "sizeLimit: 1Gi", 0, ["shared-memory-too-small"]],
      ["mountPath: /models", "mountPath: /data", 0, []],
      ["--tp 2", "--tp 2 --port 8000", 0, []],
    ],
  ],
  [
    "a chart",
    examples("helm/templates", "deployment.yaml"),
    [
      // The values say the port.
      ["- 0.0.0.0", "- 127.0.0.1", 0, []],
      ["mountPath: /models", "mountPath: /data", 0, []],
      ["port: http", "port: 8000", 0, []],
    ],
  ],
];

/** The files with one place of a text changed; the places of all files are counted together. */
function changed(files: Files, [before, after, at]: Mutation): Files {
  let left = at;
  let done = false;
  const now = Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      let from = -1;
      while (!done) {
        from = text.indexOf(before, from + 1);
        if (from < 0) break;
        if (left-- > 0) continue;
        done = true;
        return [name, text.slice(0, from) + after + text.slice(from + before.length)];
      }
      return [name, text];
    }),
  );
  if (!done) throw new Error(`There is no ${before} to change.`);
  return now;
}

/** What is said between the launches, and about what each runs in. */
function codesIn(files: Files): string[] {
  const between = deploymentsIn(files).flatMap(({ findings }) => findings.map(({ code }): string => code));
  const around = documentsOf(files).flatMap((document) =>
    service.reportedFindings(document).flatMap(({ code, stage }) => (stage === "deployment" ? [code] : [])),
  );
  return [...new Set([...between, ...around])];
}

describe.each(WHOLE.map(([name, files, mutations]) => ({ name, files, mutations })))(
  "$name",
  ({ files, mutations }) => {
    test("is whole", () => {
      expect(codesIn(files)).toEqual([]);
    });

    test.each(mutations)("%j → %j (%i)", (...mutation) => {
      expect(codesIn(changed(files, mutation))).toEqual(mutation[3]);
    });
  },
);
