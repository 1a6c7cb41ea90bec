/** What launches that belong together must agree on: each broken, with its fix, and whole, in two notations. */
import { describeRows, type Row } from "../support/deployment-rows";
import type { Files } from "../support/deployments";

const RUN = "python -m lightllm.server.api_server";

/** Documents of a config for a release. */
function config(...launches: readonly string[]): Files {
  const [first = "", ...others] = launches;
  return { "d.lightllm.yaml": `# lightllm: release=v1.2.0\n${[first, ...others].join("---\n")}` };
}

function script(text: string, release = "v1.2.0"): Files {
  return { "d.sh": `# lightllm: release=${release}\n${text}` };
}

const NODE = "model_dir: /m/R1\ntp: 16\nnodes: 2\n".replace("nodes", "nnodes");
const node = (rank: number, host = "10.0.0.20", more = "") =>
  `${NODE}node_rank: ${rank}\nnccl_host: ${host}\nnccl_port: 2732\n${more}`;
const nodeFile = (rank: number, host = "10.0.0.20", tp = 16) =>
  `# lightllm: release=v1.2.0\n${RUN} --model_dir /m/R1 --tp ${tp} --nnodes 2 --node_rank ${rank} --nccl_host ${host} --nccl_port 2732\n`;

const master = (more = "", host = "10.0.0.30", port = 60011) =>
  `run_mode: pd_master\nmodel_dir: /m/R1\nhost: ${host}\nport: ${port}\n${more}`;
const part = (role: string, n: number, more = "", ip = "10.0.0.30", port = 60011) =>
  `run_mode: ${role}\nmodel_dir: /m/R1\nhost: 10.0.0.3${n}\npd_master_ip: ${ip}\npd_master_port: ${port}\n${more}`;
const pd = (role: string, flags: string) =>
  `# lightllm: release=v1.2.0\n${RUN} --run_mode ${role} --model_dir /m/R1 ${flags}\n`;
const PD = {
  "master.sh": pd("pd_master", "--host 10.0.0.30 --port 60011"),
  "prefill.sh": pd("prefill", "--host 10.0.0.31 --pd_master_ip 10.0.0.30 --pd_master_port 60011"),
  "decode.sh": pd("decode", "--host 10.0.0.32 --pd_master_ip 10.0.0.30 --pd_master_port 60011"),
};
const CONFIG_SERVER = "config_server_host: 10.0.0.40\nconfig_server_port: 60088\n";
const served = (role: string, host: string, more = "") =>
  `run_mode: ${role}\nmodel_dir: /m/R1\nhost: ${host}\n${CONFIG_SERVER}${more}`;

/** A loop over three hosts. */
const LOOP = (words: string, rank: string, more = "") =>
  `HOSTS=(a b c)\nfor i in ${words}; do\n${more}  ssh "\${HOSTS[$i]}" "START --node_rank ${rank}" &\ndone\n`;

const ROWS: readonly Row[] = [
  {
    name: "a rank twice in a config",
    files: config(node(0), node(0)),
    said: ["node-rank-twice at d.lightllm.yaml: node_rank: 0"],
  },
  {
    name: "a rank twice in two files",
    files: { "a.sh": nodeFile(1), "b.sh": nodeFile(1) },
    said: ["node-rank-twice at b.sh: --node_rank 1"],
  },
  {
    name: "one rank for every node of a loop",
    files: script(
      `for host in a b; do ssh "$host" ${RUN} --model_dir /m/R1 --tp 16 --nnodes 2 --node_rank 0 --nccl_host a --nccl_port 1 & done\n`,
    ),
    said: ["node-rank-twice at d.sh: --node_rank 0"],
    stays: true,
  },
  {
    name: "one rank for every node of a job",
    files: script(
      `srun --nodes=2 ${RUN} --model_dir /m/R1 --tp 16 --nnodes 2 --node_rank 0 --nccl_host a --nccl_port 1\n`,
    ),
    said: ["node-rank-twice at d.sh: --node_rank 0"],
    stays: true,
  },
  ...[
    ["more tasks than nodes", "#SBATCH --nodes=4", "srun --ntasks-per-node=1", "$SLURM_PROCID", true],
    ["fewer tasks than nodes", "#SBATCH --nodes=2", "srun --ntasks=1", "$SLURM_NODEID", true],
    ["a task for each node", "#SBATCH --nodes=2", "srun", "$SLURM_PROCID", false],
    ["tasks of two servers", "#SBATCH --nodes=4", "srun", "$((SLURM_PROCID % 2))", false],
    ["one task of several that start", "#SBATCH --nodes=4", "srun -N1 -n1 -w node-$i", "$i", false],
    ["a number of tasks that is not known", "#SBATCH --nodes=4", "srun -n $TASKS", "$SLURM_PROCID", false],
  ].map(
    ([name, job, step, rank, isBroken]): Row => ({
      name: `${name} of a job`,
      files: {
        "job.sh": `#!/bin/bash\n${job}\n# lightllm: release=v1.2.0\n${step} ${RUN} --model_dir /m/R1 --tp 16 --nnodes 2 --node_rank ${rank} --nccl_host $FIRST --nccl_port 1\n`,
      },
      ...(isBroken && { said: ["nodes-disagree at job.sh: --nnodes 2"] }),
    }),
  ),
  ...(
    [
      ["more hosts than nodes in an array", LOOP('"${!HOSTS[@]}"', "$i"), 2, true],
      ["as many hosts as nodes in an array", LOOP('"${!HOSTS[@]}"', "$i"), 3, false],
      ["fewer hosts than nodes in an array", LOOP('"${!HOSTS[@]}"', "$i"), 4, true],
      [
        "a counter beside the hosts",
        `HOSTS=(a b c)\nn=0\nfor h in "\${HOSTS[@]}"; do\n  ssh "$h" START --node_rank $n &\n  n=$((n+1))\ndone\n`,
        2,
        true,
      ],
      ["numbers from 0 on", "for i in 0 1 2; do ssh node$i START --node_rank $i & done\n", 2, true],
      ["numbers from 1 on", "for i in 1 2 3; do ssh node$i START --node_rank $i & done\n", 4, false],
      ["steps", "for ((i = 0; i < 3; i++)); do ssh node$i START --node_rank $i & done\n", 4, true],
      [
        "steps over an array",
        "HOSTS=(a b)\nfor ((i=0; i<${#HOSTS[@]}; i++)); do ssh ${HOSTS[$i]} START --node_rank $i & done\n",
        3,
        true,
      ],
      ["an array that grows", `HOSTS=(a)\nHOSTS+=(b)\n${LOOP('"${!HOSTS[@]}"', "$i").slice(14)}`, 3, false],
      ["an array of a variable", LOOP('"${!HOSTS[@]}"', "$i").replace("(a b c)", "($NODES)"), 2, false],
      ["rounds that are left out", LOOP('"${!HOSTS[@]}"', "$i", "[ $i = 0 ] && continue\n"), 2, false],
      ["a rank that begins with 1", LOOP('"${!HOSTS[@]}"', "$((i + 1))"), 2, false],
      ["another node beside the loop", `${LOOP('"${!HOSTS[@]}"', "$i")}START --node_rank 3\n`, 4, false],
    ] as const
  ).map(
    ([name, text, nodes, isBroken]): Row => ({
      name: `${name} of a loop`,
      files: script(
        text.replaceAll(
          "START",
          `${RUN} --model_dir /m/R1 --tp 12 --nnodes ${nodes} --nccl_host a --nccl_port 1`,
        ),
      ),
      ...(isBroken && { said: [`nodes-disagree at d.sh: --nnodes ${nodes}`] }),
    }),
  ),
  ...[
    ["the number of hosts in the loop itself", "${#HOSTS[@]}", "$i", ""],
    [
      "the number of hosts in a variable, and one rank",
      "$NODES",
      "0",
      "node-rank-twice at d.sh: --node_rank 0",
    ],
    ["the number of other hosts, and one rank", "${#OTHERS[@]}", "0", ""],
  ].map(
    ([name = "", count, rank = "", said]): Row => ({
      name,
      files: script(
        `NODES=\${#HOSTS[@]}\n${LOOP('"${!HOSTS[@]}"', rank)}`
          .replace(/^(NODES.*)\n(HOSTS.*)$/m, "$2\n$1")
          .replace(
            "START",
            `${RUN} --model_dir /m/R1 --tp 12 --nnodes ${count} --nccl_host a --nccl_port 1`.replaceAll(
              "$",
              "$$$$",
            ),
          ),
      ),
      ...(said && { said: [said], stays: true }),
    }),
  ),
  {
    name: "a rank of its own for every node of a loop",
    files: script(
      `for rank in 0 1; do ssh "node-$rank" ${RUN} --model_dir /m/R1 --tp 16 --nnodes 2 --node_rank $rank --nccl_host a --nccl_port 1 & done\n`,
    ),
  },
  {
    name: "a node that a loop starts again",
    files: script(
      `while true; do ${RUN} --model_dir /m/R1 --tp 16 --nnodes 2 --node_rank 0 --nccl_host a --nccl_port 1; done\n`,
    ),
  },
  {
    name: "services with the network of their host",
    files: {
      "compose.yaml": `services:\n${["a", "b"].map((name) => `  ${name}:\n    image: lightllm:v1.2.0\n    network_mode: host\n    command: ["python", "-m", "lightllm.server.api_server", "--model_dir", "/m", "--port", "8000"]\n`).join("")}`,
    },
    said: ['port-twice-on-one-host at compose.yaml: "--port", "8000"'],
  },
  {
    name: "another address of the first node in each of two files, with no port that links them",
    files: {
      "a.sh": `# lightllm: release=v1.2.0\n${RUN} --model_dir /m/R1 --tp 16 --nnodes 2 --node_rank 0 --nccl_host 10.0.0.20 --nccl_port 2731\n`,
      "b.sh": nodeFile(1, "10.0.0.21"),
    },
    said: ["nodes-disagree at b.sh: --nccl_host 10.0.0.21", "nodes-disagree at b.sh: --nccl_port 2732"],
  },
  {
    name: "two scripts with one port, of which one has a rank that is not known",
    files: {
      "a.sh": `# lightllm: release=v1.2.0\n${RUN} --model_dir /m/R1 --tp 16 --nnodes 2 --node_rank 0 --nccl_host 10.0.0.20 --nccl_port 2732\n`,
      "b.sh": `# lightllm: release=v1.2.0\n${RUN} --model_dir /m/R1 --tp 16 --dp 16 --nnodes 2 --node_rank "$R" --nccl_host "$H" --nccl_port 2732\n`,
    },
    said: [],
  },
  {
    name: "a third file that may be the second node too",
    files: {
      "a.sh": `# lightllm: release=v1.2.0\n${RUN} --model_dir /m/R1 --tp 16 --nnodes 2 --node_rank 0 --nccl_host 10.0.0.20 --nccl_port 2731\n`,
      "b.sh": nodeFile(1, "10.0.0.21"),
      "c.sh": nodeFile(1, "10.0.0.22").replace("2732", "2733"),
    },
  },
  {
    name: "the only decode node of a folder at another master than that of the folder",
    files: { ...PD, "decode.sh": PD["decode.sh"].replace("_ip 10.0.0.30", "_ip 10.0.0.33") },
    said: ["pd-master-elsewhere at decode.sh: --pd_master_ip 10.0.0.33"],
  },
  {
    name: "a decode node of another model at another master",
    files: {
      ...PD,
      "decode.sh": PD["decode.sh"].replace("_ip 10.0.0.30", "_ip 10.0.0.33").replace("/m/R1", "/m/V3"),
    },
  },
  {
    name: "the longest request of the PD master only",
    files: { ...PD, "master.sh": PD["master.sh"].replace("--port", "--max_req_total_len 16384 --port") },
    said: ["pd-nodes-disagree at master.sh: --max_req_total_len 16384"],
  },
  {
    name: "the address of node 1 as that of node 0, on both",
    files: config(node(0, "10.0.0.21", "host: 10.0.0.20\n"), node(1, "10.0.0.21", "host: 10.0.0.21\n")),
    said: ["nodes-disagree at d.lightllm.yaml: nccl_host: 10.0.0.21"],
    stays: true,
  },
  {
    name: "another address of node 0, which its machine may have too",
    files: config(node(0, "10.9.0.20", "host: 10.0.0.20\n"), node(1, "10.9.0.20", "host: 10.0.0.21\n")),
  },
  {
    name: "the experts' mode on one of two nodes only",
    files: {
      "a.sh": nodeFile(0).replace("v1.2.0", "v1.1.0").replace("python", "MOE_MODE=EP python"),
      "b.sh": nodeFile(1).replace("v1.2.0", "v1.1.0"),
    },
    said: ["nodes-disagree at b.sh: lightllm.server.api_server"],
    stays: true,
  },
  {
    name: "another model of the PD master",
    files: { ...PD, "master.sh": PD["master.sh"].replace("/m/R1", "/m/V3") },
    said: ["pd-nodes-disagree at master.sh: --model_dir /m/V3"],
  },
  { name: "two whole nodes in a config", files: config(node(0), node(1)) },
  { name: "two whole nodes in two files", files: { "a.sh": nodeFile(0), "b.sh": nodeFile(1) } },
  {
    name: "another tp on a node of a config",
    files: config(node(0), node(1).replace("16", "8")),
    said: ["nodes-disagree at d.lightllm.yaml: tp: 8"],
  },
  {
    name: "another tp in one of two files",
    files: { "a.sh": nodeFile(0), "b.sh": nodeFile(1, "10.0.0.20", 8) },
    said: ["nodes-disagree at b.sh: --tp 8"],
  },
  {
    name: "another first node",
    files: config(node(0), node(1, "10.0.0.21")),
    said: ["nodes-disagree at d.lightllm.yaml: nccl_host: 10.0.0.21"],
  },
  {
    name: "another first node in one of two files",
    files: { "a.sh": nodeFile(0), "b.sh": nodeFile(1, "10.0.0.21") },
    said: ["nodes-disagree at b.sh: --nccl_host 10.0.0.21"],
  },
  {
    name: "a flag on one node only",
    files: config(node(0), node(1, undefined, "enable_ep_moe: true\n")),
    said: ["nodes-disagree at d.lightllm.yaml: enable_ep_moe: true"],
  },
  {
    name: "drafts on one node only",
    files: config(
      node(0, undefined, "mtp_mode: eagle_with_att\nmtp_step: 1\n"),
      node(1, undefined, "mtp_mode: eagle_with_att\nmtp_step: 2\n"),
    ),
    said: ["nodes-disagree at d.lightllm.yaml: mtp_step: 2"],
  },
  {
    name: "another port for the routers",
    files: config(node(0), node(1, undefined, "multinode_router_gloo_port: 20002\n")),
    said: ["nodes-disagree at d.lightllm.yaml: multinode_router_gloo_port: 20002"],
  },
  {
    name: "the experts' mode of a release with the variable",
    files: script(
      [0, 1]
        .map(
          (rank) =>
            `ssh 10.0.0.2${rank} MOE_MODE=${rank ? "TP" : "EP"} ${RUN} --model_dir /m/R1 --tp 16 --dp 16 --nnodes 2 --node_rank ${rank} --nccl_host 10.0.0.20 &\n`,
        )
        .join(""),
      "v1.1.0",
    ),
    said: ["nodes-disagree at d.sh: MOE_MODE"],
    stays: true,
  },
  { name: "the model at another place", files: config(node(0), node(1).replace("/m/R1", "/data/R1")) },
  {
    name: "nodes of which a variable says the rank",
    files: config(node(0), node(1).replace("node_rank: 1", "node_rank: $RANK")),
  },
  {
    name: "another master for one node of a config",
    files: config(master(), part("prefill", 1), part("decode", 2, "", "10.0.0.33")),
    said: ["pd-master-elsewhere at d.lightllm.yaml: pd_master_ip: 10.0.0.33"],
  },
  {
    name: "another port for one of three files",
    files: { ...PD, "prefill.sh": PD["prefill.sh"].replace("60011", "60012") },
    said: ["pd-master-elsewhere at prefill.sh: --pd_master_port 60012"],
  },
  {
    name: "no port in one of three files",
    files: { ...PD, "prefill.sh": PD["prefill.sh"].replace(" --pd_master_port 60011", "") },
    said: [`pd-master-elsewhere at prefill.sh: lightllm.server.api_server`],
  },
  {
    name: "a master that all others look for elsewhere",
    files: config(master("", "10.0.0.30", 60012), part("prefill", 1), part("decode", 2)),
    said: ["pd-master-elsewhere at d.lightllm.yaml: port: 60012"],
  },
  {
    name: "a master that listens for itself only",
    files: config(master("", "127.0.0.1"), part("prefill", 1), part("decode", 2)),
    said: ["pd-master-elsewhere at d.lightllm.yaml: host: 127.0.0.1"],
  },
  {
    name: "a whole PD deployment in a config",
    files: config(master(), part("prefill", 1, "tp: 2\n"), part("decode", 2, "tp: 4\n")),
  },
  { name: "a whole PD deployment in three files", files: PD },
  {
    name: "another longest request",
    files: config(
      master("max_req_total_len: 8192\n"),
      part("prefill", 1, "max_req_total_len: 8192\n"),
      part("decode", 2, "max_req_total_len: 4096\n"),
    ),
    said: ["pd-nodes-disagree at d.lightllm.yaml: max_req_total_len: 4096"],
  },
  {
    name: "another image scale in one of three files",
    files: { ...PD, "prefill.sh": PD["prefill.sh"].replace("--host", "--max_image_pixels 100352 --host") },
    said: ["pd-nodes-disagree at prefill.sh: --max_image_pixels 100352"],
  },
  {
    name: "another page of the kv cache",
    files: config(
      master(),
      part("prefill", 1, "pd_kv_page_size: 512\n"),
      part("decode", 2, "pd_kv_page_size: 256\n"),
    ),
    said: ["pd-nodes-disagree at d.lightllm.yaml: pd_kv_page_size: 256"],
  },
  {
    name: "another model",
    files: config(master(), part("prefill", 1), part("decode", 2).replace("/m/R1", "/m/V3")),
    said: ["pd-nodes-disagree at d.lightllm.yaml: model_dir: /m/V3"],
  },
  {
    name: "the same model in another format",
    files: config(master(), part("prefill", 1), part("decode", 2).replace("/m/R1", "/m/R1-FP8")),
  },
  {
    name: "more nodes than the master waits for",
    files: config(
      master("pd_master_mode: 1p1d\n"),
      part("prefill", 1),
      part("prefill", 4),
      part("decode", 2),
    ),
    said: ["pd-node-count at d.lightllm.yaml: pd_master_mode: 1p1d"],
    stays: true,
  },
  {
    name: "fewer nodes: the others are elsewhere",
    files: config(master("pd_master_mode: 2p1d\n"), part("prefill", 1), part("decode", 2)),
  },
  {
    name: "another port of the config server",
    files: config(
      `run_mode: config_server\n${CONFIG_SERVER}`,
      served("pd_master", "10.0.0.41"),
      served("prefill", "10.0.0.42").replace("60088", "60089"),
    ),
    said: ["config-server-elsewhere at d.lightllm.yaml: config_server_port: 60089"],
  },
  {
    name: "another config server in one of several files",
    files: {
      "server.sh": `# lightllm: release=v1.2.0 \n${RUN} --run_mode config_server --config_server_host $SERVER --config_server_port 60088\n`,
      "master.sh": pd("pd_master", "--host $HOST --config_server_host $SERVER --config_server_port 60088"),
      "prefill.sh": pd("prefill", "--host $HOST --config_server_host $SERVER --config_server_port 60089"),
    },
    said: ["config-server-elsewhere at prefill.sh: --config_server_port 60089"],
  },
  ...[60088, 60089].map((port): Row => {
    const called = (at: number) => `--config_server_host 10.0.0.40 --config_server_port ${at}`;
    return {
      name: `a config server at every address, whose port a master calls with ${port}`,
      files: script(
        `case $1 in\nserver) ${RUN} --run_mode config_server --config_server_host 0.0.0.0 --config_server_port 60088 ;;\nmaster) ${RUN} --model_dir /m/R1 --run_mode pd_master --host $HOST ${called(port)} ;;\ndecode) ${RUN} --model_dir /m/R1 --run_mode decode --host $HOST ${called(60088)} ;;\nesac\n`,
      ),
      ...(port !== 60088 && { said: [`config-server-elsewhere at d.sh: --config_server_port ${port}`] }),
    };
  }),
  {
    name: "a whole config server",
    files: config(
      `run_mode: config_server\n${CONFIG_SERVER}`,
      served("pd_master", "10.0.0.41"),
      served("prefill", "10.0.0.42"),
      served("decode", "10.0.0.43"),
    ),
  },
  {
    name: "another redis",
    files: config(
      `run_mode: config_server\n${CONFIG_SERVER}config_server_visual_redis_port: 6379\n`,
      served("visual_only", "10.0.0.41", "afs_image_embed_dir: /a\nconfig_server_visual_redis_port: 6380\n"),
    ),
    said: ["config-server-elsewhere at d.lightllm.yaml: config_server_visual_redis_port: 6380"],
  },
  {
    name: "one NCCL port of two servers at the config server",
    files: config(
      ...["prefill", "decode"].map((role, at) =>
        served(
          role,
          `10.0.0.4${at + 1}`,
          "use_config_server_to_init_nccl: true\nnccl_host: 10.0.0.40\nnccl_port: 2732\n",
        ),
      ),
    ),
    said: ["nccl-port-twice-on-config-server at d.lightllm.yaml: nccl_port: 2732"],
  },
  {
    name: "one port on one machine",
    files: config(part("prefill", 1, "port: 8000\n"), part("decode", 1, "port: 8000\n")),
    said: ["port-twice-on-one-host at d.lightllm.yaml: port: 8000"],
  },
  {
    name: "one port in two files",
    files: { ...PD, "decode.sh": PD["decode.sh"].replace("10.0.0.32", "10.0.0.31") },
    said: ["port-twice-on-one-host at decode.sh: lightllm.server.api_server"],
  },
  {
    name: "one NCCL port, the default of v1.1.0",
    files: script(
      `CUDA_VISIBLE_DEVICES=0 ${RUN} --model_dir /m/a --port 8000 &\nCUDA_VISIBLE_DEVICES=1 ${RUN} --model_dir /m/b --port 8001 &\n`,
      "v1.1.0",
    ),
    said: ["port-twice-on-one-host at d.sh: lightllm.server.api_server"],
  },
  {
    name: "the master's port for a node beside it",
    files: config(
      master().replace("10.0.0.30", "0.0.0.0"),
      part("prefill", 1, "port: 60011\n", "127.0.0.1"),
      part("decode", 2),
    ),
    said: ["port-twice-on-one-host at d.lightllm.yaml: port: 60011"],
  },
  {
    name: "one after the other",
    files: script(`${RUN} --model_dir /m/a --port 8000\n${RUN} --model_dir /m/b --port 8000\n`),
  },
  {
    name: "one after the other, in the background",
    files: script(
      `${RUN} --model_dir /m/a --port 8000 &\nwait\n${RUN} --model_dir /m/b --port 8000 &\nwait\n`,
    ),
  },
  {
    name: "one or the other",
    files: script(
      `case $1 in\na) ${RUN} --model_dir /m/a --port 8000 & ;;\nb) ${RUN} --model_dir /m/b --port 8000 & ;;\nesac\n`,
    ),
  },
  {
    name: "one in a function that nobody may call",
    files: script(
      `a() {\n  ${RUN} --model_dir /m/a --port 8000 &\n}\n${RUN} --model_dir /m/b --port 8000 &\n`,
    ),
  },
  {
    name: "on different machines",
    files: script(
      `ssh a ${RUN} --model_dir /m/a --port 8000 &\nssh b ${RUN} --model_dir /m/b --port 8000 &\n`,
    ),
  },
  {
    name: "on one other machine",
    files: script(
      `ssh a CUDA_VISIBLE_DEVICES=0 ${RUN} --model_dir /m/a --port 8000 &\nssh a CUDA_VISIBLE_DEVICES=1 ${RUN} --model_dir /m/b --port 8000 &\n`,
    ),
    said: ["port-twice-on-one-host at d.sh: --port 8000"],
  },
  {
    name: "in containers with networks of their own",
    files: script(
      `docker run -d -p 8000:8000 lightllm ${RUN} --model_dir /m/a --port 8000\ndocker run -d -p 8001:8000 lightllm ${RUN} --model_dir /m/b --port 8000\n`,
    ),
  },
  {
    name: "one GPU",
    files: script(
      `CUDA_VISIBLE_DEVICES=0,1 ${RUN} --model_dir /m/a --tp 2 --port 8000 &\nCUDA_VISIBLE_DEVICES=1,2 ${RUN} --model_dir /m/b --tp 2 --port 8001 &\n`,
    ),
    said: ["gpu-twice-on-one-host at d.sh: 1,2"],
  },
  {
    name: "the first GPUs of both",
    files: script(`${RUN} --model_dir /m/a --tp 2 --port 8000 &\n${RUN} --model_dir /m/b --port 8001 &\n`),
    said: ["gpu-twice-on-one-host at d.sh: lightllm.server.api_server"],
    stays: true,
  },
  {
    name: "GPUs of their own",
    files: script(
      `CUDA_VISIBLE_DEVICES=0,1 ${RUN} --model_dir /m/a --tp 2 --port 8000 &\nCUDA_VISIBLE_DEVICES=2,3 ${RUN} --model_dir /m/b --tp 2 --port 8001 &\n`,
    ),
  },
  {
    name: "one GPU with little memory for each",
    files: script(
      `${RUN} --model_dir /m/a --mem_fraction 0.4 --port 8000 &\n${RUN} --model_dir /m/b --mem_fraction 0.4 --port 8001 &\n`,
    ),
  },
  {
    name: "two variants of one node in a folder",
    files: {
      "a.sh": nodeFile(0),
      "b.sh": nodeFile(0).replace("--tp", "--dp 16 --tp"),
      "c.sh": nodeFile(1),
      "d.sh": nodeFile(1).replace("--tp", "--dp 16 --tp"),
    },
  },
  {
    name: "a page that shows several servers",
    files: {
      "p.md": `\`\`\`sh\n${RUN} --model_dir /m/a --port 8000 &\n\`\`\`\nor\n\`\`\`sh\n${RUN} --model_dir /m/b --port 8000 &\n\`\`\`\n`,
    },
  },
  {
    name: "what a comment silences",
    files: config(node(0), node(1).replace("tp: 16", "# lightllm: disable-next-line=nodes-disagree\ntp: 8")),
  },
];

describeRows(ROWS);
