#!/usr/bin/env bash
# Qwen3-235B-A22B on one node with eight H200, as it was started with LightLLM v1.1.0. Try `LightLLM: Migrate Launch to Release…` on it,
# or in a terminal: lightllm-config migrate --to v1.2.0 single-node-v1.1.0.sh
# lightllm: release=v1.1.0
set -euo pipefail

export MOE_MODE=EP
export NUM_MAX_DISPATCH_TOKENS_PER_RANK=256

LOADWORKER=18 python -m lightllm.server.api_server \
  --model_dir /models/Qwen3-235B-A22B \
  --tp 8 \
  --dp 8 \
  --enable_fa3 \
  --graph_max_batch_size 128 \
  --long_truncation_mode head \
  --port 8088
