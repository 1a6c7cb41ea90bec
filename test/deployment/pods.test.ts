/** Deployments of pods: how often a template is started, and the Services by which others are called. */
import { describeRows, type Row } from "../support/deployment-rows";
import type { Files } from "../support/deployments";

const RUN = "python -m lightllm.server.api_server --model_dir /m/R1";
const node = (rank: string, more = "--nccl_host $LWS_LEADER_ADDRESS") =>
  `exec ${RUN} --tp 16 --nnodes 2 --node_rank ${rank} --nccl_port 2732 ${more}`;
const container = (command: string) =>
  `{name: l, image: "ghcr.io/modeltc/lightllm:v1.2.0", command: [sh, -c, '${command}']}`;
const pod = (command: string, labels = "a: b") =>
  `{metadata: {labels: {${labels}}}, spec: {containers: [${container(command)}]}}`;

/** A LeaderWorkerSet; with a command for the leader, if it has one of its own. */
function group(size: string, worker: string, leader?: string): Files {
  return {
    "lws.yaml": `apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: {name: r1}
spec:
  leaderWorkerTemplate:
    size: ${size}
${leader ? `    leaderTemplate: ${pod(leader)}\n` : ""}    workerTemplate: ${pod(worker)}
`,
  };
}

function statefulSet(replicas: number, command: string): Files {
  return {
    "sts.yaml": `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: r1}
spec:
  replicas: ${replicas}
  template: ${pod(command)}
`,
  };
}

const role = (mode: string, more: string) => `exec ${RUN} --run_mode ${mode} ${more}`;
/** A PD master with a Service, and a node that calls it. */
function pd(service: string, called: string): Files {
  const deployment = (name: string, command: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec:\n  template: ${pod(command, `app: ${name}`)}\n`;
  return {
    "pd.yaml": `${deployment("master", role("pd_master", "--host 0.0.0.0 --port 60011"))}---
apiVersion: v1
kind: Service
metadata: {name: pd-master}
spec: {selector: {app: master}, ${service}}
---
${deployment("prefill", role("prefill", `--host $POD_IP ${called}`))}`,
  };
}

const ROWS: readonly Row[] = [
  { name: "a rank of its own for each pod of a group", files: group("2", node("$LWS_WORKER_INDEX")) },
  {
    name: "one rank for all pods of a group",
    files: group("2", node("0")),
    said: ["node-rank-twice at lws.yaml: --node_rank 0"],
    stays: true,
  },
  { name: "one rank for the only worker of a group", files: group("2", node("1"), node("0")) },
  {
    name: "one rank for two workers of a group",
    files: group("3", node("1").replace("nnodes 2", "nnodes 3"), node("0").replace("nnodes 2", "nnodes 3")),
    said: ["node-rank-twice at lws.yaml: --node_rank 1"],
    stays: true,
  },
  ...(
    [
      ["leader and workers of one server", "", "", []],
      ["another tp of the leader", "--tp 8", "", ["nodes-disagree at lws.yaml: --tp 16"]],
      [
        "a worker with the rank of the leader",
        "",
        "--node_rank 0",
        ["node-rank-twice at lws.yaml: --node_rank 0"],
      ],
      [
        "a number instead of the group's size",
        "--nnodes 3",
        "",
        ["nodes-disagree at lws.yaml: --nnodes $(LWS_GROUP_SIZE)"],
      ],
      [
        "another port of the leader",
        "",
        "--nccl_port 2733",
        ["nodes-disagree at lws.yaml: --nccl_port 2733"],
      ],
    ] as const
  ).map(([name, leader, worker, said]): Row => {
    const node = `exec ${RUN} --tp 16 --nnodes $(LWS_GROUP_SIZE) --node_rank $(LWS_WORKER_INDEX) --nccl_host $(LWS_LEADER_ADDRESS) --nccl_port 2732`;
    return {
      name: `${name}, who know the group by its variables`,
      files: group("2", `${node} ${worker}`.trim(), `${node} ${leader}`.trim()),
      said,
    };
  }),
  { name: "a size that is not known", files: group("{{ .Values.size }}", node("0")) },
  {
    name: "more pods than nodes",
    files: group("4", node("$LWS_WORKER_INDEX")),
    said: ["nodes-disagree at lws.yaml: --nnodes 2"],
  },
  {
    name: "more pods than nodes, of which the leader is another",
    files: group("3", node("$LWS_WORKER_INDEX"), "sleep infinity"),
    said: ["nodes-disagree at lws.yaml: --nnodes 2"],
  },
  {
    name: "as many pods as nodes, of which the leader is another",
    files: group("2", node("$LWS_WORKER_INDEX"), node("0")),
  },
  {
    name: "the rank of the leader, which a worker takes too",
    files: group("2", node("$LWS_WORKER_INDEX"), node("1")),
    said: ["node-rank-twice at lws.yaml: --node_rank 1"],
  },
  {
    name: "more replicas than nodes, of which each takes its rank from its name",
    files: statefulSet(3, node("${HOSTNAME##*-}", "--nccl_host r1-0.r1")),
    said: ["nodes-disagree at sts.yaml: --nnodes 2"],
  },
  {
    name: "fewer replicas than nodes",
    files: statefulSet(1, node("${HOSTNAME##*-}", "--nccl_host r1-0.r1")),
    said: ["nodes-disagree at sts.yaml: --nnodes 2"],
  },
  {
    name: "the replicas of two servers",
    files: statefulSet(4, node("$(( ${HOSTNAME##*-} % 2 ))", "--nccl_host $FIRST")),
  },
  {
    name: "one rank for all replicas that meet at one address",
    files: statefulSet(2, node("0", "--nccl_host r1-0.r1")),
    said: ["node-rank-twice at sts.yaml: --node_rank 0"],
    stays: true,
  },
  {
    name: "one rank for replicas that may be of several servers",
    files: statefulSet(2, node("0", "--nccl_host $LEADER")),
  },
  ...(
    [
      [
        "the pod of node 1",
        statefulSet(2, node("${HOSTNAME##*-}", "--nccl_host r1-1.r1")),
        "--nccl_host r1-1.r1",
      ],
      ["the pod of node 0", statefulSet(2, node("${HOSTNAME##*-}", "--nccl_host r1-0.r1")), ""],
      ["a pod of another set", statefulSet(2, node("${HOSTNAME##*-}", "--nccl_host r2-1.r2")), ""],
      ["a name that only begins alike", statefulSet(2, node("${HOSTNAME##*-}", "--nccl_host r1-1-svc")), ""],
      [
        "the pod of a worker",
        group("2", node("$LWS_WORKER_INDEX", "--nccl_host r1-0-1.r1")),
        "--nccl_host r1-0-1.r1",
      ],
      ["the pod of the leader", group("2", node("$LWS_WORKER_INDEX", "--nccl_host r1-0.r1")), ""],
      [
        "a group that is not there",
        group("2", node("$LWS_WORKER_INDEX", "--nccl_host r1-1.r1")),
        "--nccl_host r1-1.r1",
      ],
    ] as const
  ).map(
    ([name, files, place]): Row => ({
      name: `${name} as the place of node 0`,
      files,
      ...(place && { said: [`nodes-disagree at ${Object.keys(files)[0]}: ${place}`] }),
    }),
  ),
  { name: "the only replica", files: statefulSet(1, node("0", "--nccl_host r1-0.r1")) },
  {
    name: "the port of a Service",
    files: pd("ports: [{port: 80, targetPort: 60011}]", "--pd_master_ip pd-master --pd_master_port 80"),
  },
  {
    name: "the port of the pod instead of the Service's",
    files: pd("ports: [{port: 80, targetPort: 60011}]", "--pd_master_ip pd-master --pd_master_port 60011"),
    said: ["pd-master-elsewhere at pd.yaml: --pd_master_port 60011"],
  },
  {
    name: "the Service by its whole name",
    files: pd(
      "ports: [{port: 80, targetPort: 60011}]",
      "--pd_master_ip pd-master.llm.svc.cluster.local --pd_master_port 81",
    ),
    said: ["pd-master-elsewhere at pd.yaml: --pd_master_port 81"],
  },
  {
    name: "a headless Service, which leads to the pod itself",
    files: pd(
      "clusterIP: None, ports: [{port: 80, targetPort: 60011}]",
      "--pd_master_ip pd-master --pd_master_port 60011",
    ),
  },
  {
    name: "a port of the Service that is not known",
    files: pd(
      'ports: [{port: "{{ .Values.port }}", targetPort: 60011}]',
      "--pd_master_ip pd-master --pd_master_port 60011",
    ),
  },
  {
    name: "another Service",
    files: pd("ports: [{port: 80, targetPort: 60011}]", "--pd_master_ip gateway --pd_master_port 443"),
  },
];

describeRows(ROWS);
