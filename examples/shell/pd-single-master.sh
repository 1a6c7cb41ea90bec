#!/usr/bin/env bash
# lightllm: release=v1.2.0
#
# DeepSeek-R1 with prefill and decode on nodes of their own, eight H200 each, behind one PD master.
#
#   ./pd-single-master.sh master     # on 10.0.0.30, which needs no GPU
#   ./pd-single-master.sh prefill    # on 10.0.0.31
#   ./pd-single-master.sh decode     # on 10.0.0.32

set -euo pipefail

MODEL_DIR="${MODEL_DIR:-/models/DeepSeek-R1}"
PD_MASTER_IP="${PD_MASTER_IP:-10.0.0.30}"
PD_MASTER_PORT="${PD_MASTER_PORT:-60011}"
PREFILL_IP="${PREFILL_IP:-10.0.0.31}"
DECODE_IP="${DECODE_IP:-10.0.0.32}"

# Where a proxy is set, it would also get the nodes' connection to the PD master, and refuse it.
export NO_PROXY="${NO_PROXY:+$NO_PROXY,}$PD_MASTER_IP,$PREFILL_IP,$DECODE_IP,127.0.0.1,localhost"
export no_proxy="$NO_PROXY"

# What prefill and decode share. Every GPU has its own requests, and the experts are shared out over all of them.
NODE_ARGS=(
  --model_dir "$MODEL_DIR"
  --pd_master_ip "$PD_MASTER_IP"
  --pd_master_port "$PD_MASTER_PORT"
  --tp 8
  --dp 8
  --enable_ep_moe
  # Start NVIDIA MPS. Where the GPUs report errors, leave it out, or update the driver.
  --enable_mps
)

# Takes the requests and hands them on. It runs no model, but needs the tokenizer.
master() {
  python -m lightllm.server.api_server \
    --run_mode pd_master \
    --model_dir "$MODEL_DIR" \
    --host "$PD_MASTER_IP" \
    --port "$PD_MASTER_PORT" \
    --reasoning_parser deepseek-r1 \
    --pd_master_mode 1p1d
}

# Reads prompts. CUDA graphs speed up decode, which this node does not do.
prefill() {
  LOADWORKER=18 python -m lightllm.server.api_server \
    --run_mode prefill \
    --host "$PREFILL_IP" \
    --port 8019 \
    --nccl_port 2732 \
    --disable_cudagraph \
    "${NODE_ARGS[@]}"
}

# Writes answers.
decode() {
  LOADWORKER=18 python -m lightllm.server.api_server \
    --run_mode decode \
    --host "$DECODE_IP" \
    --port 8121 \
    --nccl_port 12322 \
    "${NODE_ARGS[@]}"
}

case "${1:-}" in
  master | prefill | decode) "$1" ;;
  *)
    echo "usage: $0 master|prefill|decode" >&2
    exit 2
    ;;
esac
