#!/usr/bin/env bash
# lightllm: release=v1.1.0
# Serves Qwen on one node.
set -euo pipefail

MODEL=/models/Qwen3-8B  # the folder, not the file
PORT="${PORT:-8088}"
RANK=$((SLURM_PROCID + 0))

# Threads that read weights.
export LOADWORKER=18
export NCCL_SOCKET_IFNAME=$IFNAME  # ask the network team

ARGS=(
  # One for each GPU.
  --tp 8
  --dp 8  # attention too
)

# Start it.
# --port: Behind the load balancer.
#   Both of them.
exec python -m lightllm.server.api_server --model_dir "$MODEL" \
  --port "$PORT" --host $(hostname -i) --node_rank $RANK \
  --data_type='bfloat16' \
  "${ARGS[@]}" "$@"
