#!/usr/bin/env bash
# lightllm: release=v1.2.0
#
# DeepSeek-R1 on one node with eight H200.
#
#   ./single-node.sh
#   MODEL_DIR=/data/DeepSeek-R1 PORT=8000 ./single-node.sh
#
# Hover over a flag to read what it does; press Ctrl+Space behind `--` to see what else there is.

set -euo pipefail

MODEL_DIR="${MODEL_DIR:-/models/DeepSeek-R1}"
PORT="${PORT:-8088}"

# LOADWORKER is the number of threads that read weights, on each GPU.
LOADWORKER=18 python -m lightllm.server.api_server \
  --model_dir "$MODEL_DIR" \
  --host 0.0.0.0 \
  --port "$PORT" \
  --tp 8 \
  --reasoning_parser deepseek-r1 \
  --batch_max_tokens 4096 \
  --chunked_prefill_size 2048 \
  --enable_cpu_cache \
  --cpu_cache_storage_size 66 \
  --cpu_cache_token_page_size 128

# To serve many users at once, move these lines up, and end the line above them with a backslash:
#  --dp 8 \
#  --enable_ep_moe
