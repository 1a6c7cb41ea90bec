#!/usr/bin/env bash
# lightllm: release=v1.2.0
#
# DeepSeek-R1 on two nodes with eight H100 each: one server over sixteen GPUs. Start it on both; they wait for each
# other. Requests go to node 0.
#
#   ./multi-node.sh        # on 10.0.0.20, which is node 0
#   ./multi-node.sh 1      # on the other node

set -euo pipefail

NODE_RANK="${1:-0}"
# Node 0, as both nodes reach it: not 127.0.0.1.
NCCL_HOST="${NCCL_HOST:-10.0.0.20}"

ARGS=(
  --model_dir /models/DeepSeek-R1
  --host 0.0.0.0
  --port 8088
  # All GPUs of all nodes; a multiple of nnodes.
  --tp 16
  --nnodes 2
  --node_rank "$NODE_RANK"
  --nccl_host "$NCCL_HOST"
  # The same on both nodes, and free on node 0.
  --nccl_port 2732
  --reasoning_parser deepseek-r1
)

export LOADWORKER=18

python -m lightllm.server.api_server "${ARGS[@]}" 2>&1 | tee "node-$NODE_RANK.log"
