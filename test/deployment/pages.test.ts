/** The forms in which LightLLM's own pages and start scripts show deployments: only what is true of them is said. */
import { expect, test } from "vitest";
import { deploymentsIn, type Files, saidBetween } from "../support/deployments";

const RUN = "python -m lightllm.server.api_server";

/** A reStructuredText page with a block for each command. */
function page(...commands: readonly string[]): Files {
  const blocks = commands.map(
    (command) =>
      `.. code-block:: bash\n\n${command
        .split("\n")
        .map((line) => `    ${line}`)
        .join("\n")}\n`,
  );
  return { "deployment.rst": `Deployment\n==========\n\n${blocks.join("\nThen\n\n")}` };
}

const nodes = (flags: string) =>
  [0, 1].map(
    (rank) =>
      `export nccl_host=$1\n${RUN} --port 8088 --model_dir /path/R1 --tp 16 ${flags} --nnodes 2 --node_rank ${rank} --nccl_host $nccl_host --nccl_port 2732`,
  );
const pdNode = (role: string, port: number, called: string) =>
  `export host=$1\nexport pd_master_ip=$2\n${RUN} --model_dir /path/R1 --run_mode "${role}" --tp 8 --dp 8 --host $host --port ${port} --nccl_port ${port + 1} ${called}`;
const MASTER = `export pd_master_ip=$1\n${RUN} --model_dir /path/R1 --run_mode "pd_master" --host $pd_master_ip --port 60011`;
const SERVED = "--config_server_host $config_server_host --config_server_port 60088";
const several = [
  `export config_server_host=$1\n${RUN} --run_mode "config_server" ${SERVED}`,
  ...[60011, 60012].map(
    (port) =>
      `export host=$1\nexport config_server_host=$2\n${RUN} --model_dir /path/R1 --run_mode "pd_master" --host $host --port ${port} ${SERVED}`,
  ),
  ...["prefill", "decode"].map(
    (role) =>
      `export host=$1\nexport config_server_host=$2\n${RUN} --model_dir /path/R1 --run_mode "${role}" --host $host --port 8019 --tp 8 --dp 8 ${SERVED}`,
  ),
];

const LISTING = [
  `${RUN} --run_mode "config_server" --config_server_host 10.120.114.74 --config_server_port 60088`,
  ...[60011, 60012].map(
    (port) =>
      `${RUN} --model_dir /m/V2 --run_mode "pd_master" --host 10.120.114.74 --port ${port} --config_server_host 10.120.114.74 --config_server_port 60088`,
  ),
  ...[
    ["prefill", "8019 --tp 1 --nccl_port 2732 --max_total_token_num 40000 --max_req_total_len 16000"],
    ["decode", "8121 --tp 1 --nccl_port 12322 --max_total_token_num 40000"],
  ].map(
    ([role, flags], gpu) =>
      `CUDA_VISIBLE_DEVICES=${gpu} ${RUN} --model_dir /m/V2 --run_mode "${role}" --host 10.120.178.74 --port ${flags} --config_server_host 10.120.114.74 --config_server_port 60088`,
  ),
].join("\n\n");

const TWO_PREFILLS = `PORT="$1"
MODEL_DIR="$2"
P=(--model_dir "\${MODEL_DIR}" --mem_fraction 0.80 --mtp_mode eagle_with_att --mtp_step 3 --pd_kv_page_size 4096 --pd_master_ip 127.0.0.1 --pd_master_port "\${PORT}")
PIDS=()
trap 'kill -TERM "\${PIDS[@]}"; wait "\${PIDS[@]}"' EXIT
CUDA_VISIBLE_DEVICES=0,1 ${RUN} "\${P[@]}" --run_mode prefill --tp 2 --host 0.0.0.0 --port 28761 --nccl_port 29761 &
PIDS+=("$!")
CUDA_VISIBLE_DEVICES=2,3 ${RUN} "\${P[@]}" --run_mode prefill --tp 2 --host 0.0.0.0 --port 28762 --nccl_port 29762 &
PIDS+=("$!")
CUDA_VISIBLE_DEVICES=4,5,6,7 ${RUN} "\${P[@]}" --run_mode decode --tp 4 --host 0.0.0.0 --port 28763 --nccl_port 29763 &
PIDS+=("$!")
${RUN} --model_dir "\${MODEL_DIR}" --run_mode pd_master --pd_master_mode 2p1d --host 0.0.0.0 --port "\${PORT}" &
PIDS+=("$!")
wait -n "\${PIDS[@]}"
`;

test.each<[string, Files, number[], string[]]>([
  [
    "two ways to use two nodes on one page",
    page(...nodes(""), ...nodes("--dp 16 --enable_ep_moe")),
    [2, 2],
    [],
  ],
  [
    "one PD master on a page that forgets its port at the prefill node",
    page(
      MASTER,
      pdNode("prefill", 8019, "--pd_master_ip $pd_master_ip"),
      pdNode("decode", 8121, "--pd_master_ip $pd_master_ip --pd_master_port 60011"),
    ),
    [3],
    ["pd-master-elsewhere at deployment.rst: lightllm.server.api_server"],
  ],
  ["several PD masters on a page", page(...several), [5], []],
  [
    "several PD masters, a file for each",
    Object.fromEntries(several.map((command, at) => [`${at}.sh`, `${command}\n`])),
    [5],
    [],
  ],
  [
    "a script that lists the commands for several machines",
    { "pd.sh": `${LISTING}\n` },
    [5],
    // True of the newest release: its PD masters refuse the prefill node, unless 16000 is the model's own length.
    ["pd-nodes-disagree at pd.sh: --max_req_total_len 16000"],
  ],
  [
    "a script that starts two prefill nodes, a decode node and their master",
    { "2p1d.sh": TWO_PREFILLS },
    [4],
    [],
  ],
])("%s", (_, files, sizes, said) => {
  expect(deploymentsIn(files).map(({ members }) => members.length)).toEqual(sizes);
  expect(saidBetween(files)).toEqual(said);
});

test.each<[string, string, string, string[]]>([
  [
    "one port for two nodes",
    "--port 28762",
    "--port 28761",
    ["port-twice-on-one-host at 2p1d.sh: --port 28761"],
  ],
  ["one GPU for two nodes", "=2,3", "=1,2", ["gpu-twice-on-one-host at 2p1d.sh: 1,2"]],
  [
    "a third prefill node",
    "--run_mode decode",
    "--run_mode prefill",
    ["pd-node-count at 2p1d.sh: --pd_master_mode 2p1d"],
  ],
  [
    "another form of the kv cache",
    "--run_mode decode",
    "--run_mode decode --llm_kv_type fp8kv_sph",
    ["pd-nodes-disagree at 2p1d.sh: --llm_kv_type fp8kv_sph"],
  ],
])("in that script, %s", (_, before, after, said) => {
  expect(saidBetween({ "2p1d.sh": TWO_PREFILLS.replace(before, after) })).toEqual(said);
});
